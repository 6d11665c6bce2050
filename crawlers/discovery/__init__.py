"""Ways of finding a source's articles. Pure: bytes in, `Discovered` out.

`discover` is the one door, so that a worker process can run any of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawlers.discovery.feed import read_feed
from crawlers.discovery.listing import read_listing
from crawlers.discovery.model import Discovered, Found, Reading, in_range, within
from crawlers.discovery.search import may_keep, owner_of, read_news_search, unknown_outlets
from crawlers.discovery.sitemap import read_sitemap
from crawlers.discovery.wordpress import first_page, read_posts

if TYPE_CHECKING:
    from datetime import datetime

__all__ = [
    "Discovered",
    "Found",
    "Page",
    "discover",
    "first_page",
    "may_keep",
    "owner_of",
    "unknown_outlets",
    "within",
]


@dataclass(frozen=True, slots=True)
class Page:
    """A fetched page to discover articles on.

    Attributes:
        method: ``feed``, ``sitemap``, ``wordpress``, ``listing`` or ``news_search``.
        body: as received.
        url: where it was fetched, after redirects.
        charset: of the Content-Type header.
        link_pattern: of a listing source.
    """

    method: str
    body: bytes
    url: str
    charset: str | None = None
    link_pattern: str | None = None


def discover(
    page: Page, *, now: datetime, zone: str, since: datetime | None = None, until: datetime | None = None
) -> Discovered:
    """Read one page by its method.

    Args:
        page: the page.
        now: aware.
        zone: the source's zone.
        since: what says it is older is left out and counted; a feed is paged back to here.
        until: what says it was published then or later is left out and counted.

    Raises:
        ValueError: the method is not one that reads pages.
    """
    at = Reading(page.url, now, zone)
    match page.method:
        case "feed":
            read = read_feed(page.body, at, since=since)
        case "sitemap":
            read = read_sitemap(page.body, at, since=since, until=until)
        case "wordpress":
            read = read_posts(page.body, at)
        case "listing":
            read = read_listing(page.body, at, charset=page.charset, link_pattern=page.link_pattern)
        case "news_search":
            read = read_news_search(page.body, at)
        case _:
            raise ValueError(f"{page.method} is not a way of reading pages")
    return in_range(read, since, until)
