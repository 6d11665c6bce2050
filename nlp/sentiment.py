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

from nlp.judgements import Judgements
from nlp.phrases import PhraseIndex
from nlp.tokens import words
from nlp.word_lists import word_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from config import Config
    from nlp.judgements import Tally
    from nlp.reading import Reader, Reading
    from nlp.types import Sentiment

# What a kind of text leans to before a word is read, and how far a sum must go to count.
_PRIOR = {"complaint": -0.9, "comment": -0.3, "social": -0.3, "news": 0.0}
# A citizen who names a service without praising it mostly complains.
_NAMES_SERVICE = -0.2
_THRESHOLD = {"complaint": 0.5, "comment": 0.5, "social": 0.5, "news": 1.3}
_MOCKERY = -3.0
# Exculpation is never overruled; relief is, when the models see plain praise.
_FIRM, _FIRM_RELIEF = 1.0, 0.7
_EARLY = 5  # words from the start within which thanks or mock praise opens a text
_OPENER_WEIGHT = 2.0
_THANKED = frozenset(("atas", "kepada", "ke", "buat", "untuk", "sudah", "dinas", "kagem", "kanggo"))


@dataclass(slots=True)
class Stance:
    """The verdict and what led to it.

    Attributes:
        label: None where a text has no service sentiment.
        score: 0 to 1, how sure.
        notes: why, in Indonesian.
        mixed: praise and blame in one text, nearly equal.
        good: sum of praise found.
        bad: sum of blame found.
        firm: how probable another label must be for the models to overrule this one.
    """

    label: Sentiment | None
    score: float
    notes: list[str] = field(default_factory=list)
    mixed: bool = False
    good: float = 0.0
    bad: float = 0.0
    firm: float = 0.0


class SentimentRules:
    """Decides the stance; built once from a configuration, then read only."""

    def __init__(self, config: Config, reader: Reader) -> None:
        lexicon = config.lexicon

        def index(phrases: Iterable[str]) -> PhraseIndex[str]:
            return PhraseIndex((reader.phrase(phrase)[0], phrase) for phrase in phrases)

        self._judgements = Judgements(config, reader)
        self._mock_praise = PhraseIndex((words(phrase).low, phrase) for phrase in lexicon.mock_praise)
        self._openers = index(lexicon.praise_openers)
        self._mock_details = index(lexicon.mock_details)
        self._relief = index(lexicon.relief)
        self._thanks = index(lexicon.thanks)
        self._exculpation = index(lexicon.exculpation)
        self._asking = word_list("asking")
        self._requesting = word_list("requesting")
        self._grumbling = word_list("grumbling")

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
            return Stance("netral", 0.7, ["menyatakan bukan salah Pemkab"], firm=_FIRM)
        tally = self._judgements.tally(reading, kind)
        if kind != "news":
            self._mock(reading, tally)
            self._grumble(reading, tally)
        stance = self._weigh(reading, kind, tally, named=named)
        stance.good, stance.bad = tally.good, tally.bad
        return stance

    def _weigh(self, reading: Reading, kind: str, tally: Tally, *, named: bool) -> Stance:
        formal = reading.formal
        if not tally.mockery and self._praises(reading, tally):
            tally.add(1.6, "ucapan terima kasih")
        elif self._relief.find(formal) and not tally.mockery and tally.bad < 1.0 and tally.good < 2.5:
            return Stance("netral", 0.7, ["lega atas peristiwa, bukan pujian"], firm=_FIRM_RELIEF)
        asking = not self._asking.isdisjoint(reading.words.low) or not self._asking.isdisjoint(formal)
        if asking and kind != "news" and tally.bad < 1.5 and tally.good < 1.5 and not tally.mockery:
            return Stance("netral", 0.6, ["pertanyaan atau usul"])
        return _verdict(tally, self._prior(reading, kind, tally, named=named), kind)

    @staticmethod
    def _prior(reading: Reading, kind: str, tally: Tally, *, named: bool) -> float:
        """A plain question in a comment complains of nothing; a complaint leans to blame."""
        if kind != "complaint" and reading.words.asks and tally.bad < 0.6:
            return 0.0
        extra = _NAMES_SERVICE if named and kind in ("comment", "social") else 0.0
        return _PRIOR.get(kind, 0.0) + extra

    def _praises(self, reading: Reading, tally: Tally) -> bool:
        """Thanks for something done, not the courtesy that closes a request."""
        hits = self._thanks.find(reading.formal)
        if not hits or not self._requesting.isdisjoint(reading.words.low):
            return False
        for hit in hits:
            after = reading.formal[hit.start + hit.length : hit.start + hit.length + 1]
            if hit.start <= _EARLY or (after and after[0] in _THANKED) or tally.bad < 0.8:
                return True
        return False

    def _grumble(self, reading: Reading, tally: Tally) -> None:
        found = [word for word in dict.fromkeys(reading.words.low) if word in self._grumbling]
        if found and tally.good < 1.0:
            tally.add(-min(0.8, 0.3 * len(found)), ", ".join(found[:3]))

    def _mock(self, reading: Reading, tally: Tally) -> None:
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


def _verdict(tally: Tally, prior: float, kind: str) -> Stance:
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
