"""What every old lake holds: the same rows, as far as its schema knows their columns.

Run as a program by `make.py`, with the program of the time on the path: it uses nothing of later
versions.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

NOW = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)

NUMBERS = {
    "documents": (
        "SELECT kind, source_id, relevant, day, week, topic, sentiment, count(*) "
        "FROM mart_document GROUP BY ALL"
    ),
    "weeks by kind": (
        "SELECT week, kind, n, n_stories, n_sources, n_negative, n_neutral, n_positive FROM mart_week_kind"
    ),
    "weeks by topic": "SELECT week, topic, sum(n), sum(n_negative) FROM mart_week_topic GROUP BY ALL",
    "weeks by office": "SELECT week, kind, opd_id, n, n_negative FROM mart_week_opd",
    "weeks by kecamatan": "SELECT week, kecamatan, sum(n) FROM mart_week_kecamatan GROUP BY ALL",
    "stories": (
        "SELECT story_id, title, n_articles, n_sources, n_copies, n_voices, n_negative FROM mart_story"
    ),
    "complaints": "SELECT doc_id, channel, status, opd_id, open, resolved FROM mart_complaint",
    "videos": "SELECT doc_id, views, n_comments, n_negative FROM mart_video",
    "alerts": "SELECT alert_id, rule, observed, expected, status FROM alert",
    "reports": "SELECT report_id, snapshot, sha256 FROM report",
    "runs": "SELECT run_id, stage, n_in, n_stored, n_duplicate, n_rejected FROM run",
    "rejected": "SELECT record_key, reason FROM rejected",
    "labels": "SELECT doc_id, topic, opd_ids, sentiment, kecamatan FROM enrichment_current",
    "batches": "SELECT batch, n_records FROM landing_batch",
    "counts over time": "SELECT doc_id, counted_at, views FROM metric_history",
    "history": (
        "SELECT doc_id, status, happened_at, note FROM complaint_event WHERE NOT coalesce(derived, false)"
    ),
    "corrections": "SELECT doc_id, field, new_value FROM label_correction",
}  # fmt: skip
"""Questions, asked with the marts of the time when a lake is made and with ours ever after."""


def rows() -> dict[str, list[dict[str, Any]]]:
    """Rows by table, in columns of the newest schema."""
    documents, complaints, labels = [], [], []
    for n in range(24):
        kind = "complaint" if n % 4 == 3 else "video" if n == 10 else "comment" if n in (12, 14) else "news"
        at = MONDAY + timedelta(days=n % 9, hours=n)
        documents.append({
            "doc_id": f"1-{n:024x}", "kind": kind, "source_id": f"sumber-{n % 3}", "url": f"https://s.example/{n}",
            "title": f"Judul ke-{n}", "text": f"Isi teks nomor {n}, jalan rusak di Juwana. " * 3,
            "published_at": None if kind == "complaint" else at, "published_from": "feed", "fetched_at": at,
            "parent_id": f"1-{10:024x}" if kind == "comment" else None, "tags": ["jalan"],
            "advertorial": False, "views": 100 + n if kind == "video" else None, "aliases": [],
            "content_hash": f"h{n}", "run_id": "r1", "flags": ["partial"] if n == 5 else [],
        })  # fmt: skip
        if kind == "complaint":
            status = "selesai_admin" if n == 7 else "baru"
            complaints.append({
                "doc_id": f"1-{n:024x}", "channel": "whatsapp", "ticket_id": f"T{n}", "status": status,
                "status_raw": status, "received_at": at, "confidentiality": "publik",
            })  # fmt: skip
        if n != 20:  # one that no model has seen
            labels.append({
                "doc_id": f"1-{n:024x}", "model_version": "m1", "relevant": n % 5 != 4,
                "relevance_score": 0.9, "language": "id", "topic_score": 0.8,
                "topic": ("jalan_jembatan", "pju", "sampah")[n % 3],
                "opd_ids": [("dputr", "dishub", "dlh")[n % 3]], "opd_scores": [0.8],
                "sentiment": ("negatif", "netral", "positif")[n % 3], "sentiment_score": 0.7,
                "needs_review": False, "kecamatan": [("Juwana", "Tayu")[n % 2]], "desa": [], "quick_wins": [],
                "keywords": ["jalan"], "why": ["kata: jalan"],
            })  # fmt: skip
    event = {"doc_id": f"1-{7:024x}", "position": 0, "status": "selesai_admin",
             "status_raw": "selesai_admin", "happened_at": MONDAY + timedelta(days=9),
             "actor": "Dinas Contoh", "note": "Sudah ditangani"}  # fmt: skip
    key = "1-{:024x}".format
    return {
        "document": documents, "complaint": complaints, "enrichment": labels, "complaint_event": [event],
        "dim_status": [
            {"status": "baru", "label": "Baru", "phase": "open"},
            {"status": "selesai_admin", "label": "Selesai", "phase": "closed", "reply": "reply"},
        ],
        "model": [{"version": "m1", "registered_at": MONDAY}],
        "story": [{"story_id": "st1", "lead_doc_id": key(0), "first_at": MONDAY, "last_at": MONDAY}],
        "story_member": [
            {"story_id": "st1", "doc_id": key(n), "copy_of": key(0) if n == 6 else None} for n in (0, 1, 6)
        ],
        "alert": [{
            "alert_id": "a1", "rule": "surge", "subject": "pju", "window_start": "2026-11-02",
            "window_end": "2026-11-08", "observed": 9.0, "expected": 2.5, "reason": "Naik.", "status": "open",
            "opened_at": MONDAY,
        }],
        "report": [{
            "report_id": "weekly-2026-W45", "kind": "weekly", "period_start": "2026-11-02",
            "period_end": "2026-11-08", "snapshot": 4, "path": "reports/2026-W45", "sha256": "ab" * 32,
            "created_at": MONDAY + timedelta(days=7),
        }],
        "run": [{
            "run_id": "r1", "stage": "load", "started_at": MONDAY, "finished_at": MONDAY, "status": "ok",
            "n_in": 25, "n_stored": 24, "n_new": 24, "n_duplicate": 0, "n_rejected": 1,
            "message": "24 dokumen baru.",
        }],
        "rejected": [{
            "stage": "collect", "run_id": "r1", "source_id": "sumber-0", "record_key": "https://s.example/x",
            "reason": "no_text", "detail": "Tidak ada teks.", "rejected_at": MONDAY,
        }],
        "landing_batch": [
            {"batch": "r1/sumber-0-000001.jsonl.gz", "run_id": "r1", "n_records": 25, "loaded_at": MONDAY}
        ],
        "label_correction": [{
            "doc_id": key(1), "position": 0, "field": "topic", "old_value": ["pju"],
            "new_value": ["drainase"], "reason": "salah baca", "corrected_by": "analis",
            "corrected_at": MONDAY,
        }],
    }  # fmt: skip


def fill(home: Path) -> dict[str, list[list[str]]]:
    """Make a lake with the program on the path; returns the numbers it gives."""
    import duckdb

    from warehouse.lake import Lake
    from warehouse.migrate import migrate

    with Lake(home, now=NOW, create=True) as lake:
        migrate(lake)
        for table, found in rows().items():
            _insert(lake, table, found)
        # another version of a row: old versions are part of an old lake
        lake.write(
            lambda con: con.execute(
                "UPDATE document SET title = title || ' (baru)' WHERE content_hash = 'h2'"
            )
        )
        found = {}
        for name, sql in NUMBERS.items():
            try:
                found[name] = asked(lake, sql)
            except duckdb.Error:
                continue  # a question of later times
    return found


def asked(lake: Any, sql: str) -> list[list[str]]:
    """Answer of one question, as text, in a fixed order."""
    return [[str(cell) for cell in row] for row in lake.rows(f"{sql} ORDER BY ALL")]


def _insert(lake: Any, table: str, found: list[dict[str, Any]]) -> None:
    known = {
        name
        for (name,) in lake.rows("SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [table])
    }
    if not known:
        return

    def work(con: Any) -> None:
        for row in found:
            names = [name for name in row if name in known]
            marks = ", ".join("?" for _ in names)
            sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - names of ours
            con.execute(sql, [row[name] for name in names])

    lake.write(work)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(fill(Path(sys.argv[1]))))
