"""What people do about an alert: take it on, or close it. One way for the page and the command line."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from warehouse.access import require
from warehouse.lake import Lake
from warehouse.queries.watch import Incident, incidents
from warehouse.queries.weeks import Week
from warehouse.store.watch import AlertEvent, add_alert_events

Answer = Literal["acknowledged", "closed"]
"""Somebody takes care of it; it is done with, and the same does not open again until it has been quiet."""


def answer_alert(
    lake: Lake, alert_id: str, answer: Answer, actor: str, note: str | None, now: datetime
) -> bool:
    """Write down what somebody does about an alert that is not closed.

    Args:
        lake: to write to.
        alert_id: which.
        answer: what.
        actor: who.
        note: why, masked; None: nothing said.
        now: when (aware).

    Returns:
        False: there is no such alert, or it is closed.

    Raises:
        AccessError: not by the viewer of this lake.
    """
    require(lake.viewer, "alerts", alert_id)

    def plan() -> list[AlertEvent]:
        return [
            by_hand(one, answer, actor, note, now)
            for one in incidents(lake)
            if one.alert_id == alert_id and one.status != "closed"
        ]

    return bool(add_alert_events(lake, plan))


def by_hand(incident: Incident, answer: Answer, actor: str, note: str | None, now: datetime) -> AlertEvent:
    """The event of it. Pure."""
    week = Week(incident.last)
    return AlertEvent(
        incident.alert_id, answer, now, incident.rule, incident.subject, week.monday, week.sunday,
        incident.observed, incident.expected, incident.reason, incident.counterfactual, incident.members,
        actor=actor, note=note,
    )  # fmt: skip
