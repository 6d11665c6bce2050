"""From probabilities and rules to the labels of one text.

The models decide topic, stance and the order of offices; rules keep what they know for sure:
traps of relevance, who keeps which road, that politics has no service stance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nlp.evidence import IRRELEVANT, POLITICS, Subject
from nlp.sentiment import Stance
from nlp.topics import HANDLING
from nlp.trained import SURE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from config import Config
    from nlp.features import Sample
    from nlp.offices import OfficeRules
    from nlp.trained import Setup
    from nlp.types import Sentiment

NOBODY, LOCAL = "-", "kec_*"
_RELEVANT, _NEARLY = 0.5, 0.4
_NEGLIGIBLE = 0.002
_RULE_SHARE = 0.75  # an authority rule's office gets at least this much of the probability


@dataclass(slots=True)
class Labels:
    """Labels of one text.

    Attributes:
        relevance: probability that the text is about the regency.
        subject: topic and offices.
        stance: toward the public service.
    """

    relevance: float
    subject: Subject
    stance: Stance

    @property
    def relevant(self) -> bool:
        """Whether the text counts as being about the regency."""
        return self.relevance >= _RELEVANT


def _stance_shares(answers: Mapping[str, Any]) -> Any:  # noqa: ANN401 - an array
    """Probabilities of blame, neither and praise.

    A text that is plainly about something else than services (a film, a meal) is read as such.
    """
    ours = float(answers["domain"][0])
    return ours * answers["sentiment"] + (1.0 - ours) * answers["general"]


class Decisions:
    """Turns probabilities into labels; built once, then read only.

    Attributes:
        stances: classes of the stance, in the order of its probabilities.
    """

    def __init__(self, config: Config, setup: Setup, offices: OfficeRules) -> None:
        self._offices = offices
        self._max = config.max_opd
        self._known = {opd.id for opd in config.opd}
        self._kecamatan = {kecamatan.name: kecamatan.opd for kecamatan in config.kecamatan}
        self._topics = setup.heads["topic"].classes
        self._opd = setup.heads["opd"].classes
        self.stances: tuple[Sentiment, ...] = setup.heads["sentiment"].classes  # type: ignore[assignment]  # the trainer allows only these
        self._at = setup.thresholds

    def label(self, sample: Sample, answers: Mapping[str, Any]) -> Labels:
        """Label one text.

        Args:
            sample: the text.
            answers: probabilities by head, in the order of the head's classes; ``sure`` is how often
                a topic with such a share is right.
        """
        relevance = self._relevance(sample, answers)
        if relevance < _RELEVANT:
            nothing = Subject(IRRELEVANT, 1.0 - relevance, review=relevance >= _NEARLY)
            return Labels(relevance, nothing, Stance(None, 1.0 - relevance))
        subject = self._subject(sample, answers)
        return Labels(relevance, subject, self._stance(sample, subject.topic, answers))

    def _relevance(self, sample: Sample, answers: Mapping[str, Any]) -> float:
        """Probability that the text is about the regency: the rules' verdict, moved by the model."""
        share = self._at["relevance_rules"]
        learned = float(answers["relevance"][1])
        return share * sample.verdict.score + (1.0 - share) * learned

    def _subject(self, sample: Sample, answers: Mapping[str, Any]) -> Subject:
        """Topic and offices of a relevant text."""
        topic_p, opd_p = answers["topic"], answers["opd"]
        best = int(topic_p.argmax())
        subject = Subject(topic=self._topics[best], score=float(answers[SURE]))
        subject.evidence = sample.evidence.topics.get(subject.topic, 0.0)
        subject.review = subject.score < self._at["topic"]
        shown = sample.evidence.words.get(subject.topic, {})
        subject.words = sorted(shown, key=lambda word: (-shown[word], word))[:4]
        if subject.topic != POLITICS:
            subject.opd = self._rank(sample, subject, opd_p)
            if not subject.opd and sample.kind == "complaint":
                subject.review = True
        return subject

    def _rank(self, sample: Sample, subject: Subject, opd_p: Any) -> list[tuple[str, float]]:  # noqa: ANN401 - an array
        scores: dict[str, float] = {}
        for name, share in zip(self._opd, opd_p.tolist(), strict=True):
            if share < _NEGLIGIBLE:
                continue
            opd_id = self._resolve(name, sample.places.kecamatan)
            if opd_id:
                scores[opd_id] = scores.get(opd_id, 0.0) + share
        nobody = float(opd_p[self._opd.index(NOBODY)]) if NOBODY in self._opd else 0.0
        owners, by_rule = self._offices.responsible(sample.reading, subject)
        if by_rule and owners:
            scores[owners[0]] = max(scores.get(owners[0], 0.0), _RULE_SHARE) + 1.0
            for opd_id in owners[1:]:
                scores[opd_id] = max(scores.get(opd_id, 0.0), 0.2)
        elif nobody > self._at["nobody"] or self._unnamed(sample, subject, scores, owners):
            return []
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[: self._max]
        total = max(1.0, sum(scores.values()))
        kept = [(opd_id, round(share / total, 4)) for opd_id, share in ranked]
        return [item for i, item in enumerate(kept) if i == 0 or item[1] >= self._at["opd"]]

    @staticmethod
    def _unnamed(
        sample: Sample, subject: Subject, scores: Mapping[str, float], owners: Sequence[str]
    ) -> bool:
        """Service is judged and nothing says whose: a person has to ask."""
        others = [weight for topic, weight in sample.evidence.topics.items() if topic != HANDLING]
        if subject.topic != HANDLING or sample.evidence.named or max(others, default=0.0) >= 1.0:
            return False
        return not scores or max(scores, key=lambda opd_id: scores[opd_id]) not in owners

    def _resolve(self, name: str, kecamatan: Sequence[str]) -> str | None:
        if name == LOCAL:
            return self._kecamatan[kecamatan[0]] if kecamatan else None
        return name if name in self._known else None

    def _stance(self, sample: Sample, topic: str, answers: Mapping[str, Any]) -> Stance:
        """Stance toward the service of a relevant text."""
        if topic == POLITICS:
            return Stance(None, 0.8, ["politik: tidak ada sikap terhadap layanan"])
        shares, classes = _stance_shares(answers), self.stances
        best = int(shares.argmax())
        label = classes[best]
        if sample.stance.label != label and shares[best] < sample.stance.firm:
            return sample.stance
        notes = sample.stance.notes if sample.stance.label == label else []
        score = float(shares[best])
        return Stance(label, round(score, 4), list(notes), mixed=score < self._at["stance"])
