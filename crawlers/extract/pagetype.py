"""What kind of page this is: a story, a list of stories, an error dressed as a page, a wall."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from crawlers.extract.jsonld import is_article
from crawlers.extract.lines import is_prose

if TYPE_CHECKING:
    from crawlers.extract.page import Page
    from crawlers.extract.storybox import StoryBox

PageType = Literal["article", "listing", "empty", "soft_404", "challenge", "needs_js", "not_html", "hostile"]

SHORTEST = 40  # characters; less is a caption or a stub, not a text anyone wrote
_CHALLENGE = (
    "cf-chl", "cf_chl", "challenge-platform", "/cdn-cgi/challenge", "just a moment...",
    "attention required! | cloudflare", "checking your browser", "_incapsula_", "ddos-guard",
    "verify you are human", "sucuri website firewall", "wsidchk-form", "lsrecaptcha", "/.lsrecap/",
    "aws-waf-token", "awswaftoken", "captcha-delivery.com", "px-captcha", "_imunify",
    "request is being verified",
)  # fmt: skip
_GONE = re.compile(
    r"\b404\b|(?:tidak|tak) (?:dapat |bisa )?(?:di)?temukan|(?:tidak|tak) (?:dapat |bisa )?menemukan|"
    r"not found|nothing found|(?:sudah |telah )?(?:tidak|tak) (?:lagi )?tersedia|"
    r"(?:halaman|berita|artikel) (?:ini |itu |yang anda (?:cari|tuju|minta) )?"
    r"(?:sudah |telah )?(?:tidak ada|hilang|dihapus|dipindahkan)|page (?:does not|doesn.t) exist|"
    r"no longer (?:available|exists)",
    re.IGNORECASE,
)
# Whole pages that say that the site is out of order. In a story these words stand among many others.
_DOWN = re.compile(
    r"account (?:has been )?suspended|database error|error establishing a database|"
    r"(?:dalam|sedang) (?:masa )?(?:pemeliharaan|perbaikan)|under (?:maintenance|construction)|"
    r"situs (?:ini )?(?:diblokir|ditutup)|internet (?:sehat|positif)|fatal error|service unavailable|"
    r"internal server error|bad gateway|domain (?:is for sale|ini dijual|expired)|"
    r"(?:enable|mengaktifkan|aktifkan) javascript|access denied|akses ditolak",
    re.IGNORECASE,
)
_SMALL, _TINY = 600, 300
_TEASERS = 8
_TITLE = 20  # characters of a link that can be a headline
_LITTLE_PROSE = 350
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
    start = page[:20_000].lower()
    return any(sign in start for sign in _CHALLENGE)


def classify(page: Page, box: StoryBox, title: str, text: str) -> PageType:
    """Classify a page that was parsed and is no bot check.

    Args:
        page: the page.
        box: where its story stands, if it has one.
        title: the headline found.
        text: the body found, boilerplate gone.
    """
    declared = is_article(page.article) or (page.head.first("og:type") or "").lower() == "article"
    titles = f"{title}\n{page.head.title}"
    if _GONE.search(titles) and (box.prose < _TINY or len(text) < _SMALL) and not is_article(page.article):
        return "soft_404"
    if is_listing_url(page.url) or (not declared and _many_teasers(page, box)):
        return "listing"
    if len(text) < _TINY and (_DOWN.search(titles) or _DOWN.search(text)):
        return "soft_404"
    if len(text) < SHORTEST or (len(text) < 2 * SHORTEST and not any(map(is_prose, text.split("\n")))):
        return "soft_404" if _GONE.search(text) else "empty"
    if len(text) < _TINY and not declared and _GONE.search(text):
        return "soft_404"
    return "article"


def is_listing_url(url: str) -> bool:
    """Say whether an address is a tag, author, archive or search page, or a home page."""
    parts = urlsplit(url)
    home = parts.path in {"", "/"} and not parts.query
    return home or bool(_LIST_PATH.search(parts.path) or _LIST_QUERY.search(parts.query))


def _many_teasers(page: Page, box: StoryBox) -> bool:
    """Many linked headings, and hardly a sentence that is not the excerpt of another story."""
    if box.prose >= _LITTLE_PROSE:
        return False
    linked = sum(
        1
        for heading in page.lines.root.iter("h2", "h3", "h4", "h5")
        if heading.find(".//a") is not None or heading.getparent().tag == "a"
    )
    if linked >= _TEASERS and (box.cards >= _TEASERS // 2 or not box.prose):
        return True
    if box.prose:
        return False
    lines = page.lines
    links = sum(1 for one in lines.all if one.linked >= _TITLE and not lines.is_aside(one))
    return links >= 2 * _TEASERS
