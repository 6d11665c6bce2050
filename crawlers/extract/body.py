"""The story's text: trafilatura's, unless the page itself shows plainly that it took too much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawlers.extract.lines import is_prose
from crawlers.extract.storybox import StoryBox
from crawlers.extract.tree import squeeze

if TYPE_CHECKING:
    from crawlers.extract.page import Page
    from crawlers.extract.tree import Element

_SHORTEST = 200
_FOREIGN = 0.25
_MERGED = 600


def find_body(page: Page, heading: Element | None) -> tuple[str, StoryBox]:
    """Return the story, one paragraph per line, boilerplate lines still in it, and its box.

    trafilatura (fast mode, no metadata of its own) reads the tree and may change it: this is the
    last thing done with it. On pages without paragraphs it may take menus for story or melt all
    paragraphs into one; if a quarter of what it found lies outside the story's box, or its
    paragraphs are far longer than the page's, the box is believed.
    """
    at = page.lines.index_of(heading) if heading is not None else None
    box = StoryBox(page.lines, at[1] + 1 if at else 0)
    if not box.prose and at:
        box = StoryBox(page.lines, 0)
    own = [line.text for line in box.lines]
    found = _trafilatura(page)
    return ("\n".join(own) if _took_too_much(found, own, box) else found), box


def _took_too_much(found: str, own: list[str], box: StoryBox) -> bool:
    size = sum(map(len, own))
    if size < _SHORTEST:
        return False
    if not found:
        return True
    pieces = [squeeze(line).removeprefix("- ") for line in found.split("\n")]
    outside = [piece for piece in pieces if piece not in box.everything]
    if sum(len(p) for p in outside if is_prose(p) and p not in box.beside) > _FOREIGN * min(size, len(found)):
        return False  # there are sentences out there that are no teasers: the box is not all
    longest = max(map(len, pieces))
    merged = longest > _MERGED and longest > 1.5 * max(map(len, own)) and size < 1.5 * len(found)
    return merged or sum(map(len, outside)) > _FOREIGN * len(found)


def _trafilatura(page: Page) -> str:
    from trafilatura import bare_extraction

    try:
        result: Any = bare_extraction(
            page.root,
            url=page.url,
            fast=True,
            with_metadata=False,
            include_comments=False,
            include_tables=True,
            deduplicate=False,
        )
    except (ValueError, TypeError, AttributeError, RecursionError):
        # trafilatura stumbles over some broken trees; the page then counts as empty, visibly
        return ""
    return (result.text or "") if result is not None else ""
