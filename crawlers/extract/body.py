"""The story's text: trafilatura's, unless the page itself says plainly where the story is."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from crawlers.extract.region import as_page, is_whole, story_region
from crawlers.extract.tree import marks, squeeze

if TYPE_CHECKING:
    from crawlers.extract.tree import Element

# Names of the story's own box, as whole class or id words.
_BOX = re.compile(
    r"(?:^|\s)(?:isi|isi[-_]?(?:berita|artikel)|teks|konten[-_]?berita|berita[-_]?isi|"
    r"article[-_]?body|entry[-_]content|post[-_](?:body|content)|detail[-_](?:isi|text|content)|"
    r"e-content|articlebody)(?=\s|$)"
)
_BREAKS = {"p", "div", "br", "li", "tr", "h2", "h3", "h4", "blockquote", "table", "section"}
_SKIP = {"script", "style", "noscript", "form", "button", "figure", "iframe", "ins"}
_SHORTEST = 200
_FOREIGN = 0.25


def find_body(root: Element, url: str) -> str:
    """Return the story, one paragraph per line, boilerplate lines still in it.

    trafilatura (fast mode, no metadata of its own) reads the tree. On pages without paragraphs
    it may take menus for story; if a quarter of what it found lies outside the box that the
    page names as the story's, the box is believed.
    """
    found = _trafilatura(root, url)
    box = _box(root)
    if box is None:
        return found
    own = _lines(box)
    whole = squeeze(" ".join(own))
    if len(whole) < _SHORTEST:
        return found
    foreign = sum(len(line) for line in found.split("\n") if squeeze(line) not in whole)
    return "\n".join(own) if not found or foreign > _FOREIGN * len(found) else found


def _trafilatura(root: Element, url: str) -> str:
    """Extract from the part that holds the story; from the whole page if that is not enough."""
    region = story_region(root)
    if region is not None:
        text = _extracted(as_page(region), url)
        if is_whole(text, region, root):
            return text
    return _extracted(root, url)


def _extracted(page: Element, url: str) -> str:
    from trafilatura import bare_extraction

    try:
        # works on a copy of the page
        result: Any = bare_extraction(page, url=url, options=_options())
    except (ValueError, TypeError, AttributeError, RecursionError):
        # trafilatura stumbles over some broken trees; the page then counts as empty, visibly
        return ""
    return (result.text or "") if result is not None else ""


@cache
def _options() -> Any:  # noqa: ANN401 - trafilatura's own type
    from trafilatura.settings import Extractor

    return Extractor(
        output_format="python", fast=True, with_metadata=False, comments=False, tables=True, dedup=False
    )


def _box(root: Element) -> Element | None:
    boxes = [
        node
        for node in root.iter("div", "section", "article", "span")
        if _BOX.search(marks(node)) or "articleBody" in (node.get("itemprop") or "")
    ]
    return max(boxes, key=lambda node: len(node.text_content()), default=None)


def _lines(box: Element) -> list[str]:
    """Split a box into lines at paragraphs and line breaks."""
    pieces: list[str] = []

    def walk(node: Element) -> None:
        if isinstance(node.tag, str) and node.tag not in _SKIP:
            if node.tag in _BREAKS:
                pieces.append("\n")
            pieces.append(node.text or "")
            for child in node:
                walk(child)
            if node.tag in _BREAKS:
                pieces.append("\n")
        pieces.append(node.tail or "" if node is not box else "")

    try:
        walk(box)
    except RecursionError:
        return []
    lines = re.sub(r"[^\S\n]*\n[^\S\n]*(?=\S)", "\n", "".join(_unwrapped(pieces))).split("\n")
    return [line for line in map(squeeze, lines) if line]


def _unwrapped(pieces: list[str]) -> list[str]:
    """Line breaks of the source are no line breaks of the page; only our own marks are."""
    return [piece if piece == "\n" else piece.replace("\n", " ") for piece in pieces]
