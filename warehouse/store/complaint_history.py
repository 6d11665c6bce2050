"""The history of complaints: added to, never rewritten.

An event is known by complaint, raw status, moment, actor and note; it is stored once, whichever
exports repeat it, and stays when a later export no longer knows it. A status that an export only
shows, without an event of its own, becomes a `derived` event with the moment it was seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from warehouse.lake import Lake
from warehouse.store import facts
from warehouse.store.arrow import MOMENT, TEXT, TRUTH, WHOLE, incoming

Row = Mapping[str, Any]

EVENT = {
    "doc_id": TEXT, "position": WHOLE, "status": TEXT, "status_raw": TEXT, "happened_at": MOMENT,
    "actor": TEXT, "note": TEXT, "seen_at": MOMENT, "derived": TRUTH, "origin": TEXT, "recorded_by": TEXT,
}  # fmt: skip
_SAME = " AND ".join(
    f"e.{name} IS NOT DISTINCT FROM i.{name}"
    for name in ("doc_id", "status_raw", "happened_at", "actor", "note_hash")
)
_KEY = "doc_id, status_raw, happened_at, actor, note_hash, CASE WHEN derived THEN position END"


@dataclass(frozen=True, slots=True)
class Known:
    """What the lake knows of a complaint before a version of it is looked at.

    Attributes:
        status_raw: the status its channel showed last.
        seen_at: when that was fetched.
        n_derived: derived events so far.
    """

    status_raw: str
    seen_at: datetime
    n_derived: int


@dataclass(frozen=True, slots=True)
class Version:
    """A complaint as one export shows it: its row, its events, when it was fetched."""

    complaint: Row
    events: Sequence[Row]
    seen_at: datetime


def events_of(known: Known | None, versions: Sequence[Version]) -> Iterator[dict[str, Any]]:
    """Event rows that versions of one complaint, oldest first, give rise to. Pure.

    Events with a moment of their own are facts whenever they arrive. A shown status is news only
    if it differs from the one shown last, and an older export loaded late shows none.
    """
    for version in versions:
        for event in version.events:
            yield {**event, "seen_at": version.seen_at, "derived": False, "origin": "import"}
        if known is not None and version.seen_at < known.seen_at:
            continue
        shown, n_derived = version.complaint, known.n_derived if known else 0
        changed = known is None or known.status_raw != shown["status_raw"]
        if changed and all(event["status"] != shown["status"] for event in version.events):
            yield {
                "doc_id": shown["doc_id"], "position": n_derived, "status": shown["status"],
                "status_raw": shown["status_raw"], "seen_at": version.seen_at, "derived": True,
                "origin": "import",
            }  # fmt: skip
            n_derived += 1
        known = Known(shown["status_raw"], version.seen_at, n_derived)


def append_history(
    con: duckdb.DuckDBPyConnection, documents: Sequence[Row], complaints: Sequence[Row], events: Sequence[Row]
) -> None:
    """Add what a batch tells about the history of complaints; call before its complaints are stored.

    Args:
        con: a connection inside a transaction.
        documents: rows of documents, in the order they were fetched.
        complaints: rows of complaints; ``version`` is the index of a row's document (without
            it, the last document of its id).
        events: rows of events; ``version`` as above.
    """
    if not complaints:
        return
    versions = _versions(documents, complaints, events)
    known = _known(con, sorted(versions))
    rows = [row for doc_id, found in versions.items() for row in events_of(known.get(doc_id), found)]
    insert_events(con, rows)


def _versions(
    documents: Sequence[Row], complaints: Sequence[Row], events: Sequence[Row]
) -> dict[str, list[Version]]:
    last = {row["doc_id"]: index for index, row in enumerate(documents)}
    own: dict[int, list[Row]] = {}
    for event in events:
        own.setdefault(event.get("version", last.get(event["doc_id"])), []).append(event)
    found: dict[str, list[Version]] = {}
    for row in complaints:
        index = row.get("version", last[row["doc_id"]])
        version = Version(row, own.get(index, ()), documents[index]["fetched_at"])
        found.setdefault(row["doc_id"], []).append(version)
    return found


def _known(con: duckdb.DuckDBPyConnection, doc_ids: Sequence[str]) -> dict[str, Known]:
    rows = con.execute(
        """
        WITH wanted AS (SELECT unnest(?::VARCHAR[]) AS doc_id)
        SELECT c.doc_id, c.status_raw, d.fetched_at, count(*) FILTER (e.derived)
        FROM wanted w
        JOIN complaint c ON c.doc_id = w.doc_id
        JOIN document d ON d.doc_id = w.doc_id
        LEFT JOIN complaint_event e ON e.doc_id = w.doc_id
        GROUP BY ALL
        """,
        [list(doc_ids)],
    ).fetchall()
    return {doc_id: Known(status_raw, seen_at, n) for doc_id, status_raw, seen_at, n in rows}


def insert_events(con: duckdb.DuckDBPyConnection, rows: Sequence[Row]) -> int:
    """Store the events that are not there yet; returns how many."""
    columns = ", ".join(EVENT)
    with incoming(con, "incoming", EVENT, rows):
        done = con.execute(
            f"""
            INSERT INTO complaint_event ({columns}, note_hash)
            SELECT {columns}, note_hash FROM (SELECT *, md5(note) AS note_hash FROM incoming) i
            WHERE NOT EXISTS (
              FROM complaint_event e WHERE {_SAME} AND (NOT i.derived OR (e.derived AND e.position = i.position))
            )
            QUALIFY row_number() OVER (PARTITION BY {_KEY} ORDER BY seen_at, position) = 1
            """  # noqa: S608 - names of ours
        ).fetchall()
    return int(done[0][0])


def add_complaint_event(
    lake: Lake, doc_id: str, status: str, note: str | None, actor: str | None, at: datetime, who: str
) -> bool:
    """Add what an office did about a complaint, as the dashboard records it.

    Args:
        lake: an open lake; its "now" is when the event was written down.
        doc_id: the complaint.
        status: normalised status, e.g. ``dibalas``.
        note: reply or remark, **already masked**: this floor knows no masks.
        actor: the acting unit (an agency, never a person).
        at: when it happened (aware).
        who: the account that wrote it down.

    Returns:
        False if the same event was there already (a form sent twice).

    Raises:
        ValueError: with one Indonesian sentence: the event cannot be true.
    """
    if at.tzinfo is None:
        raise ValueError(f"{at!r} has no time zone")
    if not who.strip():
        raise ValueError("Tidak diketahui siapa yang mencatat; masuklah dengan akun Anda dahulu.")

    def work(con: duckdb.DuckDBPyConnection) -> bool:
        if problem := event_problem(con, doc_id, status, at):
            raise ValueError(problem)
        position, now = con.execute(
            "SELECT count(*), getvariable('pati_now') FROM complaint_event WHERE doc_id = ?", [doc_id]
        ).fetchall()[0]
        row = {
            "doc_id": doc_id, "position": position, "status": status, "status_raw": status,
            "happened_at": at, "actor": actor or None, "note": note or None, "seen_at": now,
            "derived": False, "origin": "dashboard", "recorded_by": who.strip(),
        }  # fmt: skip
        added = bool(insert_events(con, [row]))
        facts.refresh_complaints(con, [doc_id])
        return added

    return lake.write(work)


def event_problem(con: duckdb.DuckDBPyConnection, doc_id: str, status: str, at: datetime) -> str | None:
    """Why an event cannot be true, as one Indonesian sentence; None: it can."""
    found = con.execute(
        "SELECT received_at > ?, ? > getvariable('pati_now') FROM complaint WHERE doc_id = ?",
        [at, at, doc_id],
    ).fetchall()
    if not found:
        return f"Aduan {doc_id} tidak ada; muat ulang halaman ini."
    before_reception, ahead = found[0]
    if ahead:
        return "Waktu kejadian masih di depan; catat setelah terjadi."
    if before_reception:
        return "Waktu kejadian lebih awal daripada waktu aduan diterima; periksa tanggal dan jamnya."
    known = [name for (name,) in con.execute("SELECT status FROM dim_status ORDER BY status").fetchall()]
    if status not in known:
        return f"Status '{status}' tidak dikenal; yang ada: {', '.join(known)}."
    return None
