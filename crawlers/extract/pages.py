"""Stories spread over pages: `?page=all` where the site offers it, else each page in turn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urljoin, urlsplit

from crawlers.urls import clean_url, site_of

if TYPE_CHECKING:
    from crawlers.extract.tree import Element

_ALL = {"all", "semua"}
_MAYBE = re.compile(r"[?&](?:page|halaman|hal)=", re.IGNORECASE)
_PAGE = re.compile(r"^(?:page|halaman|hal)$", re.IGNORECASE)
MOST_PAGES = 10


def more_pages(root: Element, url: str) -> tuple[bool, tuple[str, ...]]:
    """Find the pages that hold the rest of a story.

    Args:
        root: the page.
        url: where it was fetched.

    Returns:
        (whole, addresses). `whole` means the one address shows the entire story; otherwise the
        addresses are pages 2, 3, ... in order. Empty when the page is all there is, or is
        itself a later page.
    """
    if _page_of(url) is not None:
        return False, ()
    here = urlsplit(url)
    numbered: dict[int, str] = {}
    for link in root.iter("a"):
        href = (link.get("href") or "").strip()
        if not _MAYBE.search(href):
            continue  # resolving every link of a page costs more than parsing it
        target = urljoin(url, href)
        parts = urlsplit(target)
        if parts.path.rstrip("/") != here.path.rstrip("/") or site_of(target) != site_of(url):
            continue
        page = _page_of(target)
        if page in _ALL:
            return True, (target,)
        if page and page.isdigit() and 2 <= int(page) <= MOST_PAGES and clean_url(target):
            numbered.setdefault(int(page), target)
    in_order = [numbered[n] for n in range(2, 2 + len(numbered)) if n in numbered]
    return False, tuple(in_order)


def _page_of(url: str) -> str | None:
    try:
        query = parse_qsl(urlsplit(url).query)
    except ValueError:
        return None
    return next((value.lower() for name, value in query if _PAGE.match(name)), None)
