"""Where the names that cues announced stand in a text: whole, and their parts alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from nlp.privacy.news_words import Kind, NewsWords

NAMES = (Kind.UNKNOWN, Kind.GIVEN)
_PART_LENGTH = 4  # shorter parts of a name are not looked for alone

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words in a row, one space between them.

    Attributes:
        words: the words as written.
        kinds: what each may be.
        start: where the first stands in the text.
    """

    words: tuple[str, ...]
    kinds: tuple[Kind, ...]
    start: int

    def text_span(self, first: int, last: int) -> Span:
        """Where words `first` up to, not including, `last` stand in the text."""
        start = self.start + sum(map(len, self.words[:first])) + first
        return start, start + sum(map(len, self.words[first:last])) + last - first - 1


@dataclass(slots=True)
class Found:
    """Names that cues announced in a text.

    Attributes:
        private: names to mask, as tuples of words.
        public: names of office holders, which stay.
    """

    private: set[tuple[str, ...]] = field(default_factory=set)
    public: set[tuple[str, ...]] = field(default_factory=set)


def mentions(runs: list[Run], found: Found, words: NewsWords) -> list[Span]:
    """All places of the private names and of their parts.

    Returns:
        (start, end) of each, in order, not overlapping.
    """
    kept = {word for name in found.public for word in name}
    private = {name for name in found.private - found.public if not kept.issuperset(name)}
    if not private:
        return []
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(private, key=lambda name: (-len(name), name)):
        by_first.setdefault(name[0], []).append(name)
    parts = {word for name in private for word in name if len(word) >= _PART_LENGTH} - kept
    parts = {word for word in parts if words.kind(word) in NAMES}
    return [span for run in runs for span in _in_run(run, by_first, parts, words)]


def _in_run(
    run: Run, by_first: dict[str, list[tuple[str, ...]]], parts: set[str], words: NewsWords
) -> Iterator[Span]:
    at, size = 0, len(run.words)
    alone = not any(
        kind is Kind.OFFICE or word.lower().rstrip(".") in words.not_before
        for word, kind in zip(run.words, run.kinds, strict=True)
    )
    while at < size:
        names = by_first.get(run.words[at], ())
        length = next((len(n) for n in names if run.words[at : at + len(n)] == n), 0)
        if length == 1 and not (alone and _stands_alone(run, at, parts, words)):
            length = 0
        if not length and alone and run.words[at] in parts and _stands_alone(run, at, parts, words):
            length = 1
        if length:
            yield run.text_span(at, at + length)
        at += max(length, 1)


def _stands_alone(run: Run, at: int, parts: set[str], words: NewsWords) -> bool:
    """A part of a name counts unless it belongs to somebody else's name or to a place's."""
    near = [*range(max(0, at - 1), at), *range(at + 1, min(len(run.words), at + 2))]
    return all(
        run.words[other] in parts
        or run.kinds[other] is Kind.TITLE
        or (other < at and (run.kinds[other] is Kind.ORDINARY or run.words[other].lower() in words.direct))
        for other in near
    )
