"""Fetching for a look at a site: the crawler's own downloader, one request after the other.

Every request goes through the downloader that the crawl uses, with its settings: the address
guard on every hop, robots.txt and the pause it asks for, retries and size limits (`crawlers.settings`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import scrapy
from scrapy import signals

from crawlers.net.guard import was_refused
from crawlers.net.robots import ASKING
from crawlers.spider import charset_of
from crawlers.urls import host_of
from crawlers.verdict import Verdict, of_failure, of_status

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scrapy.crawler import Crawler

_MOST_STRIKES = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """A page that was fetched.

    Attributes:
        url: where it was found, after redirects.
        body: as received, content encoding undone.
        charset: of the Content-Type header.
        headers: name to value, in lower case.
    """

    url: str
    body: bytes
    charset: str | None
    headers: Mapping[str, str]


class Fetcher:
    """Fetches pages of one site, politely and not too many.

    Args:
        crawler: the running crawler.
        most: requests that may be made; one more is refused with the reason ``cap``, and so is
            every request after five failures in a row.
        told: called before each request with its address.
    """

    def __init__(self, crawler: Crawler, most: int, told: Callable[[str], None]) -> None:
        self._crawler, self._most, self._told = crawler, most, told
        self.spent = 0
        self._strikes = 0
        self._last = ""
        crawler.signals.connect(self._reached, signals.request_reached_downloader)

    async def get(self, url: str, *, robots_txt: bool = False) -> Answer | Verdict:
        """Fetch one page.

        Args:
            url: its address.
            robots_txt: it is robots.txt itself, which is never forbidden.

        Returns:
            The page, or why there is none.
        """
        if self.spent >= self._most:
            return Verdict("cap", f"Batas {self._most} permintaan untuk satu pemeriksaan tercapai.")
        if self._strikes >= _MOST_STRIKES:
            return Verdict("cap", "Situs berkali-kali menolak atau tidak menjawab; pemeriksaan dihentikan.")
        self.spent += 1
        self._told(url)
        found = await self._download(url, {ASKING: True} if robots_txt else {})
        if isinstance(found, Answer):
            self._strikes = 0
        elif found.strike:
            self._strikes += 1
        return found

    def _reached(self, request: scrapy.Request) -> None:
        """Remember where a redirect has led: a failure names no address."""
        self._last = request.url

    async def _download(self, url: str, meta: dict[str, bool]) -> Answer | Verdict:
        request = scrapy.Request(url, meta=meta, dont_filter=True)
        self._last = url
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 - whatever went wrong has a name for people
            return of_failure(error, refused_host=was_refused(host_of(self._last).partition(":")[0]))
        problem = of_status(response.status)
        if problem is not None:
            return problem
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        return Answer(response.url, response.body, charset_of(response), headers)
