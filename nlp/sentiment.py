"""Stance toward the public service: negatif, netral, positif, or none.

Lexicon weights with negation scope, "kurang", "belum" and contrast; mock praise; relief that
praises nobody; questions; and a prior per kind of text: who writes a complaint complains. The
sadness of an event (a flood, a death) is no stance. Every rule that fires leaves a note.

The words are `config/lexicon.yaml`; the order of the rules is domain knowledge written here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import tanh
from typing import TYPE_CHECKING

from nlp.phrases import Hit, PhraseIndex
from nlp.tokens import words
from nlp.word_lists import word_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from config import Config
    from nlp.reading import Reader, Reading
    from nlp.types import Sentiment

# What a kind of text leans to before a word is read, and how far a sum must go to count.
_PRIOR = {"complaint": -0.9, "comment": -0.3, "social": -0.3, "news": 0.0}
# A citizen who names a service without praising it mostly complains.
_NAMES_SERVICE = -0.2
_THRESHOLD = {"complaint": 0.5, "comment": 0.5, "social": 0.5, "news": 1.3}
_MOCKERY = -3.0
_NOT_YET = -1.1
_LACK = -0.9
_ASKED_ALREADY = -0.6
_NEGATED_BAD = 0.35  # "tidak lama" praises less than "lama" blames
_STRONGER, _WEAKER = 1.4, 0.6
_AFTER_CONTRAST, _BEFORE_CONTRAST = 1.4, 0.5
_LEAD_WORDS, _TAIL = 60, 0.4
_NEWS_PRAISE = 0.8
_EARLY = 5  # words from the start within which thanks or mock praise opens a text
_OPENER_WEIGHT = 2.0
_WISH_REACH = 6
_THANKED = frozenset(("atas", "kepada", "ke", "buat", "untuk", "sudah", "dinas", "kagem", "kanggo"))


@dataclass(slots=True)
class Stance:
    """The verdict and what led to it.

    Attributes:
        label: None where a text has no service sentiment.
        score: 0 to 1, how sure.
        notes: why, in Indonesian.
        mixed: praise and blame in one text, nearly equal.
    """

    label: Sentiment | None
    score: float
    notes: list[str] = field(default_factory=list)
    mixed: bool = False


@dataclass(slots=True)
class _Tally:
    good: float = 0.0
    bad: float = 0.0
    mockery: bool = False
    notes: list[str] = field(default_factory=list)

    def add(self, value: float, shown: str) -> None:
        if value > 0:
            self.good += value
        else:
            self.bad -= value
        if abs(value) >= 0.3 and len(self.notes) < 6:
            self.notes.append(f"{shown} ({value:+.1f})")


class SentimentRules:
    """Decides the stance; built once from a configuration, then read only."""

    def __init__(self, config: Config, reader: Reader) -> None:
        lexicon = config.lexicon

        def index(phrases: Iterable[str]) -> PhraseIndex[str]:
            return PhraseIndex((reader.phrase(phrase)[0], phrase) for phrase in phrases)

        signed = dict(lexicon.positive) | {word: -weight for word, weight in lexicon.negative.items()}
        self._weights, self._written = _weight_indexes(signed, reader)
        self._negators = _single(reader, lexicon.negators)
        self._not_yet = _single(reader, lexicon.not_yet)
        self._lack = _single(reader, lexicon.lack)
        self._breakers = _single(reader, lexicon.clause_breakers)
        self._stronger = _single(reader, lexicon.intensifiers)
        self._weaker = _single(reader, lexicon.softeners)
        self._scope = lexicon.negation_scope
        self._neutralised = index([*lexicon.not_negation, *lexicon.idioms])
        self._mock_praise = PhraseIndex((words(phrase).low, phrase) for phrase in lexicon.mock_praise)
        self._openers = index(lexicon.praise_openers)
        self._mock_details = index(lexicon.mock_details)
        self._relief = index(lexicon.relief)
        self._thanks = index(lexicon.thanks)
        self._exculpation = index(lexicon.exculpation)
        self._events = index(lexicon.event_words)
        self._asking = word_list("asking")
        self._requesting = word_list("requesting")
        self._grumbling = word_list("grumbling")
        self._contrast = word_list("contrast")
        self._wished = word_list("wished")

    def judge(self, reading: Reading, kind: str, *, service: bool, named: bool = True) -> Stance:
        """Judge the stance of a relevant text.

        Args:
            reading: the text.
            kind: complaint, news, social or comment.
            service: whether the text's topic is a public service (not crime or accidents).
            named: whether the text clearly names a service at all.
        """
        formal = reading.formal
        if kind == "news" and not service:
            return Stance("netral", 0.8, ["berita peristiwa tanpa sikap terhadap layanan"])
        if kind != "news" and self._exculpation.find(formal):
            return Stance("netral", 0.7, ["menyatakan bukan salah Pemkab"])
        tally = self._tally(reading, kind)
        if kind != "news":
            self._mock(reading, tally)
            self._grumble(reading, tally)
        if not tally.mockery and self._praises(reading, tally):
            tally.add(1.6, "ucapan terima kasih")
        elif self._relief.find(formal) and not tally.mockery and tally.bad < 1.0 and tally.good < 2.5:
            return Stance("netral", 0.7, ["lega atas peristiwa, bukan pujian"])
        asking = not self._asking.isdisjoint(reading.words.low) or not self._asking.isdisjoint(formal)
        if asking and kind != "news" and tally.bad < 1.5 and tally.good < 1.5 and not tally.mockery:
            return Stance("netral", 0.6, ["pertanyaan atau usul"])
        return _verdict(tally, self._prior(reading, kind, tally, named=named), kind)

    @staticmethod
    def _prior(reading: Reading, kind: str, tally: _Tally, *, named: bool) -> float:
        """A plain question in a comment complains of nothing; a complaint leans to blame."""
        if kind != "complaint" and reading.words.asks and tally.bad < 0.6:
            return 0.0
        extra = _NAMES_SERVICE if named and kind in ("comment", "social") else 0.0
        return _PRIOR.get(kind, 0.0) + extra

    def _praises(self, reading: Reading, tally: _Tally) -> bool:
        """Thanks for something done, not the courtesy that closes a request."""
        hits = self._thanks.find(reading.formal)
        if not hits or not self._requesting.isdisjoint(reading.words.low):
            return False
        for hit in hits:
            after = reading.formal[hit.start + hit.length : hit.start + hit.length + 1]
            if hit.start <= _EARLY or (after and after[0] in _THANKED) or tally.bad < 0.8:
                return True
        return False

    def _grumble(self, reading: Reading, tally: _Tally) -> None:
        found = [word for word in dict.fromkeys(reading.words.low) if word in self._grumbling]
        if found and tally.good < 1.0:
            tally.add(-min(0.8, 0.3 * len(found)), ", ".join(found[:3]))

    def _tally(self, reading: Reading, kind: str) -> _Tally:
        tally = _Tally()
        formal, clause = reading.formal, reading.clause
        silent = {
            i for hit in self._neutralised.find(formal) for i in range(hit.start, hit.start + hit.length)
        }
        events = {i for hit in self._events.find(formal) for i in range(hit.start, hit.start + hit.length)}
        contrast = next((i for i, word in enumerate(formal) if i and word in self._contrast), None)
        hits = self._judgements(reading)
        used = {i for hit in hits for i in range(hit.start, hit.start + hit.length)}
        for start, length, weight in hits:
            if start in silent or (start in events and kind == "news"):
                continue
            value = self._in_context(formal, clause, start, weight, silent, used)
            if start and formal[start - 1] in self._stronger:
                value *= _STRONGER
            elif start + length < len(formal) and formal[start + length] in self._stronger:
                value *= _STRONGER
            elif start and formal[start - 1] in self._weaker:
                value *= _WEAKER
            if value > 0 and kind != "news" and self._only_wished(reading, start):
                continue
            value *= self._position(reading, start, contrast, kind)
            if kind == "news" and length == 1 and value > 0:
                value *= _NEWS_PRAISE  # "mudah", "lengkap": the tone of every press release
            tally.add(value, reading.written(start, length))
        for i, word in enumerate(formal):
            if i in used or i in silent:
                continue
            factor = self._position(reading, i, contrast, kind) * (0.5 if kind == "news" else 1.0)
            if word in self._not_yet and i + 1 < len(formal) and clause[i + 1] == clause[i]:
                tally.add(_NOT_YET * factor, reading.written(i, 2))
            elif word in self._lack and i + 1 < len(formal) and clause[i + 1] == clause[i]:
                tally.add(_LACK * factor, reading.written(i, 2))
        return tally

    def _only_wished(self, reading: Reading, start: int) -> bool:
        """ "Mohon ditertibkan", "jare stok aman", "aman gak?": asked for or reported, not praised."""
        clause = reading.clause
        if clause[start] in reading.words.asks:
            return True
        first = max(0, start - _WISH_REACH)
        return any(
            clause[i] == clause[start]
            and (reading.formal[i] in self._wished or reading.words.low[reading.origin[i]] in self._wished)
            for i in range(first, start)
        )

    def _judgements(self, reading: Reading) -> list[Hit[float]]:
        """Judging words and phrases; forms without a formal counterpart are found as written."""
        hits = self._weights.find(reading.formal)
        written = self._written.find(reading.words.low)
        if written:
            covered = {i for hit in hits for i in range(hit.start, hit.start + hit.length)}
            first = {at: i for i, at in reversed(list(enumerate(reading.origin)))}
            for start, length, weight in written:
                i = first.get(start)
                if i is not None and i not in covered:
                    span = sum(start <= at < start + length for at in reading.origin[i : i + 2 * length])
                    hits.append(Hit(i, max(1, span), weight))
            hits.sort()
        return hits

    def _in_context(
        self, words: list[str], clause: list[int], start: int, weight: float, silent: set[int], used: set[int]
    ) -> float:
        """A word's weight after negation, "kurang" and "belum" before it."""
        for back in range(1, self._scope + 1):
            i = start - back
            if i < 0 or clause[i] != clause[start] or words[i] in self._breakers:
                break
            if i in silent or (i in used and words[i] in self._negators):
                continue  # it belongs to a phrase that was weighed as a whole
            word = words[i]
            if word in self._lack and back <= 2:
                used.add(i)
                return -max(abs(weight), 0.8) if weight > 0 else weight
            if word in self._not_yet:
                used.add(i)
                return -max(weight, -_NOT_YET) if weight > 0 else weight
            if word in self._negators:
                used.add(i)
                double = any(words[j] in self._negators for j in range(max(0, i - 2), i) if j not in silent)
                if double:
                    return weight
                return -0.9 * weight if weight > 0 else -_NEGATED_BAD * weight
        return weight

    @staticmethod
    def _position(reading: Reading, at: int, contrast: int | None, kind: str) -> float:
        if kind == "news":
            place = reading.origin[at]
            if place < reading.title_words:
                return 1.5
            return 1.0 if place < reading.title_words + _LEAD_WORDS else _TAIL
        if contrast is None:
            return 1.0
        return _AFTER_CONTRAST if at > contrast else _BEFORE_CONTRAST

    def _mock(self, reading: Reading, tally: _Tally) -> None:
        formal = reading.formal
        opener = self._openers.find(formal)
        mocked = bool(self._mock_praise.find(reading.words.low))
        if opener and not mocked:
            early = opener[0].start <= _EARLY
            praise_only = tally.good <= sum(_OPENER_WEIGHT for hit in opener if hit.start <= _EARLY)
            thanked = bool(self._thanks.find(formal))
            blamed = tally.bad >= 1.5 and early and praise_only and not thanked
            absurd = early and bool(self._mock_details.find(formal))
            mocked = blamed or (absurd and (not thanked or tally.bad >= 1.0))
        if mocked:
            tally.mockery = True
            tally.good = 0.0
            tally.add(_MOCKERY, "pujian yang mengejek")


def _verdict(tally: _Tally, prior: float, kind: str) -> Stance:
    threshold = _THRESHOLD.get(kind, 0.5)
    total = tally.good - tally.bad + prior
    if kind == "complaint" and tally.good >= 1.0 and tally.good > 1.5 * tally.bad:
        total -= prior  # it came through the complaint channel, but it is praise
    label: Sentiment = "netral"
    if total >= threshold:
        label = "positif"
    elif total <= -threshold:
        label = "negatif"
    distance = abs(abs(total) - threshold) if label != "netral" else threshold - abs(total)
    mixed = min(tally.good, tally.bad) >= 1.0 and abs(tally.good - tally.bad) < 0.6
    return Stance(label, round(0.5 + 0.5 * tanh(0.8 * distance), 4), tally.notes, mixed)


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
