"""The story's text: trafilatura's, unless the page itself shows plainly that it took too much."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from lxml.html import document_fromstring

from crawlers.extract.boilerplate import without_boilerplate
from crawlers.extract.lines import is_prose
from crawlers.extract.storybox import StoryBox, bare
from crawlers.extract.teasers import drop_teasers

if TYPE_CHECKING:
    from crawlers.extract.lines import Line
    from crawlers.extract.page import Page
    from crawlers.extract.title import Headline
    from crawlers.extract.tree import Element

_SHORTEST = 200
_FOREIGN = 0.25
_MERGED = 600
_CLEAN, _LONG, _MELTED = 0.9, 500, 2500
_KEPT = {"h2", "h3", "h4", "h5", "h6", "li"}


def find_body(page: Page, headline: Headline) -> tuple[str, StoryBox]:
    """Return the story, one paragraph per line, boilerplate lines still in it, and its box.

    A box that holds every sentence and nothing else is read off directly. Otherwise trafilatura
    (fast mode, no metadata of its own) reads the tree and may change it: this is the last thing
    done with it. On pages without paragraphs it may take menus for story or melt all
    paragraphs into one; if a quarter of what it found lies outside the story's box, or its
    paragraphs are far longer than the page's, the box is believed.
    """
    start = headline.place[1] + 1 if headline.place else 0
    box = StoryBox(page.lines, start)
    if not box.prose and start:
        box = StoryBox(page.lines, 0)
    drop_teasers(box)
    if _is_clean(box):
        return "\n".join(_read_off(box)), box
    found = _trafilatura(_region(page, headline, box), page.url)
    own = [line.text for line in box.lines]
    if _took_too_much(found, own, box):
        return "\n".join(own), box
    return _with_headings(_within(found, box), box), box


def _is_clean(box: StoryBox) -> bool:
    """Whether all sentences of a page stand in one box, with next to nothing between them.

    Such a page can be read off as it stands, in a tenth of the time; on the pages of the article
    extraction benchmark where this holds (two of five) the result is as good as trafilatura's.
    """
    if box.prose < _LONG:
        return False
    size = sum(map(len, _read_off(box)))
    alone = box.prose >= _CLEAN * (box.prose + len(box.elsewhere))
    melted = max(len(line.text) for line in box.lines) > _MELTED
    return alone and not melted and size * _CLEAN <= box.prose


def _read_off(box: StoryBox) -> list[str]:
    """The box's lines from the first sentence to the last; a list may end the story."""
    story = [i for i, line in enumerate(box.lines) if line.is_prose]
    last = story[-1]
    for place in range(last + 1, len(box.lines)):
        if _is_item(box.lines[place]):
            last = place
        elif without_boilerplate(box.lines[place].text):
            break  # an advertisement between two items does not end the list
    return [line.text for line in box.lines[story[0] : last + 1]]


def _is_item(line: Line) -> bool:
    return line.block.tag == "li" or line.text.startswith("- ")


def _within(found: str, box: StoryBox) -> str:
    """Drop the lines outside the story's box that are no sentences: captions, bylines, teasers."""
    if box.prose < _SHORTEST:
        return found
    kept, lost, story = [], 0, 0
    for line in found.split("\n"):
        text = bare(line.removeprefix("- ").replace("|", ""))
        story += len(text)
        if box.has(text) or (is_prose(line) and text not in box.excerpts):
            kept.append(line)
        elif text in box.excerpts:
            story -= len(text)
        else:
            lost += len(text)
    return "\n".join(kept) if lost < _FOREIGN * story else found  # too many to be side remarks


def _with_headings(found: str, box: StoryBox) -> str:
    """Put back subheadings and list items that stand between two lines that were found."""
    places = {bare(line.text.removeprefix("- ")): i for i, line in enumerate(box.lines)}
    lines = found.split("\n")
    bared = [bare(line.removeprefix("- ")) for line in lines]
    at = [places.get(text) for text in bared]
    present = {i for i in at if i is not None}
    whole = "".join(bared)
    last, out = -1, []
    for line, place in zip(lines, at, strict=True):
        if place is not None:
            between = range(last + 1, place) if last >= 0 else range(0)
            missing = [box.lines[i] for i in between if i not in present]
            out += [m.text for m in missing if m.block.tag in _KEPT and bare(m.text) not in whole]
            last = max(last, place)
        out.append(line)
    for item in box.lines[last + 1 :] if last >= 0 else []:
        if item.is_prose:
            break
        if _is_item(item) and bare(item.text.removeprefix("- ")) not in whole:
            out.append(item.text)  # a story may end with a list
    return "\n".join(out)


def _took_too_much(found: str, own: list[str], box: StoryBox) -> bool:
    size = sum(map(len, own))
    if size < _SHORTEST:
        return False
    if not found:
        return True
    pieces = [bare(line.removeprefix("- ")) for line in found.split("\n")]
    outside = [piece for piece in pieces if not box.has(piece)]
    if sum(len(piece) for piece in outside if piece in box.elsewhere) > _FOREIGN * min(size, len(found)):
        return False  # there are sentences out there that are no teasers: the box is not all
    longest = max(map(len, pieces))
    merged = longest > _MERGED and longest > 1.5 * max(map(len, own)) and size < 1.5 * len(found)
    return merged or sum(map(len, outside)) >= _FOREIGN * sum(map(len, pieces))


def _region(page: Page, headline: Headline, box: StoryBox) -> Element:
    """The smallest part of the page with headline and story; the whole where that is not clear.

    What lies outside it is no story whatever it looks like, and reading it is half the cost.
    """
    if headline.place is None or box.element is None or box.prose < _SHORTEST:
        return page.root
    if box.prose < len(box.elsewhere):
        return page.root
    around = set(page.lines.all[headline.place[0]].block.iterancestors())
    node = box.element
    while node is not None and node not in around:
        node = node.getparent()
    if node is None or node.tag in {"body", "html"}:
        return page.root
    node.tail = None
    region = document_fromstring("<html><body></body></html>")
    region.find("body").append(node)
    return region


def _trafilatura(tree: Element, url: str) -> str:
    from trafilatura import bare_extraction

    try:
        result: Any = bare_extraction(tree, url=url, options=_options())
    except (ValueError, TypeError, AttributeError, RecursionError):
        # trafilatura stumbles over some broken trees; the page then counts as empty, visibly
        return ""
    return (result.text or "") if result is not None else ""


@cache
def _options() -> Any:  # noqa: ANN401 - trafilatura's own
    from trafilatura.settings import Extractor

    return Extractor(
        output_format="python", fast=True, with_metadata=False, comments=False, tables=True, dedup=False
    )
