"""What the index takes from the lake, and which documents changed between two snapshots."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import duckdb

from warehouse.queries.documents import HIDDEN

_WATCHED = ("document", "complaint", "enrichment", "label_correction", "label_review")
_BATCH = 2_000
# The words of a confidential complaint are not searched; it is found by filters alone.
_ROW = f"""
SELECT doc_id, kind, source_id AS source, topic, opd_ids AS opd, kecamatan_all AS kecamatan, sentiment,
  relevant, dated_at, day, url,
  CASE WHEN {HIDDEN} THEN '' ELSE title END AS title,
  CASE WHEN {HIDDEN} THEN '' ELSE text END AS text
FROM mart_document
"""  # noqa: S608 - a condition of ours
_NAMES = {
    "source": "SELECT source_id, [source_id, name] FROM dim_source",
    "topic": "SELECT topic, [topic, label] FROM dim_topic",
    "opd": "SELECT opd_id, [opd_id, short, name] FROM dim_opd",
    "kecamatan": "SELECT kecamatan, [kecamatan] FROM dim_kecamatan",
}


def snapshot(con: duckdb.DuckDBPyConnection) -> tuple[int, str]:
    """Number and moment of the newest snapshot."""
    number, at = con.execute(
        "SELECT snapshot_id, snapshot_time FROM ducklake_snapshots('lake') ORDER BY snapshot_id DESC LIMIT 1"
    ).fetchall()[0]
    return int(number), at.isoformat()


def known(con: duckdb.DuckDBPyConnection, number: int, at: str) -> bool:
    """Whether the lake still has a snapshot of this number from this moment."""
    found = con.execute(
        "SELECT snapshot_time FROM ducklake_snapshots('lake') WHERE snapshot_id = ?", [number]
    ).fetchall()
    return bool(found) and found[0][0].isoformat() == at


def changed(con: duckdb.DuckDBPyConnection, first: int, last: int) -> set[str] | None:
    """Ids of documents with any change in the snapshots `first` to `last`; None: perhaps all of them."""
    if first > last:
        return set()
    if _changes(con, "model", "1", first, last):
        return None  # other labels are in force
    found: set[str] = set()
    for table in _WATCHED:
        found |= {str(key) for (key,) in _changes(con, table, "doc_id", first, last)}
    return found


def _changes(
    con: duckdb.DuckDBPyConnection, table: str, column: str, first: int, last: int
) -> list[tuple[Any, ...]]:
    return con.execute(
        f"SELECT DISTINCT {column} FROM "  # noqa: S608 - names of ours
        f"ducklake_table_changes('lake', 'main', '{table}', ?::BIGINT, ?::BIGINT)",
        [first, last],
    ).fetchall()


def rows(
    con: duckdb.DuckDBPyConnection, doc_ids: Collection[str] | None = None
) -> Iterator[list[dict[str, Any]]]:
    """Yield documents in batches; all of them, or those of some ids that are (still) there."""
    if doc_ids is None:
        frame = con.execute(_ROW)
    else:
        keys = sorted(doc_ids)
        # Ids are scattered over the lake, moments of fetching are not: they say which files to read.
        within = con.execute(
            "SELECT min(fetched_at), max(fetched_at) FROM document "
            "WHERE doc_id IN (SELECT unnest(?::VARCHAR[]))",
            [keys],
        ).fetchall()[0]
        frame = con.execute(
            f"{_ROW} WHERE doc_id IN (SELECT unnest(?::VARCHAR[])) AND fetched_at BETWEEN ? AND ?",
            [keys, *within],
        )
    for batch in frame.to_arrow_reader(_BATCH):
        yield batch.to_pylist()


def count(con: duckdb.DuckDBPyConnection) -> int:
    """How many documents the lake has."""
    return int(con.execute("SELECT count(*) FROM document").fetchall()[0][0])


def names(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, list[str]]]:
    """What people call sources, topics, offices and places: field to code to names."""
    return {name: dict(con.execute(query).fetchall()) for name, query in _NAMES.items()}
