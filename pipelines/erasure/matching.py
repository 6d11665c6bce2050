"""Finding subjects in texts, however many there are: one look at the words of a text, then patterns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from pipelines.erasure.subjects import PSEUDONYM, Subject

_WORD = re.compile(r"[^\W_]+")
_BETWEEN_WORDS = r"[\s._+\-]{1,3}"
_BETWEEN_DIGITS = r"[\s.\-()/]{0,3}"
_STAND_IN = {"nik": "[NIK]", "hp": "[HP]", "email": "[EMAIL]", "nama": "[NAMA]", "tiket": "[TIKET]"}
_MIN_DIGITS = 8
_NO_DIGIT = re.compile(r"\D+")
_SHORT, _REMEMBERED = 60, 100_000
"""Short texts repeat (kinds, places, agencies): those that name nobody are remembered, up to a number."""
_SENDER = re.compile(r"(?:[-\u2013]|\])\s+([^:]{2,60}): ")
_MAX_RAW = 2000


class Matcher:
    """Finds subjects in texts and puts tokens in their places.

    Args:
        subjects: whom to look for.
        name: makes a pseudonym of an author's name; None: raw files are not searched for authors.
    """

    def __init__(self, subjects: Sequence[Subject], name: Callable[[str], str] | None = None) -> None:
        self._name = name
        self.subjects = tuple(subjects)
        self.pseudonyms = frozenset(name for one in subjects for name in one.pseudonyms)
        self.tickets = frozenset(one.ticket for one in subjects if one.ticket)
        self._by_word: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        self._numbers: list[tuple[str, re.Pattern[str], str]] = []
        self._needles: dict[bytes, str] = {}
        self._harmless: set[str] = set()
        for one in subjects:
            self._learn(one)

    def _learn(self, one: Subject) -> None:
        token = _STAND_IN.get(one.kind, "[AKUN]")
        if one.words:
            self._add(
                _BETWEEN_WORDS.join(map(re.escape, one.words)), _WORD.findall(" ".join(one.words)), token
            )
            for mark in (" ", "-", "_", "+", "."):
                self._needles[mark.join(one.words).encode()] = token
        for text in one.literals:
            kind = "[AKUN]" if text in one.pseudonyms else token
            self._add(re.escape(text), _WORD.findall(text), kind)
            self._needles[text.encode()] = kind
        for digits in one.digits:
            pattern = re.compile(rf"(?<!\d)\+?{_BETWEEN_DIGITS.join(digits)}(?!\d)")
            self._numbers.append((digits, pattern, token))
            self._needles[digits.encode()] = token

    def _add(self, pattern: str, words: Sequence[str], token: str) -> None:
        compiled = re.compile(rf"(?<![^\W_]){pattern}(?![^\W_])", re.IGNORECASE)
        self._by_word.setdefault(max(words, key=len).casefold(), []).append((compiled, token))

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, token) of everything that names a subject; matches may overlap."""
        for word in self._by_word.keys() & set(_WORD.findall(text.casefold())):
            for pattern, token in self._by_word[word]:
                yield from ((m.start(), m.end(), token) for m in pattern.finditer(text))
        joined = _NO_DIGIT.sub("", text) if self._numbers else ""
        if len(joined) >= _MIN_DIGITS:
            for digits, pattern, token in self._numbers:
                if digits in joined:
                    yield from ((m.start(), m.end(), token) for m in pattern.finditer(text))

    def redact(self, text: str) -> str:
        """Put a token in place of every mention of a subject."""
        if text in self._harmless:
            return text
        parts, done = [], 0
        for start, end, token in sorted(self.find(text), key=lambda hit: (hit[0], -hit[1])):
            if start >= done:
                parts += [text[done:start], token]
                done = end
        if not parts and len(text) <= _SHORT and len(self._harmless) < _REMEMBERED:
            self._harmless.add(text)
        return "".join(parts) + text[done:] if parts else text

    def raw_author(self, text: str) -> bool:
        """Whether a cell of a raw file, or the sender of a line of a chat, has a subject's pseudonym."""
        if self._name is None or len(text) > _MAX_RAW:
            return False
        names = [text, *(match.group(1) for match in _SENDER.finditer(text))]
        return any(self._name(name) in self.pseudonyms for name in names if name.strip())

    def raw(self, data: bytes) -> Iterator[str]:
        """Yield the token of every needle that stands in raw bytes, where words have no borders.

        A needle that goes on as a longer word or number is none.
        """
        low = data.lower()
        for needle, token in self._needles.items():
            at = low.find(needle)
            while at >= 0:
                if not _goes_on(low, at, needle):
                    yield token
                    break
                at = low.find(needle, at + 1)


def _goes_on(data: bytes, at: int, needle: bytes) -> bool:
    """Whether what was found is only a part of something longer.

    Where cells touch, a digit may follow a pseudonym: those have one length and cannot be longer.
    """
    before, after = data[at - 1 : at] if at else b"", data[at + len(needle) : at + len(needle) + 1]
    if PSEUDONYM.fullmatch(needle.decode()):
        return False
    if needle[-1:].isdigit() and after.isdigit():
        return True
    return before.isdigit() if needle.isdigit() else after.isalpha()
