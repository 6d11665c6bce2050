"""A small lake with everything a page must survive: ordinary rows and hostile ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from config import load_config
from pipelines.dimensions import complaint_rows
from tests.lakes import new_lake
from warehouse import Lake
from warehouse.store import (
    AlertEvent,
    RunRow,
    SourceRow,
    add_alert_events,
    add_enrichment,
    record_run,
    record_sources,
    register_model,
    replace_stories,
    store_batch,
    sync_dimensions,
)
from warehouse.store.documents import Batch

NOW = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)  # Monday 07.00 WIB
MODEL = "uji-1"
HOSTILE = {
    "script": "<script>window.pwned=1</script><img src=x onerror=alert(1)>",
    "markdown": "# JUDUL [klik](javascript:alert(1)) ![gambar](https://jahat.example/x.png) **tebal**",
    "directive": ":red[merah] :smile: :material/home: $x^2$ www.jahat.example https://jahat.example",
    "formula": '=HYPERLINK("https://jahat.example","klik")',
    "bidi": "abc\u202egnp.exe\u202c \u200f\u2066teks\u2069 \x00\x07 nol",
    "long": "x" * 100_000,
    "zalgo": "a" + "\u0301" * 500,
}


QUOTED = "<script>alert(2)</script> **tebal** jalan ini rusak sejak tahun lalu, belum pernah didatangi"


def empty_lake(home: Path) -> None:
    """A migrated lake without a row."""
    new_lake(home).close()


def seeded_lake(home: Path) -> None:
    """The small lake."""
    empty_lake(home)
    with Lake(home, now=NOW) as lake:
        _names(lake)
        documents, complaints = _documents(), _complaints()
        rejected = [
            {
                "stage": "collect", "run_id": "r1", "source_id": "warta", "record_key": text[:300],
                "reason": reason, "detail": text[:5_000], "rejected_at": NOW,
            }
            for reason, text in zip(["not_about_pati", "no_text"] * 4, HOSTILE.values(), strict=False)
        ]  # fmt: skip
        events = _events(complaints)
        batch = Batch({"b1": len(documents) + len(rejected)}, "r1", documents, complaints, events, rejected)
        store_batch(lake, batch, NOW)
        register_model(lake, MODEL, NOW)
        add_enrichment(lake, [_labels(row) for row in documents])
        news = [row for row in documents if row["kind"] == "news"]
        replace_stories(
            lake,
            [{
                "story_id": "s1", "lead_doc_id": "n0", "first_at": news[0]["published_at"],
                "last_at": news[0]["published_at"] + timedelta(days=4),
            }],
            [{"story_id": "s1", "doc_id": row["doc_id"], "copy_of": "n0" if i % 3 == 2 else None}
             for i, row in enumerate(news)],
        )  # fmt: skip
        monday, sunday = datetime(2026, 11, 9).date(), datetime(2026, 11, 15).date()  # noqa: DTZ001 - a calendar day
        alerts = (
            ("a1", "surge", "jalan", 20, 4, HOSTILE["markdown"]),
            ("a2", "widespread", "s1", 8, 5, HOSTILE["bidi"]),
            ("a3", "silent_source", "mati", 0, 5, HOSTILE["script"]),
        )
        add_alert_events(
            lake,
            lambda: [
                AlertEvent(key, "opened", NOW, rule, subject, monday, sunday, n, usual, reason)
                for key, rule, subject, n, usual, reason in alerts
            ],
        )
        record_run(
            lake,
            RunRow("r1", "load", NOW - timedelta(minutes=5), NOW, "ok", 9, 7, 7, 1, 1, HOSTILE["formula"]),
        )
        record_sources(
            lake,
            [SourceRow("r1", "warta", NOW, True, 9, 7, 1, 1, None)]  # noqa: FBT003 - a row of a table
            + [
                SourceRow(f"r{i}", "mati", NOW - timedelta(days=i), False, 0, 0, 0, 0, HOSTILE["long"])  # noqa: FBT003 - same
                for i in range(3)
            ],
        )


def _names(lake: Lake) -> None:
    sync_dimensions(
        lake,
        {
            "dim_source": [
                (
                    "warta",
                    "Warta <b>Uji</b>",
                    "news",
                    "https://warta.example",
                    "general",
                    "active",
                    "robots_ok",
                    None,
                ),
                (
                    "mati",
                    "Kabar [Mati](x)",
                    "news",
                    "https://mati.example",
                    "general",
                    "active",
                    "robots_ok",
                    4.0,
                ),
                (
                    "kanal",
                    "Kanal Uji",
                    "video",
                    "https://kanal.example",
                    "general",
                    "active",
                    "robots_ok",
                    None,
                ),
            ],
            "dim_topic": [
                ("jalan", "Jalan & jembatan", "living", "Smart Living"),
                ("banjir", "Banjir", "environment", "Smart Environment"),
            ],
            "dim_opd": [
                ("dpu", "Dinas Contoh Satu", "DCS", "opd"),
                ("dlh", "Dinas Contoh Dua", "DCD", "opd"),
            ],
            "dim_kecamatan": [("Juwana", -6.71, 111.15, 90_000), ("Tayu", -6.54, 111.05, 65_000)],
            "dim_quick_win": [],
            **complaint_rows(load_config()),
        },
    )


def _document(doc_id: str, kind: str, text: str, days: int, **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "doc_id": doc_id, "kind": kind, "source_id": "warta", "external_id": doc_id,
        "url": f"https://warta.example/{doc_id}", "canonical_url": None, "title": text[:3_000],
        "text": text, "author": None, "published_at": NOW - timedelta(days=days, hours=1),
        "published_from": "meta", "fetched_at": NOW, "parent_id": None, "section": None, "tags": [],
        "advertorial": False, "views": None, "likes": None, "comments": None, "shares": None,
        "aliases": [], "content_hash": doc_id, "run_id": "r1",
    }  # fmt: skip
    return {**row, **more}


def _documents() -> list[dict[str, Any]]:
    rows = [_document(f"n{i}", "news", f"Jalan rusak di Juwana bagian {i}", 1 + i % 6) for i in range(12)]
    rows += [_document(f"h-{name}", "news", text, 2) for name, text in HOSTILE.items()]
    rows.append(
        _document("h-url", "news", f"Tautan jahat \u201c{QUOTED}\u201d", 2, url="javascript:alert(1)")
    )
    rows.append(
        _document("v1", "video", HOSTILE["markdown"], 3, source_id="kanal", views=1200, likes=30, comments=2)
    )
    rows += [
        _document(f"c{i}", "comment", text, 2, parent_id="v1", source_id="kanal", title="", likes=1)
        for i, text in enumerate(HOSTILE.values())
    ]
    rows += [_document(f"k{i}", "complaint", f"Lampu jalan padam nomor {i}", 3 + 7 * i) for i in range(12)]
    rows += [_document(f"k-{name}", "complaint", text, 4) for name, text in HOSTILE.items()]
    rows.append(_document("k-secret", "complaint", "Isi sangat rahasia", 5))
    rows.append(_document("undated", "news", "Tanpa tanggal", 1, published_at=None))
    return rows


def _complaints() -> list[dict[str, Any]]:
    states = ["baru", "dibalas", "selesai_admin", "arsip", "diproses", "bukan_wewenang"]
    return [
        {
            "doc_id": row["doc_id"], "channel": "laporbup", "ticket_id": f"T{i}",
            "status": states[i % len(states)], "status_raw": "?", "received_at": row["published_at"],
            "classification": None, "category": None, "agency": None,
            "confidentiality": "rahasia" if row["doc_id"] == "k-secret" else "publik",
            "kecamatan_raw": None, "desa_raw": None, "rating": None,
        }
        for i, row in enumerate(r for r in _documents() if r["kind"] == "complaint")
    ]  # fmt: skip


def _events(complaints: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that were answered: sent on after a day, answered after two, closed after three."""
    steps = {
        "dibalas": ("didisposisi", "dibalas"),
        "selesai_admin": ("didisposisi", "dibalas", "selesai_admin"),
    }
    return [
        {
            "doc_id": row["doc_id"], "position": position, "status": status, "status_raw": status,
            "happened_at": row["received_at"] + timedelta(days=1 + position), "actor": "Dinas Contoh",
            "note": HOSTILE.get(row["doc_id"].removeprefix("k-"), "Sudah kami cek.")[:2_000],
        }
        for row in complaints
        for position, status in enumerate(steps.get(row["status"], ()))
    ]  # fmt: skip


def _labels(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "doc_id": row["doc_id"], "model_version": MODEL, "relevant": True, "relevance_score": 0.9,
        "language": "id", "topic": "jalan" if row["doc_id"] != "undated" else "tidak-terdaftar",
        "topic_score": 0.8, "opd_ids": ["dpu"] if row["kind"] != "video" else [], "opd_scores": [0.9],
        "sentiment": "negatif" if row["kind"] in ("complaint", "comment") else None,
        "sentiment_score": 0.7, "needs_review": row["doc_id"].startswith("h"),
        "kecamatan": ["Juwana"] if row["doc_id"].startswith(("n", "k")) else [], "desa": [],
        "quick_wins": [], "keywords": ["jalan"], "why": ["jalan"],
    }  # fmt: skip
