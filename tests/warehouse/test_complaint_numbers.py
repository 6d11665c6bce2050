"""Every number about complaints beside the same number in plain Python, over random histories."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

import pytest
from scipy.stats import CensoredData, ecdf

from config import Config
from pipelines.dimensions import complaint_rows
from tests.warehouse.complaint_oracle import Case, Oracle, kaplan_meier, local, records
from tests.warehouse.random_history import stories
from tests.warehouse.rows import enrich
from warehouse import Lake
from warehouse.migrate import migrate
from warehouse.reading import open_reading
from warehouse.store import add_complaint_event, sync_dimensions
from warehouse.store.documents import Batch, store_batch

NOW = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)  # Monday 07.00 WIB
EXPORTS = [
    datetime(2026, 6, 3, 2, tzinfo=UTC),
    datetime(2026, 9, 15, 2, tzinfo=UTC),
    NOW - timedelta(hours=4),
]
SEED, COUNT = 3318, 500
KEYS = ["period_kind", "period", "channel", "opd_id"]


class World(NamedTuple):
    lake: Lake
    oracle: Oracle


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, cfg: Config) -> Iterator[World]:
    told = stories(SEED, COUNT, NOW)
    home = tmp_path_factory.mktemp("histories")
    with Lake(home, now=NOW, create=True) as lake:
        migrate(lake)
        sync_dimensions(lake, complaint_rows(cfg))
        for number, fetched in enumerate(EXPORTS):
            shown = [one for one in told if one.received <= fetched]
            rows = [one.export(fetched, version) for version, one in enumerate(shown)]
            docs, complaints = [row[0] for row in rows], [row[1] for row in rows]
            events = [event for row in rows for event in row[2]]
            store_batch(lake, Batch({f"b{number}": len(docs)}, "r1", docs, complaints, events, []), fetched)
        for number, one in enumerate(told[:24]):
            status = ("dibalas", "selesai_admin", "diproses", "bukan_wewenang")[number % 4]
            at = max(one.received, NOW - timedelta(days=number, hours=number % 7))
            add_complaint_event(lake, one.doc_id, status, f"Catatan {number}", "Dinas Contoh", at, "petugas")
        enrich(lake, [one.labels() for one in told])
    copy, _ = open_reading(home, NOW)
    with copy:
        yield World(copy, Oracle(copy, NOW))


def table(
    lake: Lake, name: str, keys: list[str], where: str = "true"
) -> dict[tuple[Any, ...], dict[str, Any]]:
    rows = records(lake, f"SELECT * FROM {name} WHERE {where}")  # noqa: S608 - names of ours
    found = {tuple(row[key] for key in keys): row for row in rows}
    assert len(found) == len(rows), "one row per group"
    return found


def share(part: int, whole: int, least: int = 10) -> Any:
    return pytest.approx(part / whole) if whole >= least else None


def count(cases: list[Case], wanted: Callable[[Case], object]) -> int:
    return sum(bool(wanted(case)) for case in cases)


def test_the_histories_hold_the_hard_cases(world: World) -> None:
    cases = world.oracle.cases
    assert len(cases) > 400
    assert min(count(cases, lambda c, p=phase: c.phase == p) for phase in ("open", "closed", "rejected")) > 40
    for hard in (
        lambda c: c.closed_without_work,
        lambda c: c.misrouted,
        lambda c: any(e.automatic for e in c.events),
        lambda c: c.answered and c.reply()[0] is None,
        lambda c: c.phase == "closed" and c.closing()[0] is None,
        lambda c: any(e.origin == "dashboard" for e in c.events),
        lambda c: c.day.year == 2021,
        lambda c: len({e.status for e in c.events if e.phase != "open"}) > 1,
    ):
        assert count(cases, hard) >= 3


def test_steps_of_each_complaint(world: World) -> None:
    rows = table(world.lake, "mart_complaint_step", ["doc_id"])
    for case in world.oracle.cases:
        row = rows[(case.doc_id,)]
        assert (row["status"], row["phase"], row["answered"]) == (case.status, case.phase, case.answered)
        for name, (moment, sign) in {
            "verified": case.verified(), "first_reply": case.reply(),
            "agency_reply": case.agency_reply(), "ended": case.ending(),
        }.items():  # fmt: skip
            assert (row[f"{name}_at"], row[f"{name}_by"]) == (moment, sign), (case.doc_id, name)
        assert (row["disposed"], row["misrouted"]) == (case.disposed, case.misrouted)
        assert row["closed_without_work"] == case.closed_without_work


def test_cohorts(world: World) -> None:
    groups = world.oracle.grouped()
    rows = table(world.lake, "mart_complaint_cohort", KEYS)
    assert set(rows) == set(groups)
    for scope, cases in groups.items():
        row = rows[scope]
        valid = count(cases, lambda c: c.phase != "rejected")
        answered = count(cases, lambda c: c.answered)
        ratings = [c.rating for c in cases if c.rating is not None]
        expected = {
            "n_received": len(cases),
            "n_valid": valid,
            "n_invalid": count(cases, lambda c: c.status in ("arsip", "tidak_layak")),
            "n_not_ours": count(cases, lambda c: c.status == "bukan_wewenang"),
            "n_answered": answered,
            "n_unanswered": (waiting := count(cases, lambda c: c.phase == "open" and not c.answered)),
            "n_closed_without_work": count(cases, lambda c: c.closed_without_work),
            "validity": share(valid, len(cases)),
            "unanswered": share(waiting, valid),
            "dispute": share(count(cases, disputed), answered),
            "misroute": share(count(cases, lambda c: c.misrouted), count(cases, lambda c: c.disposed)),
            "n_rated": len(ratings),
            "rating": share(sum(ratings), len(ratings)),
            "reply_moment_unknown": share(count(cases, lambda c: c.answered and not c.reply()[0]), answered),
        }
        assert {name: row[name] for name in expected} == expected, scope
        assert row["n_received"] == row["n_valid"] + row["n_invalid"] + row["n_not_ours"]


def disputed(case: Case) -> bool:
    return any(e.status == "ditanggapi_pelapor" for e in case.events)


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
            assert (row["of_valid"], row["of_received"]) == (share(within, valid), share(within, len(known)))


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
        verdict = (
            "few" if len(times) < 10
            else "moments_missing" if missing > 0.2 * replied
            else "not_reached" if median is None
            else "ok"
        )  # fmt: skip
        seen_verdicts.add(verdict)
        expected = (median, p90) if verdict == "ok" else (None, None)
        assert (row["verdict"], (row["median"], row["p90"])) == (verdict, expected), scope
    assert seen_verdicts >= {"few", "moments_missing", "ok"}


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


def test_backlog(world: World) -> None:
    oracle, today = world.oracle, local(NOW)
    rows = table(world.lake, "mart_complaint_backlog", KEYS)
    ends = {(kind, first): row["period_end"] for (kind, first, *_), row in rows.items()}
    assert ends["now", today] == today
    assert ends["week", date(2026, 3, 16)] == date(2026, 3, 22)
    assert ends["month", date(2026, 10, 1)] == date(2026, 10, 31)
    assert ("week", date(2026, 11, 16)) not in ends
    checked = 0
    for (kind, first), end in ends.items():
        if kind == "week" and first.day > 10:
            continue  # a third of the weeks is enough
        groups: dict[tuple[str, str], list[tuple[str, int | None]]] = {}
        for case in oracle.cases:
            state = oracle.state_at(case, end)
            if state in ("open", "unsure"):
                for channel in ("*", case.channel):
                    for office in ("*", *case.offices):
                        groups.setdefault((channel, office), []).append((state, oracle.days(case.day, end)))
        for (channel, office), found in groups.items():
            row = rows[kind, first, channel, office]
            ages = sorted(age for state, age in found if state == "open" and age is not None)
            n_open = sum(state == "open" for state, _ in found)
            assert row["n_open"] == n_open, (kind, first, channel, office)
            assert row["n_unsure"] == len(found) - n_open
            assert row["n_outside_calendar"] == n_open - len(ages)
            assert [row[name] for name in ("n_0_5", "n_6_14", "n_15_60", "n_over_60")] == [
                sum(low <= age <= high for age in ages)
                for low, high in ((0, 5), (6, 14), (15, 60), (61, 10**6))
            ]
            if n_open >= 10:
                assert row["median_age"] == ages[-(-len(ages) // 2) - 1]
                assert row["p90_age"] == ages[-(-len(ages) * 9 // 10) - 1]
            checked += 1
        assert len(groups) == sum(key[:2] == (kind, first) for key in rows)
    assert checked > 100


def test_the_backlog_now_is_the_queue(world: World) -> None:
    now = world.lake.rows(
        "SELECT n_open, n_unsure FROM mart_complaint_backlog "
        "WHERE period_kind = 'now' AND channel = '*' AND opd_id = '*'"
    )
    n_open = world.lake.value("SELECT count(*) FROM mart_complaint WHERE relevant AND open")
    assert now == [(n_open, 0)]


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


def test_data_goes_through_the_newest_event(world: World) -> None:
    seen = world.lake.rows(
        "SELECT received_at FROM complaint "
        "UNION ALL SELECT coalesce(happened_at, seen_at) FROM complaint_event"
    )
    newest = max(moment for (moment,) in seen)
    found = world.lake.rows("SELECT DISTINCT data_through FROM mart_complaint_cohort WHERE channel = '*'")
    assert found == [(local(newest),)]
