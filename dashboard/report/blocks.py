"""What a page is made of: data for the Typst template, nothing else.

Every text in a block is plain text. The template decides how it looks; `kind` tells it which
of its functions to use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Align: TypeAlias = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with the id of its ledger entry ("" for none) and, if it has one, a link."""

    id: str
    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of sentences."""

    said: tuple[Said, ...]
    note: bool = False
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of sentences."""

    said: tuple[Said, ...]
    kind: Literal["bullets"] = "bullets"


@dataclass(frozen=True, slots=True)
class Callout:
    """The one thing a reader must not miss."""

    title: str
    said: Said
    kind: Literal["callout"] = "callout"


@dataclass(frozen=True, slots=True)
class Tile:
    """One big number."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tiles:
    """Big numbers beside each other."""

    tiles: tuple[Tile, ...]
    kind: Literal["tiles"] = "tiles"


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names and values, for who, when and what."""

    pairs: tuple[tuple[str, str], ...]
    kind: Literal["pairs"] = "pairs"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `share` is its part of the width."""

    title: str
    share: float = 1.0
    align: Align = "right"


@dataclass(frozen=True, slots=True)
class Cell:
    """Text of a table cell.

    Attributes:
        text: shown.
        url: what it links to, if anything.
        bar: counts drawn as one divided bar (negative, neutral, positive) in place of text.
    """

    text: str
    url: str | None = None
    bar: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; its header repeats on every page it runs over."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart.

    Attributes:
        svg: the picture.
        caption: below it; n and the weeks it covers.
        alt: what it shows, for those who cannot see it.
        share: part of the text width.
    """

    svg: str = field(repr=False)
    caption: str
    alt: str
    share: float = 1.0
    kind: Literal["figure"] = "figure"


@dataclass(frozen=True, slots=True)
class Issue:
    """One story, told in a few lines."""

    rank: int
    title: Said
    facts: tuple[tuple[str, str], ...]
    volume: Said
    excerpt: str
    excerpt_source: str
    steps: tuple[tuple[str, Said], ...]
    kind: Literal["issue"] = "issue"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section."""

    title: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Beside:
    """Two columns of blocks."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    left_share: float = 1.0
    right_share: float = 1.0
    kind: Literal["beside"] = "beside"


Block: TypeAlias = Text | Bullets | Callout | Tiles | Pairs | Grid | Figure | Issue | Heading | Beside


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the report; `annex` parts come after the body on a new page."""

    id: str
    title: str
    blocks: Sequence[Block]
    annex: bool = False
