"""When feeds are read again, how hosts' allowances are kept, and which addresses are too many."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config import Crawl, Polling, load_config
from crawlers.context import CrawlContext, Period
from crawlers.discovery import Discovered, Found, within
from crawlers.frontier import Frontier, Task
from crawlers.hosts import HostBook, rest_length
from crawlers.polling import MOST_IDLE, pattern_of, walk_on
from crawlers.rhythm import Reading, is_due, next_pause
from crawlers.state import CrawlState

NOW = datetime(2026, 11, 15, 20, tzinfo=UTC)  # 03.00 WIB of the 16th
BOUNDS = Polling(least_minutes=30, most_minutes=1440)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


@pytest.mark.parametrize(
    ("pause", "reading", "expected"),
    [
        (None, Reading(20, 20, first=True), 30),
        (None, Reading(0, 0, first=True, failed=True), 60),
        (200, Reading(20, 3), 140),  # news: sooner
        (200, Reading(20, 0), 280),  # silence: later
        (200, Reading(0, 0), 280),  # "not modified" is silence
        (200, Reading(20, 20), 50),  # nothing known left: much sooner
        (200, Reading(2, 2), 140),  # two entries may both be new without anything missed
        (200, Reading(0, 0, failed=True), 400),
        (32, Reading(20, 20), 30),
        (1300, Reading(20, 0), 1440),
    ],
)
def test_a_feed_is_read_as_often_as_it_brings_news(
    pause: float | None, reading: Reading, expected: float
) -> None:
    before = None if pause is None else minutes(pause)
    assert next_pause(before, reading, BOUNDS) == minutes(expected)


def test_a_rollover_is_noticed_but_not_on_the_first_reading() -> None:
    assert Reading(10, 10).rolled_over
    assert not Reading(10, 9).rolled_over
    assert not Reading(10, 10, first=True).rolled_over
    assert not Reading(4, 4).rolled_over


def test_a_feed_is_due_when_its_moment_has_come() -> None:
    assert is_due(None, NOW, BOUNDS)
    assert is_due(NOW.isoformat(), NOW, BOUNDS)
    assert not is_due((NOW + minutes(1)).isoformat(), NOW, BOUNDS)
    assert not is_due((NOW + minutes(1440)).isoformat(), NOW, BOUNDS)
    assert is_due((NOW + minutes(1441)).isoformat(), NOW, BOUNDS), "noted by a clock that stood wrong"
    failed = next_pause(None, Reading(0, 0, failed=True), Polling(least_minutes=60, most_minutes=60))
    assert not is_due((NOW + failed).isoformat(), NOW, Polling(least_minutes=60, most_minutes=60))


def test_rests_grow_and_end_at_a_day() -> None:
    assert [rest_length(n) for n in (1, 2, 3)] == [minutes(30), minutes(60), minutes(120)]
    assert rest_length(40) == timedelta(days=1)


@pytest.fixture
def context(tmp_path: Path) -> Callable[[datetime], CrawlContext]:
    base = load_config()
    config = base.model_copy(update={"crawl": base.crawl.model_copy(update={"per_host_daily_cap": 10})})

    def at(now: datetime) -> CrawlContext:
        return CrawlContext(
            config, tmp_path / "landing", tmp_path / "s.db", "run", lambda: now, lambda d: d,
            lambda _: True, lambda _: None, {}, tmp_path,
        )  # fmt: skip

    return at


def test_a_day_of_wib_has_one_allowance_over_all_runs(context: Callable[[datetime], CrawlContext]) -> None:
    with CrawlState(context(NOW).state) as state:
        HostBook(context(NOW), state).spend({"a.example": 4})
        HostBook(context(NOW + timedelta(hours=20)), state).spend({"a.example": 3})
        assert state.spent_today("a.example", date(2026, 11, 16)) == 7
        assert HostBook(context(NOW), state).left_today("a.example") == 3
        assert HostBook(context(NOW), state).left_today("b.example") == 10
        tomorrow = HostBook(context(NOW + timedelta(hours=22)), state)
        assert tomorrow.left_today("a.example") == 10
        tomorrow.spend({"a.example": 1})
        assert tomorrow.left_today("a.example") == 9


def test_a_host_that_fails_rests_longer_each_time_and_is_forgiven_once_it_answers(
    context: Callable[[datetime], CrawlContext],
) -> None:
    with CrawlState(context(NOW).state) as state:
        HostBook(context(NOW), state).failed("a.example")
        assert HostBook(context(NOW + minutes(29)), state).rests("a.example")
        again = HostBook(context(NOW + minutes(31)), state)
        assert not again.rests("a.example")
        again.failed("a.example")
        assert HostBook(context(NOW + minutes(90)), state).rests("a.example")
        later = HostBook(context(NOW + minutes(92)), state)
        assert not later.rests("a.example")
        later.answered("a.example")
        assert state.rest("a.example") is None


def test_a_rest_noted_by_a_clock_that_stood_years_ahead_is_none(
    context: Callable[[datetime], CrawlContext],
) -> None:
    with CrawlState(context(NOW).state) as state:
        HostBook(context(NOW + timedelta(days=1000)), state).failed("a.example", seconds=7200)
        assert not HostBook(context(NOW), state).rests("a.example")


def test_a_host_that_asks_for_time_gets_it(context: Callable[[datetime], CrawlContext]) -> None:
    with CrawlState(context(NOW).state) as state:
        HostBook(context(NOW), state).failed("a.example", seconds=7200)
        assert HostBook(context(NOW + minutes(119)), state).rests("a.example")
        assert not HostBook(context(NOW + minutes(121)), state).rests("a.example")


class Account:
    """A host's account with two requests left today; b.example rests."""

    def left_today(self, host: str) -> int:
        return 2 if host == "a.example" else 100

    def rests(self, host: str) -> bool:
        return host == "b.example"


def test_the_frontier_keeps_to_the_account_and_tells_what_it_spent() -> None:
    frontier = Frontier(5, 2, Account())
    for number in range(4):
        url = f"https://a.example/{number}"
        frontier.push(Task("kabar", "article", url, found=Found(url)))
    frontier.push(Task("lain", "article", "https://b.example/1", found=Found("https://b.example/1")))
    for one in frontier.pull():
        frontier.done(one)
    assert frontier.spent() == {"a.example": 2}
    assert frontier.spent() == {}
    assert frontier.pull() == []
    assert sorted((t.url[-1], why) for t, why in frontier.put_off()) == [
        ("1", "resting"), ("2", "day"), ("3", "day"),
    ]  # fmt: skip


def test_a_walk_ends_where_pages_only_repeat_or_are_too_old() -> None:
    page = Discovered(more=("https://a.example/?page=9",))
    common: dict[str, Any] = {"fresh": 0, "read": 9, "before": False}
    assert walk_on("listing", page, **common, idle=MOST_IDLE - 1).more
    ended = walk_on("listing", page, **common, idle=MOST_IDLE)
    assert not ended.more
    assert "mengulang" in (ended.cut or "")
    assert not walk_on("listing", page, **common, past=True).more


def test_only_what_is_known_to_lie_outside_a_period_is_left_out() -> None:
    period = Period(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC))
    days = {"a": datetime(2025, 12, 31, tzinfo=UTC), "b": period.since, "c": period.until, "d": None}
    found = [Found(f"https://a.example/{name}", published_at=at) for name, at in days.items()]
    inside, outside = within(found, period.since, period.until)
    assert [one.url[-1] for one in inside] == ["b", "d"]
    assert outside == 2
    with pytest.raises(ValueError, match="ends after it begins"):
        Period(period.until, period.since)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/kal?d=1", "https://a.example/kal?d=2", True),
        ("https://a.example/kal?d=1&m=3", "https://a.example/kal?m=1&d=2", True),
        ("https://a.example/kal?d=1", "https://a.example/kal?m=1", False),
        ("https://a.example/kal?d=1", "https://b.example/kal?d=1", False),
    ],
)
def test_addresses_that_differ_in_values_only_are_one_pattern(one: str, other: str, same: bool) -> None:
    assert (pattern_of(one) == pattern_of(other)) is same
    assert pattern_of("https://a.example/2026/11/12/berita") is None


def test_pauses_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ValueError, match="least_minutes"):
        Crawl.model_validate(
            {"user_agent": "Uji", "contact": "x", "polling": {"least_minutes": 90, "most_minutes": 60}}
        )
