"""A small lake by hand: fictional outlets, invented sentences, labels as the analyser would give."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from config import Config
from pipelines import dimensions
from tests.lakes import new_lake
from warehouse import Lake, store
from warehouse.queries import Week
from warehouse.store.documents import Batch

NOW = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)  # Monday 07.00 WIB
WEEK = Week.parse("2026-W46")
SOURCES = ("warta_satu", "warta_dua", "warta_tiga", "kanal_aduan")
LABELS = {
    "model_version": "uji-1", "relevant": True, "relevance_score": 1.0, "language": "id",
    "topic": "jalan_jembatan", "topic_score": 0.9, "opd_ids": ["dputr"], "opd_scores": [0.9],
    "sentiment": "netral", "sentiment_score": 0.8, "needs_review": False, "kecamatan": ["Juwana"],
    "desa": [], "quick_wins": [], "keywords": [], "why": [],
}  # fmt: skip


@dataclass
class World:
    """Rows on their way into a lake."""

    config: Config
    names: dict[str, str] = field(default_factory=dict)
    documents: list[dict[str, Any]] = field(default_factory=list)
    complaints: list[dict[str, Any]] = field(default_factory=list)
    labels: list[dict[str, Any]] = field(default_factory=list)
    stories: dict[str, dict[str, Any]] = field(default_factory=dict)
    members: list[dict[str, Any]] = field(default_factory=list)
    alerts: list[store.AlertEvent] = field(default_factory=list)
    down: tuple[str, ...] = ()
    scopes: dict[str, str] = field(default_factory=dict)

    def article(
        self,
        day: datetime,
        title: str = "Perbaikan jalan dimulai",
        *,
        source: str = "warta_satu",
        story: str | None = None,
        copy: bool = False,
        url: str | None = "https://warta.example/a",
        text: str = "Petugas mulai menambal lubang di jalan desa.",
        **labels: Any,
    ) -> str:
        """One news article; `story` joins it to others of the same name."""
        key = self._document("news", source, day, title, text, url)
        self._label(key, labels)
        if story is not None:
            known = self.stories.setdefault(
                story, {"story_id": story, "lead_doc_id": key, "first_at": day, "last_at": day}
            )
            known["last_at"] = max(known["last_at"], day)
            self.members.append(
                {"story_id": story, "doc_id": key, "copy_of": known["lead_doc_id"] if copy else None}
            )
        return key

    def complaint(
        self,
        day: datetime,
        status: str = "diproses",
        title: str = "Lampu jalan mati",
        **labels: Any,
    ) -> str:
        """One complaint."""
        key = self._document("complaint", "kanal_aduan", day, title, "Lampu jalan padam.", None)
        self._label(key, {"topic": "pju", "opd_ids": ["dishub"], "sentiment": "negatif", **labels})
        self.complaints.append({"doc_id": key, "channel": "whatsapp", "status": status, "status_raw": status,
                                "received_at": day, "confidentiality": "publik"})  # fmt: skip
        return key

    def _document(self, kind: str, source: str, day: datetime, title: str, text: str, url: str | None) -> str:
        key = f"{kind}-{len(self.documents):04d}"
        self.documents.append({
            "doc_id": key, "kind": kind, "source_id": source, "url": url, "title": title, "text": text,
            "published_at": day, "fetched_at": day, "advertorial": False, "tags": [], "aliases": [],
            "content_hash": key, "run_id": "r1",
        })  # fmt: skip
        return key

    def _label(self, key: str, labels: dict[str, Any]) -> None:
        self.labels.append({"doc_id": key, **LABELS, **labels})

    def build(self, home: Path, now: datetime = NOW) -> Lake:
        """Write everything into a new lake."""
        lake = new_lake(home, now)
        rows = dimensions.rows(self.config)
        rows["dim_source"] = [
            (key, self.names.get(key, key.replace("_", " ").title()),
             "complaint" if key == "kanal_aduan" else "news",
             f"https://{key.replace('_', '-')}.example", self.scopes.get(key, "pati_only"), "active",
             "robots_ok", None)
            for key in SOURCES
        ]  # fmt: skip
        store.sync_dimensions(lake, rows)
        store.store_batch(
            lake, Batch({"b1": len(self.documents)}, "r1", self.documents, self.complaints, [], []), now
        )
        store.register_model(lake, "uji-1", now)
        store.add_enrichment(lake, self.labels)
        store.replace_stories(lake, list(self.stories.values()), self.members)
        store.add_alert_events(lake, lambda: self.alerts)
        for attempt in range(3):
            store.record_sources(lake, [
                store.SourceRow(f"r{attempt}", key, now - timedelta(hours=3 - attempt), key not in self.down,
                                0, 0, 0, 0, "timeout" if key in self.down else None)
                for key in SOURCES
            ])  # fmt: skip
        return lake


def at(day: int, hour: int = 3, week: Week = WEEK) -> datetime:
    """A moment on the nth day (0 is Monday) of a week, in UTC."""
    monday = datetime(week.monday.year, week.monday.month, week.monday.day, tzinfo=UTC)
    return monday + timedelta(days=day, hours=hour)


def busy(config: Config) -> World:
    """Twelve weeks with a flood, a road, a press release and a queue of complaints."""
    world = World(config)
    for back in range(12):
        week = WEEK.shift(-back)
        for n in range(8 + (5 * back) % 7):
            world.article(
                at(n % 7, 4, week), f"Warga menunggu perbaikan jalan ruas {n}", source=SOURCES[n % 3],
                story=f"jalan-{week.iso}-{n}", sentiment=("negatif", "netral", "positif")[n % 3],
            )  # fmt: skip
        for n in range(6 + (3 * back) % 5):
            world.complaint(
                at(n % 7, 6, week), ("diproses", "dibalas", "selesai_admin", "arsip")[(n + back) % 4],
                topic=("pju", "jalan_jembatan", "sampah", "adminduk")[n % 4],
                opd_ids=[("dishub", "dputr", "dlh", "pln")[n % 4]],
                kecamatan=[("Juwana", "Tayu", "Pati", "Sukolilo", "Batangan")[n % 5]],
            )  # fmt: skip
    for n, source in enumerate(SOURCES[:3]):
        world.article(
            at(1, 2 + n), "Rob merendam permukiman di Bajomulyo, warga minta tanggul ditinggikan",
            source=source, story="rob", topic="banjir_rob", opd_ids=["dputr", "bpbd"],
            sentiment="negatif", url=f"https://{source.replace('_', '-')}.example/2026/11/rob-{n}",
        )  # fmt: skip
        world.article(
            at(2, 2 + n), "Lelang ikan digital SIPIPA diperluas", source=source, story="sipipa",
            copy=n > 0, topic="perikanan", opd_ids=["dkp"], sentiment="positif", quick_wins=["sipipa"],
        )  # fmt: skip
    reason = "Banjir: 9 laporan dan cerita dalam seminggu, biasanya sekitar 2,0."
    world.alerts.append(
        store.AlertEvent(
            "a-1", "opened", NOW, "surge", "banjir_rob", WEEK.monday, WEEK.sunday, 9.0, 2.0, reason
        )
    )
    return world


def small(config: Config) -> World:
    """Two weeks, a handful of articles and complaints."""
    world = World(config)
    for n in range(12):
        world.article(at(n % 7, week=WEEK.shift(-1)), f"Kabar {n}", source=SOURCES[n % 3], story=f"a{n}")
    for n in range(15):
        world.article(at(n % 7), f"Berita {n}", source=SOURCES[n % 3], story=f"b{n}")
    for n in range(4):
        world.complaint(at(n, week=WEEK.shift(-1)), "dibalas")
        world.complaint(at(n))
    return world
