"""From probabilities and rules to the labels of one text.

The models decide topic, stance and the order of offices; rules keep what they know for sure:
traps of relevance, who keeps which road, that politics has no service stance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nlp.candidates import ROAD_SHARE, RULE_SHARE, candidates
from nlp.evidence import IRRELEVANT, POLITICS, ROADS, Subject
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
_NOTHING = 0.00005  # a smaller probability is 0 when it is told
_UNNAMED = 0.5  # a text that names no service has no office if that is more likely than not


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


def _unnamed(sample: Sample, topic: str) -> bool:
    """Whether service is judged and nothing says which."""
    others = [weight for other, weight in sample.evidence.topics.items() if other != HANDLING]
    return topic == HANDLING and not sample.evidence.named and max(others, default=0.0) < 1.0


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
            self._assign(sample, subject, opd_p)
        return subject

    def _assign(self, sample: Sample, subject: Subject, opd_p: Any) -> None:  # noqa: ANN401 - an array
        """Name the offices of a text; a person has to ask where nothing says whose service it is."""
        shares: dict[str, float] = {}
        for name, share in zip(self._opd, opd_p.tolist(), strict=True):
            opd_id = self._resolve(name, sample.places.kecamatan) if share > _NOTHING else None
            if opd_id:
                shares[opd_id] = shares.get(opd_id, 0.0) + share
        nobody = float(opd_p[self._opd.index(NOBODY)]) if NOBODY in self._opd else 0.0
        owners, by_rule = self._offices.responsible(sample.reading, subject)
        unnamed = _unnamed(sample, subject.topic)
        subject.opd = candidates(
            shares,
            nobody,
            owners if by_rule else (),
            rule_share=ROAD_SHARE if subject.topic == ROADS else RULE_SHARE,
            nobody_at=_UNNAMED if unnamed else self._at["nobody"],
            most=self._max,
        )
        guessed = not subject.opd or (unnamed and subject.opd[0][0] not in owners)
        if guessed and sample.kind == "complaint":
            subject.review = True

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
