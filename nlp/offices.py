"""Which offices a text concerns, once its topic is known.

The topic's owners come first, unless an authority rule of `config/routing.yaml` or the list of
roads names somebody else; offices that the text itself points to are added.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.evidence import POLITICS, ROADS
from nlp.phrases import PhraseIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from config import Config
    from config.routing import RoutingRule
    from nlp.evidence import Evidence, Subject
    from nlp.reading import Reader, Reading

_SECOND_OWNER = 0.45
_RULE_BONUS = 2.0
_SECOND_SUBJECT = 0.5  # a topic this strong beside the main one brings its own office
_SECOND_SUBJECT_SHARE = 0.6
_LOCAL_OFFICE = 1.5
_KEEP = 0.3  # offices weaker than this share of the first are not named


class OfficeRules:
    """Chooses offices; built once from a configuration, then read only."""

    def __init__(self, config: Config, reader: Reader) -> None:
        self._max = config.max_opd
        self._owners = {topic.id: topic.opd for topic in config.topics}
        self._kecamatan = {kecamatan.name: kecamatan.opd for kecamatan in config.kecamatan}
        self._known = {opd.id for opd in config.opd}
        self._local = PhraseIndex(
            (reader.phrase(phrase)[1], phrase) for phrase in config.group_keywords.get("kecamatan", ())
        )
        self._rules = [_Rule.of(rule, reader) for rule in config.routing]
        # Texts carry no date here: a road is judged by who keeps it now.
        current = [road for road in config.roads if road.valid_to is None]
        self._roads = PhraseIndex((reader.phrase(p)[1], road) for road in current for p in road.phrases)

    def choose(
        self, reading: Reading, evidence: Evidence, subject: Subject, kecamatan: Sequence[str]
    ) -> list[tuple[str, float]]:
        """Choose offices; authority rules leave a note and may ask for review in `subject`.

        Returns:
            (OPD id, share of the weight), best first, at most `config.max_opd`.
        """
        if subject.topic == POLITICS:
            return []
        scores: dict[str, float] = defaultdict(float, evidence.opd)
        owners, by_rule = self.responsible(reading, subject)
        strength = max(subject.evidence, 1.0)
        for opd_id in owners[1:]:
            scores[opd_id] += _SECOND_OWNER * strength
        for opd_id in owners[:1]:
            scores[opd_id] += strength + ((_RULE_BONUS + strength) if by_rule else 0.0)
        self._second_subjects(evidence, subject, scores)
        if kecamatan and self._local.find(reading.stems):
            scores[self._kecamatan[kecamatan[0]]] += _LOCAL_OFFICE
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        ranked = [(opd_id, weight) for opd_id, weight in ranked if opd_id in self._known and weight > 0]
        total = sum(weight for _, weight in ranked)
        kept = [item for item in ranked[: self._max] if item[1] >= _KEEP * ranked[0][1]]
        return [(opd_id, round(weight / total, 4)) for opd_id, weight in kept]

    def _second_subjects(self, evidence: Evidence, subject: Subject, scores: dict[str, float]) -> None:
        """A second subject brings its first owner: "selokan mampet penuh sampah"."""
        for topic, weight in evidence.topics.items():
            strong = weight >= max(1.0, _SECOND_SUBJECT * subject.evidence)
            if strong and topic != subject.topic:
                for opd_id in self._owners.get(topic, ())[:1]:
                    scores[opd_id] += _SECOND_SUBJECT_SHARE * weight

    def responsible(self, reading: Reading, subject: Subject) -> tuple[tuple[str, ...], bool]:
        """Offices that own the topic, and whether an authority rule named them.

        Authority rules leave a note and may ask for review in `subject`.
        """
        for rule in self._rules:
            if rule.fits(subject.topic, reading.stems):
                if rule.rule.note:
                    subject.notes.append(rule.rule.note)
                subject.review = subject.review or rule.rule.review
                return rule.rule.opd, True
        roads = self._roads.find(reading.stems) if subject.topic == ROADS else []
        if roads:
            road = roads[0].value
            subject.notes.append(f"{road.name}: {road.note}" if road.note else road.name)
            subject.review = subject.review or road.status == "verify"
            return (road.authority,), True
        return self._owners.get(subject.topic, ()), False


@dataclass(frozen=True, slots=True)
class _Rule:
    rule: RoutingRule
    any: PhraseIndex[str]
    also: PhraseIndex[str]
    unless: PhraseIndex[str]

    @classmethod
    def of(cls, rule: RoutingRule, reader: Reader) -> _Rule:
        def index(phrases: Iterable[str]) -> PhraseIndex[str]:
            return PhraseIndex((reader.phrase(phrase)[1], phrase) for phrase in phrases)

        return cls(rule, index(rule.any), index(rule.also), index(rule.unless))

    def fits(self, topic: str, stems: Sequence[str]) -> bool:
        if self.rule.topic is not None and self.rule.topic != topic:
            return False
        if not self.any.find(stems):
            return False
        if len(self.also) and not self.also.find(stems):
            return False
        return not (len(self.unless) and self.unless.find(stems))
