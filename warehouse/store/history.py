"""What happens to documents after they were stored: their counts grow, or they are taken down.

Everything here runs inside the transaction of `warehouse.store.documents.store_batch`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import duckdb

from warehouse.store import facts
from warehouse.store.arrow import MOMENT, TEXT, WHOLE, incoming

Row = Mapping[str, Any]

METRICS = ("views", "likes", "comments", "shares")
COUNTS = {"doc_id": TEXT, "counted_at": MOMENT, **dict.fromkeys(METRICS, WHOLE)}
TOMBSTONE = {"doc_id": TEXT, "source_id": TEXT, "reason": TEXT, "removed_at": MOMENT}
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Removed for good: no fetch is later."""
_OF_A_DOCUMENT = (
    "document", "complaint", "complaint_event", "enrichment", "story_member", "metric_history", "saved_search_hit",
    "document_fact", "complaint_fact", "complaint_spell",
)  # fmt: skip
"""Tables whose rows go with their document."""


def buried(con: duckdb.DuckDBPyConnection, fetched: Mapping[str, Any]) -> set[str]:
    """Which documents were taken down after they had been fetched.

    Args:
        con: inside a transaction.
        fetched: moment of the fetch by `doc_id`.
    """
    if not fetched:
        return set()
    rows = [{"doc_id": key, "fetched_at": moment} for key, moment in fetched.items()]
    with incoming(con, "incoming", {"doc_id": TEXT, "fetched_at": MOMENT}, rows):
        found = con.execute(
            "SELECT DISTINCT i.doc_id FROM incoming i JOIN tombstone t ON t.doc_id = i.doc_id "
            "AND t.removed_at >= i.fetched_at"
        ).fetchall()
    return {key for (key,) in found}


def mark_erased(con: duckdb.DuckDBPyConnection, documents: Mapping[str, str]) -> None:
    """Note documents whose words were erased: whatever is fetched of them later is not stored.

    Args:
        con: inside a transaction.
        documents: source by `doc_id`.
    """
    rows = [
        {"doc_id": doc_id, "source_id": source_id, "reason": "erased", "removed_at": FOREVER}
        for doc_id, source_id in documents.items()
    ]
    with incoming(con, "incoming", TOMBSTONE, rows):
        columns = ", ".join(TOMBSTONE)
        con.execute(
            f"INSERT INTO tombstone ({columns}) SELECT {columns} FROM incoming i WHERE NOT EXISTS "  # noqa: S608 - names of ours
            "(FROM tombstone t WHERE t.doc_id = i.doc_id AND t.reason = i.reason)"
        )
        # what was erased counts as a document with a text, whether it had one or not
        con.execute(
            "UPDATE document_fact SET has_text = true WHERE NOT has_text AND doc_id IN (SELECT doc_id FROM incoming)"
        )


def note_counts(con: duckdb.DuckDBPyConnection, stored: Sequence[Row], counted: Sequence[Row]) -> None:
    """Add counts to the history where they differ from those before them.

    Args:
        con: inside a transaction, after the documents of the batch were stored.
        stored: counts that came with a document (columns of `COUNTS`).
        counted: counts read later; they become the document's own. Those of documents that are
            not in the lake are dropped.
    """
    rows = [row for row in (*stored, *counted) if any(row.get(name) is not None for name in METRICS)]
    if rows:
        with incoming(con, "incoming", COUNTS, rows):
            con.execute(_ADD_TO_HISTORY)
    if counted:
        with incoming(con, "incoming", COUNTS, counted):
            con.execute(_MAKE_CURRENT)


_NAMES = ", ".join(METRICS)
_ADD_TO_HISTORY = f"""
INSERT INTO metric_history (doc_id, counted_at, {_NAMES})
WITH every AS (
  SELECT doc_id, counted_at, {_NAMES}, false AS fresh FROM metric_history
  WHERE doc_id IN (SELECT doc_id FROM incoming)
  UNION ALL
  SELECT DISTINCT doc_id, counted_at, {_NAMES}, true FROM incoming
  WHERE doc_id IN (SELECT doc_id FROM document)
),
compared AS (
  SELECT *, row({_NAMES}) IS DISTINCT FROM
    lag(row({_NAMES})) OVER (PARTITION BY doc_id ORDER BY counted_at, fresh) AS other
  FROM every
)
SELECT doc_id, counted_at, {_NAMES} FROM compared WHERE fresh AND other
"""  # noqa: S608 - column names of ours
_MAKE_CURRENT = f"""
UPDATE document SET fetched_at = last.counted_at, {", ".join(f"{n} = coalesce(last.c.{n}, document.{n})" for n in METRICS)}
FROM (SELECT doc_id, max(counted_at) AS counted_at, arg_max(i, counted_at) AS c FROM incoming i GROUP BY doc_id) last
WHERE document.doc_id = last.doc_id AND document.fetched_at <= last.counted_at
"""  # noqa: S608 - column names of ours


def bury(con: duckdb.DuckDBPyConnection, rows: Sequence[Row]) -> set[str]:
    """Delete documents that were taken down, and whatever was made of them or stands under them.

    A document that was fetched again after it had been missed stays.

    Args:
        con: inside a transaction, after the documents of the batch were stored.
        rows: columns of `TOMBSTONE`.

    Returns:
        Ids of the documents of `rows` that were there and are no more.
    """
    if not rows:
        return set()
    with incoming(con, "incoming", TOMBSTONE, rows):
        columns = ", ".join(TOMBSTONE)
        con.execute(f"INSERT INTO tombstone ({columns}) SELECT {columns} FROM incoming")  # noqa: S608 - names of ours
        found = con.execute(
            "SELECT DISTINCT d.doc_id FROM document d JOIN incoming i ON i.doc_id = d.doc_id "
            "AND i.removed_at >= d.fetched_at"
        ).fetchall()
    gone = {key for (key,) in found}
    if gone:
        under = con.execute(
            "SELECT doc_id FROM document WHERE kind = 'comment' AND parent_id IN (SELECT unnest(?::VARCHAR[]))",
            [sorted(gone)],
        ).fetchall()
        every = sorted(gone | {key for (key,) in under})
        stories = facts.stories_of(con, every)
        for table in _OF_A_DOCUMENT:
            con.execute(f"DELETE FROM {table} WHERE doc_id IN (SELECT unnest(?::VARCHAR[]))", [every])  # noqa: S608 - names of ours
        facts.refresh_stories(con, stories)
    return gone
