"""Feeds of a news search: for finding addresses only, never for texts or dates.

Such a feed names the outlet (``<source url="https://kabar.example">``) and gives a link that
leads there through the search engine. The link is followed like any other, by HTTP redirects and
within the crawl's own rules; what the engine wrapped into it is not taken apart. Where it ends
decides: an article is kept only under an outlet that is configured (and not blocked), unless the
search's own entry says that any host will do. A link that does not leave the engine led nowhere.
The key is the article's own address, so a story also found through its outlet's feed is one.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from crawlers.discovery.feed import REFUSED, entry_dates, entry_title, parse_feed, problem_of
from crawlers.discovery.model import Discovered, Found, fetchable, once
from crawlers.discovery.xml import RefusedError
from crawlers.extract.tree import squeeze
from crawlers.sites import sites_of
from crawlers.urls import site_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from config import Source
    from crawlers.discovery.feed import Feed
    from crawlers.discovery.model import Reading


def read_news_search(body: bytes, at: Reading) -> Discovered:
    """Read a feed of search results.

    Args:
        body: as received.
        at: where and when.

    Returns:
        Finds with `Found.outlet`; their date is when the engine saw them (`changed_at`), not
        when they were published.
    """
    try:
        feed = parse_feed(body)
    except RefusedError as error:
        return Discovered(problem=REFUSED[error.why], flags=("bozo", f"bozo:{error.why}"))
    read = [_result(entry, feed, at) for entry in feed.entries]
    found = [item for item in read if item]
    left_out = len(read) - len(found)
    return Discovered(
        once(found), problem=problem_of(feed, found), flags=feed.flags,
        skipped={"no_link": left_out} if left_out else {},
    )  # fmt: skip


def owner_of(url: str, sources: Iterable[Source]) -> Source | None:
    """Return the configured source an address belongs to, or None.

    The host must be one of the source's own or below one; of several the closest wins. A
    blocked source owns its addresses too, so that nobody else's permission covers them.

    Args:
        url: where a redirect ended.
        sources: the configured sources.
    """
    host = site_of(url)
    best: tuple[int, Source] | None = None
    for source in sources:
        for own in sites_of(source):
            if (host == own or host.endswith("." + own)) and (best is None or len(own) > best[0]):
                best = (len(own), source)
    return best[1] if best else None


def may_keep(url: str, search: str, sources: Iterable[Source], *, any_host: bool) -> bool:
    """Say whether an article found by a search may be fetched and kept.

    Args:
        url: where the redirects ended; or, before spending a request, `Found.outlet`.
        search: the address of the search feed.
        sources: the configured sources.
        any_host: the search's entry allows outlets that are not configured.
    """
    if site_of(url) == site_of(search):
        return False
    owner = owner_of(url, sources)
    if owner is None:
        return any_host
    return owner.permission != "blocked"


def unknown_outlets(found: Iterable[Found], sources: Iterable[Source]) -> Counter[str]:
    """Count the outlets a search names that nobody has configured: where to look for sources."""
    known = tuple(sources)
    outlets = (item.outlet for item in found if item.outlet)
    return Counter(site_of(outlet) for outlet in outlets if owner_of(outlet, known) is None)


def _result(entry: Any, feed: Feed, at: Reading) -> Found | None:  # noqa: ANN401
    url = fetchable(entry.get("link"), at.url)
    if url is None:
        return None
    source = entry.get("source") or {}
    outlet, name = fetchable(source.get("href"), at.url), squeeze(source.get("title") or "")
    # "Rob rendam Juwana - Kabar Contoh": the engine's addition
    title = entry_title(entry)
    if name and title.endswith(name):
        title = title.removesuffix(name).rstrip(" -\u2013|")
    published, changed = entry_dates(entry, feed, at)
    return Found(url, title, changed_at=published or changed, guid=entry.get("id"), outlet=outlet)
