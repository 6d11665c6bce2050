"""A page as a reader sees it: lines of text in order, each with the box it stands in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawlers.extract.tree import marks, surrounds

if TYPE_CHECKING:
    from crawlers.extract.tree import Element

_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "blink", "bold", "cite", "code", "data", "del",
    "dfn", "em", "font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "o:p", "q", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SENTENCE_END = re.compile(r"(?:(?<!\.\.)\.|[!?\u3002])['\"\u2019\u201d)\]\u00bb]*$")
_GLUED = re.compile(r"[a-z:,.\u2022\u00b7][A-Z]")
_LONG, _SHORT = 80, 25
_STANDFIRST = re.compile(
    r"summary|standfirst|subtitle|sub-?(?:title|judul|head)|excerpt|intro|\bdek\b|deck|lead|ringkasan|"
    r"\bdesc|hide"
)
_AFTER, _BEFORE = 16, 4
_LINKED = 0.35
_LINE_LINK = 25


class Line:
    """One line of a page.

    Attributes:
        text: white space folded.
        block: the innermost box around it: paragraph, cell, list item, heading.
        linked: characters of the line that are links.
    """

    __slots__ = ("_prose", "block", "linked", "text")

    def __init__(self, block: Element) -> None:
        self.block = block
        self.text = ""
        self.linked = 0
        self._prose: bool | None = None

    @property
    def is_link(self) -> bool:
        """Whether the line is little else than links."""
        return self.linked > 0.6 * len(self.text)

    @property
    def is_prose(self) -> bool:
        """Whether the line reads like a sentence of a story."""
        if self._prose is None:
            beside = self.block.tag in HEADINGS or self.linked >= _LINKED * len(self.text)
            self._prose = not beside and is_prose(self.text)
        return self._prose


def is_prose(text: str) -> bool:
    """Whether a text reads like a sentence: long, or ended like one."""
    return len(text) >= _LONG or (len(text) >= _SHORT and is_closed(text))


def is_closed(text: str) -> bool:
    """Whether a text ends like a sentence."""
    return _SENTENCE_END.search(text) is not None


class Lines:
    """The lines of one page, with what is asked about them again and again."""

    def __init__(self, root: Element) -> None:
        body = root.find("body")
        self.root = body if body is not None else root
        # lxml makes an object for every element that is looked at; kept, it is made only once
        self._kept = list(self.root.iter())
        self._aside: dict[Element, bool] = {}
        self.all = _Joiner(self.root).lines()

    def is_aside(self, line: Line) -> bool:
        """Whether a line stands in menus, lists of other stories, comments."""
        known = self._aside.get(line.block)
        return self._of(line.block) if known is None else known

    def index_of(self, element: Element) -> tuple[int, int] | None:
        """First and last line of an element, or None if it has none."""
        inside = set(element.iter())
        found = [i for i, line in enumerate(self.all) if line.block in inside]
        if found:
            return found[0], found[-1]
        up = element
        while up is not None:  # an inline element is part of its box's line
            found = [i for i, line in enumerate(self.all) if line.block is up]
            if found:
                return found[0], found[0]
            up = up.getparent()
        return None

    def around(self, place: tuple[int, int] | None) -> tuple[list[Line], list[Line]]:
        """The lines where bylines stand: below the headline until the story, and just above it.

        Args:
            place: first and last line of the headline; None where the page shows none. What stands
                just before the story's first sentence then counts as above a headline.
        """
        if place is None:
            prose = (i for i, one in enumerate(self.all) if one.is_prose and not self.is_aside(one))
            first = next(prose, 0)
            return [], self.all[max(0, first - _BEFORE) : first][::-1]
        below: list[Line] = []
        skipped = False
        for line in self.all[place[1] + 1 :][:_AFTER]:
            if line.is_prose:
                if skipped or not _STANDFIRST.search(marks(line.block)):
                    break
                skipped = True
            elif line.is_link and line.block.tag in HEADINGS and len(line.text) > _LINE_LINK:
                break  # the headline of another story
            elif not self.is_aside(line):
                below.append(line)
        return below, self.all[max(0, place[0] - _BEFORE) : place[0]][::-1]

    def _of(self, element: Element) -> bool:
        path: list[Element] = []
        node, known = element, None
        while node is not None and known is None:
            path.append(node)
            known = self._aside.get(node)
            if known is None:
                known = surrounds(node)
            node = node.getparent()
        answer = bool(known)
        self._aside.update(dict.fromkeys(path, answer))
        return answer


def _is_inline(node: Element) -> bool:
    """Whether an element stands within a line; elements of a site's own ("x-note") mostly do."""
    return node.tag in _INLINE or (isinstance(node.tag, str) and "-" in node.tag)


class _Joiner:
    """Joins the texts between the edges of boxes and line breaks into lines.

    It walks from element to element: asking lxml for the texts of a page and each text for its
    place costs three times as much.
    """

    def __init__(self, root: Element) -> None:
        self._found: list[tuple[Line, list[str]]] = []
        self._walk(root, root, linked=False)

    def lines(self) -> list[Line]:
        """The lines that say something."""
        for line, pieces in self._found:
            line.text = " ".join("".join(pieces).split())
        return [line for line, _ in self._found if line.text]

    def _walk(self, node: Element, box: Element, *, linked: bool) -> None:
        """Take in an element's texts; the parser lets no page nest deeper than 256 elements."""
        if node.text:
            self._take(node.text, box, linked=linked, edge=False)
        for child in node:
            tag = child.tag
            inline = _is_inline(child)
            if isinstance(tag, str):
                self._walk(child, box if inline else child, linked=linked or tag == "a")
            if tag == "br":
                self._at(box)
                self._found.append((Line(box), []))
            if child.tail:
                self._take(child.tail, box, linked=linked, edge=not inline and tag != "br")

    def _take(self, text: str, box: Element, *, linked: bool, edge: bool) -> None:
        """A piece of text; `edge` when a box ended just before it."""
        if text.isspace():
            if self._found:
                self._found[-1][1].append(" ")
            return
        if edge:
            self._found.append((Line(box), []))
        line, pieces = self._at(box)
        if pieces and _GLUED.match(pieces[-1][-1:] + text[:1]):
            pieces.append(" ")  # kept apart by style sheets alone: <span>By</span><a>Name</a>
        pieces.append(text)
        if linked:
            line.linked += len(text.strip())

    def _at(self, box: Element) -> tuple[Line, list[str]]:
        """The line that is being written in a box."""
        if not self._found or self._found[-1][0].block is not box:
            self._found.append((Line(box), []))
        return self._found[-1]
