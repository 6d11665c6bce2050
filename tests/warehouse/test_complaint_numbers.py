"""Numbers that count complaints beside the same numbers in plain Python, over random histories."""

from __future__ import annotations

from datetime import date

from tests.warehouse.complaint_oracle import Case, local
from tests.warehouse.complaint_world import KEYS, NOW, World, count, share, table


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


def test_data_goes_through_the_newest_event(world: World) -> None:
    seen = world.lake.rows(
        "SELECT received_at FROM complaint "
        "UNION ALL SELECT coalesce(happened_at, seen_at) FROM complaint_event"
    )
    newest = max(moment for (moment,) in seen)
    found = world.lake.rows("SELECT DISTINCT data_through FROM mart_complaint_cohort WHERE channel = '*'")
    assert found == [(local(newest),)]
