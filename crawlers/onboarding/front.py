"""What a site's front page says about the ways into it. Pure: bytes in, `Front` out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin, urlsplit

from crawlers.discovery import Found, Page, discover
from crawlers.discovery.model import fetchable
from crawlers.extract.encoding import decode
from crawlers.extract.meta import Head
from crawlers.extract.pagetype import is_challenge
from crawlers.extract.tree import HostilePageError, parse, squeeze, text_of
from crawlers.onboarding.family import recognise
from crawlers.urls import site_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from crawlers.extract.tree import Element

FrontKind = Literal["html", "feed", "sitemap", "challenge", "other", "unreadable"]

_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_SITEMAP = re.compile(rb"<(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype html|html|head|body|div|p|a|table)\b", re.IGNORECASE)
_FEED_TYPE = re.compile(r"application/(?:rss|atom|rdf)\+xml", re.IGNORECASE)
_NOT_STORIES = re.compile(r"/comments/|/komentar/|comments?/default", re.IGNORECASE)
_INDEX_TEXT = re.compile(
    r"^\W*(?:indeks?|index|terbaru|terkini|berita(?: terbaru| terkini)?|semua berita|kabar|news|"
    r"lihat semua|artikel)\W*$",
    re.IGNORECASE,
)
_INDEX_PATH = re.compile(
    r"^/(?:[a-z]{2}/)?(?:indeks|index|indeks-berita|index-news|berita|news|terbaru|terkini|artikel|"
    r"posts|data_berita)/?$",
    re.IGNORECASE,
)
_TITLE_SPLIT = re.compile(r"\s+(?:[|\u2013\u2014\u00bb\u2022:]+|-|::)\s+")
_LETTERS = re.compile(r"[^a-z0-9]")
_HEADING = re.compile(
    r"^\W*(?:home|beranda|index|indeks|halaman (?:utama|depan)|selamat datang.*|(?:kumpulan )?"
    r"(?:berita|kabar)(?: (?:terbaru|terkini|hari ini|utama|populer))*)\W*$",
    re.IGNORECASE,
)
_MOST_LINKS = 400
_LONGEST_NAME = 60
_TELLING_LABEL = 5  # letters; "www", "co" or "pati" fit half of all names


@dataclass(frozen=True, slots=True)
class Front:
    """What a front page gives.

    Attributes:
        kind: what the answer is at all.
        name: the site's name, empty if the page does not give one away.
        family: id of the family (`crawlers.onboarding.family`).
        feeds: feeds it names in its head, absolute, comment feeds left out.
        wordpress: base of the WordPress API it names.
        indexes: pages of the site that look like lists of its newest articles.
        found: what looks like articles on it.
        others: other links within the site.
        has_next: the page itself leads to older articles.
    """

    kind: FrontKind
    name: str = ""
    family: str = "custom"
    feeds: tuple[str, ...] = ()
    wordpress: str | None = None
    indexes: tuple[str, ...] = ()
    found: tuple[Found, ...] = ()
    others: tuple[str, ...] = ()
    has_next: bool = False


@dataclass(frozen=True, slots=True)
class ReadFront:
    """Ask a worker for `read_front`."""

    body: bytes
    url: str
    charset: str | None
    headers: Mapping[str, str]
    now: datetime
    zone: str

    def run(self) -> Front:
        """Do it (in the worker)."""
        return read_front(self)


def read_front(job: ReadFront) -> Front:
    """Read a front page. Never raises on its content."""
    if _SITEMAP.search(job.body[:4096]):
        return Front("sitemap")
    if _FEED.search(job.body[:4096]):
        return Front("feed")
    markup = decode(job.body, job.charset)
    if is_challenge(markup):
        return Front("challenge")
    try:
        root = parse(markup) if _HTML.search(markup[:100_000]) else None
    except HostilePageError:
        root = None
    if root is None:
        return Front("other")
    page = Page("listing", job.body, job.url, job.charset)
    listed = discover(page, now=job.now, zone=job.zone)
    links = _site_links(root, job.url)
    articles = {item.url for item in listed.found}
    head = Head(root)
    return Front(
        "html",
        name=site_name(head.site_name, _names(root, head.title, job.url), urlsplit(job.url).hostname or ""),
        family=recognise(markup, job.headers, sorted(articles)).id,
        feeds=_feeds(root, job.url),
        wordpress=_wordpress(root, job.url),
        indexes=tuple(dict.fromkeys(url for url, text in links if _is_index(url, text))),
        found=listed.found,
        others=tuple(dict.fromkeys(url for url, _ in links if url not in articles)),
        has_next=bool(listed.more),
    )


def site_name(declared: str | None, candidates: Iterable[str], host: str) -> str:
    """Choose the site's name: what it declares, else a text that its host repeats.

    Args:
        declared: og:site_name or the like.
        candidates: parts of its title, texts of links to its front page, likeliest first.
        host: host name.

    Returns:
        A name; failing all else the first text that is no mere heading; may be empty.
    """
    if declared:
        return declared
    texts = [text for text in candidates if text and len(text) <= _LONGEST_NAME]
    address = _squash(host)
    labels = [label for label in map(_squash, host.split(".")) if len(label) >= _TELLING_LABEL]
    for text in texts:
        key = _squash(text)
        if key and (key in address or any(label in key for label in labels)):
            return text
    return next((text for text in texts if not _HEADING.match(text)), "")


def _squash(text: str) -> str:
    return _LETTERS.sub("", text.lower())


def _names(root: Element, title: str, url: str) -> Iterator[str]:
    """Texts that may be the site's name, likeliest first."""
    yield from filter(None, map(squeeze, _TITLE_SPLIT.split(title)))
    for link in root.iter("a"):
        target = fetchable(link.get("href"), url)
        if target and site_of(target) == site_of(url) and urlsplit(target).path in {"", "/"}:
            images = (image.get("alt") or "" for image in link.iter("img"))
            yield from filter(None, map(squeeze, (text_of(link), link.get("title") or "", *images)))


def _site_links(root: Element, url: str) -> list[tuple[str, str]]:
    """Links that stay within the site, with their texts."""
    base = next((tag.get("href") for tag in root.iter("base") if tag.get("href")), None)
    start = urljoin(url, base) if base else url
    links = []
    for link in root.iter("a"):
        target = fetchable(link.get("href"), start)
        if target and site_of(target) == site_of(url):
            links.append((target, text_of(link)))
        if len(links) >= _MOST_LINKS:
            break
    return links


def _feeds(root: Element, url: str) -> tuple[str, ...]:
    found = []
    for link in root.iter("link"):
        if "alternate" in (link.get("rel") or "").lower() and _FEED_TYPE.search(link.get("type") or ""):
            target = fetchable(link.get("href"), url)
            if target and not _NOT_STORIES.search(target):
                found.append(target)
    return tuple(dict.fromkeys(found))


def _wordpress(root: Element, url: str) -> str | None:
    for link in root.iter("link"):
        if "api.w.org" in (link.get("rel") or ""):
            target = fetchable(link.get("href"), url)
            if target and "/wp-json" in target:
                return target.partition("/wp-json")[0]
    return None


def _is_index(url: str, text: str) -> bool:
    parts = urlsplit(url)
    if parts.path in {"", "/"} or parts.query:
        return False
    return bool(_INDEX_PATH.match(parts.path) or _INDEX_TEXT.match(text))
