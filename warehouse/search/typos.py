"""Words one slip of the finger away that the index knows. Pure but for the counting function."""

from __future__ import annotations

from collections.abc import Callable, Iterator

SHORTEST = 5
"""Letters; a shorter word has too many neighbours."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def neighbours(word: str) -> Iterator[str]:
    """Yield every word at distance 1: a letter left out, doubled or added, swapped, replaced."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in _LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in _LETTERS)


def meant(word: str, count: Callable[[str], int]) -> str | None:
    """The most frequent neighbour that is more frequent than the word itself, if there is one.

    Args:
        word: folded, as written.
        count: in how many documents a word occurs.
    """
    if len(word) < SHORTEST or not word.isascii() or not word.isalpha():
        return None
    own = count(word)
    frequent = {other: count(other) for other in set(neighbours(word)) if other != word}
    best = max(frequent, key=lambda other: (frequent[other], other))
    return best if frequent[best] > own else None
