"""Alerts with an identity and a life, and the register of reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from warehouse.lake import Lake


@dataclass(frozen=True, slots=True)
class AlertRow:
    """What a rule found: `alert_id` is the same whenever rule, subject and window are."""

    alert_id: str
    rule: str
    subject: str
    window_start: date
    window_end: date
    observed: float
    expected: float
    reason: str


@dataclass(frozen=True, slots=True)
class AlertCounts:
    """What a watch run changed."""

    n_opened: int
    n_closed: int
    n_open: int


def reconcile_alerts(lake: Lake, found: Sequence[AlertRow], now: datetime) -> AlertCounts:
    """Open what is new, refresh what still holds, close what no longer does.

    A closed alert that holds again is opened again; nothing is deleted.
    """

    def work(con: duckdb.DuckDBPyConnection) -> AlertCounts:
        status = dict(con.execute("SELECT alert_id, status FROM alert").fetchall())
        current = {alert.alert_id: alert for alert in found}
        opened = [a for a in current.values() if status.get(a.alert_id) in (None, "closed")]
        gone = [key for key, state in status.items() if state != "closed" and key not in current]
        for alert in current.values():
            _write_alert(con, alert, known=alert.alert_id in status, now=now)
        for key in gone:
            con.execute("UPDATE alert SET status = 'closed', closed_at = ? WHERE alert_id = ?", [now, key])
        return AlertCounts(len(opened), len(gone), len(current))

    return lake.write(work)


def _write_alert(con: duckdb.DuckDBPyConnection, alert: AlertRow, *, known: bool, now: datetime) -> None:
    if not known:
        con.execute(
            "INSERT INTO alert VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, NULL)",
            [alert.alert_id, alert.rule, alert.subject, alert.window_start, alert.window_end,
             alert.observed, alert.expected, alert.reason, now],
        )  # fmt: skip
        return
    con.execute(
        "UPDATE alert SET observed = ?, expected = ?, reason = ?, closed_at = NULL, "
        "status = CASE WHEN status = 'closed' THEN 'open' ELSE status END "
        "WHERE alert_id = ? AND (observed <> ? OR expected <> ? OR reason <> ? OR status = 'closed')",
        [alert.observed, alert.expected, alert.reason, alert.alert_id,
         alert.observed, alert.expected, alert.reason],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One published report file set."""

    report_id: str
    kind: str
    period_start: date
    period_end: date
    snapshot: int
    path: str
    sha256: str
    created_at: datetime


def add_report(lake: Lake, row: ReportRow) -> None:
    """Register a report; the same id replaces its earlier row."""

    def work(con: duckdb.DuckDBPyConnection) -> None:
        con.execute("DELETE FROM report WHERE report_id = ?", [row.report_id])
        con.execute(
            "INSERT INTO report VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [row.report_id, row.kind, row.period_start, row.period_end, row.snapshot, row.path,
             row.sha256, row.created_at],
        )  # fmt: skip

    lake.write(work)
