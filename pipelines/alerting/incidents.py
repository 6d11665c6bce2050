"""From findings to the life of alerts: open, go on, fall quiet, close. Pure.

An alert is an incident. It opens when a count is as rare as the budget asks, it goes on while counts
would not pass for quiet, and it closes after some quiet weeks (two levels: hysteresis). Another loud
week of the same subject extends it and makes no second alert.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from config import Incident as Life
from warehouse.queries import Week
from warehouse.queries.watch import Incident
from warehouse.store import AlertEvent

AT_ONCE = frozenset({"silent_source"})
"""Rules whose alerts close with the first quiet week: whether a source works again is no matter of chance."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule sees in one week.

    Attributes:
        rule: which rule.
        subject: what it is about.
        opens: False: only keeps an alert alive that is open.
        observed: the number.
        expected: what is usual.
        reason: one sentence.
        counterfactual: one sentence.
        members: what it is about, if that is several.
        doc_ids: documents behind it.
    """

    rule: str
    subject: str
    opens: bool
    observed: float
    expected: float
    reason: str
    counterfactual: str = ""
    members: tuple[str, ...] = ()
    doc_ids: tuple[str, ...] = ()


def identity(rule: str, subject: str, start: date) -> str:
    """The same rule, subject and first week are the same alert, whenever they are found."""
    key = f"{rule}\x1f{subject}\x1f{start.isoformat()}"
    return "a-" + hashlib.blake2b(key.encode(), digest_size=8).hexdigest()


def events(
    known: Sequence[Incident],
    found: Iterable[Finding],
    week: Week,
    life: Life,
    now: datetime,
    skip: frozenset[str] = frozenset(),
) -> list[AlertEvent]:
    """What happens to alerts in one look at one week.

    Looking again at the same week with the same findings makes nothing happen.

    Args:
        known: the newest alert of every rule and subject.
        found: what the rules see.
        week: the week they looked at.
        life: how alerts close.
        now: when this is.
        skip: rules that did not look; their alerts stay as they are.
    """
    by_key = {(one.rule, one.subject): one for one in found}
    made: list[AlertEvent] = []
    for incident in known:
        finding = by_key.pop((incident.rule, incident.subject), None)
        if incident.rule in skip or incident.last > week.monday:
            continue
        if incident.status == "closed":
            made += _closed(incident, finding, week, now)
        elif finding is None:
            made += _quieter(incident, week, life, now)
        else:
            made += _louder(incident, finding, week, now)
    made += [_opened(finding, week, now) for finding in by_key.values() if finding.opens]
    return made


def _opened(finding: Finding, week: Week, now: datetime) -> AlertEvent:
    key = identity(finding.rule, finding.subject, week.monday)
    return AlertEvent(
        key, "opened", now, finding.rule, finding.subject, week.monday, week.sunday, finding.observed,
        finding.expected, finding.reason, finding.counterfactual, finding.members, finding.doc_ids,
    )  # fmt: skip


def _closed(incident: Incident, finding: Finding | None, week: Week, now: datetime) -> Iterator[AlertEvent]:
    """A closed alert: what comes after it is a new one, except after a person closed it and it goes on."""
    if finding is not None and finding.opens and not incident.muted:
        yield _opened(finding, week, now)
    elif finding is None and incident.muted and week.monday > incident.last:
        yield _again(incident, "quiet", week, now)


def _louder(incident: Incident, finding: Finding, week: Week, now: datetime) -> Iterator[AlertEvent]:
    grown = set(finding.members) - set(incident.members)
    same = (
        incident.loud == week.monday
        and (incident.observed, incident.expected, incident.reason, incident.counterfactual)
        == (finding.observed, finding.expected, finding.reason, finding.counterfactual)
        and (incident.members, incident.doc_ids) == (finding.members, finding.doc_ids)
    )
    if not same:
        opened = _opened(finding, week, now)
        yield replace(opened, alert_id=incident.alert_id, event="grown" if grown else "extended")


def _quieter(incident: Incident, week: Week, life: Life, now: datetime) -> Iterator[AlertEvent]:
    if incident.loud == week.monday:
        # Loud when this week was looked at before, and no more: its documents changed since.
        if incident.first == week.monday:
            yield _again(incident, "closed", week, now)
        return
    news = week.monday > incident.last
    if news:
        yield _again(incident, "quiet", week, now)
    if incident.quiet + news >= (1 if incident.rule in AT_ONCE else life.close_after):
        yield _again(incident, "closed", week, now)


def _again(incident: Incident, event: str, week: Week, now: datetime) -> AlertEvent:
    return AlertEvent(
        incident.alert_id, event, now, incident.rule, incident.subject, week.monday, week.sunday,
        incident.observed, incident.expected, incident.reason, incident.counterfactual, incident.members,
    )  # fmt: skip
