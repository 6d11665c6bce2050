"""robots.txt as RFC 9309 wants it.

A file that is not there (4xx) allows everything. A host whose file cannot be read for now
(5xx, no answer) is not crawled for now: its addresses wait for the next run. Scrapy's own
middleware takes the second case for the first.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Self

import scrapy
from scrapy.exceptions import IgnoreRequest
from scrapy.robotstxt import ProtegoRobotParser

from crawlers.net.answers import PASSING_ERRORS
from crawlers.net.guard import was_refused
from crawlers.net.tls import certificate_refused
from crawlers.net.turns import HostRestsError, Turns
from crawlers.urls import host_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

log = logging.getLogger(__name__)

MOST_BYTES = 512 * 1024  # RFC 9309, 2.5 asks for 500 KiB at least; the rest of a larger file is not read
ASKING = "pati_robots"


class RobotsForbidError(IgnoreRequest):
    """The site forbids the address."""


class RobotsUnreadableError(HostRestsError):
    """Whether the site allows the address cannot be found out for now."""


class RobotsMiddleware:
    """Asks each site once per run; everything to the same site waits for the answer."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent: str = crawler.settings["USER_AGENT"]
        self._mask = crawler.settings["PATI_MASK"]
        self._sites: dict[str, asyncio.Task[Any]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from Scrapy's settings."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Refuse what the site forbids."""
        if request.meta.get(ASKING):
            return
        scheme, _, rest = request.url.partition("://")
        site = f"{scheme}://{rest.partition('/')[0]}"
        if site not in self._sites:
            self._sites[site] = asyncio.ensure_future(self._rules(site))
        rules = await asyncio.shield(self._sites[site])
        if rules is None:
            raise RobotsUnreadableError(
                "robots.txt hos ini sedang tidak terbaca; alamatnya menunggu jalan berikutnya."
            )
        if rules is not _ALL and not rules.allowed(request.url, self._agent):
            raise RobotsForbidError("Situs melarang alamat ini lewat robots.txt.")

    async def _rules(self, site: str) -> Any:  # noqa: ANN401 - a parser, None, or `_ALL`
        url = f"{site}/robots.txt"
        try:
            response: Response = await self._crawler.engine.download_async(
                scrapy.Request(url, meta={ASKING: True}, dont_filter=True)
            )
        except PASSING_ERRORS as error:
            log.info("%s: %s", self._mask(url), type(error).__name__)
            # where nothing can be fetched at all, the page itself says why better than this does
            dead = certificate_refused(error) or was_refused(host_of(url).partition(":")[0])
            return _ALL if dead else None
        except Exception as error:  # noqa: BLE001 - no file that can be had, for whatever reason
            log.info("%s: %s", self._mask(url), type(error).__name__)
            return _ALL
        if response.status >= 500:
            return None
        if response.status != 200:
            return _ALL
        rules = ProtegoRobotParser.from_crawler(self._crawler, response.body[:MOST_BYTES])
        delay = rules.crawl_delay(self._agent)
        if delay:
            Turns.of(self._crawler).slow_down(url, delay)
        return rules


_ALL = object()
