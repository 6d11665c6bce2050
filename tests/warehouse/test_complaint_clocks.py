"""Numbers that measure time beside the same numbers in plain Python, over random histories."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

import pytest
from scipy.stats import CensoredData, ecdf

from config import Config
from config.clock import day_of, due_day
from tests.warehouse.complaint_oracle import Case, Oracle, kaplan_meier, local
from tests.warehouse.complaint_world import KEYS, NOW, World, count, share, table


def test_resolution(world: World) -> None:
    oracle = world.oracle
    rows = table(world.lake, "mart_complaint_resolution", [*KEYS, "n_days"])
    looks = {case.doc_id: closing(oracle, case) for case in oracle.cases}
    for scope, cases in oracle.grouped().items():
        known = [case for case in cases if looks[case.doc_id].age is not None]
        valid = count(known, lambda c: c.phase != "rejected")
        for limit in (5, 10, 14, 60):
            row, found = rows[(*scope, limit)], [looks[case.doc_id] for case in known]
            within = sum(one.took is not None and one.took <= limit for one in found)
            unknown = sum(one.took is not None and one.took > limit and not one.exact for one in found)
            not_yet = sum(one.is_open and one.age < limit for one in found)  # type: ignore[operator]
            names = ("n_closed_within", "n_moment_unknown", "n_outside_calendar", "n_not_yet")
            expected = (within, unknown, len(cases) - len(known), not_yet)
            assert tuple(row[name] for name in names) == expected, (scope, limit)
            closed = count(known, lambda c: c.phase == "closed")
            shares = (share(within, valid), share(within, len(known)))
            verdict = "few" if valid < 10 else "moments_missing" if unknown > 0.2 * closed else "ok"
            assert row["verdict"] == verdict
            assert (row["of_valid"], row["of_received"]) == (shares if verdict == "ok" else (None, None))


class Closing(NamedTuple):
    age: int | None
    took: int | None
    exact: bool
    is_open: bool


def closing(oracle: Oracle, case: Case) -> Closing:
    moment, sign = case.closing()
    return Closing(
        oracle.days(case.day, local(NOW)), oracle.days(case.day, local(moment or sign)), moment is not None,
        case.phase == "open",
    )  # fmt: skip


def observed(oracle: Oracle, case: Case, clock: str, unit: str) -> tuple[str, int | None]:
    """What is known about one reply: (done, open, aside, seen, unknown or no_start; how long)."""
    start = case.received if clock == "reply" else case.disposed_at()
    moment, sign = case.reply() if clock == "reply" else case.agency_reply()
    if start is None:
        return "no_start", None
    if moment or sign:
        state, end = ("done", moment) if moment else ("seen", sign)
    elif case.phase == "open":
        state, end = "open", NOW
    else:
        end, _ = case.ending()
        state = "aside" if end else "unknown"
    if end is None:
        return state, None
    took = oracle.days(local(start), local(end)) if unit == "days" else oracle.minutes(start, end)
    return state, None if took is None else max(took, 0)


@pytest.mark.parametrize("unit", ["days", "minutes"])
@pytest.mark.parametrize("clock", ["reply", "agency_reply"])
def test_response_times(world: World, clock: str, unit: str) -> None:
    oracle = world.oracle
    rows = table(world.lake, "mart_complaint_response", KEYS, f"clock = '{clock}' AND unit = '{unit}'")
    seen_verdicts = set()
    known = {case.doc_id: observed(oracle, case, clock, unit) for case in oracle.cases}
    for scope, cases in oracle.grouped().items():
        if clock == "agency_reply":
            cases = [case for case in cases if case.disposed]  # noqa: PLW2901 - the population
        if not cases:
            assert scope not in rows
            continue
        looks = [known[case.doc_id] for case in cases]
        times = [
            (took, state == "done")
            for state, took in looks
            if took is not None and state in ("done", "open", "aside")
        ]
        replied = sum(state in ("done", "seen") for state, _ in looks)
        missing = sum(state == "seen" or (state == "done" and took is None) for state, took in looks)
        row = rows[scope]
        assert (row["n"], row["n_replied"], row["n_moment_unknown"]) == (len(cases), replied, missing), scope
        assert row["n_measured"] + row["n_censored"] == len(times)
        median, p90 = (kaplan_meier(times, Fraction(left, 10)) for left in (5, 1))
        no_start = sum(state == "no_start" for state, _ in looks)
        assert row["n_no_start"] == no_start
        assert row["unanswered"] == share(row["n_waiting"], len(cases))
        verdict = (
            "few" if len(cases) < 10
            else "moments_missing" if missing > 0.2 * replied or no_start > 0.2 * len(cases)
            else "few" if len(times) < 10
            else "not_reached" if median is None
            else "ok"
        )  # fmt: skip
        seen_verdicts.add(verdict)
        expected = (median, p90) if verdict == "ok" else (None, None)
        assert (row["verdict"], (row["median"], row["p90"])) == (verdict, expected), scope
    # office hours since a disposition are seldom known: no group has enough of them
    assert seen_verdicts >= {"few", "moments_missing"} | (
        {"ok"} if (clock, unit) != ("agency_reply", "minutes") else set()
    )


def test_the_estimate_is_that_of_a_statistics_library(world: World) -> None:
    looks = [
        observed(world.oracle, case, "reply", "days") for case in world.oracle.cases if case.channel != "sp4n"
    ]
    done = [took for state, took in looks if took is not None and state == "done"]
    waiting = [took for state, took in looks if took is not None and state in ("open", "aside")]
    curve = ecdf(CensoredData(uncensored=done, right=waiting)).sf
    times = [(took, True) for took in done] + [(took, False) for took in waiting]
    for left in (9, 7, 5, 4):
        theirs = next(
            (
                int(q)
                for q, p in zip(curve.quantiles, curve.probabilities, strict=True)
                if p <= left / 10 + 1e-9
            ),
            None,
        )
        assert kaplan_meier(times, Fraction(left, 10)) == theirs


@pytest.mark.parametrize("step", ["verify", "answer", "resolve"])
def test_compliance(world: World, step: str) -> None:
    oracle, today = world.oracle, local(NOW)
    assert today
    rows = table(world.lake, "mart_complaint_sla", KEYS, f"step = '{step}'")
    groups: dict[Any, list[str]] = {}
    for case in oracle.cases:
        due, outcome = oracle.outcome(case, step)
        if due is not None and due < today and outcome != "aside":
            for scope in oracle.scopes(case, due):
                groups.setdefault(scope, []).append(outcome)
    assert set(rows) == set(groups)
    for scope, outcomes in groups.items():
        row, judged = rows[scope], [one for one in outcomes if one != "unknown"]
        assert (row["n_due"], row["n_on_time"], row["n_late"]) == (
            len(outcomes), outcomes.count("on_time"), outcomes.count("late"),
        ), scope  # fmt: skip
        enough = len(outcomes) - len(judged) <= 0.2 * len(outcomes)
        assert row["compliance"] == (share(outcomes.count("on_time"), len(judged)) if enough else None), scope


def test_the_next_deadline_of_an_open_complaint(world: World) -> None:
    oracle = world.oracle
    rows = table(world.lake, "mart_complaint", ["doc_id"])
    for case in oracle.cases:
        steps = {"verify": case.verified(), "answer": case.reply(), "resolve": (None, None)}
        waits = [
            due for step, (_, sign) in steps.items()
            if case.phase == "open" and sign is None and (due := oracle.due(case, step))
        ]  # fmt: skip
        row = rows[(case.doc_id,)]
        assert row["due_day"] == min(waits, default=None)
        assert row["overdue"] == bool(waits and min(waits) < (local(NOW) or NOW.date()))


def test_when_a_channel_closes_by_itself(world: World, cfg: Config) -> None:
    rows = table(world.lake, "mart_complaint_auto_close", ["doc_id"])
    expected = {}
    for case in world.oracle.cases:
        told = [e for e in case.events if not e.automatic]
        last = max(told, key=lambda e: (e.known, e.position), default=None)
        if (
            case.phase != "open"
            or last is None
            or last.moment is None
            or last.reply not in ("reply", "with_note")
        ):
            continue
        rule = cfg.complaints.deadline("auto_close", case.channel, case.day)
        if rule is not None and (day := due_day(cfg.calendar, rule, day_of(last.moment))):
            expected[case.doc_id,] = (last.moment, day, day < day_of(NOW))
    assert len(expected) > 3
    relevant = {case.doc_id for case in world.oracle.cases}
    found = {
        key: (row["replied_at"], row["close_day"], row["passed"])
        for key, row in rows.items() if key[0] in relevant
    }  # fmt: skip
    assert found == expected


def test_open_complaints_per_admin(world: World, cfg: Config) -> None:
    first = date(2026, 8, 24)  # twelve weeks before the Monday of "now"
    admins = {opd.id for opd in cfg.opd if not opd.vertical}
    rows = table(world.lake, "mart_complaint_load", ["channel", "opd_id"])
    groups: dict[tuple[str, str], list[Case]] = {}
    for case in world.oracle.cases:
        for channel in ("*", case.channel):
            for office in ("*", *case.offices):
                groups.setdefault((channel, office), []).append(case)
    assert set(rows) == set(groups)
    for (channel, office), cases in groups.items():
        row = rows[channel, office]
        offices = {o for c in groups[channel, "*"] for o in c.offices} if office == "*" else {office}
        active = {
            o for o in offices & admins
            if any(c.phase == "open" or first <= c.day < NOW.date() for c in groups[channel, o])
        }  # fmt: skip
        n_open = count(cases, lambda c: c.phase == "open")
        assert (row["n_open"], row["n_admins"]) == (n_open, len(active)), (channel, office)
        assert row["load"] == (pytest.approx(n_open / len(active)) if active else None)
    everything = rows["*", "*"]
    assert everything["n_unassigned"] == count(
        groups["*", "*"], lambda c: c.phase == "open" and not set(c.offices) & admins
    )
