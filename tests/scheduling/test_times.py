"""What is due when: hours, days, weeks, sleep, and clocks that jump."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.schedule import JobTime
from config.zones import WIB
from pipelines.scheduling.times import SLACK, after, before, due, is_due, period

HOURLY = JobTime(minutes=(5,))
QUARTERS = JobTime(minutes=(0, 15, 30, 45))
NIGHTLY = JobTime(at="01:30")
MONDAYS = JobTime(at="06:00", day="senin")


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


@pytest.mark.parametrize(
    ("when", "now", "last", "following"),
    [
        (HOURLY, "2026-11-16 10:05", "2026-11-16 10:05", "2026-11-16 11:05"),
        (HOURLY, "2026-11-16 10:04", "2026-11-16 09:05", "2026-11-16 10:05"),
        (HOURLY, "2026-11-16 00:01", "2026-11-15 23:05", "2026-11-16 00:05"),
        (QUARTERS, "2026-11-16 10:59", "2026-11-16 10:45", "2026-11-16 11:00"),
        (QUARTERS, "2026-12-31 23:50", "2026-12-31 23:45", "2027-01-01 00:00"),
        (NIGHTLY, "2026-11-16 01:29", "2026-11-15 01:30", "2026-11-16 01:30"),
        (NIGHTLY, "2026-11-16 01:30", "2026-11-16 01:30", "2026-11-17 01:30"),
        (MONDAYS, "2026-11-16 05:59", "2026-11-09 06:00", "2026-11-16 06:00"),  # a Monday
        (MONDAYS, "2026-11-16 06:00", "2026-11-16 06:00", "2026-11-23 06:00"),
        (MONDAYS, "2026-11-22 23:00", "2026-11-16 06:00", "2026-11-23 06:00"),
    ],
)
def test_the_time_before_and_the_time_after(when: JobTime, now: str, last: str, following: str) -> None:
    assert before(when, wib(now)) == wib(last)
    assert after(when, wib(now)) == wib(following)


@pytest.mark.parametrize(
    ("when", "much"),
    [
        (HOURLY, timedelta(hours=1)), (QUARTERS, timedelta(minutes=15)), (NIGHTLY, timedelta(days=1)),
        (MONDAYS, timedelta(days=7)), (JobTime(minutes=(10, 20)), timedelta(minutes=50)),
    ],
)  # fmt: skip
def test_the_longest_pause(when: JobTime, much: timedelta) -> None:
    assert period(when) == much


@pytest.mark.parametrize(
    ("when", "last", "now", "wanted"),
    [
        pytest.param(HOURLY, None, "2026-11-16 10:00", True, id="never tried"),
        pytest.param(HOURLY, "2026-11-16 10:05", "2026-11-16 10:59", False, id="done this hour"),
        pytest.param(HOURLY, "2026-11-16 10:05", "2026-11-16 11:05", True, id="the next hour"),
        pytest.param(HOURLY, "2026-11-16 09:58", "2026-11-16 10:06", True, id="began shortly before its "
        "time"),
        pytest.param(MONDAYS, "2026-11-16 06:00", "2026-11-20 10:00", False, id="this week's is done"),
        pytest.param(MONDAYS, "2026-11-09 06:00", "2026-11-19 10:00", True, id="off on Monday, made up "
        "on Thursday"),
        pytest.param(HOURLY, "2026-11-16 10:05:03", "2026-11-16 10:04:58", False, id="the clock was put "
        "right a little"),
        pytest.param(HOURLY, "2026-11-16 12:05", "2026-11-16 10:10", True, id="the clock went back two "
        "hours"),
        pytest.param(NIGHTLY, "2031-01-01 01:30", "2026-11-16 10:10", True, id="tried in a year that "
        "has not come"),
        pytest.param(MONDAYS, "1970-01-01 07:00", "2026-11-17 10:10", True, id="the battery of the "
        "clock was empty"),
    ],
)  # fmt: skip
def test_what_is_due(when: JobTime, last: str | None, now: str, *, wanted: bool) -> None:
    assert is_due(when, wib(last) if last else None, wib(now)) == wanted


def test_jobs_that_are_due_together_keep_their_order() -> None:
    jobs = {"run": HOURLY, "report": MONDAYS, "backup": NIGHTLY}
    now = wib("2026-11-16 08:00")
    assert due(jobs, {}, now) == ["run", "report", "backup"]  # type: ignore[arg-type]
    assert due(jobs, {"run": now, "report": wib("2026-11-09 06:00"), "backup": now}, now) == ["report"]  # type: ignore[arg-type]


@given(
    st.sampled_from([HOURLY, QUARTERS, NIGHTLY, MONDAYS]),
    st.integers(min_value=0, max_value=10**6),
)
@settings(max_examples=200, deadline=None)
def test_one_night_of_sleep_or_a_year_costs_one_try(when: JobTime, minutes: int) -> None:
    last = datetime(2026, 11, 16, tzinfo=UTC)
    now = last + timedelta(minutes=minutes)
    assert is_due(when, last, now) == (after(when, last) <= now)
    assert not is_due(when, now, now), "what was done now is not due now"


@given(
    st.sampled_from([HOURLY, QUARTERS, NIGHTLY, MONDAYS]),
    st.lists(st.tuples(st.booleans(), st.integers(min_value=1, max_value=60 * 24 * 400)), max_size=12),
)
@settings(max_examples=200, deadline=None)
def test_no_jump_blocks_a_job_or_makes_a_storm(when: JobTime, jumps: list[tuple[bool, int]]) -> None:
    """The clock jumps, then a period and a half goes by in steps of a minute or more."""
    now, last, tries = datetime(2026, 11, 16, tzinfo=UTC), None, 0
    step = max(timedelta(minutes=1), period(when) / 40)
    for forward, minutes in [(True, 1), *jumps]:
        now += timedelta(minutes=minutes) if forward else -timedelta(minutes=minutes)
        ran = 0
        until = now + period(when) * 3 / 2 + SLACK
        while now < until:
            if is_due(when, last, now):
                last, ran = now, ran + 1
            now += step
        tries += ran
        assert 1 <= ran <= 3, "one and a half periods: two times, and one more for the jump"
    assert last is not None
