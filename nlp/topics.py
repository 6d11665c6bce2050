"""Which topic a text is about and which offices it concerns.

Evidence is counted, not decided word by word: topic phrases, phrases and names of offices, and
words of a phrase that stand close together. `nlp.offices` then says which office is meant. When
little speaks for the best topic, or the second is nearly as strong, a person is asked to look.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.evidence import Evidence, Subject
from nlp.offices import OfficeRules
from nlp.phrases import PhraseIndex
from nlp.word_lists import word_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config import Config
    from nlp.phrases import Hit
    from nlp.reading import Reader, Reading

_NEAR_SHARE = 0.55  # words of a phrase close together weigh this much of the phrase itself
# "Reported three times" is said about something: that something is the subject.
HANDLING, _HANDLING_SHARE = "layanan_aduan", 0.5
_OWNER_SHARE = 0.5  # evidence for an office that its topics receive together
# "The lamp in front of the market" is about the lamp.
_BESIDE = word_list("beside")
_BESIDE_SHARE = 0.3
_TITLE_FACTOR = 2.0
_LEAD_WORDS = 60  # later words of a news text weigh less: the lead says what it is about
_TAIL_FACTOR = 0.45
_REVIEW_BELOW, _REVIEW_MARGIN = 0.4, 0.12


@dataclass(frozen=True, slots=True)
class _Sign:
    """What a phrase speaks for."""

    topic: str | None
    opd: str | None
    weight: float
    named: bool = False  # the office's own name


class SubjectRules:
    """Decides topic and offices; built once from a configuration, then read only."""

    def __init__(self, config: Config, reader: Reader) -> None:
        self.offices = OfficeRules(config, reader)
        self._owned: dict[str, list[str]] = defaultdict(list)
        for topic in config.topics:
            for opd_id in topic.opd[:1]:
                self._owned[opd_id].append(topic.id)
        self._order = {topic.id: index for index, topic in enumerate(config.topics)}
        self._signs = PhraseIndex(self._all_signs(config, reader))
        self._idioms = PhraseIndex((reader.phrase(p)[1], p) for p in config.lexicon.idioms)

    def _all_signs(self, config: Config, reader: Reader) -> list[tuple[tuple[str, ...], _Sign]]:
        signs: dict[tuple[str, ...], dict[tuple[str | None, str | None], _Sign]] = defaultdict(dict)
        for topic in config.topics:
            for phrase in topic.keywords:
                self._put(signs, reader.phrase(phrase)[1], topic.id, None)
        for opd in config.opd:
            for phrase in opd.keywords:
                self._put(signs, reader.phrase(phrase)[1], None, opd.id)
            for name in opd.names:
                self._put(signs, reader.phrase(name)[1], None, opd.id, named=True)
        found = []
        for key, by_target in signs.items():
            rivals = sum(1 for sign in by_target.values() if sign.topic) or 1
            for sign in by_target.values():
                weight = sign.weight / (rivals if sign.topic else 1)
                found.append((key, _Sign(sign.topic, sign.opd, weight, sign.named)))
        return found

    @staticmethod
    def _put(
        signs: dict[tuple[str, ...], dict[tuple[str | None, str | None], _Sign]],
        key: tuple[str, ...], topic: str | None, opd: str | None, *, named: bool = False,
    ) -> None:  # fmt: skip
        weight = 1.0 + 0.7 * (min(len(key), 4) - 1)
        signs[key].setdefault((topic, opd), _Sign(topic, opd, weight, named))

    def weigh(self, reading: Reading, kind: str) -> Evidence:
        """Count the evidence in a text."""
        evidence = Evidence()
        stems = reading.stems
        hidden = {i for hit in self._idioms.find(stems) for i in range(hit.start, hit.start + hit.length)}
        exact: set[_Sign] = set()
        for hit in self._signs.find(stems, overlapping=True):
            if hit.start in hidden and hit.length == 1:
                continue
            exact.add(hit.value)
            self._count(evidence, reading, hit, kind, 1.0)
        for hit in self._signs.near(stems, reading.clause):
            if hit.value not in exact and not hit.value.named:
                self._count(evidence, reading, hit, kind, _NEAR_SHARE)
        self._share(evidence)
        return evidence

    def _share(self, evidence: Evidence) -> None:
        """Let offices speak for their topics, and put the subject before its handling."""
        for opd_id, weight in evidence.opd.items():
            owned = self._owned.get(opd_id, ())
            for topic in owned:
                evidence.topics[topic] += _OWNER_SHARE * weight / len(owned)
        others = [weight for topic, weight in evidence.topics.items() if topic != HANDLING]
        if HANDLING in evidence.topics and max(others, default=0.0) >= 1.0:
            evidence.topics[HANDLING] *= _HANDLING_SHARE

    @staticmethod
    def _count(evidence: Evidence, reading: Reading, hit: Hit[_Sign], kind: str, share: float) -> None:
        sign = hit.value
        position = reading.origin[hit.start]
        factor = share
        if position and reading.words.low[position - 1] in _BESIDE:
            factor *= _BESIDE_SHARE
        if position < reading.title_words:
            factor *= _TITLE_FACTOR
        elif kind == "news" and position > reading.title_words + _LEAD_WORDS:
            factor *= _TAIL_FACTOR
        target = sign.topic or sign.opd or ""
        shown = reading.written(hit.start, hit.length).lower()
        known = evidence.words[target].get(shown)
        # the same phrase again says little more
        gain = sign.weight * factor * (1.0 if known is None else 0.3)
        evidence.words[target][shown] = (known or 0.0) + gain
        if sign.topic:
            evidence.topics[sign.topic] += gain
        elif sign.opd:
            evidence.opd[sign.opd] += gain * (0.8 if sign.named and kind == "news" else 1.0)
            if sign.named:
                evidence.named.add(sign.opd)

    def decide(self, reading: Reading, evidence: Evidence, kecamatan: Sequence[str], kind: str) -> Subject:
        """Choose topic and offices from the evidence."""
        subject = Subject()
        ranked = sorted(evidence.topics.items(), key=lambda item: (-item[1], self._order.get(item[0], 999)))
        if ranked and ranked[0][1] > 0:
            subject.topic, subject.evidence = ranked[0]
            total = sum(weight for _, weight in ranked) + 0.5
            subject.score = round(subject.evidence / total, 4)
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        margin = (subject.evidence - second) / (subject.evidence + 0.5)
        subject.review = subject.evidence < 1.0 or subject.score < _REVIEW_BELOW or margin < _REVIEW_MARGIN
        subject.opd = self.offices.choose(reading, evidence, subject, kecamatan)
        shown = evidence.words.get(subject.topic, {})
        subject.words = sorted(shown, key=lambda word: (-shown[word], word))[:4]
        if not subject.opd and kind == "complaint":
            subject.review = True
        return subject
