"""What kind of page this is: a story, a list of stories, an error dressed as a page, a wall."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from crawlers.extract.tree import text_of

if TYPE_CHECKING:
    from crawlers.extract.meta import Head
    from crawlers.extract.tree import Element

PageType = Literal["article", "listing", "empty", "soft_404", "challenge"]

SHORTEST = 40  # characters; less is a caption or a stub, not a text anyone wrote
_CHALLENGE = (
    "cf-chl", "cf_chl", "challenge-platform", "/cdn-cgi/challenge", "just a moment...",
    "attention required! | cloudflare", "checking your browser", "_incapsula_", "ddos-guard",
    "verify you are human", "sucuri website firewall",
)  # fmt: skip
_GONE = re.compile(
    r"\b404\b|tidak (?:dapat )?ditemukan|tak ditemukan|not found|nothing found|"
    r"halaman (?:yang anda cari )?(?:tidak ada|hilang|telah dihapus)|page (?:does not|doesn.t) exist",
    re.IGNORECASE,
)
_LIST_PATH = re.compile(
    r"/(?:tag|tags|topik|topic|category|kategori|author|penulis|search|cari|indeks|index|arsip|"
    r"archives?)(?:/|$)|/page/\d+/?$",
    re.IGNORECASE,
)
_LIST_QUERY = re.compile(r"(?:^|&)(?:s|q|keyword|search)=", re.IGNORECASE)


def is_challenge(page: str) -> bool:
    """Say whether the page is a bot check. Long pages that merely mention one are not."""
    if len(page) >= 60_000:
        return False
    head = page[:20_000].lower()
    return any(mark in head for mark in _CHALLENGE)


def classify(root: Element, head: Head, article: dict[str, Any], title: str, text: str, url: str) -> PageType:
    """Classify a page that was parsed and is no bot check.

    Args:
        root: the page.
        head: its meta tags.
        article: its JSON-LD article, may be empty.
        title: the headline found.
        text: the body found, boilerplate gone.
        url: where it was fetched.
    """
    if _GONE.search(title or head.title) and len(text) < 600 and not article:
        return "soft_404"
    declared = bool(article) or (head.first("og:type") or "").lower() == "article"
    if is_listing_url(url) or (not declared and _many_teasers(root, text)):
        return "listing"
    if len(text) < SHORTEST:
        return "soft_404" if _GONE.search(text) else "empty"
    return "article"


def is_listing_url(url: str) -> bool:
    """Say whether an address is a tag, author, archive or search page, or a home page."""
    parts = urlsplit(url)
    home = parts.path in {"", "/"} and not parts.query
    return home or bool(_LIST_PATH.search(parts.path) or _LIST_QUERY.search(parts.query))


def _many_teasers(root: Element, text: str) -> bool:
    """Many linked headings and little else: a list of stories."""
    linked = sum(
        1
        for level in ("h2", "h3", "h4")
        for heading in root.iter(level)
        if heading.find(".//a") is not None or heading.getparent().tag == "a"
    )
    paragraphs = sum(1 for p in root.iter("p") if len(text_of(p)) > 200)
    return linked >= 8 and paragraphs < 3 and len(text) < 250 * linked
