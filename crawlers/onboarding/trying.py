"""Trying one list of articles: fetch it, read it with the crawler's reader, say what it gave."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from crawlers.onboarding.model import Endpoint
from crawlers.onboarding.pace import per_week
from crawlers.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from config import DiscoverMethod
    from crawlers.discovery import Discovered, Found
    from crawlers.onboarding.desk import Desk

FEWEST = 2
"""Articles; a list with fewer is not one."""
LONG_AGO = timedelta(days=7)
"""What a list must reach back to count as deep."""
WORDS: dict[DiscoverMethod, str] = {
    "feed": "umpan (RSS/Atom)",
    "wordpress": "API WordPress",
    "sitemap": "peta situs",
    "listing": "halaman daftar",
}
_PAGE = re.compile(rb"\s*<(?:!doctype html|html)\b", re.IGNORECASE)


async def read_by(desk: Desk, method: DiscoverMethod, url: str, at: str | None = None) -> Discovered | None:
    """Fetch and read a page by one method.

    Args:
        desk: the tools.
        method: how to read it.
        url: address to tell people.
        at: address to fetch, if it is another.

    Returns:
        What it gave, or None when it cannot be fetched, which is noted.
    """
    what = WORDS[method]
    answer = await desk.fetcher.get(at or url)
    if isinstance(answer, Verdict):
        desk.note(what, url, "tidak ada" if answer.reason == "gone" else answer.detail)
        return None
    if _PAGE.match(answer.body[:512]):
        # many sites answer every address with a page of theirs
        desk.note(what, url, "tidak ada; dijawab dengan halaman biasa")
        return None
    return await desk.discover(method, answer)


def endpoint_of(
    desk: Desk,
    method: DiscoverMethod,
    url: str,
    found: Sequence[Found],
    *,
    deeper: bool = False,
    since: datetime | None = None,
    whole: bool = False,
    pattern: str | None = None,
) -> Endpoint:
    """Sum up what one list named.

    Args:
        desk: the tools.
        method: how it is read.
        url: its address for `discover`.
        found: articles it named.
        deeper: it is known to reach further back than its newest items.
        since: it was asked for everything since this moment.
        whole: and gave everything, up to now.
        pattern: link pattern of a listing.
    """
    dates = sorted(when for item in found if (when := when_of(item)))
    until = desk.now
    if since is not None and not whole and dates:
        until = dates[-1]  # oldest first and cut off: complete up to the last one named
    return Endpoint(
        method=method,
        url=url,
        n=len(found),
        n_dated=len(dates),
        oldest=dates[0] if dates else None,
        newest=dates[-1] if dates else None,
        deeper=deeper or bool(dates and dates[0] <= desk.now - LONG_AGO),
        per_week=per_week(dates, until, since),
        link_pattern=pattern,
    )


def says(endpoint: Endpoint) -> str:
    """One phrase about a list, for people."""
    dated = f", {endpoint.n_dated} bertanggal" if endpoint.n_dated else ", tanpa tanggal"
    return f"{endpoint.n} tulisan{dated}" + ("" if endpoint.deeper else ", hanya yang terbaru")


def when_of(item: Found) -> datetime | None:
    """When an article appeared, or at least was changed last, as its list says."""
    return item.published_at or item.changed_at
