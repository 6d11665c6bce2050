"""Before a rule is let loose: what it would have raised over the lake's own history."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from config import Alerts
from pipelines.alerting.budget import WEEKS_PER_MONTH
from pipelines.alerting.counts import GUARD
from pipelines.alerting.incidents import Finding, events
from pipelines.alerting.watching import ALL_SOURCES, RULES, Scene
from warehouse.queries import Week
from warehouse.queries.watch import Incident
from warehouse.store import AlertEvent, BacktestRow

DETECTOR = "2"
"""Changed with the way rules judge: tests of another one do not count."""
LONGEST = 52
"""Weeks that are tested, at most."""
SHORTEST = 8
"""Fewer weeks prove nothing."""
FRESH = timedelta(days=28)
"""After this a rule is tested again: the history has grown."""


def fingerprint(rules: Alerts, rule: str) -> str:
    """Changes when a rule does."""
    parts = [DETECTOR, rule, getattr(rules, rule).model_dump_json(), rules.incident.model_dump_json()]
    if rule in ("surge", "fall"):
        parts += [rules.budget.model_dump_json(), rules.surge.model_dump_json()]
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()


def apply(known: Sequence[Incident], made: Sequence[AlertEvent]) -> list[Incident]:
    """The state of alerts after some events; what the lake's views say, without a lake. Pure."""
    state = {(one.rule, one.subject): one for one in known}
    for event in made:
        key = (event.rule, event.subject)
        if event.event == "opened":
            state[key] = Incident(
                event.alert_id, event.rule, event.subject, "open", event.window_start, event.window_start, 0,
                muted=False, last=event.window_start, observed=event.observed, expected=event.expected,
                reason=event.reason, counterfactual=event.counterfactual, members=event.members,
                doc_ids=event.doc_ids,
            )  # fmt: skip
        elif event.event in ("extended", "grown"):
            state[key] = replace(
                state[key], loud=event.window_start, last=event.window_start, quiet=0,
                observed=event.observed, expected=event.expected, reason=event.reason,
                counterfactual=event.counterfactual, members=event.members, doc_ids=event.doc_ids,
            )  # fmt: skip
        elif event.event == "quiet":
            state[key] = replace(state[key], quiet=state[key].quiet + 1, last=event.window_start)
        elif event.event == "closed":
            state[key] = replace(state[key], status="closed", last=event.window_start)
    return list(state.values())


def backtest(scene: Scene, now: datetime) -> list[BacktestRow]:
    """Run every rule over the history, as it would have been run week by week.

    The labels and stories are today's. A rule that is over what it is allowed is refused.
    """
    rules = scene.rules
    forced = rules.model_copy(
        update={name: getattr(rules, name).model_copy(update={"enabled": True}) for name in ("surge", "fall")}
    )
    scene = replace(scene, rules=forced)
    begin = rules.surge.min_history + GUARD
    weeks = [week for week in scene.cover.weeks[begin:] if week <= scene.newest][-LONGEST:]
    opened = dict.fromkeys(RULES, 0)
    known: list[Incident] = []
    spread = scene.widespread(weeks[0], weeks[-1]) if weeks else {}
    for week in weeks:
        alive = {(one.rule, one.subject) for one in known if one.status != "closed"}
        found = scene.counted(week, alive, texts=False) + spread.get(week, []) + _unreached(scene, week)
        made = events(known, found, week, rules.incident, now)
        known = apply(known, made)
        for rule, kinds in RULES.items():
            opened[rule] += sum(one.event == "opened" and one.rule in kinds for one in made)
    return [_verdict(rules, rule, weeks, n, now) for rule, n in opened.items()]


def _unreached(scene: Scene, week: Week) -> list[Finding]:
    """Sources with a past that were not in reach: the trace that an alert about sources leaves."""
    cover = scene.cover.until(week)
    bad = tuple(name for j, name in enumerate(cover.sources) if cover.settled[j] and not cover.reached[j, -1])
    if not bad:
        return []
    return [
        Finding(
            "silent_source", ALL_SOURCES, opens=True, observed=len(bad), expected=0, reason="", members=bad
        )
    ]


def _verdict(rules: Alerts, rule: str, weeks: Sequence[Week], n: int, now: datetime) -> BacktestRow:
    allowed = getattr(getattr(rules, rule), "max_per_month", None)
    per_month = n / (len(weeks) / WEEKS_PER_MONTH) if weeks else None
    if len(weeks) < SHORTEST or per_month is None:
        verdict = "unknown"
    else:
        verdict = "refused" if allowed is not None and per_month > allowed else "passed"
    first, last = (weeks[0].monday, weeks[-1].monday) if weeks else (None, None)
    return BacktestRow(
        rule, fingerprint(rules, rule), now, first, last, len(weeks), n, per_month, allowed, verdict
    )
