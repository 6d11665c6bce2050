"""Ways of finding a source's articles. Pure: bytes in, `Discovered` out.

`discover` is the one door, so that a worker process can run any of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawlers.discovery.feed import read_feed
from crawlers.discovery.listing import read_listing
from crawlers.discovery.model import Discovered, Found
from crawlers.discovery.sitemap import read_sitemap
from crawlers.discovery.wordpress import first_page, read_posts

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["Discovered", "Found", "Page", "discover", "first_page"]


@dataclass(frozen=True, slots=True)
class Page:
    """A fetched page to discover articles on.

    Attributes:
        method: ``feed``, ``sitemap``, ``wordpress`` or ``listing``.
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


def discover(page: Page, *, now: datetime, zone: str, since: datetime | None = None) -> Discovered:
    """Read one page by its method.

    Args:
        page: the page.
        now: aware.
        zone: the source's zone.
        since: what a sitemap says is older is skipped.

    Raises:
        ValueError: the method is not one that reads pages.
    """
    match page.method:
        case "feed":
            return read_feed(page.body, page.url, now=now, zone=zone)
        case "sitemap":
            return read_sitemap(page.body, page.url, now=now, zone=zone, since=since)
        case "wordpress":
            return read_posts(page.body, page.url, now=now, zone=zone)
        case "listing":
            return read_listing(
                page.body, page.url, now=now, zone=zone,
                charset=page.charset, link_pattern=page.link_pattern,
            )  # fmt: skip
    raise ValueError(f"{page.method} is not a way of reading pages")
