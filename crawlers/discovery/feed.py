"""RSS, RDF, Atom and JSON feeds. feedparser reads; keys, dates and links are decided here.

The key is the link. A guid is not one: a feed that numbers its entries 1, 2, 3, ... anew every
day would lose most of its articles to a guid-keyed store (measured on a real mirror). There is
no cap on entries: the download's size is capped, and the reading process's time.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import feedparser

from crawlers.discovery.jsonfeed import read_json_feed
from crawlers.discovery.model import Discovered, Found, fetchable, once
from crawlers.discovery.xml import RefusedError, prepare
from crawlers.extract.tree import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from crawlers.discovery.model import Reading

_ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
_TAGS = re.compile(r"<(script|style)\b.{0,5000}?</\1\s*>|<[^>]{0,500}>", re.IGNORECASE | re.DOTALL)
_PUBLISHED = ("published", "pubDate", "issued", "created", "date")
# A link that goes through a counting service; the guid beside it holds the story's own address.
_COUNTED = re.compile(
    r"//[^/]*feedsportal\.com/|/story\d{2}\.htm$|//feedproxy\.google\.com/|//feeds\.feedburner\.com/~"
)
NO_FEED = "Alamat umpan tidak berisi RSS atau Atom; mungkin pindah atau diblokir."
REFUSED = {
    "entities": "Umpan memuat deklarasi ENTITY dan ditolak demi keamanan.",
    "attributes": "Umpan memuat tag dengan ribuan atribut dan ditolak demi keamanan.",
}


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as feedparser read it.

    Attributes:
        entries: its entries.
        head: what it says of itself.
        version: feedparser's name of the format, empty if it is none.
        flags: see `Discovered.flags`.
    """

    entries: list[Any]
    head: Any
    version: str
    flags: tuple[str, ...]


def read_feed(body: bytes, at: Reading, *, since: datetime | None = None) -> Discovered:
    """Read a feed.

    Args:
        body: the feed as received.
        at: where and when. Dates that name no zone are read in the source's (feedparser would
            read them as UTC, seven hours late for Pati); an entry whose date cannot be believed
            is kept without.
        since: read back to here: older pages are offered as long as this page is younger,
            also WordPress' ``?paged=``, which no feed announces. None: only announced pages.
    """
    if body.lstrip()[:1] == b"{":
        return read_json_feed(body, at)
    try:
        feed = parse_feed(body)
    except RefusedError as error:
        return Discovered(problem=REFUSED[error.why], flags=("bozo", f"bozo:{error.why}"))
    read = [(entry, _entry(entry, feed, at)) for entry in feed.entries]
    found = [item for _, item in read if item]
    unread = any(item and not item.published_at and _dated(entry) for entry, item in read)
    flags = (*feed.flags, "undated") if unread else feed.flags
    without_link = _without_link(read, feed, at)
    return Discovered(
        once(found), _older_pages(feed, found, at.url, since), problem_of(feed, found), flags,
        {"no_link": without_link} if without_link else {},
    )  # fmt: skip


def parse_feed(body: bytes) -> Feed:
    """Have feedparser read a feed, made safe and decoded before.

    Raises:
        RefusedError: the feed is built to stall a parser.
    """
    prepared = prepare(body, _ROOTS)
    if not prepared.root:
        return Feed([], {}, "", ("bozo", "bozo:no feed element"))
    # a stream: feedparser takes bare bytes for the name of a file to open, if there is one.
    # The descriptions are not read here, so cleaning their HTML would be work for nobody.
    parsed: Any = feedparser.parse(
        io.BytesIO(prepared.text.encode()), resolve_relative_uris=False, sanitize_html=False
    )
    odd = list(prepared.odd)
    if parsed.bozo:
        why = squeeze(str(parsed.get("bozo_exception") or "not well-formed"))[:120]
        odd.append(why.replace("<unknown>:", "line "))
    flags = ("bozo", *(f"bozo:{why}" for why in odd)) if odd else ()
    return Feed(parsed.entries, parsed.feed, parsed.version or "", flags)


def entry_title(entry: Any) -> str:  # noqa: ANN401
    """The entry's title on one line, without mark-up."""
    return squeeze(unescape(_TAGS.sub("", entry.get("title") or "")))


def entry_dates(entry: Any, feed: Feed, at: Reading) -> tuple[datetime | None, datetime | None]:  # noqa: ANN401
    """Read when an entry was published and when it last changed, as far as it says so.

    RSS 1.0 says its date with Dublin Core, which arrives as ``updated``; Atom means it.
    """
    # entry.get would invent `updated` from `published`
    published = next(filter(None, (at.moment(dict.get(entry, name)) for name in _PUBLISHED)), None)
    updated = at.moment(dict.get(entry, "updated"))
    if published is None and not feed.version.startswith("atom"):
        published = updated
    return published, updated


def _dated(entry: Any) -> bool:  # noqa: ANN401
    return any(dict.get(entry, name) for name in _PUBLISHED)


def _entry(entry: Any, feed: Feed, at: Reading) -> Found | None:  # noqa: ANN401
    guid = squeeze(entry.get("id") or "") or None
    url = _link(entry, guid, at.url)
    if url is None:
        return None
    published, changed = entry_dates(entry, feed, at)
    return Found(url, entry_title(entry), published, "feed", changed_at=changed, guid=guid)


def _link(entry: Any, guid: str | None, base: str) -> str | None:  # noqa: ANN401
    link = entry.get("link")
    absolute = guid is not None and guid.startswith(("http://", "https://"))
    if link and link == guid and not absolute:
        link = None  # feedparser's: it takes a guid like "17" for a permalink
    # an Atom entry may list its comments first; rel=alternate is the story
    links = [x.get("href") for x in entry.get("links", []) if x.get("rel") in {"alternate", None}]
    candidates = (entry.get("feedburner_origlink"), link, *links)
    url = next((u for c in candidates if (u := fetchable(c, base))), None)
    own = fetchable(guid, base) if absolute else None
    if url is None or (own and not _COUNTED.search(own) and (_COUNTED.search(url) or _is_home(url))):
        return own
    return url


def _is_home(url: str) -> bool:
    """Say whether a link leads to the front page: a template that forgot the story."""
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query


def _without_link(read: Iterable[tuple[Any, Found | None]], feed: Feed, at: Reading) -> int:
    """Count entries that name nothing to fetch, each title and day once.

    Title and day are the last resort for telling such entries apart: an entry that appears
    with its link elsewhere in the feed is not lost.
    """
    told: dict[bool, set[tuple[str, date | None]]] = {True: set(), False: set()}
    for entry, item in read:
        published, changed = entry_dates(entry, feed, at)
        moment = published or changed
        day = moment.date() if moment else None
        told[item is not None].add((entry_title(entry).casefold(), day))
    return len(told[False] - told[True])


def _older_pages(feed: Feed, found: list[Found], url: str, since: datetime | None) -> tuple[str, ...]:
    dates = [item.published_at for item in found if item.published_at]
    if since is not None and dates and min(dates) < since:
        return ()
    announced = next(
        (link for raw in feed.head.get("links", [])
         if raw.get("rel") == "next" and (link := fetchable(raw.get("href"), url))), None,
    )  # fmt: skip
    if announced:
        return (announced,)
    wordpress = "wordpress" in str(feed.head.get("generator") or "").lower()
    # without one date nothing says when to stop
    return (_next_paged(url),) if wordpress and since is not None and dates else ()


def _next_paged(url: str) -> str:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    number = query.get("paged", "1")
    query["paged"] = str(int(number) + 1) if number.isdecimal() else "2"
    return urlunsplit(parts._replace(query=urlencode(query)))


def problem_of(feed: Feed, found: list[Found]) -> str | None:
    """Say what is wrong with a feed that gave nothing; None when that may be so."""
    if found:
        return None
    if not feed.version:
        return NO_FEED
    if feed.flags and feed.entries:
        return "Umpan rusak dan tidak satu pun tautannya dapat dibaca."
    return None
