"""Sitemaps as sitemaps.org describes them: plain, index, news, text, feeds, gzip-compressed.

All of a sitemap is read (50,000 addresses by the protocol, however many there are); what a
range of dates leaves out is counted.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from crawlers.discovery.feed import read_feed
from crawlers.discovery.model import Discovered, Found, fetchable, once
from crawlers.discovery.xml import RefusedError, prepare
from crawlers.extract.pagetype import is_listing_url
from crawlers.extract.tree import squeeze

if TYPE_CHECKING:
    from datetime import datetime

    from crawlers.discovery.model import Reading
    from crawlers.extract.tree import Element

MOST_BYTES = 52_428_800  # the protocol's own limit for one sitemap
_MOST_RATIO = 200
_ROOTS = frozenset({"urlset", "sitemapindex", "rss", "feed", "rdf"})
_NOT_STORIES = re.compile(
    r"(?:tag|category|kategori|author|page|user|video|image|product)[-_]?\w*sitemap|"
    r"sitemap[-_](?:tag|categor|kategori|author|page|user|image|tax|misc)",
    re.IGNORECASE,
)
# "post-sitemap-2024-08.xml", "sitemap-pt-post-2024-08.xml": a month's stories
_MONTH = re.compile(r"(?<!\d)(20\d\d)[-_](0[1-9]|1[0-2])(?!\d)(?=[^/]*$)")
_NOT_THE_PAGE = ("image", "video")
NO_SITEMAP = "Alamat peta situs tidak berisi peta situs."
_REFUSED = {
    "entities": "Peta situs memuat deklarasi ENTITY dan ditolak demi keamanan.",
    "attributes": "Peta situs memuat tag dengan ribuan atribut dan ditolak demi keamanan.",
}


def read_sitemap(
    body: bytes, at: Reading, *, since: datetime | None = None, until: datetime | None = None
) -> Discovered:
    """Read a sitemap or sitemap index.

    Args:
        body: as received; gzip is undone here because servers send `.gz` files as they are.
        at: where and when.
        since: child sitemaps that last changed before are left out, and so are those whose
            name is a month before. Their entries are the caller's to filter (`in_range`).
        until: child sitemaps whose name is a month after are left out.
    """
    plain = _inflate(body)
    if plain is None:
        return Discovered(problem="Peta situs terlalu besar atau berkas gzip-nya rusak.")
    try:
        prepared = prepare(plain, _ROOTS)
    except RefusedError as error:
        return Discovered(problem=_REFUSED[error.why], flags=("bozo", f"bozo:{error.why}"))
    if prepared.root in {"rss", "feed", "rdf"}:
        return read_feed(plain, at, since=since)
    if not prepared.root:
        return _text_sitemap(prepared.text, at)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(prepared.text.encode(), parser)
    if root is None:
        return Discovered(problem=NO_SITEMAP, flags=("bozo", "bozo:not XML"))
    odd = [*prepared.odd, *(squeeze(error.message)[:120] for error in list(parser.error_log)[:1])]
    flags = ("bozo", *(f"bozo:{why}" for why in odd)) if odd else ()
    nodes = [_texts(node) for node in root if _name(node) in {"url", "sitemap"}]
    page = _index(nodes, at, since, until) if prepared.root == "sitemapindex" else _entries(nodes, at)
    return replace(page, flags=flags)


def _inflate(body: bytes) -> bytes | None:
    if not body.startswith(b"\x1f\x8b"):
        return body
    room = min(MOST_BYTES, max(len(body) * _MOST_RATIO, 1_000_000))
    try:
        reader = zlib.decompressobj(wbits=31)
        plain = reader.decompress(body, room)
    except zlib.error:
        return None
    return None if reader.unconsumed_tail else plain


def _text_sitemap(text: str, at: Reading) -> Discovered:
    """Read a sitemap that is a list of addresses, one a line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or not all(line.startswith(("http://", "https://")) for line in lines):
        return Discovered(problem=NO_SITEMAP)
    return _entries([{"loc": line} for line in lines], at)


def _index(
    nodes: list[dict[str, str]], at: Reading, since: datetime | None, until: datetime | None
) -> Discovered:
    children, skipped = [], Counter[str]()
    for node in nodes:
        url = fetchable(node.get("loc"), at.url)
        changed = at.moment(node.get("lastmod"))
        if url is None:
            skipped["no_link"] += 1
        elif _NOT_STORIES.search(url):
            skipped["not_a_story"] += 1
        elif (since and changed and changed < since) or not _month_fits(url, since, until):
            skipped["not_in_range"] += 1
        else:
            children.append(url)
    return Discovered(more=tuple(dict.fromkeys(children)), skipped=dict(skipped))


def _month_fits(url: str, since: datetime | None, until: datetime | None) -> bool:
    match = _MONTH.search(url)
    if match is None:
        return True
    month = int(match[1]) * 12 + int(match[2])
    too_old = since is not None and month < since.year * 12 + since.month
    return not too_old and not (until is not None and month > until.year * 12 + until.month)


def _entries(nodes: list[dict[str, str]], at: Reading) -> Discovered:
    found, skipped = [], Counter[str]()
    for node in nodes:
        url = fetchable(node.get("loc"), at.url)
        if url is None:
            skipped["no_link"] += 1
        elif is_listing_url(url):
            skipped["not_a_story"] += 1
        else:
            published = at.moment(node.get("publication_date"))
            changed = at.moment(node.get("lastmod"))
            title = node.get("title", "")
            found.append(Found(url, title, published, "sitemap", changed_at=changed))
    return Discovered(once(found), skipped=dict(skipped))


def _texts(element: Element) -> dict[str, str]:
    """Collect the texts of an element by local name; namespaces vary and are ignored.

    Pictures and videos of the page have addresses and titles too: theirs are left out.
    """
    texts: dict[str, str] = {}
    for child in element.iter():
        if isinstance(child.tag, str) and child.text and not _of_a_picture(child.tag):
            texts.setdefault(_name(child), squeeze(child.text))
    return texts


def _of_a_picture(tag: str) -> bool:
    space = tag.rpartition("}")[0] or tag.rpartition(":")[0]
    return any(word in space for word in _NOT_THE_PAGE)


def _name(element: Element) -> str:
    """Local name; a prefix nobody declared is part of the tag and is taken off too."""
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""
