"""What is remembered of hosts between runs: today's requests, and who is left alone until when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from config.zones import WIB
from crawlers.net.breaker import LONGEST, pause
from crawlers.state import Rest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from crawlers.context import CrawlContext
    from crawlers.state import CrawlState

FIRST_REST = timedelta(minutes=30)
LONGEST_REST = timedelta(seconds=LONGEST)


def rest_length(times: int) -> timedelta:
    """How long a host is left alone between runs the n-th time in a row; see `breaker.pause`."""
    return timedelta(seconds=pause(times, FIRST_REST.total_seconds(), draw=0.0))


class HostBook:
    """The hosts' accounts in the state file.

    Args:
        ctx: the crawl's context.
        state: the open state.
    """

    def __init__(self, ctx: CrawlContext, state: CrawlState) -> None:
        self._ctx, self._state = ctx, state
        self._troubled: set[str] = set()

    def left_today(self, host: str) -> int:
        """Return how many requests a host may still get today (a day of WIB)."""
        spent = self._state.spent_today(host, self._today())
        return max(0, self._ctx.config.crawl.per_host_daily_cap - spent)

    def spend(self, spent: Mapping[str, int]) -> None:
        """Note requests made since the last call."""
        if spent:
            self._state.spend(spent, self._today())

    def rests(self, host: str) -> bool:
        """Say whether a host is still left alone from an earlier run.

        When its time is over it may be asked again; the first good answer clears its record,
        the next failure makes the rest twice as long.
        """
        rest = self._state.rest(host)
        if rest is None:
            return False
        self._troubled.add(host)
        now = self._ctx.now()
        return now < rest.until <= now + LONGEST_REST  # a longer one was noted by a clock that stood wrong

    def troubled(self, host: str) -> bool:
        """Say whether a host failed and has not answered properly since."""
        return host in self._troubled

    def failed(self, host: str, seconds: float | None = None) -> None:
        """Leave a host alone for a while: it fails again and again, or asked for `seconds`.

        Never longer than a day: a host that asks for more is asked again after one.
        """
        before = self._state.rest(host)
        times = (before.times if before else 0) + 1
        length = timedelta(seconds=seconds) if seconds is not None else rest_length(times)
        self._state.set_rest(host, Rest(self._ctx.now() + min(length, LONGEST_REST), times))
        self._troubled.add(host)

    def answered(self, host: str) -> None:
        """Forget a host's failures once it answers properly."""
        if host in self._troubled:
            self._state.set_rest(host, None)
            self._troubled.discard(host)

    def _today(self) -> date:
        return self._ctx.now().astimezone(WIB).date()
