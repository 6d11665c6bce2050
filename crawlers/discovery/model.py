"""What discovery finds: addresses of articles, and further pages to look for more on."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawlers.urls import clean_url, url_key

if TYPE_CHECKING:
    from crawlers.items import DateProvenance


@dataclass(frozen=True, slots=True)
class Found:
    """One article found, not yet fetched.

    Attributes:
        url: fetchable address.
        title: as the feed or listing gives it, may be empty.
        published_at: time of publication in UTC if discovery said one.
        provenance: which kind of discovery said so.
        changed_at: when the sitemap says it last changed; says nothing about publication.
        guid: the feed's own id, kept for diagnosis only, never as a key.
    """

    url: str
    title: str = ""
    published_at: datetime | None = None
    provenance: DateProvenance = "feed"
    changed_at: datetime | None = None
    guid: str | None = None

    @property
    def key(self) -> str:
        """The key under which the article is remembered: its folded address."""
        return url_key(self.url)

    def to_json(self) -> str:
        """Write what must be known to fetch it in a later run."""
        at = self.published_at.isoformat() if self.published_at else None
        return json.dumps([self.url, self.title, at, self.provenance], ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> Found:
        """Read what `to_json` wrote."""
        url, title, at, provenance = json.loads(text)
        moment = datetime.fromisoformat(at).astimezone(UTC) if at else None
        return Found(url, title, moment, provenance)


@dataclass(frozen=True, slots=True)
class Discovered:
    """What one feed, sitemap, API page or listing page gives.

    Attributes:
        found: articles, in the page's order, each key once.
        more: addresses of further pages of the same kind (child sitemaps, next page).
        problem: one sentence if the page was not what it should be; `found` is what could be
            read all the same.
        flags: what was odd about a page that could be read: ``bozo`` (broken, read all the
            same), ``undated`` (an entry's date was there and could not be believed).
        skipped: entries the page names that are not in `found`, counted by why: ``no_link``.
    """

    found: tuple[Found, ...] = ()
    more: tuple[str, ...] = ()
    problem: str | None = None
    flags: tuple[str, ...] = ()
    skipped: dict[str, int] = field(default_factory=dict)


def once(found: list[Found]) -> tuple[Found, ...]:
    """Keep the first of each key; the same story may be linked several times on a page."""
    return tuple({item.key: item for item in reversed(found)}.values())[::-1]


def fetchable(url: str | None, base: str) -> str | None:
    """Make an address absolute and clean, or None when it cannot be fetched."""
    return clean_url(url, base) if url else None
