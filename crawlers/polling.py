"""How far to walk a source's discovery pages. Pure but for reading the state's cursors."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawlers.discovery import Discovered
    from crawlers.state import CrawlState

MOST_PAGES = 100
# Posts dated back, clocks that differ, entries added late: look this far behind the cursor.
OVERLAP = {"wordpress": timedelta(days=1), "sitemap": timedelta(days=3)}


def since_of(
    state: CrawlState, source_id: str, poll: str, method: str, now: datetime, lookback: timedelta
) -> datetime | None:
    """Return the moment from which a poll looks for articles, or None for "all it shows".

    Args:
        state: the open state.
        source_id: the source.
        poll: the poll's name.
        method: how the source is discovered.
        now: aware.
        lookback: how far back a first crawl goes.
    """
    if method not in OVERLAP:
        return None
    newest = state.cursor(source_id, f"newest {poll}")
    if newest is None:
        return now - lookback
    return datetime.fromisoformat(newest).astimezone(UTC) - OVERLAP[method]


def walk_on(
    method: str, found: Discovered, *, fresh: int, read: int, before: bool
) -> tuple[tuple[str, ...], bool]:
    """Decide which further pages to read.

    A listing is walked until a page brings nothing new; but only once it was walked to its
    end before, else a crawl that was killed on page two would never see page three again.
    A calendar has no end and is left at the first page without news.

    Args:
        method: how the source is discovered.
        found: what this page gave.
        fresh: how many of its articles were never settled.
        read: how many pages of this poll were read, this one included.
        before: the listing was walked to its end in an earlier run, and nothing since.

    Returns:
        (addresses, cut): what to read, and whether a limit cut something off.
    """
    if not found.more:
        return (), False
    if method in {"listing", "feed"} and fresh == 0 and (before or "calendar" in found.flags):
        return (), False
    if method != "sitemap" and read >= MOST_PAGES:
        return (), True
    return found.more, False
