"""Takes the teasers of other stories out of a story: "Baca juga: ...", paragraphs that are one link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawlers.extract.storybox import bare
from crawlers.extract.tree import marks, text_of

if TYPE_CHECKING:
    from crawlers.extract.lines import Line
    from crawlers.extract.storybox import StoryBox
    from crawlers.extract.tree import Element

_LABEL = re.compile(
    r"^\W*(?:(?:baca|simak|lihat|tonton|cek|klik)\s+(?:juga|artikel|berita|selengkapnya)\b|baca\s*:|promosi\b|"
    r"(?:berita|artikel)\s+(?:terkait|lainnya)\b|(?:read|see)\s+(?:more|also|next)\b|also read\b|"
    r"related\b|recommended\b|more (?:from|on)\b)",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"(?:^|\s)(?:hide|hidden|d-none|sr-only|visually-hidden|screen-reader-text)(?:\s|$)")
_ALONE = {"p", "div", "blockquote"}
_DATE = re.compile(r"(?=.*\d)[\w ,.:|/-]{4,30}")
_SHORT, _LONGEST = 30, 250
_LINK = 20


def drop_teasers(box: StoryBox) -> None:
    """Remove teasers from the story's box and its lines, in place.

    A labelled line goes with its box if it links somewhere or is the bare label; then the links that
    follow it go too, with their dates. A paragraph that is nothing but a link is a teaser with or
    without a label.
    """
    labelled, dropped = False, set()
    for line in box.inside:
        block = line.block
        if block is box.element or block.getparent() is None:
            labelled = False
            continue
        if _HIDDEN.search(marks(block)):
            _drop(box, block)
            dropped.add(line)
            continue
        is_label = bool(_LABEL.match(line.text)) and len(line.text) < _LONGEST
        is_link = line.linked > 0.9 * len(line.text) and len(line.text) >= _LINK and "://" not in line.text
        if is_label and (line.linked or len(line.text) < _SHORT):
            labelled = True
        elif not (is_link and (labelled or (block.tag in _ALONE and box.holds_only(line)))) and not (
            labelled and _DATE.fullmatch(line.text)
        ):
            labelled = False
            continue
        _drop_line(box, line)
        dropped.add(line)
    box.lines = [line for line in box.lines if line not in dropped and _is_left(line, box)]


def _is_left(line: Line, box: StoryBox) -> bool:
    """Whether a line still stands in the story's box: it may have gone with a teaser's frame."""
    return line.block is box.element or box.element in line.block.iterancestors()


def _drop_line(box: StoryBox, line: Line) -> None:
    """Drop a line's block, or, where the block holds more, only the parts that are the line."""
    if box.holds_only(line):
        _drop(box, line.block)
        return
    whole = bare(line.text)
    for part in list(line.block):
        text = bare(text_of(part)) if isinstance(part.tag, str) else ""
        if text and text in whole:
            part.drop_tree()


def _drop(box: StoryBox, block: Element) -> None:
    node = block
    for up in block.iterancestors():
        # a list or frame around the teaser goes with it
        if up is box.element or up.getparent() is None or box.size(up) > box.size(node) + 2:
            break
        node = up
    node.drop_tree()
