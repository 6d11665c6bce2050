"""Everything that is read off a page once and asked by all: tree, head, JSON-LD, lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from crawlers.extract import jsonld
from crawlers.extract.lines import Lines
from crawlers.extract.meta import Head
from crawlers.extract.tree import slim, unfold_layout_tables

if TYPE_CHECKING:
    from datetime import datetime

    from crawlers.extract.tree import Element


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known about a page before it is read."""

    date: datetime | None
    title: str | None
    now: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page, parsed once.

    Attributes:
        url: where it was fetched, after redirects.
        root: the tree, slimmed (see `tree.slim`).
        head: its meta tags.
        article: its JSON-LD article, may be empty.
        lines: what it shows, line by line.
        microdata: it marks its date with itemprop.
        hints: what discovery said.
    """

    url: str
    root: Element
    head: Head
    article: dict[str, Any]
    lines: Lines
    microdata: bool
    hints: Hints

    def is_self(self, link: Element) -> bool:
        """Whether a link leads to the page it stands on."""
        try:
            target = urlsplit(urljoin(self.url, link.get("href") or ""))
        except ValueError:
            return False
        here = urlsplit(self.url)
        return (target.netloc, target.path.rstrip("/")) == (here.netloc, here.path.rstrip("/"))


def open_page(root: Element, url: str, source: str, hints: Hints) -> Page:
    """Read what is read once. Changes the tree: what holds no story is gone afterwards."""
    microdata = "itemprop=" in source and "datePublished" in source
    head = Head(root)
    article = jsonld.find_article(root, [t for t in (head.first("og:title"), head.title) if t])
    slim(root)
    unfold_layout_tables(root)
    return Page(url, root, head, article, Lines(root), microdata, hints)
