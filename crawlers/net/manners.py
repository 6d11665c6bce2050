"""Patience with hosts: one retry after a pause, `Retry-After` kept for the whole host."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Self

from scrapy.exceptions import (
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from crawlers.net.guard import was_refused
from crawlers.urls import host_of

if TYPE_CHECKING:
    from datetime import datetime

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

log = logging.getLogger(__name__)

_PASSING = {408, 429, 500, 502, 503, 504, 522, 524}
_PASSING_ERRORS = (
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
_LONGEST_JITTER = 1.5


class HostRestsError(IgnoreRequest):
    """The host asked for more patience than one run has; its addresses wait for the next."""


def retry_after(value: str | None, now: datetime) -> float | None:
    """Read a Retry-After header: seconds or an HTTP date.

    Args:
        value: the header.
        now: aware.

    Returns:
        Seconds to wait, never negative; None when the header is absent or unreadable.
    """
    if not value:
        return None
    text = value.strip()
    if text.isdigit():
        return float(text)
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=now.tzinfo)
    return max(0.0, (at - now).total_seconds())


def pause(attempt: int, base: float, draw: float) -> float:
    """Seconds before retry number `attempt` (from 1): exponential, with jitter.

    Args:
        attempt: which retry.
        base: pause before the first, in seconds.
        draw: a random number in [0, 1).
    """
    return float(base * 2 ** (attempt - 1)) * (1 + (_LONGEST_JITTER - 1) * draw)


class MannersMiddleware:
    """Retries what may pass, once, after a pause; holds a whole host back when it asks to.

    A host that asks for more than `PATI_LONGEST_WAIT` seconds rests until the next run.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._now = settings["PATI_CLOCK"]
        self._retries = settings.getint("RETRY_TIMES")
        self._base = settings.getfloat("PATI_RETRY_PAUSE")
        self._longest = settings.getfloat("PATI_LONGEST_WAIT")
        self._mask = settings["PATI_MASK"]
        self._free_at: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from Scrapy's settings."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait until the host may be asked again."""
        while True:
            left = self._free_at.get(host_of(request.url), 0.0) - time.monotonic()
            if left <= 0:
                return
            if left > self._longest:
                raise HostRestsError("Hos meminta jeda lebih lama daripada satu kali jalan.")
            await asyncio.sleep(left)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Retry answers that may pass."""
        if response.status not in _PASSING:
            return response
        raw = response.headers.get("Retry-After")
        wait = retry_after(raw.decode("latin-1") if raw else None, self._now())
        if wait is not None:
            self._hold(request.url, wait)
            if wait > self._longest:
                raise HostRestsError("Hos meminta jeda lebih lama daripada satu kali jalan.")
        again = await self._again(request, f"HTTP {response.status}", wait)
        return again or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Retry failures that may pass; refused addresses and unknown hosts do not."""
        host = host_of(request.url).partition(":")[0]
        if not isinstance(exception, _PASSING_ERRORS) or was_refused(host):
            return None
        return await self._again(request, type(exception).__name__, None)

    def _hold(self, url: str, seconds: float) -> None:
        host = host_of(url)
        self._free_at[host] = max(self._free_at.get(host, 0.0), time.monotonic() + seconds)

    async def _again(self, request: Request, why: str, wait: float | None) -> Request | None:
        attempt = request.meta.get("retry_times", 0) + 1
        if attempt > self._retries:
            return None
        seconds = pause(attempt, self._base, random.random()) if wait is None else wait  # noqa: S311 - jitter is no secret
        log.info("%s: %s, retry in %.1f s", self._mask(request.url), why, seconds)
        self._hold(request.url, seconds)
        await asyncio.sleep(seconds)
        again: Request = request.copy()
        again.meta["retry_times"] = attempt
        again.dont_filter = True
        return again
