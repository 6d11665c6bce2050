"""Judging words of a text, each weighed where it stands.

A word's weight comes from `config/lexicon.yaml`; negation, "kurang", "belum", contrast, wishes
and the place in a news text change it. What the sum means is decided in `nlp.sentiment`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nlp.phrases import Hit, PhraseIndex
from nlp.tokens import words
from nlp.word_lists import word_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from config import Config
    from nlp.reading import Reader, Reading

_NOT_YET = -1.1
_LACK = -0.9
_NEGATED_BAD = 0.35  # "tidak lama" praises less than "lama" blames
_NEGATED_GOOD = 0.9
_STRONGER, _WEAKER = 1.4, 0.6
_AFTER_CONTRAST, _BEFORE_CONTRAST = 1.4, 0.5
_TITLE, _LEAD_WORDS, _TAIL = 1.5, 60, 0.4
_NEWS_PRAISE = 0.8  # "mudah", "lengkap": the tone of every press release
_NEWS_LACK = 0.5
_WISH_REACH = 6


@dataclass(slots=True)
class Tally:
    """Praise and blame found in a text.

    Attributes:
        good: sum of praise.
        bad: sum of blame, positive.
        mockery: the praise is meant as blame.
        notes: the words that weighed.
    """

    good: float = 0.0
    bad: float = 0.0
    mockery: bool = False
    notes: list[str] = field(default_factory=list)

    def add(self, value: float, shown: str) -> None:
        """Add praise (positive) or blame (negative) and remember the words behind it."""
        if value > 0:
            self.good += value
        else:
            self.bad -= value
        if abs(value) >= 0.3 and len(self.notes) < 6:
            self.notes.append(f"{shown} ({value:+.1f})")


@dataclass(slots=True)
class _Scan:
    """Positions of one text that the weighing has to know."""

    reading: Reading
    kind: str
    hits: list[Hit[float]]
    silent: set[int]
    contrast: int | None
    used: set[int]

    def place(self, at: int) -> float:
        """How much the place of a word counts: title, lead, after "tapi"."""
        if self.kind == "news":
            place = self.reading.origin[at]
            if place < self.reading.title_words:
                return _TITLE
            return 1.0 if place < self.reading.title_words + _LEAD_WORDS else _TAIL
        if self.contrast is None:
            return 1.0
        return _AFTER_CONTRAST if at > self.contrast else _BEFORE_CONTRAST


class Judgements:
    """Weighs judging words; built once from a configuration, then read only."""

    def __init__(self, config: Config, reader: Reader) -> None:
        lexicon = config.lexicon
        signed = dict(lexicon.positive) | {word: -weight for word, weight in lexicon.negative.items()}
        self._weights, self._written = _weight_indexes(signed, reader)
        self._negators = _single(reader, lexicon.negators)
        self._not_yet = _single(reader, lexicon.not_yet)
        self._lack = _single(reader, lexicon.lack)
        self._breakers = _single(reader, lexicon.clause_breakers)
        self._stronger = _single(reader, lexicon.intensifiers)
        self._weaker = _single(reader, lexicon.softeners)
        self._scope = lexicon.negation_scope
        self._neutralised = PhraseIndex(
            (reader.phrase(phrase)[0], 0.0) for phrase in (*lexicon.not_negation, *lexicon.idioms)
        )
        self._events = PhraseIndex((reader.phrase(phrase)[0], 0.0) for phrase in lexicon.event_words)
        self._contrast = word_list("contrast")
        self._wished = word_list("wished")

    def tally(self, reading: Reading, kind: str) -> Tally:
        """Sum up the judging words of a text of the given kind."""
        scan = self._scan(reading, kind)
        tally = Tally()
        for hit in scan.hits:
            value = self._value(scan, hit)
            if value:
                tally.add(value, reading.written(hit.start, hit.length))
        self._missing(scan, tally)
        return tally

    def _scan(self, reading: Reading, kind: str) -> _Scan:
        formal = reading.formal
        silent = _covered(self._neutralised.find(formal))
        quiet = silent | (_covered(self._events.find(formal)) if kind == "news" else set())
        found = self._found(reading)
        contrast = next((i for i, word in enumerate(formal) if i and word in self._contrast), None)
        hits = [hit for hit in found if hit.start not in quiet]
        return _Scan(reading, kind, hits, silent, contrast, _covered(found))

    def _value(self, scan: _Scan, hit: Hit[float]) -> float:
        """One word's weight after everything around it."""
        formal, start = scan.reading.formal, hit.start
        value = self._in_context(scan, start, hit.value)
        beside = (*formal[max(0, start - 1) : start], *formal[start + hit.length : start + hit.length + 1])
        if not self._stronger.isdisjoint(beside):
            value *= _STRONGER
        elif start and formal[start - 1] in self._weaker:
            value *= _WEAKER
        if value > 0 and scan.kind != "news" and self._only_wished(scan.reading, start):
            return 0.0
        if value > 0 and scan.kind == "news" and hit.length == 1:
            value *= _NEWS_PRAISE
        return value * scan.place(start)

    def _missing(self, scan: _Scan, tally: Tally) -> None:
        """Count "belum ..." and "kurang ..." before words that judge nothing themselves."""
        formal, clause = scan.reading.formal, scan.reading.clause
        for i, word in enumerate(formal[:-1]):
            if i in scan.used or i in scan.silent or clause[i + 1] != clause[i]:
                continue
            weight = _NOT_YET if word in self._not_yet else _LACK if word in self._lack else 0.0
            if weight:
                factor = scan.place(i) * (_NEWS_LACK if scan.kind == "news" else 1.0)
                tally.add(weight * factor, scan.reading.written(i, 2))

    def _found(self, reading: Reading) -> list[Hit[float]]:
        """Judging words and phrases; forms without a formal counterpart are found as written."""
        hits = self._weights.find(reading.formal)
        written = self._written.find(reading.words.low)
        if written:
            covered = _covered(hits)
            first = {at: i for i, at in reversed(list(enumerate(reading.origin)))}
            for start, length, weight in written:
                i = first.get(start)
                if i is not None and i not in covered:
                    span = sum(start <= at < start + length for at in reading.origin[i : i + 2 * length])
                    hits.append(Hit(i, max(1, span), weight))
            hits.sort()
        return hits

    def _in_context(self, scan: _Scan, start: int, weight: float) -> float:
        """A word's weight after negation, "kurang" and "belum" before it."""
        formal, clause = scan.reading.formal, scan.reading.clause
        for i in range(start - 1, max(-1, start - 1 - self._scope), -1):
            word = formal[i]
            if clause[i] != clause[start] or word in self._breakers:
                break
            negates = word in self._negators
            if i in scan.silent or (negates and i in scan.used):
                continue  # it belongs to a phrase that is weighed as a whole
            if word in self._lack and start - i <= 2:
                scan.used.add(i)
                return min(weight, -max(abs(weight), -_LACK))
            if word in self._not_yet:
                scan.used.add(i)
                return -max(weight, -_NOT_YET) if weight > 0 else weight
            if negates:
                scan.used.add(i)
                return weight if self._twice(scan, i) else _negated(weight)
        return weight

    def _twice(self, scan: _Scan, at: int) -> bool:
        """A second negator right before the first: "bukan tidak mau"."""
        before = range(max(0, at - 2), at)
        return any(scan.reading.formal[i] in self._negators for i in before if i not in scan.silent)

    def _only_wished(self, reading: Reading, start: int) -> bool:
        """Asked for or reported, not praised: "mohon ditertibkan", "jare stok aman", "aman gak?"."""
        clause = reading.clause
        if clause[start] in reading.words.asks:
            return True
        return any(
            clause[i] == clause[start]
            and (reading.formal[i] in self._wished or reading.words.low[reading.origin[i]] in self._wished)
            for i in range(max(0, start - _WISH_REACH), start)
        )


def _negated(weight: float) -> float:
    return -_NEGATED_GOOD * weight if weight > 0 else -_NEGATED_BAD * weight


def _covered(hits: Iterable[Hit[float]]) -> set[int]:
    return {i for hit in hits for i in range(hit.start, hit.start + hit.length)}


def _single(reader: Reader, phrases: Iterable[str]) -> frozenset[str]:
    """Single words of a list, as listed and in formal form."""
    return frozenset(
        word
        for phrase in phrases
        if " " not in phrase
        for word in (phrase, *(reader.phrase(phrase)[0] if len(reader.phrase(phrase)[0]) == 1 else ()))
    )


def _weight_indexes(
    signed: Mapping[str, float], reader: Reader
) -> tuple[PhraseIndex[float], PhraseIndex[float]]:
    """Index judging words by formal form, or as written where the formal form says less.

    "Mundhak" is blame, its formal form "naik" is not; "hebat ya" without its particle is plain
    praise. Such entries are looked up as written.
    """
    formal: dict[tuple[str, ...], float] = {}
    written: dict[tuple[str, ...], float] = {}
    for phrase, weight in signed.items():
        key, _ = reader.phrase(phrase)
        plain = words(phrase).low
        own = " ".join(key)
        if key == plain or len(key) > 1 or signed.get(own, 0.0) * weight > 0:
            formal.setdefault(key, weight)
        if key != plain:
            written[plain] = weight
    return PhraseIndex(formal.items()), PhraseIndex(written.items())
