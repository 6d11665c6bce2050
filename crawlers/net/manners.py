"""One more try for what may pass. How long a host is left alone before it, `turns` decides."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self

from crawlers.net.answers import PASSING, PASSING_ERRORS, asked_pause
from crawlers.net.guard import was_refused
from crawlers.net.tls import certificate_refused
from crawlers.net.turns import ASKED, HostRestsError, Turns
from crawlers.urls import host_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

log = logging.getLogger(__name__)


class RetryMiddleware:
    """Takes the place of Scrapy's: at most `RETRY_TIMES` further attempts per address.

    Answers that may pass, failed connections and torn bodies are tried again; refused
    addresses, unknown hosts and untrusted certificates are not.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._turns = Turns.of(crawler)
        self._now = settings["PATI_CLOCK"]
        self._retries = settings.getint("RETRY_TIMES")
        self._mask = settings["PATI_MASK"]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from Scrapy's settings."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Try again what may pass; a body that is torn twice is handed on with its flag."""
        if "partial" in response.flags:
            return self._again(request, "a torn body") or response
        if response.status not in PASSING:
            return response
        asked = asked_pause(response, self._now())
        if asked is not None and asked > self._turns.patience.longest:
            raise HostRestsError(ASKED, asked)
        return self._again(request, f"HTTP {response.status}") or response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Try again what may pass."""
        host = host_of(request.url).partition(":")[0]
        passing = isinstance(exception, PASSING_ERRORS) and not certificate_refused(exception)
        if not passing or was_refused(host):
            return None
        return self._again(request, type(exception).__name__)

    def _again(self, request: Request, why: str) -> Request | None:
        attempt = request.meta.get("retry_times", 0) + 1
        if attempt > self._retries or self._turns.gives_up(request.url):
            return None
        log.info("%s: %s, one more try", self._mask(request.url), why)
        again: Request = request.copy()
        again.meta["retry_times"] = attempt
        again.dont_filter = True
        return again
