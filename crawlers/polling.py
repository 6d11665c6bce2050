"""How far to walk a source's discovery pages. Pure but for reading the state's cursors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from crawlers.discovery import Discovered
    from crawlers.state import CrawlState

MOST_PAGES = 100
MOST_IDLE = 3
MOST_DEPTH = 3  # sitemap indexes one inside the other; the protocol itself allows only one
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


@dataclass(frozen=True, slots=True)
class Step:
    """Where a walk goes on.

    Attributes:
        more: addresses to read next.
        cut: one Indonesian sentence if a limit cut something off.
    """

    more: tuple[str, ...] = ()
    cut: str | None = None


def walk_on(
    method: str,
    found: Discovered,
    *,
    fresh: int,
    read: int,
    before: bool,
    idle: int = 0,
    past: bool = False,
    depth: int = 0,
) -> Step:
    """Decide which further pages to read.

    A listing is walked until a page brings nothing new; but only once it was walked to its
    end before, else a crawl that was killed on page two would never see page three again. A
    calendar whose pages never end repeats itself: pages that show nothing this walk has not
    seen already end it, and one that names itself so by its first page without news.

    Args:
        method: how the source is discovered.
        found: what this page gave.
        fresh: how many of its articles were never settled.
        read: how many pages of this poll were read, this one included.
        before: the listing was walked to its end in an earlier run, and nothing since.
        idle: how many pages in a row, this one included, showed nothing new to this walk.
        past: everything on the page is older than what is looked for.
        depth: how many sitemap indexes led to this page.
    """
    if not found.more or past:
        return Step()
    if method in {"listing", "feed"} and fresh == 0 and (before or "calendar" in found.flags):
        return Step()
    if method in {"listing", "feed"} and idle >= MOST_IDLE:
        return Step(cut="Halaman daftar berikutnya hanya mengulang; pembacaan dihentikan.")
    if depth >= MOST_DEPTH:
        return Step(cut=f"Peta situs bersarang lebih dari {MOST_DEPTH} tingkat; sisanya dilewati.")
    if method != "sitemap" and read >= MOST_PAGES:
        return Step(cut=f"Batas {MOST_PAGES} halaman daftar tercapai; halaman lebih lama dilewati.")
    return Step(found.more)


def pattern_of(url: str) -> tuple[str, ...] | None:
    """Name the family of addresses that differ only in their parameters' values.

    Returns:
        Host, path and sorted parameter names; None for an address without parameters.
    """
    parts = urlsplit(url)
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return (parts.netloc, parts.path, *names) if names else None
