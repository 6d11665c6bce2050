"""From what people type to words that rules can compare.

`clean` works on the whole text, `WordNormaliser` on one word at a time with a memo: the same
few thousand words make up most of what citizens write, so the second text is nearly free.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Collection, Mapping

# Zero-width and directional marks, soft hyphen, BOM, variation selectors, and the control
# characters that are not white space: they split words and digit runs without being seen.
_INVISIBLE_RANGES = (
    (0x00, 0x08), (0x0E, 0x1F), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F),
    (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F),
    (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xD800, 0xDFFF), (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFB), (0xE0000, 0xE007F), (0xE0100, 0xE01EF),
)  # fmt: skip
_INVISIBLE = {code: None for first, last in _INVISIBLE_RANGES for code in range(first, last + 1)}
# An emoji joined from parts keeps its meaning when the joiner goes; a word does too.

_LENGTHENED = re.compile(r"(.)\1{2,}")
_TWICE = re.compile(r"^([^\W\d_]{2,})2([^\W\d_]*)$")
# Possessives and particles of Indonesian and Javanese, longest first. They are taken off only
# when what remains is a known word, so that "sore" or "kolam" stay whole.
_CLITICS = (
    "kannya", "annya", "nipun", "ipun", "nya", "lah", "kah", "pun", "tah", "ane", "kne",
    "ku", "mu", "ne", "em", "e",
)  # fmt: skip
_MEMO_LIMIT = 200_000


def strip_invisible(text: str) -> str:
    """Remove characters nobody sees (zero-width, directional, control, lone surrogates)."""
    return text.translate(_INVISIBLE)


def clean(text: str) -> str:
    """Bring a text into one form: NFKC, nothing invisible, plain quotes and dashes.

    Returns:
        The text with its case, line breaks and punctuation kept.
    """
    text = strip_invisible(text)
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    return strip_invisible(text).translate(_PLAIN)


# Typographic quotes and dashes, by code point: as characters they look alike in an editor.
_PLAIN = {
    **dict.fromkeys((0x60, 0x2BC, 0x2018, 0x2019, 0x201B), "'"),
    **dict.fromkeys((0x201C, 0x201D, 0x201E), '"'),
    **dict.fromkeys((*range(0x2010, 0x2015), 0x2212), "-"),
    0x2026: ".",
}


class WordNormaliser:
    """Maps one lower-case word to its formal Indonesian word or words.

    Args:
        slang: written form to formal form (slang and Javanese), one or more words.
        vocabulary: words the rules know; suffixes come off only down to one of these.
    """

    def __init__(self, slang: Mapping[str, str], vocabulary: Collection[str]) -> None:
        self._slang = {key: tuple(value.split()) for key, value in slang.items()}
        self._known = frozenset(vocabulary)
        self._memo: dict[str, tuple[str, ...]] = {}

    def __call__(self, word: str) -> tuple[str, ...]:
        """Return the formal words of `word` (lower case); an unknown word returns itself."""
        found = self._memo.get(word)
        if found is None:
            found = tuple(sys.intern(part) for part in self._resolve(word))
            if len(self._memo) >= _MEMO_LIMIT:
                self._memo.clear()  # a crawl through random strings must not eat the memory
            self._memo[word] = found
        return found

    def _resolve(self, word: str) -> tuple[str, ...]:
        direct = self._direct(word)
        if direct is not None:
            return direct
        shorter = word
        twice = _TWICE.match(word)
        if twice:
            shorter = twice.group(1) + twice.group(2)
            direct = self._direct(twice.group(1)) or self._direct(shorter) or self._bare(shorter)
            return direct or (shorter,)
        if _LENGTHENED.search(word) and not word.isdigit():
            double, shorter = _LENGTHENED.sub(r"\1\1", word), _LENGTHENED.sub(r"\1", word)
            for form in (shorter, double):
                direct = self._direct(form) or self._bare(form)
                if direct:
                    return direct
            return (shorter,)
        return self._bare(word) or (word,)

    def _direct(self, word: str) -> tuple[str, ...] | None:
        formal = self._slang.get(word)
        if formal is not None:
            return formal
        return (word,) if word in self._known else None

    def _bare(self, word: str) -> tuple[str, ...] | None:
        for clitic in _CLITICS:
            if word.endswith(clitic) and len(word) - len(clitic) >= 3:
                stem = word[: -len(clitic)]
                direct = self._direct(stem)
                if direct is None and clitic in ("ne", "ane", "e"):
                    # Javanese: "banyune" from "banyu", "regane" from "rega", "golekane" from "golek"
                    direct = self._direct(word[:-1])
                if direct is not None:
                    return direct
        return None
