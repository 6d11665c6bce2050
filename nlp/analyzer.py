"""The façade: texts in, labels out.

Rules over the configuration read a text and weigh it, trained models decide from that, and rules
correct what they know for sure. The analyser holds no state that a text could change except
memos of pure functions, so one object may serve many threads, and the same text always gets the
same answer, whatever else is in its batch.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp.concepts import Concepts
from nlp.decide import Decisions
from nlp.evidence import IRRELEVANT, OTHER
from nlp.features import Sample
from nlp.keywords import keywords
from nlp.language import LanguageRules
from nlp.named import NamedOffices
from nlp.places import Gazetteer
from nlp.quick_wins import QuickWinRules
from nlp.reading import Reader
from nlp.relevance import RelevanceRules
from nlp.sentiment import SentimentRules
from nlp.topics import SubjectRules
from nlp.trained import BUNDLED, Trained, name_of
from nlp.types import KIND_ALIASES, KINDS, SCOPES, Analysis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config import Config
    from nlp.evidence import Subject
    from nlp.sentiment import Stance
    from nlp.trained import Setup
    from nlp.types import Sentiment

# A news text says what it is about in its first paragraphs; nobody's comment is longer.
MAX_WORDS = 600
LEAD_WORDS = 45
_CONTEXT_SHARE = 0.4  # evidence in the headline a comment answers
_BATCH = 256
# Folders of `nlp` that labels do not depend on.
_NOT_ANALYSIS = frozenset(("corpus", "training", "privacy", "models", "__pycache__"))
_CONFIG_FILES = (
    "topics.yaml", "opd.yaml", "places.yaml", "ambiguity.yaml", "routing.yaml", "lexicon.yaml",
    "normalise.yaml", "quick_wins.yaml",
)  # fmt: skip


class Analyzer:
    """Labels texts; make one with `Analyzer.load`.

    Attributes:
        version: changes whenever rules, word lists or model files change, so that stored labels
            can be told from fresh ones.
        reader: how it reads texts.
    """

    version: str

    def __init__(self, config: Config, trained: Trained | None, version: str) -> None:
        self.version = version
        reader = Reader(config)
        self.reader = reader
        self._gazetteer = Gazetteer(config)
        self._relevance = RelevanceRules(config, self._gazetteer)
        self._subject = SubjectRules(config, reader)
        self._sentiment = SentimentRules(config, reader)
        self._concepts = Concepts(reader)
        self._language = LanguageRules(config)
        self._quick_wins = QuickWinRules(config)
        self._named = NamedOffices(config, reader)
        self._trained = trained
        self._decisions = self.decisions(config, trained.setup) if trained else None

    @classmethod
    def load(cls, config: Config, model_dir: Path | None = None, *, encoder: bool = True) -> Analyzer:
        """Build an analyser.

        Args:
            config: the configuration whose word lists it uses.
            model_dir: folder with trained models; None takes the bundled ones.
            encoder: let the folder's encoder, if there is one, read what the linear models are not
                sure of: better labels, fewer texts per second (`benchmarks/nlp.py` says how many).

        Raises:
            ModelError: the folder's files are missing, changed, or of another format.
        """
        folder = model_dir or BUNDLED
        version = cls.version_of(config, folder, encoder=encoder)
        return cls(config, Trained(folder, encoder=encoder), version)

    @classmethod
    def version_of(cls, config: Config, model_dir: Path | None = None, *, encoder: bool = True) -> str:
        """The version that `load` with the same arguments would have, in a tenth of its time.

        Raises:
            ModelError: as `load`.
        """
        return _version(config, name_of(model_dir or BUNDLED, encoder=encoder))

    @classmethod
    def untrained(cls, config: Config) -> Analyzer:
        """An analyser that can only `look`: models are trained with it."""
        return cls(config, None, "untrained")

    def analyze(
        self,
        texts: Sequence[str],
        kinds: Sequence[str],
        scopes: Sequence[str],
        titles: Sequence[str | None] | None = None,
    ) -> list[Analysis]:
        """Label a batch of texts.

        Args:
            texts: any strings; empty ones get an answer too.
            kinds: one of `nlp.types.KINDS` (or ``video``) per text.
            scopes: ``pati_only`` or ``general`` per text.
            titles: headline per text, None where there is none. For a comment: the headline of what
                it answers; it helps to find the subject ("still the same" says nothing alone),
                and nothing else is read from it.

        Returns:
            One `Analysis` per text, in the same order.

        Raises:
            ValueError: the lists differ in length, or a kind or scope is unknown.
        """
        heads: Sequence[str | None] = titles if titles is not None else [None] * len(texts)
        if not len(texts) == len(kinds) == len(scopes) == len(heads):
            raise ValueError(
                f"texts, kinds, scopes and titles must be equally long: got {len(texts)}, "
                f"{len(kinds)}, {len(scopes)} and {len(heads)}"
            )
        plain = [KIND_ALIASES.get(kind, kind) for kind in kinds]
        for name, values, known in (("kind", plain, KINDS), ("scope", scopes, SCOPES)):
            if unknown := set(values) - set(known):
                raise ValueError(f"unknown {name} {min(unknown)!r}: use one of {', '.join(known)}")
        rows = list(zip(texts, plain, scopes, heads, strict=True))
        found: list[Analysis] = []
        for start in range(0, len(rows), _BATCH):
            found += self._batch([self.look(*row) for row in rows[start : start + _BATCH]])
        return found

    def tone(self, texts: Sequence[str], kinds: Sequence[str]) -> list[Sentiment]:
        """Blame, neither or praise in any sentence, about Pati or not, of a service or of a meal.

        What `analyze` calls sentiment is narrower: the stance of a relevant text toward a service. This
        shows how well the language itself is understood.
        """
        found: list[Sentiment] = []
        if self._trained is None or self._decisions is None:
            raise ValueError("an untrained analyser cannot label: use Analyzer.load")
        rows = list(zip(texts, kinds, strict=True))
        for start in range(0, len(rows), _BATCH):
            samples = [
                self.look(text, kind, "pati_only", None) for text, kind in rows[start : start + _BATCH]
            ]
            answers, _ = self._trained.predict(samples)
            found += [self._decisions.stances[int(best)] for best in answers["general"].argmax(axis=1)]
        return found

    @property
    def concept_names(self) -> tuple[str, ...]:
        """Names of the word groups the models see."""
        return self._concepts.names

    def decisions(self, config: Config, setup: Setup) -> Decisions:
        """What labels texts from probabilities, with this analyser's rules."""
        return Decisions(config, setup, self._subject.offices)

    def look(self, text: str, kind: str, scope: str, title: str | None) -> Sample:
        """Read one text and let the rules weigh it; the models decide from this."""
        answers = title if kind == "comment" else None
        reading = self.reader.read(text, None if answers else title, MAX_WORDS)
        evidence = self._subject.weigh(reading, kind)
        lead = reading.title_words + LEAD_WORDS if kind == "news" else None
        verdict, places = self._relevance.judge(reading, scope, evidence=evidence.strongest, lead=lead)
        concepts: dict[str, float] = {}
        self._concepts.count(reading, concepts)
        context = None
        if answers:
            context = self.reader.read(answers, limit=MAX_WORDS)
            evidence.add(self._subject.weigh(context, kind), _CONTEXT_SHARE)
            self._concepts.count(context, concepts, _CONTEXT_SHARE)
            if not places.kecamatan and not places.desa:
                # who names no place speaks of the one in the headline
                places.kecamatan = self._gazetteer.find(context.words, about_pati=True).kecamatan
        stance = self._sentiment.judge(reading, kind, service=True, named=evidence.strongest >= 1.0)
        return Sample(reading, text, title, kind, context, evidence, concepts, stance, verdict, places)

    def _batch(self, samples: list[Sample]) -> list[Analysis]:
        if self._trained is None or self._decisions is None:
            raise ValueError("an untrained analyser cannot label: use Analyzer.load")
        answers, rows = self._trained.predict(samples)
        return [
            self._one(sample, {head: shares[i] for head, shares in answers.items()}, rows, i)
            for i, sample in enumerate(samples)
        ]

    def _one(self, sample: Sample, answers: dict[str, Any], rows: Any, at: int) -> Analysis:  # noqa: ANN401 - arrays
        decisions, trained = self._decisions, self._trained
        if decisions is None or trained is None:  # `_batch` has refused before
            raise ValueError("an untrained analyser cannot label: use Analyzer.load")
        labels = decisions.label(sample, answers)
        subject, stance, relevant = labels.subject, labels.stance, labels.relevant
        if relevant and not subject.words:
            subject.words = trained.words(rows, at, "topic", subject.topic)
        if stance.label and not stance.notes:
            stance.notes = trained.words(rows, at, "sentiment", stance.label)
        reading, places = sample.reading, sample.places
        kecamatan = tuple(places.kecamatan) if relevant else ()
        desa = tuple(places.desa) if relevant else ()
        avoid = {name.lower() for name in (*kecamatan, *desa)}
        return Analysis(
            relevant=relevant,
            relevance_score=round(labels.relevance, 4),
            language=self._language.decide(reading.words),
            topic=subject.topic,
            topic_score=round(subject.score, 4),
            opd=tuple(subject.opd),
            sentiment=stance.label,
            sentiment_score=round(stance.score, 4),
            needs_review=subject.review or (stance.mixed and sample.kind == "complaint"),
            kecamatan=kecamatan,
            desa=desa,
            quick_wins=self._quick_wins.find(reading.words),
            keywords=keywords(reading, avoid),
            why=_why(sample, subject, stance),
            named_opd=self._named.find(reading),
        )


def _why(sample: Sample, subject: Subject, stance: Stance) -> tuple[str, ...]:
    """Reasons in Indonesian, most important first."""
    reading, verdict, places = sample.reading, sample.verdict, sample.places
    lines = []
    if verdict.cues:
        lines.append("tentang Pati: " + ", ".join(verdict.cues))
    if verdict.note:
        lines.append(verdict.note)
    if subject.words and subject.topic not in (OTHER, IRRELEVANT):
        lines.append(f"topik {subject.topic}: " + ", ".join(subject.words))
    lines += subject.notes
    if stance.notes:
        lines.append("sikap: " + ", ".join(stance.notes[:4]))
    lines += places.notes
    if reading.words.cut:
        lines.append(f"hanya {MAX_WORDS} kata pertama yang dibaca; {reading.words.cut} kata dilewati")
    return tuple(lines)


def _version(config: Config, models: str) -> str:
    """Hash of the rules' code, of the word lists they use and of the models."""
    digest = hashlib.sha256(models.encode())
    folder = Path(__file__).parent
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.suffix in (".py", ".txt") and inside.parts[0] not in _NOT_ANALYSIS:
            digest.update(inside.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for name in _CONFIG_FILES:
        digest.update(f"{name}={config.hashes.get(name, '')};".encode())
    return "models-" + digest.hexdigest()[:12]
