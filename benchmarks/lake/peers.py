"""What a user would do without the lake: pandas over a CSV, DuckDB's own full-text search."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import duckdb
import pandas as pd

from benchmarks.lake.making import NOW
from warehouse import Lake
from warehouse.queries import DocumentFilter, last_complete_week

TOOLS = Path(__file__).resolve().parent.parent.parent / ".tools" / "peers-lake"


@dataclass(frozen=True, slots=True)
class FullText:
    """DuckDB FTS: seconds to build its index, which is built anew after every change, and of one question."""

    build: float
    asked: float


def csv(lake: Lake, path: Path) -> None:
    """Write the labelled documents without their texts, as an export would."""
    name = str(path).replace("'", "''")
    lake.con.execute(
        "COPY (SELECT doc_id, kind, source_id, week, relevant, topic, opd_ids[1] AS opd, sentiment, story_id "  # noqa: S608 - a path of ours
        f"FROM document_fact) TO '{name}' (HEADER)"
    )


def pandas_topics(path: Path, runs: int = 1) -> float:
    """Seconds to read the CSV and count the topics of a week beside the four before; median of `runs`."""
    week = last_complete_week(NOW).monday

    def count() -> None:
        frame = pd.read_csv(path, parse_dates=["week"])
        since = pd.Timestamp(week - timedelta(weeks=4))
        recent = frame[frame["relevant"] & (frame["week"] >= since) & (frame["week"] <= pd.Timestamp(week))]
        recent.groupby(["topic", "week"]).agg(n=("doc_id", "size"), n_stories=("story_id", "nunique"))

    return _median(count, runs)


def full_text(lake: Lake, folder: Path, asked: Sequence[DocumentFilter]) -> FullText | None:
    """The same questions to DuckDB's FTS over a copy of the texts; None where the extension cannot be had.

    Args:
        lake: an open lake.
        folder: where the copy may lie.
        asked: questions of three words, a topic and a tone.
    """
    parquet, name = folder / "texts.parquet", str(folder / "texts.parquet").replace("'", "''")
    lake.con.execute(f"COPY (SELECT doc_id, topic, sentiment, title, text FROM mart_document) TO '{name}'")  # noqa: S608 - a path of ours
    with duckdb.connect(str(folder / "fts.duckdb")) as con:
        if not _loaded(con):
            return None
        con.execute(f"CREATE TABLE texts AS FROM '{name}'")
        parquet.unlink()
        start = time.perf_counter()
        con.execute("PRAGMA create_fts_index('texts', 'doc_id', 'title', 'text', stemmer = 'indonesian')")
        build = time.perf_counter() - start

        def ask(wanted: DocumentFilter) -> None:
            con.execute(
                "SELECT doc_id, fts_main_texts.match_bm25(doc_id, ?, conjunctive := 1) AS score FROM texts "
                "WHERE score IS NOT NULL AND topic = ? AND sentiment = ? ORDER BY score DESC LIMIT 20",
                [wanted.words, wanted.topics[0], wanted.sentiments[0]],
            ).fetchall()

        ask(asked[0])
        return FullText(build, statistics.median(_median(lambda one=one: ask(one), 1) for one in asked))  # type: ignore[misc]


def _loaded(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether FTS is there: from `make peers-lake`, or downloaded by DuckDB."""
    files = sorted(
        TOOLS.glob(f"lib/python*/site-packages/*/extensions/v{duckdb.__version__}/fts.duckdb_extension")
    )
    try:
        con.execute(f"LOAD '{files[0]}'" if files else "INSTALL fts; LOAD fts")
    except duckdb.Error:
        return False
    return True


def _median(work: Callable[[], None], runs: int) -> float:
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)
