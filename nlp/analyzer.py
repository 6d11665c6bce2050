"""The façade: texts in, labels out.

Everything is decided by rules over the configuration. The analyser holds no state that a text
could change except memos of pure functions, so one object may serve many threads, and the same
text always gets the same answer.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.evidence import IRRELEVANT, OTHER, POLITICS, Subject
from nlp.keywords import keywords
from nlp.language import LanguageRules
from nlp.places import Gazetteer
from nlp.quick_wins import QuickWinRules
from nlp.reading import Reader
from nlp.relevance import RelevanceRules
from nlp.sentiment import SentimentRules, Stance
from nlp.topics import SubjectRules
from nlp.types import KIND_ALIASES, KINDS, SCOPES, Analysis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config import Config
    from nlp.places import Places
    from nlp.reading import Reading
    from nlp.relevance import Relevance

# A news text says what it is about in its first paragraphs; nobody's comment is longer.
MAX_WORDS = 600
LEAD_WORDS = 45
_CONTEXT_SHARE = 0.4  # evidence in the headline a comment answers
_UNSURE_SENTIMENT = 0.58
_CONFIG_FILES = (
    "topics.yaml", "opd.yaml", "places.yaml", "ambiguity.yaml", "routing.yaml", "lexicon.yaml",
    "normalise.yaml", "quick_wins.yaml",
)  # fmt: skip


class Analyzer:
    """Labels texts; make one with `Analyzer.load`.

    Attributes:
        version: changes whenever rules, word lists or model files change, so that stored labels
            can be told from fresh ones.
    """

    version: str

    def __init__(self, config: Config, version: str) -> None:
        self.version = version
        reader = Reader(config)
        self._reader = reader
        self._gazetteer = Gazetteer(config)
        self._relevance = RelevanceRules(config, self._gazetteer)
        self._subject = SubjectRules(config, reader)
        self._sentiment = SentimentRules(config, reader)
        self._language = LanguageRules(config)
        self._quick_wins = QuickWinRules(config)
        self._service = {topic.id: topic.service for topic in config.topics}

    @classmethod
    def load(cls, config: Config, model_dir: Path | None = None) -> Analyzer:
        """Build an analyser.

        Args:
            config: the configuration whose word lists it uses.
            model_dir: folder with trained models. There are none yet: only None is accepted.

        Raises:
            ValueError: a model folder was given.
        """
        if model_dir is not None:
            raise ValueError(
                f"this version analyses by rules only and cannot use the models in {model_dir}: "
                "leave the model folder out"
            )
        return cls(config, _version(config))

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
        rows = zip(texts, plain, scopes, heads, strict=True)
        return [self._one(text, kind, scope, title) for text, kind, scope, title in rows]

    def _one(self, text: str, kind: str, scope: str, title: str | None) -> Analysis:
        answers = title if kind == "comment" else None
        reading = self._reader.read(text, None if answers else title, MAX_WORDS)
        evidence = self._subject.weigh(reading, kind)
        lead = reading.title_words + LEAD_WORDS if kind == "news" else None
        verdict, places = self._relevance.judge(reading, scope, evidence=evidence.strongest, lead=lead)
        if verdict.relevant:
            if answers:
                context = self._reader.read(answers, limit=MAX_WORDS)
                evidence.add(self._subject.weigh(context, kind), _CONTEXT_SHARE)
            subject = self._subject.decide(reading, evidence, places.kecamatan, kind)
            stance = self._stance(reading, kind, subject)
        else:
            subject = Subject(IRRELEVANT, 1.0 - verdict.score, review=verdict.score >= 0.4)
            stance = Stance(None, 1.0 - verdict.score)
        avoid = {name.lower() for name in (*places.kecamatan, *places.desa)}
        return Analysis(
            relevant=verdict.relevant,
            relevance_score=round(verdict.score, 4),
            language=self._language.decide(reading.words),
            topic=subject.topic,
            topic_score=round(subject.score, 4),
            opd=tuple(subject.opd),
            sentiment=stance.label,
            sentiment_score=round(stance.score, 4),
            needs_review=subject.review or stance.mixed or _unsure(stance, kind),
            kecamatan=tuple(places.kecamatan),
            desa=tuple(places.desa),
            quick_wins=self._quick_wins.find(reading.words),
            keywords=keywords(reading, avoid),
            why=_why(reading, verdict, places, subject, stance),
        )

    def _stance(self, reading: Reading, kind: str, subject: Subject) -> Stance:
        if subject.topic == POLITICS:
            return Stance(None, 0.8, ["politik: tidak ada sikap terhadap layanan"])
        service = self._service.get(subject.topic, True)
        return self._sentiment.judge(reading, kind, service=service, named=subject.evidence >= 1.0)


def _unsure(stance: Stance, kind: str) -> bool:
    return kind == "complaint" and stance.label is not None and stance.score < _UNSURE_SENTIMENT


def _why(
    reading: Reading, verdict: Relevance, places: Places, subject: Subject, stance: Stance
) -> tuple[str, ...]:
    """Reasons in Indonesian, most important first."""
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


def _version(config: Config) -> str:
    """Hash of the rules' code and of the word lists they use."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in (".py", ".txt") and "__pycache__" not in path.parts:
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    for name in _CONFIG_FILES:
        digest.update(f"{name}={config.hashes.get(name, '')};".encode())
    return "rules-" + digest.hexdigest()[:12]
