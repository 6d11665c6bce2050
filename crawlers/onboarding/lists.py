"""The page of a site that lists its newest articles, and the pattern of their addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from crawlers.onboarding.pattern import derive_pattern
from crawlers.onboarding.trying import FEWEST, WORDS, endpoint_of, says
from crawlers.urls import site_of
from crawlers.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawlers.discovery import Found
    from crawlers.onboarding.desk import Desk
    from crawlers.onboarding.family import Family
    from crawlers.onboarding.fetch import Answer
    from crawlers.onboarding.front import Front
    from crawlers.onboarding.model import Endpoint

MOST_LISTINGS = 2


def is_front(url: str) -> bool:
    """Whether an address is a site's front page, perhaps in one language (``/id``), not a section."""
    return len(urlsplit(url).path.strip("/")) <= len("id/")


async def find_listing(
    desk: Desk, home: Answer, front: Front, family: Family, known: Sequence[str], named: Sequence[str]
) -> tuple[Endpoint, tuple[Found, ...]] | None:
    """Find the page that lists the newest articles best.

    Args:
        desk: the tools.
        home: the page that speaks for the site.
        front: what it says.
        family: what sites like this usually have.
        known: addresses of articles that feeds, sitemaps or an API named.
        named: listings that a person chose.

    Returns:
        The listing and what it names, or None when no page lists articles.
    """
    section = [url for url in named if not is_front(url)]
    section += [] if is_front(home.url) else [home.url]
    indexes = sorted(front.indexes, key=lambda url: "inde" not in url)
    usual = [] if indexes else [urljoin(home.url, path) for path in family.listings]
    pages = {home.url: (home, front), **await _pages(desk, home.url, [*section, *indexes, *usual])}
    pattern = _pattern(known, [one for _, one in pages.values()], home.url)
    best: tuple[tuple[bool, bool, bool, int], Endpoint, tuple[Found, ...]] | None = None
    for url, (answer, _) in pages.items():
        read = await desk.discover("listing", answer, pattern)
        if len(read.found) < FEWEST:
            desk.note(WORDS["listing"], url, read.problem or "terlalu sedikit tautan tulisan")
            continue
        endpoint = endpoint_of(desk, "listing", url, read.found, deeper=bool(read.more), pattern=pattern)
        desk.note(WORDS["listing"], url, says(endpoint), works=True)
        # a section is what the person asked for; it is not traded for the whole site's index
        # and a front page is redesigned more often than an index
        rank = (url in section, endpoint.deeper, url != home.url, endpoint.n)
        if best is None or rank > best[0]:
            best = (rank, endpoint, read.found)
    return best[1:] if best is not None else None


async def _pages(desk: Desk, home: str, urls: Sequence[str]) -> dict[str, tuple[Answer, Front]]:
    """Fetch and read the first few of some pages."""
    pages = {}
    for url in [url for url in dict.fromkeys(urls) if url != home][:MOST_LISTINGS]:
        answer = await desk.fetcher.get(url)
        if isinstance(answer, Verdict):
            desk.note(WORDS["listing"], url, answer.detail)
        else:
            pages[answer.url] = (answer, await desk.front(answer))
    return pages


def _pattern(known: Sequence[str], fronts: Sequence[Front], home: str) -> str | None:
    """Derive the article pattern from everything that named articles, surest first."""
    sure = [url for url in known if site_of(url) == site_of(home)]
    seen = [item.url for front in fronts for item in front.found]
    others = [url for front in fronts for url in front.others]
    return derive_pattern(sure[:200], others) or derive_pattern([*seen, *sure[:200]], others)
