"""Asking that records in quarantine be tried once more, and writing down what became of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import duckdb

from warehouse.lake import Lake

Outcome = Literal["settled", "rejected"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A record for which one more try was asked.

    Attributes:
        record_id: names it (`mart_quarantine`).
        source_id: its source.
        record_key: address, ticket or place in a file (masked).
        reason: why it was rejected the last time.
        in_line: whether it stands in line already.
        rejected_again: whether it was rejected once more since then.
    """

    record_id: str
    source_id: str
    record_key: str
    reason: str
    in_line: bool
    rejected_again: bool


def ask_again(lake: Lake, record_ids: Collection[str], by: str, now: datetime) -> int:
    """Ask for one more try of records in quarantine; what is not there, or asked for already, is left.

    Args:
        lake: an open, migrated lake.
        record_ids: which.
        by: the account that asks.
        now: aware moment.

    Returns:
        How many were asked for now.
    """

    def work(con: duckdb.DuckDBPyConnection) -> int:
        rows = con.execute(
            "INSERT INTO quarantine_retry BY NAME SELECT record_id, ?::TIMESTAMPTZ AS asked_at, ? AS asked_by "
            "FROM mart_quarantine WHERE asked_at IS NULL AND list_contains(?::VARCHAR[], record_id)",
            [now.isoformat(), by, sorted(record_ids)],
        ).fetchall()
        return int(rows[0][0])

    return lake.write(work)


def note_lined_up(lake: Lake, record_ids: Collection[str], now: datetime) -> None:
    """Note that records stand in line again, with how often each had been rejected until now."""
    if record_ids:
        lake.write(
            lambda con: con.execute(
                "UPDATE quarantine_retry SET lined_at = ?::TIMESTAMPTZ, n_before = (SELECT count(*) FROM rejected r "
                "WHERE record_of(r.source_id, r.record_key) = quarantine_retry.record_id) "
                "WHERE outcome IS NULL AND lined_at IS NULL AND list_contains(?::VARCHAR[], record_id)",
                [now.isoformat(), sorted(record_ids)],
            )
        )


def note_outcomes(lake: Lake, outcomes: Mapping[str, Outcome], now: datetime) -> None:
    """Note what became of records that were tried again."""

    def work(con: duckdb.DuckDBPyConnection) -> None:
        con.executemany(
            "UPDATE quarantine_retry SET tried_at = ?, outcome = ? WHERE record_id = ? AND outcome IS NULL",
            [[now, outcome, record_id] for record_id, outcome in outcomes.items()],
        )

    if outcomes:
        lake.write(work)


def waiting(lake: Lake) -> list[Asked]:
    """What was asked for and has no outcome yet, the oldest first."""
    rows = lake.rows(
        "SELECT q.record_id, r.source_id, r.record_key, arg_max(r.reason, (r.rejected_at, r.run_id)), "
        "q.lined_at IS NOT NULL, count(*) > q.n_before "
        "FROM quarantine_retry q JOIN rejected r ON record_of(r.source_id, r.record_key) = q.record_id "
        "WHERE q.outcome IS NULL GROUP BY q.record_id, r.source_id, r.record_key, q.asked_at, q.lined_at, q.n_before "
        "ORDER BY q.asked_at, q.record_id"
    )
    return [
        Asked(key, source, record, reason, in_line, bool(again))
        for key, source, record, reason, in_line, again in rows
    ]


def forget_batch(lake: Lake, batch: str) -> None:
    """Let a landing batch be loaded again: it could not be read when it was."""
    lake.write(lambda con: con.execute("DELETE FROM landing_batch WHERE batch = ?", [batch]))
