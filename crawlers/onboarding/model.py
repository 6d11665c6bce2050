"""What is found out about a site, as plain records that travel between processes as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from config import DiscoverMethod, Scope, SourceKind
from crawlers.items import DateProvenance

RobotsFile = Literal["ada", "tidak ada", "tidak terbaca"]


class OnboardingError(Exception):
    """A site cannot be looked at; the text is one Indonesian sentence saying why."""


@dataclass(frozen=True, slots=True)
class Robots:
    """What a site's robots.txt says to us.

    Attributes:
        file: whether there is one; a site without one allows everything (RFC 9309, 2.3.1.3).
        crawl_delay: seconds it asks for between requests, if it does.
        sitemaps: addresses of sitemaps it names.
    """

    file: RobotsFile
    crawl_delay: float | None = None
    sitemaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One way of finding the site's articles that was tried and works.

    Attributes:
        method: how it is read.
        url: its address, as it would stand in `discover`.
        n: articles it named on the pages that were read.
        n_dated: how many of them with a time of publication.
        oldest: earliest time it named (publication, else last change), aware, UTC.
        newest: latest one.
        deeper: it reaches further back than its newest items, so that little is missed when a
            run is skipped.
        per_week: items in a week, by the dates it named; None when they do not tell.
        link_pattern: of a listing.
        chosen: a person named it; it is not traded for another way in.
    """

    method: DiscoverMethod
    url: str
    n: int
    n_dated: int = 0
    oldest: datetime | None = None
    newest: datetime | None = None
    deeper: bool = False
    per_week: float | None = None
    link_pattern: str | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """One address that was asked, and what came of it, for people.

    Attributes:
        what: what was looked for (umpan, peta situs, …).
        url: the address.
        outcome: one short Indonesian phrase.
        works: it can be used.
    """

    what: str
    url: str
    outcome: str
    works: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """One article page that was fetched and read as the crawler would.

    Attributes:
        url: its address.
        title: headline, personal data masked.
        author: whether a writer's name was found; the name itself is not needed here.
        published_at: time of publication, aware, UTC.
        published_from: where that was read.
        timed: the time of day is known, not only the day.
        words: length of the body.
        parts: on how many pages the story is spread, this one included.
        about_pati: whether it is about Kabupaten Pati.
        problem: reason for which the crawler would not keep the page (`crawlers.verdict`),
            None for an article.
        detail: that reason as a sentence.
    """

    url: str
    title: str = ""
    author: bool = False
    published_at: datetime | None = None
    published_from: DateProvenance | None = None
    timed: bool = False
    words: int = 0
    parts: int = 1
    about_pati: bool = False
    problem: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the sample pages gave what.

    Attributes:
        n: pages tried.
        body: pages that are articles with a text; the other counts are out of these.
        title: with a headline.
        date: with a date.
        time: with a time of day.
        author: with a writer.
        about: about Kabupaten Pati.
        provenance: where dates were read, with counts.
        problems: why pages were not kept, with counts.
        median_words: of the texts that stand on one page, 0 when there is none.
    """

    n: int = 0
    body: int = 0
    title: int = 0
    date: int = 0
    time: int = 0
    author: int = 0
    about: int = 0
    provenance: dict[str, int] = field(default_factory=dict)
    problems: dict[str, int] = field(default_factory=dict)
    median_words: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be written into ``sources.yaml``, except what only a person can say.

    Attributes:
        id: proposed key.
        name: proposed name.
        kind: news or government.
        url: home page.
        scope: whether everything there is about Kabupaten Pati.
        scope_sure: enough of the sample was read to say so.
        endpoints: the ways of finding articles, best first.
        permission: ground on which it may be collected.
        opd: id of the office that runs a government site, if its name gives it away.
        per_week: usual number of items that would be kept in a week, None if not known.
        missing: what is not there or has to be looked at, as Indonesian sentences.
    """

    id: str
    name: str
    kind: SourceKind
    url: str
    scope: Scope
    scope_sure: bool
    endpoints: tuple[Endpoint, ...]
    permission: Literal["rss_public", "robots_ok"]
    opd: str | None = None
    per_week: float | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteReport:
    """Everything found out about one site.

    Attributes:
        asked: the address a person gave.
        family: id of the CMS family.
        family_name: its name for people.
        robots: what robots.txt says.
        tried: every address asked while looking for ways in, in order.
        samples: article pages read.
        coverage: what they gave.
        proposal: what could be written into ``sources.yaml``.
        requests: how many requests were made.
        checked_at: aware, UTC.
    """

    asked: str
    family: str
    family_name: str
    robots: Robots
    tried: tuple[Tried, ...]
    samples: tuple[Sample, ...]
    coverage: Coverage
    proposal: Proposal
    requests: int
    checked_at: datetime
