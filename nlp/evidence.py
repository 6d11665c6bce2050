"""What speaks for topics and offices in one text, and what is concluded from it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

OTHER, IRRELEVANT, POLITICS, ROADS = "lainnya", "tidak_relevan", "politik", "jalan_jembatan"


@dataclass(slots=True)
class Subject:
    """Topic and offices of a text.

    Attributes:
        topic: id of the main topic.
        score: its share of the evidence, 0 to 1.
        evidence: how much spoke for it, in phrase weights.
        opd: (id, score), best first.
        review: a person should look.
        words: the words that weighed, as written.
        notes: remarks of authority rules.
    """

    topic: str = OTHER
    score: float = 0.0
    evidence: float = 0.0
    opd: list[tuple[str, float]] = field(default_factory=list)
    review: bool = True
    words: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Evidence:
    """Weights by topic and office before anything is decided."""

    topics: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    opd: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    named: set[str] = field(default_factory=set)
    words: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, other: Evidence, share: float) -> None:
        """Add another text's evidence at a share of its weight; its words are not shown."""
        for topic, weight in other.topics.items():
            self.topics[topic] += share * weight
        for opd_id, weight in other.opd.items():
            self.opd[opd_id] += share * weight

    @property
    def strongest(self) -> float:
        """Weight of the best topic."""
        return max(self.topics.values(), default=0.0)
