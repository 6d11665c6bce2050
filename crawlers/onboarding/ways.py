"""The ways that lead to a site's articles: feeds, WordPress API, sitemaps, listings.

Each is tried with the crawler's own reader for it, so that what works here works in the crawl.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from crawlers.discovery import first_page
from crawlers.onboarding import family as families
from crawlers.onboarding.lists import find_listing, is_front
from crawlers.onboarding.pace import per_week
from crawlers.onboarding.trying import FEWEST, LONG_AGO, WORDS, endpoint_of, read_by, says, when_of
from crawlers.urls import site_of, url_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from crawlers.discovery import Found
    from crawlers.onboarding.desk import Desk
    from crawlers.onboarding.fetch import Answer
    from crawlers.onboarding.front import Front
    from crawlers.onboarding.model import Endpoint, Sample

MOST_FEEDS, MOST_SITEMAPS, MOST_CHILDREN = 4, 3, 2


@dataclass(slots=True)
class Ways:
    """The ways in that were found.

    Attributes:
        endpoints: one of each method at most.
        found: what each of them named, by method.
    """

    endpoints: list[Endpoint] = field(default_factory=list)
    found: dict[str, tuple[Found, ...]] = field(default_factory=dict)

    def add(self, endpoint: Endpoint, found: Sequence[Found]) -> None:
        """Note a way in."""
        self.endpoints.append(endpoint)
        self.found[endpoint.method] = tuple(found)

    def learn(self, samples: Sequence[Sample], now: datetime) -> None:
        """Let lists without dates learn them from the pages that were read."""
        known = {url_key(one.url): one.published_at for one in samples}
        for place, endpoint in enumerate(self.endpoints):
            dates = sorted(d for item in self.found[endpoint.method] if (d := known.get(item.key)))
            if dates and not endpoint.n_dated:
                self.endpoints[place] = replace(
                    endpoint, oldest=dates[0], newest=dates[-1], per_week=per_week(dates, now),
                    deeper=endpoint.deeper or dates[0] <= now - LONG_AGO,
                )  # fmt: skip

    def newest(self, chosen: Iterable[Endpoint]) -> list[Found]:
        """What the chosen ways named, each article once, newest first, undated ones last."""
        best: dict[str, Found] = {}
        for endpoint in chosen:
            for item in self.found[endpoint.method]:
                known = best.get(item.key)
                if known is None or (known.published_at is None and item.published_at):
                    best[item.key] = item
        dated = [(when, item) for item in best.values() if (when := when_of(item))]
        dated.sort(key=lambda pair: pair[0], reverse=True)
        return [item for _, item in dated] + [item for item in best.values() if not when_of(item)]


@dataclass(frozen=True, slots=True)
class Named:
    """What a person or the site itself names.

    Attributes:
        feeds: addresses of feeds.
        sitemaps: addresses of sitemaps.
        chosen: what a person named, by method; one that works is not traded for another.
    """

    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def by_person(self, method: str) -> tuple[str, ...]:
        """What a person named of one method, at most two."""
        return tuple(self.chosen.get(method, ()))[:2]


async def find_ways(desk: Desk, home: Answer, front: Front, named: Named) -> Ways:
    """Try what the site names itself, then what sites of its family usually have.

    Args:
        desk: the tools.
        home: the page that speaks for the site.
        front: what it says.
        named: feeds and sitemaps that were named.
    """
    ways = Ways()
    family = families.by_id(front.family)
    await _feed(desk, ways, home.url, named, family)
    await _wordpress(desk, ways, home.url, front, by_person=bool(named.by_person("wordpress")))
    await _sitemap(desk, ways, home.url, [*named.by_person("sitemap"), *named.sitemaps], family)
    known = [item.url for found in ways.found.values() for item in found]
    listing = await find_listing(desk, home, front, family, known, named.by_person("listing"))
    if listing is not None:
        ways.add(*listing)
    by_person = {url_key(url) for urls in named.chosen.values() for url in urls}
    ways.endpoints = [
        replace(one, chosen=not is_front(one.url) and url_key(one.url) in by_person) for one in ways.endpoints
    ]
    return ways


async def _feed(desk: Desk, ways: Ways, home: str, named: Named, family: families.Family) -> None:
    """The feed a person chose; else of those the site names the one that says most; else a usual one."""
    for group in (named.by_person("feed"), named.feeds[:2]):
        good = [one for url in group if (one := await _one_feed(desk, url, home))]
        if good:
            ways.add(*max(good, key=lambda one: (one[0].deeper, one[0].n_dated, one[0].n)))
            return
    usual = [urljoin(home, path) for path in (*family.feeds, *families.by_id(families.CUSTOM).feeds)]
    asked = {*named.by_person("feed"), *named.feeds[:2]}
    for url in [url for url in dict.fromkeys(usual) if url not in asked][:MOST_FEEDS]:
        found = await _one_feed(desk, url, home)
        if found:
            ways.add(*found)
            return


async def _one_feed(desk: Desk, url: str, home: str) -> tuple[Endpoint, tuple[Found, ...]] | None:
    read = await read_by(desk, "feed", url)
    if read is None:
        return None
    own = tuple(item for item in read.found if site_of(item.url) == site_of(home))
    if len(own) < FEWEST:
        desk.note(WORDS["feed"], url, read.problem or "tidak memuat tulisan situs ini")
        return None
    endpoint = endpoint_of(desk, "feed", url, own, deeper=bool(read.more))
    desk.note(WORDS["feed"], url, says(endpoint), works=True)
    return endpoint, own


async def _wordpress(desk: Desk, ways: Ways, home: str, front: Front, *, by_person: bool) -> None:
    feed = next((e.url for e in ways.endpoints if e.method == "feed"), "")
    if not (
        by_person or front.wordpress or front.family == "wordpress" or urlsplit(feed).path.endswith("/feed/")
    ):
        return
    site = front.wordpress or urljoin(home, "/").rstrip("/")
    read = await read_by(desk, "wordpress", site, at=first_page(site, desk.since))
    if read is None:
        return
    if len(read.found) < FEWEST:
        desk.note(WORDS["wordpress"], site, read.problem or "tidak ada tulisan baru")
        return
    endpoint = endpoint_of(desk, "wordpress", site, read.found, deeper=True, since=desk.since,
                         whole=not read.more)  # fmt: skip
    desk.note(WORDS["wordpress"], site, says(endpoint), works=True)
    ways.add(endpoint, read.found)


async def _sitemap(desk: Desk, ways: Ways, home: str, named: Sequence[str], family: families.Family) -> None:
    usual = [urljoin(home, path) for path in (*family.sitemaps, *families.by_id(families.CUSTOM).sitemaps)]
    for url in list(dict.fromkeys([*named, *([] if named else usual)]))[:MOST_SITEMAPS]:
        read = await read_by(desk, "sitemap", url)
        if read is None:
            continue
        if read.problem:
            desk.note(WORDS["sitemap"], url, read.problem)
            continue
        found = list(read.found)
        children = _likely(read.more)
        whole = len(children) == len(read.more)
        for child in children:
            part = await read_by(desk, "sitemap", child)
            found += part.found if part else ()
        dated = [item for item in found if when_of(item)]
        if not found:
            desk.note(WORDS["sitemap"], url, "ada, saat ini kosong")
            continue
        if len(dated) < FEWEST or 2 * len(dated) < len(found):
            # without dates every run would have to fetch the whole archive
            desk.note(WORDS["sitemap"], url, "ada, tetapi tanpa tulisan baru yang bertanggal")
            continue
        endpoint = endpoint_of(desk, "sitemap", url, found, since=desk.since if whole else None, whole=True)
        desk.note(WORDS["sitemap"], url, says(endpoint), works=True)
        ways.add(endpoint, found)
        return


def _likely(children: Sequence[str]) -> list[str]:
    """The parts of a sitemap index most likely to name the newest articles."""
    news = [url for url in children if "news" in urlsplit(url).path.lower()]
    ends = [*news[:1], *children[:1], *children[-1:]]
    return list(dict.fromkeys(ends))[:MOST_CHILDREN]
