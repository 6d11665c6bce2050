"""Where the story stands: the box that holds most of the page's sentences below the headline."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from crawlers.extract.tree import marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crawlers.extract.lines import Line, Lines
    from crawlers.extract.tree import Element

# Names of the story's own box, as whole class or id words.
_BOX = re.compile(
    r"(?:^|\s)(?:isi|isi[-_]?(?:berita|artikel)|teks|konten[-_]?berita|berita[-_]?isi|"
    r"article[-_]*(?:body|content|text)|entry[-_]content|post[-_](?:body|content)|"
    r"detail[-_](?:isi|text|content|berita)|(?:read|story|news)[-_]+(?:content|text|body)|"
    r"e-content|articlebody)(?=\s|$)"
)
_CAPTION = re.compile(r"caption|(?:^|[\s_-])(?:keterangan|figure|photo|foto|gallery|credit)(?:$|[\s_-])")
_NAMED_SHARE = 0.4
_DESCENT_SHARE = 0.75
_CARD_SIZE, _CARD_LINK, _CARD_DEPTH = 700, 15, 3


class StoryBox:
    """The story's box and what was counted to find it.

    Attributes:
        element: the box; None where the page holds no sentence.
        inside: the lines in the box, below the headline.
        lines: the story's lines among them, without teasers, captions and link lists.
        elsewhere: sentences outside the box that are no teasers, without white space (see `bare`).
        prose: characters of sentences in the box that belong to no teaser.
        excerpts: sentences that are excerpts of other stories, the same way.
        cards: how many sentences of the page are excerpts of other stories.
    """

    def __init__(self, lines: Lines, start: int) -> None:
        self._lines = lines
        self._outward = _outward(lines)
        self._sizes = self._summed((line, len(line.text)) for line in lines.all)
        self._linked = self._summed((line, line.linked) for line in lines.all)
        self._sentences = self._summed((line, 1) for line in lines.all if line.is_prose)
        below = [line for line in lines.all[start:] if line.is_prose and not lines.is_aside(line)]
        excerpts = [line for line in below if self.is_card(line)]
        self.cards = len(excerpts)
        self.excerpts = bare("".join(line.text for line in excerpts))
        cards = set(excerpts)
        mass = self._summed((line, len(line.text)) for line in below if line not in cards)
        self._mass = {node: size for node, size in mass.items() if size}
        self.element = self._find()
        self.prose = self._mass[self.element] if self.element is not None else 0
        own = set(self.element.iter()) if self.element is not None and self.prose else set()
        self.inside = [one for one in lines.all[start:] if one.block in own]
        self._texts = {bare(one.text) for one in self.inside}
        self._everything = bare("".join(one.text for one in self.inside))
        self.lines = [one for one in self.inside if self._belongs(one)]
        inside = set(self.inside)
        self.elsewhere = bare(
            "".join(o.text for o in lines.all if o.is_prose and o not in inside and not self.is_card(o))
        )

    def _summed(self, parts: Iterable[tuple[Line, int]]) -> dict[Element, int]:
        """Add up numbers of lines for their blocks and for every box around these."""
        total = dict.fromkeys(self._outward, 0)
        for line, number in parts:
            total[line.block] += number
        for node, box in self._outward.items():
            if box is not None:
                total[box] += total[node]
        return total

    def _upwards(self, block: Element) -> Iterator[Element]:
        """A block and the boxes around it, outwards."""
        node: Element | None = block
        while node is not None:
            yield node
            node = self._outward[node]

    def is_card(self, line: Line) -> bool:
        """Whether a sentence is the excerpt of another story: alone in a small box with a link."""
        for node in islice(self._upwards(line.block), _CARD_DEPTH + 1):
            if self._sizes[node] > _CARD_SIZE or self._sentences[node] > 1:
                return False
            if self._linked[node] - line.linked >= _CARD_LINK:
                return True
        return False

    def has(self, text: str) -> bool:
        """Whether a text stands in the box, white space left out (see `bare`)."""
        return text in self._texts or text in self._everything

    def size(self, element: Element) -> int:
        """Characters of text in an element."""
        return self._sizes.get(element, 0)

    def holds_only(self, line: Line) -> bool:
        """Whether a line is all the text of its block."""
        return self._sizes[line.block] - len(line.text) <= 3

    def _find(self) -> Element | None:
        root = self._lines.root
        total = self._mass.get(root, 0)
        if not total:
            return None
        named = [e for e in self._mass if _BOX.search(marks(e)) or "articleBody" in (e.get("itemprop") or "")]
        most = max((self._mass[e] for e in named), default=0)
        if most >= _NAMED_SHARE * total:
            # the innermost that holds nearly as much: outer boxes are named for their content too
            inner = min((e for e in named if self._mass[e] >= 0.9 * most), key=lambda e: self._sizes[e])
            return self._around_twins(inner, named)
        node = root
        while True:
            inner = max((c for c in node if c in self._mass), key=lambda c: self._mass[c], default=None)
            if inner is None or self._mass[inner] < _DESCENT_SHARE * self._mass[node]:
                return self._around_twins(node, list(self._mass))
            node = inner

    def _around_twins(self, box: Element, named: list[Element]) -> Element:
        """The box around all boxes of that name: some sites cut a story into one box per section.

        A headline among them means that they are several stories, loaded one after the other.
        """
        name = marks(box)
        twins = [e for e in named if e is not box and e.tag == box.tag and name.strip() and marks(e) == name]
        if not twins:
            return box
        shared = set(box.iterancestors()).intersection(*(twin.iterancestors() for twin in twins))
        around = next((node for node in box.iterancestors() if node in shared), box)
        return box if around is self._lines.root or around.find(".//h1") is not None else around

    def _belongs(self, line: Line) -> bool:
        other = line.is_link and "://" not in line.text  # an address written out is a reference
        if other or self._lines.is_aside(line) or (line.is_prose and self.is_card(line)):
            return False
        near = islice(self._upwards(line.block), 3)
        return not any(
            node.tag in {"figure", "figcaption", "form"} or _CAPTION.search(marks(node))
            for node in near if node is not self.element
        )  # fmt: skip


def _outward(lines: Lines) -> dict[Element, Element | None]:
    """The box around every block and box, those inside before those around them; None at the root."""
    inward: dict[Element, Element | None] = {}
    for line in lines.all:
        path, node = [], line.block
        while node is not None and node not in inward:
            path.append(node)
            node = None if node is lines.root else node.getparent()
        for one in reversed(path):
            inward[one], node = node, one
    return dict(reversed(inward.items()))


def bare(text: str) -> str:
    """A text without white space: extractors differ in where they put it."""
    return "".join(text.split())
