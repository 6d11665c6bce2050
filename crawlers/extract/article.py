"""A page in, an article out. Pure: the same bytes give the same article."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawlers.extract import jsonld
from crawlers.extract.advertorial import is_advertorial, is_mark
from crawlers.extract.author import find_author
from crawlers.extract.body import find_body
from crawlers.extract.boilerplate import without_boilerplate
from crawlers.extract.encoding import decoded
from crawlers.extract.magic import is_file
from crawlers.extract.meta import SECTION_NAMES
from crawlers.extract.page import Hints, open_page
from crawlers.extract.pages import more_pages
from crawlers.extract.pagetype import classify, is_challenge
from crawlers.extract.scripted import needs_script
from crawlers.extract.title import find_title
from crawlers.extract.tree import HostilePageError, parse
from crawlers.extract.when import decide, look
from crawlers.urls import own_canonical

if TYPE_CHECKING:
    from datetime import datetime

    from crawlers.extract.page import Page
    from crawlers.extract.pagetype import PageType
    from crawlers.items import DateConfidence, DatePrecision, DateProvenance

_MOST_TAGS = 20


@dataclass(frozen=True, slots=True)
class Article:
    """What one page gives.

    Attributes:
        title: the headline, plain text.
        text: the story, one paragraph per line, boilerplate removed.
        published_at: aware, UTC; None when nothing trustworthy says so.
        published_from: where `published_at` was read; ``feed`` stands for the hint given.
        published_precision: ``minute``, or ``day`` when `published_at` is only a local midnight.
        published_confidence: how far the date can be trusted: ``high``, ``medium`` or ``low``; the
            rules stand in `trust.judge`.
        published_conflict: two independent sources name days more than one day apart.
        author: the writer's name.
        canonical_url: the address to store it under, never on another site.
        section: the outlet's own section.
        tags: the outlet's own tags.
        advertorial: paid or press-release piece by its own marks.
        page_type: only ``article`` is worth storing.
        pages: addresses that hold the rest of the story.
        pages_whole: the one address in `pages` holds the entire story, this part included.
        flags: what had to be repaired, e.g. ``encoding_repaired``.
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
    flags: tuple[str, ...] = ()
    published_precision: DatePrecision | None = None
    published_confidence: DateConfidence | None = None
    published_conflict: bool = False


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
    nothing = _nothing(url)
    if is_file(html):
        return replace(nothing, page_type="not_html")
    text, flags = decoded(html, charset)
    if is_challenge(text):
        return replace(nothing, page_type="challenge")
    try:
        root = parse(text)
    except HostilePageError:
        return replace(nothing, page_type="hostile")
    if root is None:
        return nothing
    article = _read(open_page(root, url, text, Hints(hint_date, hint_title, now, zone)))
    if article.page_type in {"empty", "article"} and needs_script(text, article.text):
        return replace(article, page_type="needs_js", flags=flags)
    return replace(article, flags=flags)


def _read(page: Page) -> Article:
    head, url = page.head, page.url
    headline = find_title(page)
    title = headline.text
    author = find_author(page, headline)
    whole, pages = more_pages(page.root, url)
    declared = head.canonical or head.first("og:url")
    section = jsonld.text_field(page.article, "articleSection") or head.first(*SECTION_NAMES)
    tags = tuple(dict.fromkeys(jsonld.keywords(page.article) or head.tags))[:_MOST_TAGS]
    seen = look(page, headline)
    marked = any(is_mark(line.text) and not page.lines.is_aside(line) for line in page.lines.all)
    found, box = find_body(page, headline)
    text = without_boilerplate(found, title, page.hints.now, tags)
    dated = decide(page, seen, text)
    return Article(
        title=title,
        text=text,
        published_at=dated.at,
        published_from=dated.source,
        author=author,
        canonical_url=own_canonical(urljoin(url, declared) if declared else None, url),
        section=section,
        tags=tags,
        advertorial=is_advertorial(title, text, url, section, tags) or marked,
        page_type=classify(page, box, title, text),
        pages=pages,
        pages_whole=whole,
        published_precision=dated.precision,
        published_confidence=dated.confidence,
        published_conflict=dated.conflict,
    )


def _nothing(url: str) -> Article:
    return Article(
        title="", text="", published_at=None, published_from=None, author=None,
        canonical_url=own_canonical(None, url), section=None, tags=(), advertorial=False,
        page_type="empty",
    )  # fmt: skip
