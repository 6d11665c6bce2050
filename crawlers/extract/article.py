"""A page in, an article out. Pure: the same bytes give the same article."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawlers.extract import jsonld
from crawlers.extract.advertorial import is_advertorial
from crawlers.extract.author import find_author
from crawlers.extract.body import find_body
from crawlers.extract.boilerplate import without_boilerplate
from crawlers.extract.encoding import decode
from crawlers.extract.meta import SECTION_NAMES, Head
from crawlers.extract.pages import more_pages
from crawlers.extract.pagetype import classify, is_challenge
from crawlers.extract.title import find_title
from crawlers.extract.tree import HostilePageError, drop_code, parse, unfold_layout_tables
from crawlers.extract.when import Clues, find_date
from crawlers.urls import own_canonical

if TYPE_CHECKING:
    from datetime import datetime

    from crawlers.extract.pagetype import PageType
    from crawlers.extract.tree import Element
    from crawlers.items import DateProvenance

_MOST_TAGS = 20


@dataclass(frozen=True, slots=True)
class Article:
    """What one page gives.

    Attributes:
        title: the headline, plain text.
        text: the story, one paragraph per line, boilerplate removed.
        published_at: aware, UTC; None when nothing trustworthy says so.
        published_from: where `published_at` was read; ``feed`` stands for the hint given.
        author: the writer's name.
        canonical_url: the address to store it under, never on another site.
        section: the outlet's own section.
        tags: the outlet's own tags.
        advertorial: paid or press-release piece by its own marks.
        page_type: only ``article`` is worth storing.
        pages: addresses that hold the rest of the story.
        pages_whole: the one address in `pages` holds the entire story, this part included.
    """

    title: str
    text: str
    published_at: datetime | None
    published_from: DateProvenance | None
    author: str | None
    canonical_url: str
    section: str | None
    tags: tuple[str, ...]
    advertorial: bool
    page_type: PageType
    pages: tuple[str, ...] = ()
    pages_whole: bool = False


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known about a page before it is read."""

    date: datetime | None
    title: str | None
    now: datetime
    zone: str


def extract_article(
    html: bytes,
    url: str,
    *,
    charset: str | None = None,
    now: datetime,
    hint_date: datetime | None = None,
    hint_title: str | None = None,
    zone: str = "Asia/Jakarta",
) -> Article:
    """Read one page.

    Args:
        html: the page as received, content encoding undone.
        url: where it was fetched, after redirects.
        charset: charset of the Content-Type header.
        now: aware; no date after it is believed.
        hint_date: what the feed or sitemap said, used last and as anchor for "Kamis (5/9)".
        hint_title: what the feed or listing called it; helps to find the headline.
        zone: the source's zone, for dates that name none.

    Returns:
        An article whose `page_type` says whether it is one. Never raises on page content.
    """
    page = decode(html, charset)
    nothing = _nothing(url)
    if html.startswith((b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        return nothing
    if is_challenge(page):
        return replace(nothing, page_type="challenge")
    try:
        root = parse(page)
    except HostilePageError:
        return nothing
    if root is None:
        return nothing
    unfold_layout_tables(root)
    return _read(root, url, Hints(hint_date, hint_title, now, zone))


def _read(root: Element, url: str, hints: Hints) -> Article:
    head = Head(root)
    data = jsonld.find_article(root)
    drop_code(root)
    # lxml makes an object for every element that is looked at; kept, the next walk finds it made
    _kept = list(root.iter())
    title, heading = find_title(root, head, jsonld.text_field(data, "headline"), hints.title)
    author = find_author(root, head, data, title, heading)
    whole, pages = more_pages(root, url)
    declared = head.canonical or head.first("og:url")
    canonical = own_canonical(urljoin(url, declared) if declared else None, url)
    section = jsonld.text_field(data, "articleSection") or head.first(*SECTION_NAMES)
    tags = tuple(dict.fromkeys(jsonld.keywords(data) or head.tags))[:_MOST_TAGS]
    clues = Clues(root, head, data, heading, url, "", hints.now, hints.zone, hints.date)
    text = without_boilerplate(find_body(root, url), title, hints.now, tags)
    published_at, published_from = find_date(replace(clues, text=text))
    return Article(
        title=title,
        text=text,
        published_at=published_at,
        published_from=published_from,
        author=author,
        canonical_url=canonical,
        section=section,
        tags=tags,
        advertorial=is_advertorial(title, text, url, section, tags),
        page_type=classify(root, head, data, title, text, url),
        pages=pages,
        pages_whole=whole,
    )


def _nothing(url: str) -> Article:
    return Article(
        title="", text="", published_at=None, published_from=None, author=None,
        canonical_url=own_canonical(None, url), section=None, tags=(), advertorial=False,
        page_type="empty",
    )  # fmt: skip
