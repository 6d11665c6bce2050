"""Many patterns over one text in one pass.

The cues of names are long lists of phrases. Trying each list at every character costs more than
everything else together, so a word is looked up first: which patterns can begin with it? The
answer is remembered per word, and only those patterns are tried, only where a word begins. The
`regex` library answers by a partial match; what is found is the same as with `finditer`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import regex

Words = list[tuple[int, int, str]]
"""Start, end and lower-case form of each word of a text."""

_WORD = re.compile(r"(?<![\w\[])[^\W\d_]+")
_LONGEST = 24
_MEMO_LIMIT = 100_000


class Scanner:
    """Finds the matches of several patterns that all begin at the first letter of a word.

    Args:
        patterns: compiled patterns, none of which may match before a word or inside one.
    """

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._patterns = tuple(patterns)
        self._partial = [
            regex.compile(pattern.pattern, regex.IGNORECASE if pattern.flags & re.IGNORECASE else 0)
            for pattern in patterns
        ]
        self._memo: dict[str, tuple[int, ...]] = {}

    def scan(self, text: str) -> tuple[list[list[re.Match[str]]], Words]:
        """Matches of each pattern, in order and not overlapping, and the words of the text."""
        found: list[list[re.Match[str]]] = [[] for _ in self._patterns]
        words: Words = []
        memo = self._memo
        for word in _WORD.finditer(text):
            start, end = word.span()
            bare = word.group().lower()
            words.append((start, end, bare))
            numbers = memo.get(bare)
            if numbers is None:
                numbers = self._beginning(bare)
            for number in numbers:
                matches = found[number]
                if matches and matches[-1].end() > start:
                    continue
                match = self._patterns[number].match(text, start)
                if match:
                    matches.append(match)
        return found, words

    def _beginning(self, bare: str) -> tuple[int, ...]:
        """Which patterns can begin with a word."""
        if len(bare) > _LONGEST:
            return ()
        numbers = tuple(
            number for number, pattern in enumerate(self._partial) if pattern.match(bare, partial=True)
        )
        if len(self._memo) >= _MEMO_LIMIT:
            self._memo.clear()
        self._memo[bare] = numbers
        return numbers
