"""The part of a text that shows why it was found, with places to highlight. Pure.

What comes out is text, never markup: whoever shows it escapes it, and marks by position.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from warehouse.search.words import Span

LENGTH = 240
"""Letters of a snippet; below the 300 of a body that may leave the restricted store."""
_ELLIPSIS = "…"

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the places (start, end) of what was asked for; empty text, no places."""

    text: str
    marks: tuple[Range, ...] = ()


def marks(spans: Sequence[Span], stems: Collection[str], phrases: Sequence[Sequence[str]]) -> list[Range]:
    """Where words of these stems, and these phrases, stand."""
    found = [(start, end) for start, end, _, own in spans if own and not stems_missing(own, stems)]
    exact = [span[2] for span in spans]
    for phrase in phrases:
        length = len(phrase)
        found += [
            (spans[at][0], spans[at + length - 1][1])
            for at in range(len(exact) - length + 1)
            if exact[at : at + length] == list(phrase)
        ]
    return _apart(sorted(set(found)))


def stems_missing(own: Sequence[str], wanted: Collection[str]) -> bool:
    """Whether none of a word's stems is asked for."""
    return not any(stem in wanted for stem in own)


def _apart(ranges: list[Range]) -> list[Range]:
    """Merge ranges that overlap."""
    merged: list[Range] = []
    for start, end in ranges:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def cut(text: str, ranges: Sequence[Range], length: int = LENGTH) -> Marked:
    """The stretch of `length` letters with the most marks, cut at blanks."""
    first, last = _window(text, ranges, length)
    body = text[first:last]
    head = _ELLIPSIS if first else ""
    tail = _ELLIPSIS if last < len(text) else ""
    shift = len(head) - first
    inside = tuple((a + shift, b + shift) for a, b in ranges if a >= first and b <= last)
    # one blank for one: places stay where they are
    flat = "".join(" " if letter.isspace() else letter for letter in body)
    return Marked(f"{head}{flat}{tail}", inside)


def _window(text: str, ranges: Sequence[Range], length: int) -> Range:
    if len(text) <= length:
        return 0, len(text)
    best, most = 0, -1
    for start, _ in ranges or [(0, 0)]:
        begin = max(0, start - length // 4)
        held = sum(begin <= a and b <= begin + length for a, b in ranges)
        if held > most:
            best, most = begin, held
    if best:
        blank = text.find(" ", best, best + length // 5)
        best = blank + 1 if blank >= 0 else best
    end = min(len(text), best + length)
    if end < len(text):
        blank = text.rfind(" ", best + length // 2, end)
        end = blank if blank > best else end
    return best, end
