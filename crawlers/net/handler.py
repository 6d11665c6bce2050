"""Scrapy's HTTP handler, asking each host's book first and keeping time per address.

The check for whose turn it is stands here and nowhere earlier: a request that already waits in
Scrapy's queue when a host says "Retry-After" must not slip out.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import DownloadTimeoutError

from crawlers.net.answers import PASSING, PASSING_ERRORS, REFUSING, asked_pause
from crawlers.net.tls import FLAG as TLS_FLAG
from crawlers.net.tls import ExcusingPolicy
from crawlers.net.turns import Turns
from crawlers.urls import host_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_LEFT = "pati_seconds_left"


class PatientHandler(HTTP11DownloadHandler):
    """Downloads when it is the host's turn, within the seconds that are left for the address.

    All attempts and all redirects of one address share `PATI_URL_SECONDS` seconds on the wire;
    waiting for a host that asked for patience does not count.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        self._turns = Turns.of(crawler)
        self._now = settings["PATI_CLOCK"]
        self._each = settings.getfloat("DOWNLOAD_TIMEOUT")
        self._whole = settings.getfloat("PATI_URL_SECONDS")
        self._excused = frozenset(settings["PATI_TLS_EXCUSED"])
        # Scrapy's setting for the policy is deprecated and has no successor
        self._contextFactory: Any = ExcusingPolicy(self._contextFactory, self._excused)

    async def download_request(self, request: Request) -> Response:
        """Download one request; what it says about the host is noted before anybody else asks."""
        left = request.meta.setdefault(_LEFT, self._whole)
        if left <= 0:
            raise DownloadTimeoutError("the seconds for this address are used up")
        async with self._turns.turn(request.url):
            request.meta["download_timeout"] = min(self._each, left)
            started = time.monotonic()
            try:
                response: Response = await super().download_request(request)
            except PASSING_ERRORS:
                self._turns.failed(request.url)
                raise
            finally:
                request.meta[_LEFT] = left - (time.monotonic() - started)
            self._note(request.url, response)
        return self._flagged(request, response)

    def _note(self, url: str, response: Response) -> None:
        if response.status in PASSING or response.status in REFUSING:
            self._turns.failed(url, asked_pause(response, self._now()))

    def _flagged(self, request: Request, response: Response) -> Response:
        """Name what is unusual about an answer in our own words."""
        flags = ["partial" if flag == "dataloss" else flag for flag in response.flags if flag != "partial"]
        if request.url.startswith("https:") and host_of(request.url).partition(":")[0] in self._excused:
            flags.append(TLS_FLAG)
        response.flags[:] = flags
        return response
