"""What every request asks before it leaves: is it this host's turn?

One book per host, kept by the crawl for all its requests alike: articles, robots.txt, redirects,
later pages, retries. It knows how often the host was asked, when it may be asked again (backoff,
`Retry-After`, `Crawl-delay`) and when it is left alone until the next run.
"""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from scrapy.exceptions import IgnoreRequest

from crawlers.net.breaker import THRESHOLD, Breaker
from crawlers.urls import host_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from scrapy.crawler import Crawler

# a host may keep a run waiting for this many of its longest single pauses, all together
_MOST_PAUSES = 10
_LATER = "sisanya menunggu jalan berikutnya."
ASKED = f"Situs meminta jeda lebih lama daripada satu kali jalan; {_LATER}"
_FAILS = f"Situs gagal berulang kali dan diistirahatkan; {_LATER}"
_SLOW = f"Situs terlalu sering meminta jeda; {_LATER}"
_AGAIN = 0.05  # seconds between two looks at a circuit whose probe is under way


class HostRestsError(IgnoreRequest):
    """The host is left alone for the rest of this run; its addresses wait for the next.

    The message says why, in Indonesian.

    Attributes:
        seconds: for how long the host asked to be left alone, if it did.
    """

    def __init__(self, message: str, seconds: float | None = None) -> None:
        super().__init__(message)
        self.seconds = seconds


class HostCapError(HostRestsError):
    """The host was asked as often as one run may."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How patient a crawl is.

    Attributes:
        base: pause after a host's first failure, in seconds.
        longest: longest single pause waited for in one run, in seconds.
        cap: most requests to one host in one run.
        per_host: most requests to one host at a time. Scrapy's own limit lets two slip out when
            they are queued in the same moment and no delay is set.
        at_once: most transfers at a time, over all hosts: what bounds the memory of bodies.
    """

    base: float
    longest: float
    cap: int
    per_host: int = 1
    at_once: int = 16


@dataclass(slots=True)
class _Book:
    breaker: Breaker
    line: asyncio.Semaphore
    sent: int = 0
    waited: float = 0.0
    interval: float = 0.0
    asked: bool = False


@dataclass(slots=True, eq=False)
class Turns:
    """The books of all hosts of one crawl.

    Args:
        patience: see `Patience`.
        clock: seconds, monotonic.
        sleep: waits so many seconds.
        draw: a random number in [0, 1) for jitter.
        on_probation: whether a host failed in an earlier run and has not answered since: its
            circuit starts half open, so that a dead host costs one request a night.
    """

    patience: Patience
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    draw: Callable[[], float] = random.random
    on_probation: Callable[[str], bool] = lambda _: False
    _books: dict[str, _Book] = field(default_factory=dict)
    _wire: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._wire = asyncio.Semaphore(self.patience.at_once)

    @classmethod
    def of(cls, crawler: Crawler) -> Turns:
        """Return the books that all parts of one Scrapy crawl share."""
        if crawler not in _SHARED:
            _SHARED[crawler] = cls(crawler.settings["PATI_PATIENCE"])
        return _SHARED[crawler]

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Wait until a request to this address may leave, and hold the line while it is out.

        Raises:
            HostRestsError: the host is left alone until the next run.
        """
        book = self._book(url)
        async with book.line:
            await self._wait(book)
            async with self._wire:
                book.sent += 1
                book.breaker.hold(self.clock(), book.interval)
                try:
                    yield
                finally:
                    book.breaker.released()

    def failed(self, url: str, asked: float | None = None) -> None:
        """Note that the host did not answer properly; `asked` is its `Retry-After` in seconds."""
        book = self._book(url)
        book.breaker.failed(self.clock(), self.draw(), asked)
        book.asked = asked is not None and asked > self.patience.longest

    def succeeded(self, url: str) -> None:
        """Note a proper answer."""
        self._book(url).breaker.succeeded()

    def slow_down(self, url: str, seconds: float) -> None:
        """Keep at least so much time between two requests (`Crawl-delay`)."""
        self._book(url).interval = min(seconds, self.patience.longest)

    def gives_up(self, url: str) -> bool:
        """Say whether the host's pause is longer than this run waits."""
        return self._book(url).breaker.wait(self.clock()) > self.patience.longest

    async def _wait(self, book: _Book) -> None:
        if book.sent >= self.patience.cap:
            raise HostCapError(f"Batas {self.patience.cap} permintaan per situs tercapai; {_LATER}")
        while not book.breaker.allow(self.clock()):
            left = max(book.breaker.wait(self.clock()), _AGAIN)
            if left > self.patience.longest:
                raise HostRestsError(*((ASKED, left) if book.asked else (_FAILS,)))
            if book.waited + left > _MOST_PAUSES * self.patience.longest:
                raise HostRestsError(_SLOW)
            book.waited += left
            await self.sleep(left)

    def _book(self, url: str) -> _Book:
        host = host_of(url)
        if host not in self._books:
            failures = THRESHOLD if self.on_probation(url) else 0
            breaker = Breaker(self.patience.base, failures=failures)
            self._books[host] = _Book(breaker, asyncio.Semaphore(self.patience.per_host))
        return self._books[host]


_SHARED: WeakKeyDictionary[Crawler, Turns] = WeakKeyDictionary()
