"""A complaint that is not one's own, handed to the office it belongs to: two events and another label, together."""

from __future__ import annotations

from datetime import datetime

import duckdb

from warehouse.lake import Lake
from warehouse.store import facts
from warehouse.store.complaint_history import event_problem, insert_events
from warehouse.store.corrections import put_correction

NOT_OURS, SENT_ON = "bukan_wewenang", "didisposisi"


def hand_over(
    lake: Lake, doc_id: str, to: str, note: str | None, actor: str | None, at: datetime, who: str
) -> None:
    """Say that a complaint is another office's, and give it to that one.

    Args:
        lake: an open lake; its "now" is when this was written down.
        doc_id: the complaint.
        to: id of the office it belongs to.
        note: why, **already masked**; None without a reason.
        actor: the unit that gives it away.
        at: when (aware).
        who: the account that wrote it down.

    Raises:
        ValueError: with one Indonesian sentence: complaint, office or moment is not right.
    """
    if at.tzinfo is None:
        raise ValueError(f"{at!r} has no time zone")

    def work(con: duckdb.DuckDBPyConnection) -> None:
        found = con.execute("SELECT short FROM dim_opd WHERE opd_id = ?", [to]).fetchall()
        if not found:
            raise ValueError(f"OPD '{to}' tidak dikenal; pilih dari daftar.")
        changed, _ = put_correction(con, doc_id, {"opd": [to]}, note, who)
        if not changed:
            raise ValueError("Aduan ini sudah pada OPD itu; pilih OPD lain.")
        position, now = con.execute(
            "SELECT count(*), getvariable('pati_now') FROM complaint_event WHERE doc_id = ?", [doc_id]
        ).fetchall()[0]
        rows = []
        for step, (status, said) in enumerate(
            ((NOT_OURS, note), (SENT_ON, f"Diserahkan kepada {found[0][0]}."))
        ):
            if problem := event_problem(con, doc_id, status, at):
                raise ValueError(problem)
            rows.append(
                {
                    "doc_id": doc_id, "position": position + step, "status": status, "status_raw": status,
                    "happened_at": at, "actor": actor or None, "note": said or None, "seen_at": now,
                    "derived": False, "origin": "dashboard", "recorded_by": who.strip(),
                }
            )  # fmt: skip
        insert_events(con, rows)
        facts.refresh(con, [doc_id])
        facts.refresh_complaints(con, [doc_id])

    lake.write(work)
