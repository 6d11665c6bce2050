"""The search index against comparing letters: time of a question at several sizes, and of keeping in step.

uv run python benchmarks/search.py [--quick] [--sizes 50000,200000] [--json FILE]

Synthetic documents: sentences from a vocabulary whose frequencies fall like those of real texts (Zipf),
26 months, labels skewed like the lake's. Every question has three words and two filters.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate, count
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from rich.console import Console
from rich.table import Table

from config import load_config
from nlp.searching import SearchWords
from warehouse import Lake
from warehouse.migrate import migrate
from warehouse.queries import DocumentFilter
from warehouse.queries.documents import conditions
from warehouse.search import ask, open_index, refresh
from warehouse.search.folder import root
from warehouse.store import add_enrichment, register_model, store_batch
from warehouse.store.documents import Batch

NOW = datetime(2026, 11, 16, tzinfo=UTC)
GOAL_MS = 50.0
TONES = ("negatif", "netral", "positif")
MORE = 10_000
BATCH = 10_000
N_QUESTIONS, N_BY_LETTERS = 60, 4
_BASE = """
jalan rusak lampu mati banjir warga desa kecamatan pemkab bupati dinas perbaikan diperbaiki memperbaiki
pelayanan antre puskesmas rumah sakit sekolah guru sampah menumpuk pasar pedagang harga beras pupuk petani
sawah tambak nelayan rob juwana tayu margoyoso kayen sukolilo gabus winong jembatan aspal berlubang
kecelakaan parkir pungli ktp akta pajak bantuan sosial listrik padam air bersih kekeringan hujan angin
""".split()  # noqa: SIM905 - reads better
_SYLLABLES = "ka ri ta no lu ma pe si do bu ra ti wa ga na jo me ku la ban sar ten gin dur".split()  # noqa: SIM905 - same


def vocabulary(rng: random.Random, size: int = 60_000) -> list[str]:
    """Words: the usual ones first, then ever rarer made-up ones."""
    made = {"".join(rng.choices(_SYLLABLES, k=rng.randint(2, 5))) for _ in range(size)}
    return [*_BASE, *sorted(made - set(_BASE), key=lambda _: rng.random())]


def documents(
    rng: random.Random, first: int, n: int, words: list[str], weights: list[float]
) -> list[dict[str, Any]]:
    """Rows of the `document` table."""
    rows = []
    for number in range(first, first + n):
        said = rng.choices(words, cum_weights=weights, k=rng.choice((25, 60, 160)))
        moment = NOW - timedelta(days=rng.betavariate(1.2, 1) * 790, seconds=rng.randint(0, 86_400))
        rows.append({
            "doc_id": f"{number * 2_654_435_761 % 2**64:016x}",
            "kind": rng.choice(("news", "comment", "social")), "source_id": f"s{rng.randint(1, 60)}",
            "title": " ".join(said[:8]), "text": " ".join(said),
            "fetched_at": moment, "published_at": moment, "published_from": "feed", "advertorial": False,
            "tags": [], "aliases": [], "content_hash": str(number), "run_id": "r", "url": f"https://s.example/{number}",
        })  # fmt: skip
    return rows


def label(rng: random.Random, doc_id: str) -> dict[str, Any]:
    """A row of the `enrichment` table."""
    return {
        "doc_id": doc_id, "model_version": "m", "relevant": rng.random() < 0.8, "relevance_score": 1.0,
        "language": "id", "topic": f"t{min(29, int(rng.expovariate(0.2)))}", "topic_score": 0.9,
        "opd_ids": [f"o{min(40, int(rng.expovariate(0.15)))}"], "opd_scores": [0.9],
        "sentiment": rng.choice(TONES), "sentiment_score": 0.8, "needs_review": False,
        "kecamatan": [f"k{min(20, int(rng.expovariate(0.2)))}"], "desa": [], "quick_wins": [], "keywords": [],
        "why": [],
    }  # fmt: skip


class Town:
    """Puts documents into a lake."""

    def __init__(self, home: Path) -> None:
        self._rng = random.Random(5)  # noqa: S311 - synthetic texts
        self._words = vocabulary(self._rng)
        self._weights = list(accumulate(1 / (place + 3) for place in range(len(self._words))))
        self._batches = count()
        self.lake = Lake(home, now=NOW, create=True)
        migrate(self.lake)
        register_model(self.lake, "m", NOW)
        self.n = 0

    def grow(self, n: int) -> float:
        """Store and label `n` more; seconds that storing took."""
        rows = documents(self._rng, self.n, n, self._words, self._weights)
        labels = [label(self._rng, row["doc_id"]) for row in rows]
        started = time.perf_counter()
        store_batch(self.lake, Batch({f"b{next(self._batches)}": n}, "r", rows, [], [], []), NOW)
        add_enrichment(self.lake, labels)
        self.n += n
        return time.perf_counter() - started

    def questions(self, n: int) -> Iterator[DocumentFilter]:
        """What `questions` makes of this town's topics."""
        return questions(n, [f"t{number}" for number in range(9)])


def questions(n: int, topics: Sequence[str]) -> Iterator[DocumentFilter]:
    """Three usual words and two filters each, different every time."""
    rng = random.Random(9)  # noqa: S311 - which questions
    for _ in range(n):
        yield DocumentFilter(
            words=" ".join(rng.sample(_BASE, 3)),
            topics=(rng.choice(topics),),
            sentiments=(rng.choice(TONES),),
        )


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def processor(work: Callable[[], object]) -> float:
    """Milliseconds of processor time: what a question takes when nobody else is at work."""
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


def by_letters(lake: Lake, wanted: DocumentFilter) -> int:
    """What a user would do without an index: compare every text (ILIKE) with the same filters."""
    where, params = conditions(DocumentFilter(topics=wanted.topics, sentiments=wanted.sentiments))
    likes = " AND ".join(f"(title || ' ' || text) ILIKE $like{place}" for place in range(3))
    params |= {f"like{place}": f"%{word}%" for place, word in enumerate(wanted.words.split())}
    return int(lake.value(f"SELECT count(*) FROM mart_document WHERE {where} AND {likes}", params))  # noqa: S608 - names of ours


def p95(values: list[float]) -> float:
    """The value that 95 of 100 stay under."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def one_size(town: Town, words: SearchWords, size: int) -> dict[str, float]:
    """Everything measured at one size."""
    while town.n < size:
        town.grow(min(BATCH, size - town.n))
    build = timed(lambda: refresh(town.lake, words, rebuild=True)) / 1000
    stored = town.grow(MORE)
    update = timed(lambda: refresh(town.lake, words)) / 1000
    index = open_index(town.lake.home)
    asked = list(town.questions(N_QUESTIONS))
    for wanted in asked[:10]:
        ask(index, words, wanted)
    ranked = [timed(lambda wanted=wanted: ask(index, words, wanted)) for wanted in asked]  # type: ignore[misc]
    cpu = [processor(lambda wanted=wanted: ask(index, words, wanted)) for wanted in asked]  # type: ignore[misc]
    newest = [timed(lambda wanted=wanted: ask(index, words, wanted, order="terbaru")) for wanted in asked]  # type: ignore[misc]
    cold = timed(lambda: ask(open_index(town.lake.home), words, asked[0]))
    plain = [timed(lambda wanted=wanted: by_letters(town.lake, wanted)) for wanted in asked[:N_BY_LETTERS]]  # type: ignore[misc]
    size_on_disk = sum(path.stat().st_size for path in root(town.lake.home).rglob("*") if path.is_file())
    return {
        "documents": town.n, "p95_ms": p95(ranked), "median_ms": statistics.median(ranked),
        "cpu_p95_ms": p95(cpu),
        "newest_p95_ms": p95(newest), "open_and_ask_ms": cold, "ilike_median_ms": statistics.median(plain),
        "times_quicker": statistics.median(plain) / statistics.median(ranked),
        "build_docs_per_s": size / build, "load_10000_s": stored, "index_10000_s": update,
        "index_bytes_per_doc": size_on_disk / town.n,
        "hits_mean": statistics.mean(ask(index, words, wanted).total for wanted in asked),
    }  # fmt: skip


def measure(home: Path, sizes: list[int]) -> list[dict[str, float]]:
    """Measure at growing sizes, in one lake.

    Args:
        home: an empty folder.
        sizes: numbers of documents, ascending.
    """
    words, town = SearchWords(load_config()), Town(home)
    try:
        return [one_size(town, words, size) for size in sizes]
    finally:
        town.lake.close()


def main() -> None:
    """Measure, print, perhaps write JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--sizes", default="50000,200000,500000")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    sizes = [10_000, 30_000] if given.quick else [int(size) for size in given.sizes.split(",")]
    folder = Path(tempfile.mkdtemp(prefix="search"))
    try:
        found = measure(folder / "home", sizes)
    finally:
        shutil.rmtree(folder)
    table = Table(
        "", *(f"{row['documents']:,.0f}" for row in found), title=f"Search (goal p95 {GOAL_MS:.0f} ms)"
    )
    for name in list(found[0])[1:]:
        table.add_row(name, *(f"{row[name]:,.2f}" for row in found))
    Console().print(table)
    if given.json:
        given.json.write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
