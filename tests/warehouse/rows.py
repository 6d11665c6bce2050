"""Rows for tests, with defaults for everything a test does not care about."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from warehouse import Lake
from warehouse.store import LoadCounts, add_enrichment, register_model
from warehouse.store.documents import Batch, store_batch

FETCHED = datetime(2026, 11, 15, 20, 0, tzinfo=UTC)


def document(doc_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "doc_id": doc_id, "kind": "news", "source_id": "s1", "url": f"https://s1.example/{doc_id}",
        "title": f"Judul {doc_id}", "text": f"Isi {doc_id}", "fetched_at": FETCHED,
        "published_at": datetime(2026, 11, 11, 3, 0, tzinfo=UTC), "published_from": "feed",
        "advertorial": False, "tags": [], "aliases": [], "content_hash": f"h-{doc_id}", "run_id": "r1",
        **changes,
    }  # fmt: skip


def complaint(doc_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "doc_id": doc_id, "channel": "whatsapp", "ticket_id": doc_id, "status": "baru", "status_raw": "Baru",
        "received_at": datetime(2026, 11, 11, 3, 0, tzinfo=UTC), "confidentiality": "publik", **changes,
    }  # fmt: skip


def labels(doc_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "doc_id": doc_id, "model_version": "m1", "relevant": True, "relevance_score": 1.0, "language": "id",
        "topic": "jalan_jembatan", "topic_score": 0.9, "opd_ids": ["dputr"], "opd_scores": [0.9],
        "sentiment": "negatif", "sentiment_score": 0.8, "needs_review": False, "kecamatan": ["Juwana"],
        "desa": [], "quick_wins": [], "keywords": [], "why": [], **changes,
    }  # fmt: skip


def event(doc_id: str, status: str, at: datetime | None, **changes: Any) -> dict[str, Any]:
    return {
        "doc_id": doc_id, "position": 0, "status": status, "status_raw": status.title(), "happened_at": at,
        "actor": "Dinas Contoh", "note": None, **changes,
    }  # fmt: skip


def load(
    lake: Lake,
    name: str,
    documents: list[dict[str, Any]],
    complaints: list[dict[str, Any]] | None = None,
    events: list[dict[str, Any]] | None = None,
) -> LoadCounts:
    return store_batch(
        lake, Batch({name: len(documents)}, "r1", documents, complaints or [], events or [], []), FETCHED
    )


def enrich(lake: Lake, rows: list[dict[str, Any]]) -> None:
    register_model(lake, "m1", FETCHED)
    add_enrichment(lake, rows)
