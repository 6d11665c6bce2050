"""Weeks of eight outlets and a channel of complaints, as rows of a lake."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from config import Config, load_config
from pipelines import dimensions
from pipelines.settings import Settings
from tests.lakes import new_lake
from warehouse import Lake, store
from warehouse.queries import Week
from warehouse.store.documents import Batch

FIRST = Week.parse("2026-W10")
OUTLETS = tuple(f"warta_{n}" for n in range(8))
CHANNEL = "kanal_aduan"
TOPICS = {"jalan_jembatan": 12, "banjir_rob": 8, "sampah": 5, "pju": 4, "kesehatan": 10, "pendidikan": 14}
LABELS = {
    "model_version": "uji-1", "relevant": True, "relevance_score": 1.0, "language": "id",
    "topic_score": 0.9, "opd_scores": [0.9], "sentiment": "netral", "sentiment_score": 0.8,
    "needs_review": False, "desa": [], "quick_wins": [], "keywords": [], "why": [],
}  # fmt: skip


@dataclass
class Weeks:
    """Documents week by week; `dead` outlets bring nothing and cannot be reached."""

    seed: int = 1
    documents: list[dict[str, Any]] = field(default_factory=list)
    complaints: list[dict[str, Any]] = field(default_factory=list)
    labels: list[dict[str, Any]] = field(default_factory=list)
    stories: list[dict[str, Any]] = field(default_factory=list)
    members: list[dict[str, Any]] = field(default_factory=list)
    visits: list[store.SourceRow] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rng = np.random.default_rng(self.seed)

    def ordinary(self, week: Week, dead: frozenset[str] = frozenset(), factor: float = 1.0) -> None:
        """One week as any other."""
        for topic, rate in TOPICS.items():
            for n in range(self.rng.poisson(rate * factor)):
                source = OUTLETS[int(self.rng.integers(len(OUTLETS)))]
                if source not in dead:
                    self.article(week, topic, source, day=n % 7)
        for n in range(self.rng.poisson(15)):
            self.complaint(week, day=n % 7)
        for day in (1, 3, 6):
            for source in (*OUTLETS, CHANNEL):
                self.visit(week, day, source, ok=source not in dead)

    def article(
        self, week: Week, topic: str, source: str, *, day: int = 0, story: str | None = None,
        copy_of: str | None = None, place: str = "Juwana",
    ) -> str:  # fmt: skip
        key = self._document("news", source, week, day)
        self.labels.append(
            {"doc_id": key, "topic": topic, "opd_ids": ["dputr"], "kecamatan": [place], **LABELS}
        )
        if story:
            when = self.documents[-1]["published_at"]
            if story not in {one["story_id"] for one in self.stories}:
                self.stories.append(
                    {"story_id": story, "lead_doc_id": key, "first_at": when, "last_at": when}
                )
            self.members.append({"story_id": story, "doc_id": key, "copy_of": copy_of})
        return key

    def complaint(self, week: Week, *, day: int = 0, office: str = "dputr", topic: str = "lainnya") -> str:
        key = self._document("complaint", CHANNEL, week, day)
        self.labels.append({"doc_id": key, "topic": topic, "opd_ids": [office], "kecamatan": [], **LABELS})
        self.complaints.append(
            {
                "doc_id": key, "channel": "whatsapp", "status": "baru", "status_raw": "Baru",
                "received_at": self.documents[-1]["published_at"], "confidentiality": "publik",
            }
        )  # fmt: skip
        return key

    def _document(self, kind: str, source: str, week: Week, day: int) -> str:
        key = f"{kind}-{self.seed}-{len(self.documents):05d}"
        when = moment(week, day)
        self.documents.append({
            "doc_id": key, "kind": kind, "source_id": source, "url": f"https://{source}.example/{key}",
            "title": f"Judul {key}", "text": "Isi.", "published_at": when, "fetched_at": when,
            "advertorial": False, "tags": [], "aliases": [], "content_hash": key, "run_id": "r1",
        })  # fmt: skip
        return key

    def visit(self, week: Week, day: int, source: str, *, ok: bool) -> None:
        run = f"r-{week.iso}-{day}"
        error = None if ok else "timeout"
        self.visits.append(store.SourceRow(run, source, moment(week, day, 5), ok, 0, 0, 0, 0, error))

    def write(self, lake: Lake) -> None:
        """Add to a lake what has gathered, and forget it."""
        name = f"b{self.seed}-{self.documents[-1]['doc_id']}"
        batch = Batch({name: len(self.documents)}, "r1", self.documents, self.complaints, [], [])
        store.store_batch(lake, batch, self.documents[-1]["fetched_at"])
        store.register_model(lake, "uji-1", self.documents[-1]["fetched_at"])
        store.add_enrichment(lake, self.labels)
        if self.stories:
            store.replace_stories(lake, self.stories, self.members)
        store.record_sources(lake, self.visits)
        self.complaints, self.labels, self.visits = [], [], []
        self.documents.clear()
        self.seed += 1000


def moment(week: Week, day: int, hour: int = 3) -> datetime:
    monday = datetime(week.monday.year, week.monday.month, week.monday.day, tzinfo=UTC)
    return monday + timedelta(days=day, hours=hour)


def settings(home: Path, week: Week, config_dir: Path | None = None) -> Settings:
    """As they are early on the Monday after a week."""
    return Settings(home, config_dir, moment(week, 7, 1))


def opened(home: Path, week: Week, config: Config | None = None) -> Lake:
    """The lake early on the Monday after a week."""
    lake = new_lake(home, moment(week, 7, 1))
    rows = dimensions.rows(config or load_config())
    rows["dim_source"] = [
        (key, key.replace("_", " ").title(), "complaint" if key == CHANNEL else "news",
         f"https://{key.replace('_', '-')}.example", "pati_only", "active", "robots_ok", None)
        for key in (*OUTLETS, CHANNEL)
    ]  # fmt: skip
    store.sync_dimensions(lake, rows)
    return lake
