"""The words of a text as they are searched: exactly as written, and as stems of formal words.

Slang and Javanese become formal words, clitics come off, the rest is stemmed, all through one memo
per word. Phrases of several slang words are not put together: a word is looked for by itself.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from nlp.normalise import clean
from nlp.reading import Reader
from nlp.stem import stem

if TYPE_CHECKING:
    from config import Config

LONGEST = 60
"""Letters of a word that count; what follows in a longer one is not looked at, here and in questions."""
_RULES = 1  # to be raised when the rules of this module or of `nlp.stem` change
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_MEMO_LIMIT = 400_000


class Span(NamedTuple):
    """A word of a text: where it stands, as written (folded), and its stems."""

    start: int
    end: int
    exact: str
    stems: tuple[str, ...]


class SearchWords:
    """Reads texts and questions alike, with the word lists of a configuration."""

    def __init__(self, config: Config) -> None:
        self._reader = Reader(config)
        self._memo: dict[str, tuple[str, tuple[str, ...]]] = {}
        self.version = f"{_RULES}-{self._reader.fingerprint}"
        """Changes whenever a text could be read otherwise than before."""

    def __repr__(self) -> str:
        """The same for two that read alike."""
        return f"SearchWords({self.version})"

    def read(self, text: str) -> tuple[list[str], list[str]]:
        """All words of a text, folded, and all their stems."""
        exact: list[str] = []
        stems: list[str] = []
        memo = self._memo
        for word in _WORD.findall(clean(text)):
            found = memo.get(word) or self._look_up(word)
            exact.append(found[0])
            stems += found[1]
        return exact, stems

    def spans(self, text: str) -> tuple[str, list[Span]]:
        """The text without what nobody sees, and its words with their places in it."""
        plain = clean(text)
        found = ((match, self._look_up(match.group())) for match in _WORD.finditer(plain))
        return plain, [Span(match.start(), match.end(), *forms) for match, forms in found]

    def _look_up(self, word: str) -> tuple[str, tuple[str, ...]]:
        found = self._memo.get(word)
        if found is None:
            low = _folded(word)
            found = low, tuple(stem(form[:LONGEST]) for form in self._reader.forms(low))
            if len(self._memo) >= _MEMO_LIMIT:
                self._memo.clear()  # random strings must not eat the memory
            self._memo[word] = found
        return found


def _folded(word: str) -> str:
    """Lower case, no apostrophes (jum'at), no accents."""
    low = word.lower().replace("'", "")
    if not low.isascii():
        parts = unicodedata.normalize("NFKD", low)
        low = "".join(part for part in parts if not unicodedata.combining(part)) or low
    return low[:LONGEST]
