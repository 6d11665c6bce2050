"""Finding many phrases in a sequence of words, longest first, by dictionary look-up.

The cost per word does not grow with the number of phrases, so an analyst may add as many as
needed. `PhraseIndex.near` also finds the words of a phrase that stand close together in
another order ("rusak parah jalannya" for "jalan rusak").
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

T = TypeVar("T")
_WINDOW = 5  # words on either side in which a phrase's other words may stand


class Hit(NamedTuple, Generic[T]):
    """A phrase found: first word, number of words, what it stands for."""

    start: int
    length: int
    value: T


class PhraseIndex(Generic[T]):
    """Phrases (tuples of words) with a value each; several values per phrase are allowed."""

    def __init__(self, phrases: Iterable[tuple[tuple[str, ...], T]]) -> None:
        table: dict[str, dict[tuple[str, ...], list[T]]] = {}
        for phrase, value in phrases:
            if phrase:
                table.setdefault(phrase[0], {}).setdefault(phrase, []).append(value)
        self._table: dict[str, list[tuple[tuple[str, ...], tuple[T, ...]]]] = {
            first: [
                (phrase, tuple(values))
                for phrase, values in sorted(found.items(), key=lambda item: (-len(item[0]), item[0]))
            ]
            for first, found in table.items()
        }
        self._firsts = frozenset(self._table)
        self._anchors = self._anchored()

    def __len__(self) -> int:
        return sum(len(entries) for entries in self._table.values())

    def find(self, words: Sequence[str], *, overlapping: bool = False) -> list[Hit[T]]:
        """Find phrases word for word; at each place the longest one wins.

        Args:
            words: the text.
            overlapping: also report phrases inside a phrase already found.
        """
        hits: list[Hit[T]] = []
        table, count, free = self._table, len(words), 0
        if self._firsts.isdisjoint(words):  # most indexes find nothing in most texts
            return hits
        for at in [i for i, word in enumerate(words) if word in table]:
            if at < free and not overlapping:
                continue
            for phrase, values in table[words[at]]:
                size = len(phrase)
                if size == 1 or (at + size <= count and tuple(words[at : at + size]) == phrase):
                    hits.extend(Hit(at, size, value) for value in values)
                    free = at + size
                    if not overlapping:
                        break
        return hits

    def near(self, words: Sequence[str], clause: Sequence[int]) -> list[Hit[T]]:
        """Find the words of two- and three-word phrases close together in one clause.

        Word-for-word hits are included. Each phrase is reported once per text.
        """
        hits: list[Hit[T]] = []
        seen: set[tuple[str, ...]] = set()
        count = len(words)
        for at, word in enumerate(words):
            anchored = self._anchors.get(word)
            if anchored is None:
                continue
            low, high = max(0, at - _WINDOW), min(count, at + _WINDOW + 1)
            here = clause[at]
            around = {words[i] for i in range(low, high) if clause[i] == here and i != at}
            for phrase, others, values in anchored:
                if phrase not in seen and others <= around:
                    seen.add(phrase)
                    hits.extend(Hit(at, 1, value) for value in values)
        return hits

    def _anchored(self) -> dict[str, list[tuple[tuple[str, ...], frozenset[str], tuple[T, ...]]]]:
        """Phrases by their rarest word: the fewest phrases have to be looked at per word."""
        entries = [entry for found in self._table.values() for entry in found if 2 <= len(entry[0]) <= 3]
        usage = Counter(word for phrase, _ in entries for word in set(phrase))
        anchors: dict[str, list[tuple[tuple[str, ...], frozenset[str], tuple[T, ...]]]] = {}
        for phrase, values in entries:
            if len(set(phrase)) != len(phrase) or any(len(word) < 3 for word in phrase):
                continue
            anchor = min(phrase, key=lambda word: (usage[word], word))
            anchors.setdefault(anchor, []).append((phrase, frozenset(phrase) - {anchor}, values))
        return anchors
