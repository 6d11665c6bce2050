"""Credits with a label: "Penulis: ...", "Oleh ...", "Nama, Jurnalis", "(Jaringan | Nama - Situs)"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawlers.extract.lines import Line, Lines

_STRONG = (
    r"penulis(?: naskah)?|reporter|pewarta|wartawan|kontributor|jurnalis|ditulis oleh|dilaporkan oleh|"
    r"diposting oleh|diposkan oleh|dipublikasikan oleh|posted by|written by"
)
_WEAK = r"oleh|by|laporan"
_EDITOR = r"editor|penyunting|redaktur|uploader"
_NAME = r"(?P<name>[^|/\u2022\u00b7;:()\d]{2,60})"
_EDGE = r"(?:^|[|/\u2022\u00b7(;,&]|\s[-\u2013\u2014]\s|\d\s)\W{0,3}"
_STRONG_LINE = re.compile(rf"{_EDGE}(?:{_STRONG})\b\s*[:=\u2013-]?\s*{_NAME}", re.IGNORECASE)
_WEAK_LINE = re.compile(rf"{_EDGE}(?i:{_WEAK})\b\s*[:=\u2013-]?\s*(?=[A-Z]){_NAME}")
_ALONE = re.compile(rf"^\W*(?:{_STRONG}|{_WEAK})\W*$", re.IGNORECASE)
_ROLE = re.compile(rf"^\W*(?:{_STRONG}|{_EDITOR})\W*$", re.IGNORECASE)
_EDITOR_LINE = re.compile(rf"(?:^|\W)(?:{_EDITOR})\s*[:\u2013-]\s*{_NAME}", re.IGNORECASE)
# "Penulis : Nama Editor : Nama" without anything in between
_NEXT_LABEL = re.compile(rf"\s+(?:{_EDITOR}|{_STRONG}|foto\w*)\s*$", re.IGNORECASE)
_SUFFIXED = re.compile(r"^(?P<name>[A-Z][^,|\d]{2,50}),\s*(?i:jurnalis|reporter|wartawan|kontributor)\b")
_FROM_DESK = re.compile(
    r"^\W*(?i:laporan )?(?i:wartawan|reporter|kontributor) [^,]{2,40}, (?P<name>[A-Z][^,|\d]{2,50})$"
)
_CLOSING = re.compile(r"^\((?P<inner>[^()]{4,90}\|[^()]{4,90})\)\W*$")
# Cheap tests before the exact ones: most lines, and many pages, credit nobody.
_WORD = re.compile(r"\w+")
_LABELS = frozenset(re.findall(r"[a-z]+", f"{_STRONG} {_WEAK}"))
_EDITORS = tuple(_EDITOR.split("|"))
_LONGEST = 100


def labelled(lines: Lines, below: list[Line]) -> Iterator[str]:
    """Give the names that stand beside a writer's label.

    Args:
        lines: the page; strong labels ("Penulis") count anywhere outside menus and lists.
        below: the byline's lines; only there "Oleh" and "By" are labels and not just words.
    """
    short = [line for line in lines.all if len(line.text) <= _LONGEST]
    if not _may_credit("\n".join(line.text for line in short)):
        return
    own = [line for line in short if not lines.is_aside(line)]
    for index, line in enumerate(own):
        if _may_credit(line.text):
            yield from _strong(own, index)
    for line in own:
        closing = _CLOSING.match(line.text)
        if closing:
            # "(Lembaga | Nama - Situs)": which part is the site, the caller's check knows
            yield from re.split(r"\s*\|\s*|\s+[-\u2013\u2014]\s+", closing["inner"])
    for index, line in enumerate(below):
        if _ALONE.match(line.text) and not _is_strong(line.text):
            yield from _next_to(below, index)
        elif match := _WEAK_LINE.search(line.text):
            yield _NEXT_LABEL.sub("", match["name"])


def _strong(own: list[Line], index: int) -> Iterator[str]:
    """Names beside a label that can be nothing else."""
    text = own[index].text
    yield from (m["name"] for pattern in (_FROM_DESK, _SUFFIXED) if (m := pattern.match(text)))
    if _ALONE.match(text) and _is_strong(text):
        yield from _next_to(own, index)
    elif match := _STRONG_LINE.search(text):
        yield _NEXT_LABEL.sub("", match["name"])


def editors_of(lines: Lines) -> set[str]:
    """Names that the page labels as editor's, in lower case: never to be taken for writers."""
    found: set[str] = set()
    short = [line.text for line in lines.all if len(line.text) <= _LONGEST]
    whole = "\n".join(short).lower()
    if not any(word in whole for word in _EDITORS):
        return found
    for index, text in enumerate(short):
        match = _EDITOR_LINE.search(text)
        if match:
            found.add(match["name"].strip(" .,-\u2013\u2014|").casefold())
        if index and re.fullmatch(rf"\W*(?:{_EDITOR})\W*", text, re.IGNORECASE):
            after = short[index + 1] if index + 1 < len(short) else ""
            found.add((short[index - 1] if not text.rstrip().endswith(":") else after).casefold())
    return found


def _may_credit(text: str) -> bool:
    """A cheap test: looking for words costs a sixth of what looking for the labels themselves does."""
    return "|" in text or not _LABELS.isdisjoint(_WORD.findall(text.lower()))


def _is_strong(text: str) -> bool:
    return bool(re.match(rf"\W*(?:{_STRONG})\b", text, re.IGNORECASE))


def _next_to(own: list[Line], index: int) -> Iterator[str]:
    """The name after a label that stands alone; before it, where roles follow names."""
    after = [line.text for line in own[index + 1 : index + 3]]
    if index and len(after) == 2 and _ROLE.match(after[1]) and not own[index].text.endswith(":"):
        yield own[index - 1].text
    elif after:
        yield after[1] if after[0] in {":", "-"} and len(after) > 1 else after[0]
