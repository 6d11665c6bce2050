"""The circuit breaker and the turns: pure state, a hand-set clock."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.net.breaker import LONGEST, THRESHOLD, Breaker, pause
from crawlers.net.turns import HostCapError, HostRestsError, Patience, Turns


@pytest.mark.parametrize(
    ("failures", "draw", "seconds"),
    [(1, 0.0, 4.0), (2, 0.0, 8.0), (5, 0.0, 64.0), (1, 0.5, 5.0), (3, 0.999999, 24.0), (60, 0.0, LONGEST)],
)
def test_pauses_double_and_differ(failures: int, draw: float, seconds: float) -> None:
    assert pause(failures, 4.0, draw) == pytest.approx(seconds, rel=1e-5)


def test_life_of_a_circuit() -> None:
    one = Breaker(base=1.0, threshold=3)
    assert (one.state(0), one.allow(0)) == ("closed", True)
    assert [one.failed(now, 0.0) for now in (0, 1, 3)] == [1.0, 2.0, 4.0]
    assert (one.state(6.9), one.allow(6.9), one.wait(6.5)) == ("open", False, 0.5)
    assert one.state(7) == "half_open"
    assert [one.allow(7), one.allow(7)] == [True, False], "one probe at a time"
    assert one.failed(8, 0.0) == 8.0
    assert (one.state(15.9), one.allow(16)) == ("open", True)
    one.succeeded()
    assert (one.state(17), one.allow(17), one.allow(17)) == ("closed", True, True)
    assert one.failed(20, 0.0) == 1.0, "the count begins anew"


def test_a_probe_that_brings_no_verdict_makes_room_for_the_next() -> None:
    one = Breaker(base=1.0, failures=THRESHOLD)
    assert one.allow(0)
    one.released()
    assert one.allow(0)


@pytest.mark.parametrize(("asked", "left"), [(None, 1.0), (0.0, 1.0), (30.0, 30.0)])
def test_what_a_host_asks_for_never_shortens_the_pause(asked: float | None, left: float) -> None:
    one = Breaker(base=1.0)
    one.failed(100, 0.0, asked)
    assert one.wait(100) == left
    one.succeeded()
    assert one.wait(100) == left, "an answer to somebody else does not end the pause"


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 50), st.floats(0, 0.99)), max_size=40))
def test_nothing_leaves_before_the_pause_is_over(steps: list[tuple[bool, float, float]]) -> None:
    one, now = Breaker(base=2.0), 0.0
    for good, later, draw in steps:
        now += later
        if one.allow(now):
            assert now >= one.not_before
            one.succeeded() if good else one.failed(now, draw)
        else:
            assert one.wait(now) > 0 or one.probing


class Clock:
    """Time that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


URL = "https://kabar.example/a"


@pytest.fixture
def clock() -> Clock:
    return Clock()


def turns(clock: Clock, cap: int = 100, per_host: int = 1) -> Turns:
    patience = Patience(1.0, 20.0, cap, per_host)
    return Turns(patience, clock=clock, sleep=clock.sleep, draw=lambda: 0.0)


async def ask(all_turns: Turns, url: str = URL) -> None:
    async with all_turns.turn(url):
        pass


def test_requests_wait_for_the_host_and_only_for_it(clock: Clock) -> None:
    async def play() -> list[float]:
        them, seen = turns(clock), []
        them.failed(URL, 7.0)
        for url in ("https://lain.example/", URL):
            await ask(them, url)
            seen.append(clock.now)
        return seen

    assert asyncio.run(play()) == [0.0, 7.0]


def test_a_host_that_asks_for_more_than_a_run_has_rests(clock: Clock) -> None:
    async def play() -> HostRestsError:
        them = turns(clock)
        them.failed(URL, 3600.0)
        with pytest.raises(HostRestsError, match="jeda lebih lama") as caught:
            await ask(them)
        assert them.gives_up(URL)
        return caught.value

    assert asyncio.run(play()).seconds == 3600.0


def test_a_host_that_fails_and_fails_rests(clock: Clock) -> None:
    async def play() -> int:
        them = turns(clock)
        for count in range(100):
            try:
                await ask(them)
            except HostRestsError:
                return count
            them.failed(URL)
        return -1

    assert asyncio.run(play()) == 6  # pauses of 1, 2, 4, 8, 16 seconds were waited for, 32 was not


def test_short_pauses_again_and_again_end_too(clock: Clock) -> None:
    async def play() -> None:
        them = turns(clock, cap=1000)
        for _ in range(100):
            await ask(them)
            them.failed(URL, 19.0)
            them.succeeded(URL)

    with pytest.raises(HostRestsError, match="terlalu sering"):
        asyncio.run(play())
    assert clock.now <= 200


def test_a_host_on_probation_gets_one_question(clock: Clock) -> None:
    async def play() -> float:
        them = turns(clock)
        them.on_probation = lambda url: url == URL
        await ask(them)
        them.failed(URL)
        with pytest.raises(HostRestsError):
            await ask(them)
        await ask(them, "https://lain.example/")
        return clock.now

    assert asyncio.run(play()) == 0.0


def test_every_request_counts_towards_the_cap(clock: Clock) -> None:
    async def play() -> None:
        them = turns(clock, cap=3)
        for path in ("robots.txt", "a", "a"):
            await ask(them, f"https://kabar.example/{path}")
        with pytest.raises(HostCapError, match="Batas 3 permintaan"):
            await ask(them)

    asyncio.run(play())


@pytest.mark.parametrize("per_host", [1, 3])
def test_how_many_at_once(clock: Clock, per_host: int) -> None:
    async def play() -> int:
        them, out, most = turns(clock, per_host=per_host), 0, 0

        async def visit() -> None:
            nonlocal out, most
            async with them.turn(URL):
                out += 1
                most = max(most, out)
                await asyncio.sleep(0)
                out -= 1

        await asyncio.gather(*(visit() for _ in range(9)))
        return most

    assert asyncio.run(play()) == per_host


def test_crawl_delay_is_kept_between_requests(clock: Clock) -> None:
    async def play() -> list[float]:
        them, seen = turns(clock), []
        them.slow_down(URL, 5.0)
        for _ in range(3):
            async with them.turn(URL):
                seen.append(clock.now)
        them.slow_down(URL, 86_400.0)
        await ask(them)
        await ask(them)
        return [*seen, clock.now]

    assert asyncio.run(play()) == [0.0, 5.0, 10.0, 35.0], "an absurd delay is cut to the longest pause"
