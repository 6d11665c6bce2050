"""Sitemaps: plain, index, news, gzip-compressed."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from lxml import etree

from crawlers.dates import parse_date, plausible
from crawlers.discovery.model import Discovered, Found, fetchable, once
from crawlers.extract.pagetype import is_listing_url
from crawlers.extract.tree import squeeze

if TYPE_CHECKING:
    from datetime import datetime

    from crawlers.extract.tree import Element

MOST_BYTES = 52_428_800  # the protocol's own limit for one sitemap
_MOST_RATIO = 200
_ENTITY = re.compile(rb"<!(?:ENTITY|DOCTYPE)", re.IGNORECASE)
_NOT_STORIES = re.compile(
    r"(?:tag|category|kategori|author|page|user|video|image|product)[-_]?\w*sitemap|"
    r"sitemap[-_](?:tag|categor|kategori|author|page|user|image|tax|misc)",
    re.IGNORECASE,
)


def read_sitemap(
    body: bytes, url: str, *, now: datetime, zone: str, since: datetime | None = None
) -> Discovered:
    """Read a sitemap or sitemap index.

    Args:
        body: as received; gzip is undone here because servers send `.gz` files as they are.
        url: where it was fetched.
        now: aware.
        zone: the source's zone.
        since: entries and child sitemaps that say they are older are skipped.
    """
    plain = _inflate(body)
    if plain is None:
        return Discovered(problem="Peta situs terlalu besar atau berkas gzip-nya rusak.")
    if _ENTITY.search(plain[:10_000]):
        return Discovered(problem="Peta situs memuat DOCTYPE dan ditolak demi keamanan.")
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(plain, parser) if plain.strip() else None
    if root is None or _name(root) not in {"urlset", "sitemapindex"}:
        return Discovered(problem="Alamat peta situs tidak berisi peta situs.")
    if _name(root) == "sitemapindex":
        return Discovered(more=tuple(_children(root, url, now, zone, since)))
    found = [item for node in root if (item := _entry(node, url, now, zone, since))]
    return Discovered(once(found))


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


def _children(root: Element, base: str, now: datetime, zone: str, since: datetime | None) -> list[str]:
    children = []
    for node in root:
        url = fetchable(_child(node, "loc"), base)
        if url is None or _NOT_STORIES.search(url):
            continue
        changed = _moment(_child(node, "lastmod"), now, zone)
        if since is None or changed is None or changed >= since:
            children.append(url)
    return children


def _entry(node: Element, base: str, now: datetime, zone: str, since: datetime | None) -> Found | None:
    url = fetchable(_child(node, "loc"), base)
    if url is None or is_listing_url(url):
        return None
    published = _moment(_child(node, "publication_date"), now, zone)
    changed = _moment(_child(node, "lastmod"), now, zone)
    newest = published or changed
    if since is not None and newest is not None and newest < since:
        return None
    return Found(url, _child(node, "title") or "", published, "sitemap", changed_at=changed)


def _child(node: Element, name: str) -> str | None:
    """Text of the first descendant with this local name; namespaces vary and are ignored."""
    for element in node.iter():
        if isinstance(element.tag, str) and _name(element) == name and element.text:
            # image:loc and image:title share the names of the page's own
            if "image" in element.tag or "video" in element.tag:
                continue
            return squeeze(element.text)
    return None


def _name(element: Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _moment(text: str | None, now: datetime, zone: str) -> datetime | None:
    moment = parse_date(text, now=now, zone=zone) if text else None
    return moment.at if moment and plausible(moment.at, now) else None
