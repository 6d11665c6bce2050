"""From one address to the next: redirects and meta refresh, within limits, each hop remembered.

Scrapy's own middlewares keep a redirected request in the first host's queue, so that a hop to
another host jumps that host's line; they walk in circles until a limit ends it; and they decode
whole pages to look for a refresh in the first bytes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self
from urllib.parse import urldefrag, urljoin, urlsplit

from scrapy.exceptions import IgnoreRequest
from w3lib.html import get_meta_refresh
from w3lib.url import safe_url_string

from crawlers.net.guard import RefusedError

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

HOPS = "pati_hops"
REFRESHED = "meta_refresh"
_MOVED = {301, 302, 303, 307, 308}
_HEAD = 8192  # bytes in which a meta refresh stands, if there is one
_REFRESH = re.compile(rb"http-equiv\s*=\s*[\"']?refresh", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|rdf:rdf)[\s>]", re.IGNORECASE)  # its entries may quote pages
_LATEST = 10.0  # seconds; a page that reloads itself every five minutes leads nowhere


class HopLimitError(IgnoreRequest):
    """Redirects go in a circle or on and on; the message says which, in Indonesian."""


def moved_to(status: int, location: bytes | None, url: str) -> str | None:
    """Return where a redirect leads, or None when the answer is none.

    Args:
        status: of the answer.
        location: its Location header, raw.
        url: of the request; relative locations start there.

    Raises:
        RefusedError: it leads to something that is no http(s) address.
    """
    if status not in _MOVED or not location:
        return None
    try:
        target = urljoin(url, safe_url_string(location.decode("utf-8", "replace").strip()))
        scheme = urlsplit(target).scheme
    except ValueError:
        raise RefusedError("Alamat ditolak: pengalihannya menuju alamat yang tidak sah.") from None
    if scheme not in {"http", "https"}:
        raise RefusedError("Alamat ditolak: pengalihannya menuju skema selain http dan https.")
    return target


def refreshed_to(body: bytes, url: str) -> str | None:
    """Return where a page's meta refresh leads, or None when it stays.

    Refreshes inside `<noscript>` are for people without JavaScript, and those to the page itself
    or after more than ten seconds are for people who leave a page open.

    Args:
        body: the page as received.
        url: of the page.

    Raises:
        RefusedError: it leads to something that is no http(s) address.
    """
    head = body[:_HEAD]
    if not _REFRESH.search(head) or _FEED.search(head):
        return None
    try:
        delay, target = get_meta_refresh(head.decode("latin-1"), url, ignore_tags=("script", "noscript"))
        scheme = urlsplit(target or "").scheme
    except ValueError:
        return None
    if not target or delay is None or delay > _LATEST or urldefrag(target)[0] == urldefrag(url)[0]:
        return None
    if scheme not in {"http", "https"}:
        raise RefusedError("Alamat ditolak: meta refresh menuju skema selain http dan https.")
    return str(target)


class HopsMiddleware:
    """Follows redirects and meta refreshes; the way lies in the request's meta afterwards."""

    def __init__(self, most: int) -> None:
        self._most = most

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from Scrapy's settings."""
        return cls(crawler.settings.getint("REDIRECT_MAX_TIMES"))

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Go on to where an answer leads."""
        target = moved_to(response.status, response.headers.get("Location"), request.url)
        if target is not None:
            return self._hop(request, target, refreshed=False)
        target = refreshed_to(response.body, request.url) if response.status == 200 else None
        return self._hop(request, target, refreshed=True) if target else response

    def _hop(self, request: Request, target: str, *, refreshed: bool) -> Request:
        way = (*request.meta.get(HOPS, ()), request.url)
        if urldefrag(target)[0] in {urldefrag(one)[0] for one in way}:
            raise HopLimitError("Pengalihan berputar-putar.")
        if len(way) > self._most:
            raise HopLimitError(f"Pengalihan lebih dari {self._most} kali.")
        on: Request = request.replace(url=target)
        on.meta[HOPS] = way
        on.meta[REFRESHED] = refreshed or request.meta.get(REFRESHED, False)
        on.meta.pop("download_slot", None)  # it must wait in the new host's line
        on.dont_filter = True
        return on
