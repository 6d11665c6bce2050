"""RSS, RDF and Atom feeds. feedparser reads; keys, dates and links are decided here.

The key is the link. A guid is not one: a feed that numbers its entries 1, 2, 3, ... anew every
day would lose 96 % of its articles to a guid-keyed store (measured on a real mirror).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import feedparser

from crawlers.dates import parse_date, plausible
from crawlers.discovery.model import Discovered, Found, fetchable, once
from crawlers.extract.encoding import decode
from crawlers.extract.tree import squeeze

if TYPE_CHECKING:
    from datetime import datetime

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_START = re.compile(rb"<(?:\?xml|rss|rdf:RDF|feed|!--)", re.IGNORECASE)
_TAGS = re.compile(r"<[^>]{0,500}>")
_DATES = ("published", "pubDate", "updated", "created", "date", "issued")


def read_feed(body: bytes, url: str, *, now: datetime, zone: str) -> Discovered:
    """Read a feed.

    Args:
        body: the feed as received.
        url: where it was fetched; relative links start there.
        now: aware; entry dates after it are dropped, the entries kept.
        zone: the source's zone, for dates that name none (feedparser would read them as UTC,
            seven hours late for Pati).
    """
    if _ENTITY.search(body[:100_000]):
        return Discovered(problem="Umpan memuat deklarasi ENTITY dan ditolak demi keamanan.")
    start = _START.search(body[:4096])
    parsed: Any = feedparser.parse(_as_utf8(body[start.start() :] if start else body))
    read = [(entry, _entry(entry, url, now, zone)) for entry in parsed.entries]
    found = [item for _, item in read if item]
    bare = {squeeze(entry.get("title") or "") for entry, item in read if item is None}
    undated = any(item and not item.published_at and _dated(entry) for entry, item in read)
    flags = (*(["bozo"] if parsed.bozo else []), *(["undated"] if undated else []))
    more = tuple(
        link for raw in parsed.feed.get("links", [])
        if raw.get("rel") == "next" and (link := fetchable(raw.get("href"), url))
    )  # fmt: skip
    skipped = {"no_link": len(bare)} if bare else {}
    return Discovered(once(found), more[:1], _problem(parsed, found), flags, skipped)


def _as_utf8(body: bytes) -> bytes:
    """Undo a false encoding declaration before feedparser believes it."""
    text = decode(body)
    return re.sub(r"^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*[\"'][^\"']*[\"']", r"\1", text).encode()


def _entry(entry: Any, base: str, now: datetime, zone: str) -> Found | None:  # noqa: ANN401
    guid = squeeze(entry.get("id") or "") or None
    guid_link = guid if guid and guid.startswith(("http://", "https://")) else None
    # an Atom entry may list its comments first; rel=alternate is the story
    links = [x.get("href") for x in entry.get("links", []) if x.get("rel") in {"alternate", None}]
    candidates = [entry.get("feedburner_origlink"), entry.get("link"), *links, guid_link]
    url = next((u for c in candidates if (u := fetchable(c, base))), None)
    if url is None:
        return None
    title = squeeze(_TAGS.sub("", entry.get("title") or ""))
    return Found(url, title, _date(entry, now, zone), "feed", guid=guid)


def _dated(entry: Any) -> bool:  # noqa: ANN401
    return any(dict.get(entry, name) for name in _DATES)


def _date(entry: Any, now: datetime, zone: str) -> datetime | None:  # noqa: ANN401
    for name in _DATES:
        raw = dict.get(entry, name)  # entry.get would invent `updated` from `published`
        moment = parse_date(raw, now=now, zone=zone) if isinstance(raw, str) else None
        if moment and plausible(moment.at, now):
            return moment.at
    return None


def _problem(parsed: Any, found: list[Found]) -> str | None:  # noqa: ANN401
    if found:
        return None
    if not parsed.version:
        return "Alamat umpan tidak berisi RSS atau Atom; mungkin pindah atau diblokir."
    if parsed.bozo and parsed.entries:
        return "Umpan rusak dan tidak satu pun tautannya dapat dibaca."
    return None
