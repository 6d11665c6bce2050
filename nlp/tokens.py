"""Words, clauses and sentences of Indonesian text.

A full stop after "Kec", "Jl", "Rp" or an initial does not end a sentence, nor does one inside
a number. Everything here is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.word_lists import word_list

# Short forms after which a full stop does not end the sentence.
ABBREVIATIONS = word_list("abbreviations")

_TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[.!?;:,\n()\"]")
_SENTENCE_END = re.compile(r"[.!?]+[\"')\]]*\s+|\n\s*\n")
_LAST_WORD = re.compile(r"([^\W\d_]+)$")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text, position by position.

    Attributes:
        raw: as written, hyphenated pairs split, written-out doubling ("ramah-ramah") joined.
        low: `raw` in lower case.
        clause: number of the clause each word stands in; it grows at . ! ? ; : and line ends,
            so that words of different clauses are not read together.
        comma: whether a comma, bracket or quotation mark stands right before the word.
        asks: clauses that end with a question mark.
        cut: words beyond the limit that were left out.
    """

    raw: tuple[str, ...]
    low: tuple[str, ...]
    clause: tuple[int, ...]
    comma: tuple[bool, ...]
    asks: frozenset[int]
    cut: int = 0


def words(text: str, limit: int | None = None) -> Words:
    """Split a cleaned text into words and clauses.

    Args:
        text: output of `nlp.normalise.clean`.
        limit: read this many words at most; the number left out is in `Words.cut`.
    """
    raw: list[str] = []
    clause: list[int] = []
    comma: list[bool] = []
    asks: set[int] = set()
    now, after_comma, skipped = 0, False, 0
    for match in _TOKEN.finditer(text):
        found = match.group()
        if len(found) == 1 and not found.isalnum():
            if found in ',()"':
                after_comma = True
            elif found != "." or _ends(text, match.start(), raw):
                if found == "?":
                    asks.add(now)
                now += 1
            continue
        for part in _parts(found):
            if limit is not None and len(raw) >= limit:
                skipped += 1
                continue
            raw.append(part)
            clause.append(now)
            comma.append(after_comma)
            after_comma = False
    low = tuple(part.lower() for part in raw)
    return Words(tuple(raw), low, tuple(clause), tuple(comma), frozenset(asks), skipped)


def _parts(token: str) -> list[str]:
    if "-" not in token:
        return [token]
    parts = token.split("-")
    if len(parts) == 2:
        first, second = parts[0].lower(), parts[1].lower()
        # "ramah-ramah", "jalan-jalannya", "diapa-apakan": one word said twice
        if len(first) > 1 and (second.startswith(first) or (len(second) > 2 and first.endswith(second[:3]))):
            return [parts[0]]
    return parts


def _ends(text: str, at: int, raw: list[str]) -> bool:
    """Whether the full stop at `at` ends a clause."""
    following = text[at + 1 : at + 2]
    if following and not following.isspace() and following not in "\"')":
        return following == "."  # "Rp1.000", "go.id", "..."
    return not (raw and raw[-1].lower() in ABBREVIATIONS and text[at - 1].isalpha())


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a cleaned text, without surrounding white space."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        mark = match.group()
        if mark.startswith(".") and not mark.startswith(".."):
            word = _LAST_WORD.search(text[max(start, match.start() - 12) : match.start()])
            rest = text[match.end() : match.end() + 1]
            if (word and word.group(1).lower() in ABBREVIATIONS) or rest.islower():
                continue
        sentence = text[start : match.end()].strip()
        if sentence:
            yield sentence
        start = match.end()
    if rest_text := text[start:].strip():
        yield rest_text
