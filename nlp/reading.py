"""One text, read once: its words as written, in formal Indonesian, and as stems.

All rules look at the same `Reading`, so a text is split, normalised and stemmed only once.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nlp.keywords import STOP_WORDS
from nlp.normalise import WordNormaliser, clean
from nlp.stem import is_root, stem
from nlp.tokens import Words, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from config import Config


@dataclass(slots=True)
class Reading:
    """A text as the rules see it.

    Attributes:
        text: cleaned text.
        words: words as written.
        formal: formal words; one written word may give several or none.
        stems: their stems.
        clause: clause number of each formal word.
        origin: position in `words` of each formal word.
        title_words: how many of the written words belong to the title.
    """

    text: str
    words: Words
    formal: list[str] = field(default_factory=list)
    stems: list[str] = field(default_factory=list)
    clause: list[int] = field(default_factory=list)
    origin: list[int] = field(default_factory=list)
    title_words: int = 0

    def written(self, start: int, length: int) -> str:
        """The words as people wrote them behind formal words `start` ..."""
        first, last = self.origin[start], self.origin[start + length - 1]
        return " ".join(self.words.raw[first : last + 1])


class Reader:
    """Reads texts with the word lists of a configuration."""

    def __init__(self, config: Config) -> None:
        table = config.lexicon.normalise
        # "tpi" is "tapi" to a hurried writer and a fish market here: a name beats a function word
        named = {word for opd in config.opd for word in (*opd.keywords, *map(str.lower, opd.names))}
        named |= {word for topic in config.topics for word in topic.keywords}
        single = {
            key: value
            for key, value in table.items()
            if " " not in key and not (key in named and value in STOP_WORDS)
        }
        self._phrases = _by_first(
            (tuple(key.split()), tuple(value.split())) for key, value in table.items() if " " in key
        )
        self._particles = frozenset(config.lexicon.particles)
        vocabulary = _words_of(config)
        self._normalise = WordNormaliser(single, _Vocabulary(vocabulary))
        said = repr((sorted(single.items()), sorted(vocabulary), sorted(self._particles)))
        self.fingerprint = hashlib.sha256(said.encode()).hexdigest()[:16]
        """Of the word lists: two readers of one fingerprint read a word alike."""

    def forms(self, word: str) -> tuple[str, ...]:
        """Formal words of one lower-case word; a particle has none."""
        return () if word in self._particles else self._normalise(word)

    def read(self, text: str, title: str | None = None, limit: int | None = None) -> Reading:
        """Read a text, its title first as a clause of its own."""
        body = clean(text)
        head = clean(title) if title else ""
        joined = f"{head}\n{body}" if head else body
        reading = Reading(joined, words(joined, limit))
        if head:
            reading.title_words = len(words(head).low)
        self._formalise(reading)
        return reading

    def phrase(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Formal words and stems of a phrase from the word lists."""
        reading = self.read(text.replace("\n", " "))
        if not reading.formal:  # a particle standing alone
            low = reading.words.low
            return low, low
        return tuple(reading.formal), tuple(reading.stems)

    def _formalise(self, reading: Reading) -> None:
        low, clause = reading.words.low, reading.words.clause
        at, count = 0, len(low)
        while at < count:
            used, formal = 1, None
            for phrase, value in self._phrases.get(low[at], ()):
                if low[at : at + len(phrase)] == phrase:
                    used, formal = len(phrase), value
                    break
            if formal is None:
                formal = self.forms(low[at])
            for word in formal:
                reading.formal.append(word)
                reading.stems.append(stem(word))
                reading.clause.append(clause[at])
                reading.origin.append(at)
            at += used


class _Vocabulary(frozenset[str]):
    """Words of the lists, and beyond them every root of the dictionary."""

    __slots__ = ()

    def __contains__(self, word: object) -> bool:
        return super().__contains__(word) or (isinstance(word, str) and is_root(word))


def _words_of(config: Config) -> set[str]:
    lexicon = config.lexicon
    phrases: list[str] = [*lexicon.positive, *lexicon.negative, *lexicon.negators, *lexicon.lack]
    phrases += [*lexicon.not_yet, *lexicon.clause_breakers, *lexicon.intensifiers, *lexicon.softeners]
    phrases += [keyword for topic in config.topics for keyword in topic.keywords]
    phrases += [keyword for opd in config.opd for keyword in opd.keywords]
    return {word for phrase in phrases for word in phrase.split()}


def _by_first(
    pairs: Iterable[tuple[tuple[str, ...], tuple[str, ...]]],
) -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    table: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for key, value in sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])):
        table.setdefault(key[0], []).append((key, value))
    return table


def clause_words(reading: Reading) -> dict[int, Sequence[str]]:
    """Formal words by clause number."""
    found: dict[int, list[str]] = {}
    for word, number in zip(reading.formal, reading.clause, strict=True):
        found.setdefault(number, []).append(word)
    return dict(found)
