"""Alerts as they live: events that are added and never rewritten, deliveries, tests on history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime

import duckdb

from warehouse.lake import Lake


@dataclass(frozen=True, slots=True)
class AlertEvent:
    """Something that happened to an alert.

    Attributes:
        alert_id: the same whenever rule, subject and first window are.
        event: opened, extended (loud in one more week, or with other numbers), grown (about more
            than before), quiet, acknowledged, closed.
        at: when (aware).
        rule: which rule found it.
        subject: what it is about: a topic, an office, `topic@kecamatan`, a story, or all sources.
        window_start: first day of the week.
        window_end: last day of it.
        observed: the number.
        expected: what is usual.
        reason: one sentence.
        counterfactual: one sentence: without what it would not be one.
        members: what it is about, if that is several.
        doc_ids: documents behind it.
        actor: who did it, if a person did.
        note: what they wrote.
    """

    alert_id: str
    event: str
    at: datetime
    rule: str
    subject: str
    window_start: date
    window_end: date
    observed: float
    expected: float
    reason: str
    counterfactual: str = ""
    members: tuple[str, ...] = ()
    doc_ids: tuple[str, ...] = ()
    actor: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """That the rules looked at a week.

    Attributes:
        week: its Monday.
        at: when (aware).
        late: it had been missed.
    """

    week: date
    at: datetime
    late: bool


def add_alert_events(
    lake: Lake, plan: Callable[[], Sequence[AlertEvent]], look: Look | None = None
) -> list[tuple[AlertEvent, int]]:
    """Decide and write in one transaction, so that two who decide at once cannot both be right.

    Args:
        lake: to write to.
        plan: reads the state and says what happens; may be called again after a conflict.
        look: the week looked at; the first look at it is written down.

    Returns:
        Each event with its position among those of its alert.
    """

    def work(con: duckdb.DuckDBPyConnection) -> list[tuple[AlertEvent, int]]:
        last: dict[str, int] = dict(
            con.execute("SELECT alert_id, max(position) FROM alert_event GROUP BY alert_id").fetchall()
        )
        added = []
        for one in plan():
            position = last[one.alert_id] = last.get(one.alert_id, -1) + 1
            con.execute(
                "INSERT INTO alert_event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [one.alert_id, position, one.event, one.at, one.rule, one.subject, one.window_start,
                 one.window_end, one.observed, one.expected, one.reason, one.counterfactual,
                 list(one.members), list(one.doc_ids), one.actor, one.note],
            )  # fmt: skip
            added.append((one, position))
        if look:
            con.execute(
                "INSERT INTO alert_look SELECT $week, $at, $late "
                "WHERE NOT EXISTS (FROM alert_look WHERE week = $week)",
                {"week": look.week, "at": look.at, "late": look.late},
            )
        return added

    return lake.write(work)


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One step of sending one notice to one address.

    Attributes:
        notice: what is sent; the key by which it is sent once.
        address: keyed digest of the address.
        service: kind of service, e.g. mailto.
        state: sending, sent, failed.
        at: when.
        detail: why it failed.
    """

    notice: str
    address: str
    service: str
    state: str
    at: datetime
    detail: str = ""


def add_delivery(lake: Lake, row: DeliveryRow) -> None:
    """Write one step."""
    lake.write(
        lambda con: con.execute("INSERT INTO alert_delivery VALUES (?, ?, ?, ?, ?, ?)", list(astuple(row)))
    )


@dataclass(frozen=True, slots=True)
class BacktestRow:
    """What a rule would have raised over the history; columns of `alert_backtest`."""

    rule: str
    fingerprint: str
    tested_at: datetime
    first_week: date | None
    last_week: date | None
    n_weeks: int
    n_alerts: int
    per_month: float | None
    allowed_per_month: float | None
    verdict: str


def add_backtests(lake: Lake, rows: Sequence[BacktestRow]) -> None:
    """Write what tests found."""
    if not rows:
        return
    plain = [list(astuple(row)) for row in rows]
    lake.write(
        lambda con: con.executemany("INSERT INTO alert_backtest VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", plain)
    )
