"""Put landing batches into the lake: exactly once, whatever happens around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from warehouse.lake import Lake
from warehouse.store import facts
from warehouse.store.arrow import MOMENT, TEXT, TEXTS, TRUTH, WHOLE, incoming
from warehouse.store.complaint_history import append_history
from warehouse.store.history import METRICS, buried, bury, note_counts

Row = Mapping[str, Any]

DOCUMENT = {
    "doc_id": TEXT, "kind": TEXT, "source_id": TEXT, "external_id": TEXT, "url": TEXT,
    "canonical_url": TEXT, "title": TEXT, "text": TEXT, "author": TEXT, "published_at": MOMENT,
    "published_from": TEXT, "fetched_at": MOMENT, "parent_id": TEXT, "section": TEXT,
    "tags": TEXTS, "advertorial": TRUTH, "views": WHOLE, "likes": WHOLE, "comments": WHOLE,
    "shares": WHOLE, "aliases": TEXTS, "content_hash": TEXT, "run_id": TEXT,
    "flags": TEXTS, "published_precision": TEXT, "published_confidence": TEXT,
}  # fmt: skip
COMPLAINT = {
    "doc_id": TEXT, "channel": TEXT, "ticket_id": TEXT, "status": TEXT, "status_raw": TEXT,
    "received_at": MOMENT, "classification": TEXT, "category": TEXT, "agency": TEXT,
    "confidentiality": TEXT, "kecamatan_raw": TEXT, "desa_raw": TEXT, "rating": WHOLE,
}  # fmt: skip
REJECTED = {
    "stage": TEXT, "run_id": TEXT, "source_id": TEXT, "record_key": TEXT, "reason": TEXT,
    "detail": TEXT, "rejected_at": MOMENT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LoadCounts:
    """What became of the records of one batch; they add up to `n_in`."""

    n_in: int
    n_new: int
    n_updated: int
    n_duplicate: int
    n_rejected: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one or more landing batches, ready for the lake (columns as in the constants above).

    Attributes:
        names: of the landing batches, each with its number of records; they become known as
            loaded in the transaction that stores their rows.
        complaints: one for each document that is a complaint; `complaint_history.append_history`
            says how they and `events` name their document.
        aliases: (doc_id, address) of further addresses of documents; they count as duplicates.
        counts: newer counts of documents (columns of `history.COUNTS`); duplicates too.
        tombstones: documents taken down (columns of `history.TOMBSTONE`): an update where the
            document was there, else a duplicate.
    """

    names: Mapping[str, int]
    run_id: str
    documents: Sequence[Row]
    complaints: Sequence[Row]
    events: Sequence[Row]
    rejected: Sequence[Row]
    aliases: Sequence[tuple[str, str]] = ()
    counts: Sequence[Row] = ()
    tombstones: Sequence[Row] = ()

    @property
    def n_in(self) -> int:
        """How many records the batches hold."""
        parts = (self.documents, self.rejected, self.aliases, self.counts, self.tombstones)
        return sum(map(len, parts))


def loaded_batches(lake: Lake) -> set[str]:
    """Names of the landing batches that are already in."""
    return {name for (name,) in lake.rows("SELECT batch FROM landing_batch")}


def store_batch(lake: Lake, batch: Batch, now: datetime) -> LoadCounts:
    """Store batches in one transaction.

    A document that is new is inserted; one whose content changed, or whose counts grew, is
    updated unless the lake already holds a later fetch; everything else is a duplicate.

    Args:
        lake: an open lake.
        batch: rows; the last row of a `doc_id` wins over earlier ones.
        now: aware moment written as `loaded_at`.

    Returns:
        Counts that add up. If one of the batches was loaded before (by another process,
        meanwhile), nothing changes and everything counts as a duplicate.
    """

    def work(con: duckdb.DuckDBPyConnection) -> LoadCounts:
        n_in = batch.n_in
        seen = con.execute(
            "SELECT count(*) FROM landing_batch WHERE batch IN (SELECT unnest(?::VARCHAR[]))",
            [list(batch.names)],
        )
        if seen.fetchall()[0][0]:
            return LoadCounts(n_in, 0, 0, n_in, 0)
        latest = {str(row["doc_id"]): row for row in batch.documents}
        for key in buried(con, {key: row["fetched_at"] for key, row in latest.items()}):
            del latest[key]
        new, changed = _sort_out(con, latest)
        known = _aliases(con, changed)
        latest |= {key: {**latest[key], "aliases": _joined(latest[key], known[key])} for key in changed}
        touched = new | changed
        append_history(
            con, batch.documents, [row for row in batch.complaints if row["doc_id"] in latest], batch.events
        )
        if touched:
            _put(
                con,
                "document",
                DOCUMENT,
                [row for key, row in latest.items() if key in touched],
                changed,
            )
            complaints = {str(row["doc_id"]): row for row in batch.complaints}
            _put(
                con,
                "complaint",
                COMPLAINT,
                [r for k, r in complaints.items() if k in touched],
                changed,
            )
            # Labels were made from the old text: the enrich stage makes them again.
            _forget(con, "enrichment", changed)
        _add_aliases(con, batch.aliases)
        note_counts(con, [{**row, "counted_at": row["fetched_at"]} for row in latest.values()], batch.counts)
        gone = bury(con, batch.tombstones)
        facts.add(con, {key: latest[key]["fetched_at"] for key in new})
        facts.refresh(con, changed | {str(row["doc_id"]) for row in batch.counts} - new)
        facts.refresh_complaints(con, {str(row["doc_id"]) for row in batch.complaints})
        _put(con, "rejected", REJECTED, batch.rejected, set())
        con.executemany(
            "INSERT INTO landing_batch VALUES (?, ?, ?, ?)",
            [[name, batch.run_id, count, now] for name, count in batch.names.items()],
        )
        n_updated = len(changed) + len(gone)
        duplicate = n_in - len(batch.rejected) - len(new) - n_updated
        return LoadCounts(n_in, len(new), n_updated, duplicate, len(batch.rejected))

    return lake.write(work)


_JUDGED_BY = ("doc_id", "fetched_at", "content_hash", *METRICS)


def _sort_out(con: duckdb.DuckDBPyConnection, latest: Mapping[str, Row]) -> tuple[set[str], set[str]]:
    """Which ids are new, and which are known but changed."""
    if not latest:
        return set(), set()
    same_counts = " AND ".join(f"d.{m} IS NOT DISTINCT FROM i.{m}" for m in METRICS)
    with incoming(con, "incoming", {name: DOCUMENT[name] for name in _JUDGED_BY}, list(latest.values())):
        # the facts, which are narrow, say when the known ones were fetched, and so which rows to read
        first, last = con.execute(
            "SELECT min(fetched_at), max(fetched_at) FROM document_fact "
            "WHERE doc_key IN (SELECT key_of(doc_id) FROM incoming) AND doc_id IN (SELECT doc_id FROM incoming)"
        ).fetchall()[0]
        if first is None:
            return set(latest), set()
        rows = con.execute(
            f"""
            SELECT i.doc_id, d.doc_id IS NULL,
              d.fetched_at <= i.fetched_at AND (d.content_hash <> i.content_hash OR NOT ({same_counts}))
            FROM incoming i
            LEFT JOIN (
              FROM document WHERE fetched_at BETWEEN '{first.isoformat()}' AND '{last.isoformat()}'
            ) d ON d.doc_id = i.doc_id
            """  # noqa: S608 - column names of ours
        ).fetchall()
    return {key for key, new, _ in rows if new}, {key for key, new, changed in rows if changed and not new}


def _aliases(con: duckdb.DuckDBPyConnection, doc_ids: set[str]) -> dict[str, list[str]]:
    """The addresses already known for documents that are about to be replaced."""
    if not doc_ids:
        return {}
    rows = con.execute(
        "SELECT doc_id, coalesce(aliases, []) FROM document WHERE doc_id IN (SELECT unnest(?::VARCHAR[]))",
        [sorted(doc_ids)],
    ).fetchall()
    return dict(rows)


def _joined(row: Row, known: Sequence[str]) -> list[str]:
    return sorted({*(row.get("aliases") or ()), *known})


def _add_aliases(con: duckdb.DuckDBPyConnection, aliases: Sequence[tuple[str, str]]) -> None:
    """Add addresses to their documents; those of documents that are not there are dropped."""
    if not aliases:
        return
    rows = [{"doc_id": doc_id, "url": url} for doc_id, url in aliases]
    with incoming(con, "incoming", {"doc_id": TEXT, "url": TEXT}, rows):
        con.execute(
            "UPDATE document SET aliases = list_sort(list_distinct(coalesce(aliases, []) || more.urls)) "
            "FROM (SELECT doc_id, list(url) AS urls FROM incoming GROUP BY doc_id) more "
            "WHERE document.doc_id = more.doc_id AND NOT list_has_all(coalesce(document.aliases, []), more.urls) "
            "AND NOT coalesce(list_contains(document.flags, 'erased'), false)"
        )


def _put(
    con: duckdb.DuckDBPyConnection,
    table: str,
    schema: Mapping[str, Any],
    rows: Sequence[Row],
    replace: set[str],
) -> None:
    _forget(con, table, replace)
    if rows:
        columns = ", ".join(schema)
        with incoming(con, "incoming", schema, rows):
            con.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM incoming")  # noqa: S608 - names of ours


def _forget(con: duckdb.DuckDBPyConnection, table: str, doc_ids: set[str]) -> None:
    if doc_ids:
        con.execute(f"DELETE FROM {table} WHERE doc_id IN (SELECT unnest(?::VARCHAR[]))", [sorted(doc_ids)])  # noqa: S608 - names of ours
