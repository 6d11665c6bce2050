"""What discovery finds: addresses of articles, and further pages to look for more on."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from crawlers.dates import parse_date, plausible
from crawlers.urls import clean_url, url_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawlers.items import DateProvenance


@dataclass(frozen=True, slots=True)
class Found:
    """One article found, not yet fetched.

    Attributes:
        url: fetchable address.
        title: as the feed or listing gives it, may be empty.
        published_at: time of publication in UTC if discovery said one.
        provenance: which kind of discovery said so.
        changed_at: when a sitemap or feed says it last changed, or when a search engine saw it;
            it was published then or before.
        guid: the feed's own id, kept for diagnosis only, never as a key.
        outlet: address of the outlet a news search names; `url` then leads there by redirect.
    """

    url: str
    title: str = ""
    published_at: datetime | None = None
    provenance: DateProvenance = "feed"
    changed_at: datetime | None = None
    guid: str | None = None
    outlet: str | None = None

    @property
    def key(self) -> str:
        """The key under which the article is remembered: its folded address."""
        return url_key(self.url)

    def merged(self, other: Found) -> Found:
        """What two discoveries know of one article together; the same whichever came first.

        A feed's word on title and date goes before a sitemap's or listing's.
        """
        best, second = sorted((self, other), key=_rank, reverse=True)
        dated = best if best.published_at or not second.published_at else second
        return replace(
            best,
            title=best.title or second.title,
            published_at=dated.published_at,
            provenance=dated.provenance,
            changed_at=best.changed_at or second.changed_at,
            outlet=best.outlet or second.outlet,
        )

    def to_json(self) -> str:
        """Write what must be known to fetch it in a later run."""
        at = self.published_at.isoformat() if self.published_at else None
        known = [self.url, self.title, at, self.provenance, *([self.outlet] if self.outlet else [])]
        return json.dumps(known, ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> Found:
        """Read what `to_json` wrote."""
        url, title, at, provenance, *outlet = json.loads(text)
        moment = datetime.fromisoformat(at).astimezone(UTC) if at else None
        return Found(url, title, moment, provenance, outlet=outlet[0] if outlet else None)


_TRUST = {"feed": 2, "api": 2, "sitemap": 1}


def _rank(found: Found) -> tuple[int, bool, str, str, str]:
    """Which of two finds knows better; equal only for finds that say the same."""
    # a day alone is its midnight: the later of two moments of one day says more
    moment = found.published_at.isoformat() if found.published_at else ""
    return _TRUST.get(found.provenance, 0), bool(found.published_at), moment, found.title, found.url


@dataclass(frozen=True, slots=True)
class Discovered:
    """What one feed, sitemap, API page or listing page gives.

    Attributes:
        found: articles, in the page's order, each key once.
        more: addresses of further pages of the same kind (child sitemaps, next page).
        problem: one sentence if the page was not what it should be; `found` is what could be
            read all the same.
        flags: what was odd about a page that could be read, as words for machines: ``bozo``
            (broken, read all the same) with ``bozo:<why>`` beside it; ``undated`` (an entry's
            date was there and could not be believed); ``calendar`` (the next page is only
            another day: follow it only while there is something new).
        skipped: entries the page names that are not in `found`, counted by why: ``no_link``
            (nothing to fetch), ``not_a_story`` (a tag or home page), ``not_in_range``.
    """

    found: tuple[Found, ...] = ()
    more: tuple[str, ...] = ()
    problem: str | None = None
    flags: tuple[str, ...] = ()
    skipped: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """The circumstances of reading one page.

    Attributes:
        url: where it was fetched, after redirects; relative links start there.
        now: aware; later dates are not believed.
        zone: the source's zone, for dates that name none.
    """

    url: str
    now: datetime
    zone: str

    def moment(self, raw: object, zone: str | None = None) -> datetime | None:
        """Read a date from a machine's field; None when it says none that can be believed.

        Args:
            raw: the field's value, anything but text says nothing.
            zone: the field's own zone where its format fixes one.
        """
        if not isinstance(raw, str):
            return None
        moment = parse_date(raw, now=self.now, zone=zone or self.zone, machine=True)
        return moment.at if moment and plausible(moment.at, self.now) else None


def within(
    found: Iterable[Found], since: datetime | None, until: datetime | None
) -> tuple[tuple[Found, ...], int]:
    """Keep what can have been published in [since, until).

    Args:
        found: what discovery found.
        since: aware, or None for no bound.
        until: aware, or None for no bound.

    Returns:
        (kept, left_out): everything without a date is kept, because nobody knows; something
        that last changed a day before `since` was published before it (a day, because many
        sitemaps give only the day of a change).
    """
    items = tuple(found)
    kept = tuple(item for item in items if _can_be_within(item, since, until))
    return kept, len(items) - len(kept)


def _can_be_within(item: Found, since: datetime | None, until: datetime | None) -> bool:
    newest = item.published_at or (item.changed_at and item.changed_at + timedelta(days=1))
    if since is not None and newest is not None and newest < since:
        return False
    return until is None or item.published_at is None or item.published_at < until


def in_range(page: Discovered, since: datetime | None, until: datetime | None) -> Discovered:
    """Leave out of a page's finds what was published outside a range, and count it."""
    kept, left_out = within(page.found, since, until)
    if not left_out:
        return page
    return replace(page, found=kept, skipped=dict(Counter(page.skipped) + Counter(not_in_range=left_out)))


def once(found: list[Found]) -> tuple[Found, ...]:
    """Keep the first of each key; the same story may be linked several times on a page."""
    return tuple({item.key: item for item in reversed(found)}.values())[::-1]


def fetchable(url: str | None, base: str) -> str | None:
    """Make an address absolute and clean, or None when it cannot be fetched."""
    return clean_url(url, base) if url else None
