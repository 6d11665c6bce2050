"""Digits as people write them: with any separators, letters that look like digits, in words.

`RUN` finds what may be one number; `shadow` makes look-alike letters findable without moving
anything; `spelt_numbers` finds numbers written as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Anything but letters, digits, line ends, and marks with a meaning of their own (money, shares, tokens;
# a bar with spaces around it parts the columns of a table).
_SEPARATOR = r"(?:[^\w\r\n+%=@#$\[\]<>&|]|_)"
RUN = re.compile(rf"(?:\(\+?(?=\d{{2,4}}\)))?\d+(?:(?:{_SEPARATOR}{{1,3}}|\|)\d+)*")
_PIECES = re.compile(r"(\d+)([^\d]*)")

_DIGIT = re.compile(r"\d")
# Letters typed for digits: "O812", "08l2". Only whole words of digits and such letters count.
_ALIKE = {"O": "0", "o": "0", "I": "1", "l": "1"}
_ALIKE_RUN = re.compile(r"(?<![^\W_])[0-9OoIl]+(?:[ .\-]{1,3}[0-9OoIl]+)*(?![^\W_])")
_CHUNK = re.compile(r"[0-9OoIl]+")
_MIN_ALIKE_DIGITS, _MIN_ALIKE = 5, 9

_WORDS = {
    **dict.fromkeys(("nol", "kosong", "enol", "zero"), "0"),
    **dict.fromkeys(("satu", "siji", "setunggal", "satunggal"), "1"),
    **dict.fromkeys(("dua", "loro", "kalih", "duwa"), "2"),
    **dict.fromkeys(("tiga", "telu", "tigo", "telo"), "3"),
    **dict.fromkeys(("empat", "papat", "sekawan", "mpat"), "4"),
    **dict.fromkeys(("lima", "limo", "gangsal"), "5"),
    **dict.fromkeys(("enam", "enem", "nem"), "6"),
    **dict.fromkeys(("tujuh", "pitu"), "7"),
    **dict.fromkeys(("delapan", "wolu", "lapan"), "8"),
    **dict.fromkeys(("sembilan", "songo", "sanga"), "9"),
}
_TWICE = ("double", "dobel", "dobol")
_DIGIT_WORD = "|".join(sorted((*_WORDS, *_TWICE), key=lambda word: (-len(word), word)))
_SPELT = re.compile(
    rf"(?<!\w)(?:\d{{1,4}}[ ,.\-]{{1,2}}){{0,4}}(?:{_DIGIT_WORD})"
    rf"(?:[ ,.\-]{{1,2}}(?:{_DIGIT_WORD}|\d{{1,4}}(?!\d)))*(?!\w)",
    re.IGNORECASE,
)
SMALL_NUMBER = rf"(?:\d{{1,3}}|[IVX]{{1,4}}|(?i:{'|'.join(sorted(_WORDS, key=lambda w: (-len(w), w)))}))"
"""A small number in digits, in Roman numerals or as one word, as a pattern."""
_SPELT_MOBILE = re.compile(r"(?:0|62|\+62)?8[1-9]\d{7,10}\Z")
_ID_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Group:
    """One group of digits inside a run: its offsets in the run, its digits, what follows it."""

    start: int
    end: int
    digits: str
    after: str


def groups_of(run: str) -> list[Group]:
    """Split a run into digit groups; digits of every script become ASCII digits."""
    found = []
    for match in _PIECES.finditer(run):
        digits = "".join(str(int(char)) for char in match.group(1))
        found.append(Group(match.start(1), match.end(1), digits, match.group(2)))
    return found


def shadow(text: str) -> str:
    """The text with look-alike letters inside numbers as digits; every character keeps its place."""
    if not _DIGIT.search(text):
        return text
    return _ALIKE_RUN.sub(_as_digits, text)


def _as_digits(match: re.Match[str]) -> str:
    run = match.group()
    digits = sum(char.isdigit() for char in run)
    letters = sum(char in _ALIKE for char in run)
    if not letters or digits < _MIN_ALIKE_DIGITS or digits + letters < _MIN_ALIKE:
        return run
    return _CHUNK.sub(_chunk, run)


def _chunk(match: re.Match[str]) -> str:
    chunk = match.group()
    # a word of letters only counts when it can be nothing else: "OOOO"
    if not any(char.isdigit() for char in chunk) and (len(chunk) < 3 or set(chunk) - {"O", "o"}):
        return chunk
    return "".join(_ALIKE.get(char, char) for char in chunk)


def spelt_numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """Find personal numbers written as words, at least in part.

    Yields:
        (start, end, token) of each mobile number or NIK, in order.
    """
    lower = text.lower()  # most texts hold no two words for digits
    if sum(word in lower for word in (*_WORDS, *_TWICE)) + ("8" in lower) < 2:
        return
    for match in _SPELT.finditer(text):
        digits = _read(match.group())
        if _SPELT_MOBILE.match(digits):
            yield match.start(), match.end(), "[HP]"
        elif len(digits) == _ID_DIGITS:
            yield match.start(), match.end(), "[NIK]"


def _read(words: str) -> str:
    digits, twice = "", False
    for word in re.findall(r"\w+", words.lower()):
        if word in _TWICE:
            twice = True
            continue
        piece = _WORDS.get(word, word)
        digits += piece[0] + piece if twice else piece
        twice = False
    return digits
