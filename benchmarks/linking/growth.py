"""A lake with many articles, and what linking new ones costs in it."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from pipelines.linking.incremental import link
from pipelines.progress import Silent
from warehouse import Lake
from warehouse.migrate import migrate
from warehouse.store import register_model
from warehouse.store.arrow import REAL, REALS, TEXT, TEXTS, TRUTH, incoming
from warehouse.store.documents import DOCUMENT

NOW = datetime(2026, 11, 16, tzinfo=UTC)
MONTHS_26 = timedelta(days=790)
ENRICHMENT = {
    "doc_id": TEXT, "model_version": TEXT, "relevant": TRUTH, "relevance_score": REAL, "language": TEXT,
    "topic": TEXT, "topic_score": REAL, "opd_ids": TEXTS, "opd_scores": REALS, "sentiment": TEXT,
    "sentiment_score": REAL, "needs_review": TRUTH, "kecamatan": TEXTS, "desa": TEXTS, "quick_wins": TEXTS,
    "keywords": TEXTS, "why": TEXTS,
}  # fmt: skip
TOPICS, PLACES, OUTLETS = 25, 21, 40
_CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds (all threads) of linking in a lake of `n` articles.

    Attributes:
        n: articles that were there.
        whole: linking all of them at once.
        new: linking `n_new` new ones of the last two days.
        again: a run with nothing new.
    """

    n: int
    whole: float
    new: float
    n_new: int
    again: float


def cost(n: int, n_new: int, sentences: Sequence[str]) -> Cost:
    """Measure one size; a tenth of the articles repeat an earlier text of the same day."""
    rng = random.Random(n)  # noqa: S311 - the same lake every time
    with _lake() as lake:
        _fill(lake, "a", [NOW - rng.random() * MONTHS_26 for _ in range(n)], sentences, rng)
        whole = _seconds(lake)
        _fill(lake, "b", [NOW - rng.random() * timedelta(days=2) for _ in range(n_new)], sentences, rng)
        return Cost(n, whole, _seconds(lake), n_new, _seconds(lake))


def _seconds(lake: Lake) -> float:
    started = time.process_time()
    link(lake, Silent())
    return time.process_time() - started


@contextmanager
def _lake() -> Iterator[Lake]:
    with tempfile.TemporaryDirectory() as folder, Lake(Path(folder), now=NOW, create=True) as lake:
        migrate(lake)
        register_model(lake, "m1", NOW)
        yield lake


def _fill(
    lake: Lake, mark: str, moments: Sequence[datetime], sentences: Sequence[str], rng: random.Random
) -> None:
    text = ""
    for start in range(0, len(moments), _CHUNK):
        documents, labels = [], []
        for i, moment in enumerate(sorted(moments)[start : start + _CHUNK], start):
            if rng.random() >= 0.1:
                text = " ".join(rng.choice(sentences) for _ in range(12))
            documents.append(_document(f"{mark}{i:07}", moment, text, rng))
            labels.append(_labels(f"{mark}{i:07}", rng))

        def work(con: duckdb.DuckDBPyConnection, rows: Any = documents, more: Any = labels) -> None:  # noqa: ANN401
            for table, schema, these in (("document", DOCUMENT, rows), ("enrichment", ENRICHMENT, more)):
                with incoming(con, "incoming", schema, these):
                    names = ", ".join(schema)
                    con.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM incoming")  # noqa: S608

        lake.write(work)


def _document(doc_id: str, moment: datetime, text: str, rng: random.Random) -> Mapping[str, Any]:
    return {
        "doc_id": doc_id, "kind": "news", "source_id": f"s{rng.randrange(OUTLETS)}", "url": doc_id,
        "title": text[:60], "text": text, "fetched_at": moment, "published_at": moment, "advertorial": False,
        "tags": [], "aliases": [], "content_hash": doc_id, "run_id": "r",
    }  # fmt: skip


def _labels(doc_id: str, rng: random.Random) -> Mapping[str, Any]:
    return {
        "doc_id": doc_id, "model_version": "m1", "relevant": True, "relevance_score": 1.0, "language": "id",
        "topic": f"t{rng.randrange(TOPICS)}", "topic_score": 1.0, "opd_ids": [], "opd_scores": [],
        "sentiment": None, "sentiment_score": 1.0, "needs_review": False,
        "kecamatan": [f"k{rng.randrange(PLACES)}"] if rng.random() < 0.5 else [],
        "desa": [], "quick_wins": [], "keywords": [], "why": [],
    }  # fmt: skip
