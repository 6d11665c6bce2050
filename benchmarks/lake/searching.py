"""Three words and two filters, asked of the search index of a lake."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass

from benchmarks.search import by_letters, p95, questions, timed
from config import load_config
from pipelines.searching import search_words
from warehouse import Lake
from warehouse.queries import DocumentFilter
from warehouse.search import ask, open_index, refresh
from warehouse.search.folder import root

N_QUESTIONS, N_BY_LETTERS = 60, 2


@dataclass(frozen=True, slots=True)
class Search:
    """What was measured; times in seconds.

    Attributes:
        build: the index made from nothing.
        p50: of `N_QUESTIONS` questions, each asked once after ten others.
        p95: the same.
        stored: bytes of the index per document.
        hits: documents found, mean.
        letters: the same question by ILIKE, median.
    """

    build: float
    p50: float
    p95: float
    stored: float
    hits: float
    letters: float


def asked(lake: Lake, n: int = N_QUESTIONS) -> list[DocumentFilter]:
    """Questions with the nine topics that most documents are about."""
    topics = lake.rows(
        "SELECT topic FROM document_fact WHERE relevant GROUP BY topic ORDER BY count(*) DESC, topic LIMIT 9"
    )
    return list(questions(n, [topic for (topic,) in topics]))


def measure(lake: Lake, count: int) -> Search:
    """Build the index of a lake of `count` documents and ask it."""
    words = search_words(load_config())
    start = time.perf_counter()
    refresh(lake, words, rebuild=True)
    build = time.perf_counter() - start
    every = asked(lake)
    index = open_index(lake.home)
    for wanted in every[:10]:
        ask(index, words, wanted)
    taken = [timed(lambda wanted=wanted: ask(index, words, wanted)) / 1000 for wanted in every]  # type: ignore[misc]
    hits = [ask(index, words, wanted).total for wanted in every[:10]]
    letters = [
        timed(lambda wanted=wanted: by_letters(lake, wanted)) / 1000 for wanted in every[:N_BY_LETTERS]
    ]  # type: ignore[misc]
    stored = sum(path.stat().st_size for path in root(lake.home).rglob("*") if path.is_file())
    return Search(
        build,
        statistics.median(taken),
        p95(taken),
        stored / count,
        statistics.mean(hits),
        statistics.median(letters),
    )
