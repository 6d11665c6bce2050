"""What a gold page is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Truth:
    """What a careful reader finds on a page.

    Attributes:
        title: the headline as shown.
        body: the story's own paragraphs, subheadings and list items, in order.
        author: the writers named on the page, joined by ", "; None when it names nobody.
        at: when it was published; None when the page does not say.
        precision: whether the page gives a time or only the day.
        canonical: the address it should be stored under.
        advertorial: marked as paid or as a press release.
        page_types: the answers that are right; one, except where the line is thin.
        pages: addresses of the rest of the story.
        pages_whole: the one address in `pages` shows the whole story.
    """

    title: str = ""
    body: tuple[str, ...] = ()
    author: str | None = None
    at: datetime | None = None
    precision: Literal["minute", "day"] | None = None
    canonical: str = ""
    advertorial: bool = False
    page_types: tuple[str, ...] = ("article",)
    pages: tuple[str, ...] = ()
    pages_whole: bool = False

    @property
    def is_article(self) -> bool:
        """Whether the page is worth storing."""
        return self.page_types == ("article",)


@dataclass(frozen=True, slots=True)
class GoldPage:
    """One page as a server would send it, with its truth."""

    name: str
    layout: str
    url: str
    html: bytes
    charset: str | None
    truth: Truth


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a story: paragraph, subheading, list item or quotation."""

    kind: Literal["p", "h2", "li", "quote"]
    text: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another story of the same site, as teasers show it."""

    title: str
    url: str
    at: datetime
    author: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Story:
    """What a template renders. Times are in WIB."""

    title: str
    blocks: tuple[Block, ...]
    author: str | None
    editor: str
    initials: str
    at: datetime
    updated: datetime
    created: datetime
    section: str
    tags: tuple[str, ...]
    id: int
    slug: str
    url: str
    canonical: str
    caption: str
    summary: str
    others: tuple[Neighbour, ...]
    flags: Mapping[str, Any] = field(default_factory=dict)
