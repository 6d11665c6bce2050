"""Pages that list articles: by the source's link pattern, else by what article links look like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from crawlers.dates import parse_date, plausible
from crawlers.discovery.model import Discovered, Found, fetchable, once
from crawlers.discovery.paging import next_page
from crawlers.extract.encoding import decode
from crawlers.extract.pagetype import is_challenge, is_listing_url
from crawlers.extract.tree import HostilePageError, parse, squeeze, text_of
from crawlers.urls import site_of

if TYPE_CHECKING:
    from datetime import datetime

    from crawlers.discovery.model import Reading
    from crawlers.extract.tree import Element

_ARTICLE = re.compile(
    r"/20\d\d/\d\d?/|/\d{4,}(?:[/-]|$)|[-/][a-z]{0,3}-?\d{4,}(?:[/-]|$)|/(?:detail|read|berita|baca|artikel)/"
    r"|/[a-z0-9]+(?:-[a-z0-9]+){3,}",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"/(?:tag|tags|category|kategori|author|penulis|page|indeks|index|search|login|redaksi|"
    r"kontak|contact|tentang|about|pedoman|privacy|disclaimer|wp-\w+|feed|amp)(?:/|$|\.)|"
    r"\.(?:jpe?g|png|gif|webp|pdf|zip|mp[34]|xml)$",
    re.IGNORECASE,
)
_SHORTEST_TITLE = 15


def read_listing(
    body: bytes, at: Reading, *, charset: str | None = None, link_pattern: str | None = None
) -> Discovered:
    """Read a listing page.

    Args:
        body: the page.
        at: where and when; the zone is for dates beside the links.
        charset: charset of the Content-Type header.
        link_pattern: regular expression that article addresses must match; without one,
            links on the same site that look like articles are taken.
    """
    page = decode(body, charset)
    if is_challenge(page):
        return Discovered(problem="Halaman daftar dijaga pemeriksaan bot.")
    try:
        root = parse(page)
    except HostilePageError:
        root = None
    if root is None:
        return Discovered(problem="Halaman daftar tidak dapat dibaca sebagai HTML.")
    base = _base(root, at.url)
    pattern = re.compile(link_pattern) if link_pattern else None
    found = _links(root, at, base, pattern)
    problem = None if found else "Halaman daftar tidak memuat tautan artikel."
    following = next_page(root, at, base)
    if following and following.calendar and not found:
        following = None  # an empty day leads to another empty day
    return Discovered(
        once(found), (following.url,) if following else (), problem,
        ("calendar",) if following and following.calendar else (),
    )  # fmt: skip


def _base(root: Element, url: str) -> str:
    tag = next(iter(root.iter("base")), None)
    return urljoin(url, tag.get("href")) if tag is not None and tag.get("href") else url


def _links(root: Element, at: Reading, base: str, pattern: re.Pattern[str] | None) -> list[Found]:
    best: dict[str, Found] = {}
    for link in root.iter("a"):
        target = fetchable(link.get("href"), base)
        if target is None or not _is_article(target, at.url, pattern, link):
            continue
        title = text_of(link) or squeeze(link.get("title") or "")
        item = Found(target, title, _date_beside(link, at), "feed")
        known = best.get(item.key)
        # picture and headline link to the same story: keep the words and the date
        if known is None or len(title) > len(known.title):
            best[item.key] = item
    return list(best.values())


def _is_article(target: str, page: str, pattern: re.Pattern[str] | None, link: Element) -> bool:
    if pattern is not None:
        return bool(pattern.search(target))
    parts = urlsplit(target)
    path = parts.path + ("?" + parts.query if parts.query else "")
    same_site = site_of(target) == site_of(page)
    if not same_site or _NEVER.search(parts.path) or is_listing_url(target):
        return False
    titled = len(text_of(link)) >= _SHORTEST_TITLE or link.find(".//img") is not None
    return titled and bool(_ARTICLE.search(path)) and not _in_menu(link)


def _in_menu(link: Element) -> bool:
    return any(up.tag in {"nav", "footer"} for up in link.iterancestors())


def _date_beside(link: Element, at: Reading) -> datetime | None:
    """Read the date in the teaser's own box: the smallest one around the link that has one."""
    box = link
    for _ in range(3):
        box = box.getparent()
        if box is None or box.tag in {"body", "html", "ul", "ol", "main", "section"}:
            return None
        if len({a.get("href") for a in box.iter("a")}) > 3:
            return None  # the box holds several stories
        for node in box.iter("time", "span", "small", "p", "div", "abbr"):
            raw = node.get("datetime") or (text_of(node) if len(node) < 4 else "")
            if raw and len(raw) < 60 and any(c.isdigit() for c in raw):
                moment = parse_date(raw, now=at.now, zone=at.zone)
                # a day without time would tie the article's own, better date to midnight
                if moment and moment.precision == "minute" and plausible(moment.at, at.now):
                    return moment.at
    return None
