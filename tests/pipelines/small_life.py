"""A small home folder with a life: several runs, corrections, replies, something taken down."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.items import ComplaintInfo, Counts, Document, Record, Rejection, StatusEvent, Tombstone
from crawlers.landing import Landing
from pipelines.run import run_stages
from pipelines.settings import Settings, new_run_id
from warehouse import Lake
from warehouse.store import add_complaint_event, correct_labels

START = datetime(2026, 9, 7, 1, 0, tzinfo=UTC)
STAGES = ("load", "enrich", "link", "watch")
ROADS = (
    "Jalan rusak parah di Kecamatan Juwana membuat warga mengeluh. Lubang menganga di ruas Juwana-Tayu "
    "sepanjang dua kilometer dan belum ditambal Dinas PUTR Kabupaten Pati sejak musim hujan lalu. "
)
TAIL = "Kalimat penutup yang tidak boleh tinggal selamanya. "


def article(number: int, at: datetime, source: str = "media-contoh", **changes: object) -> Document:
    text = f"{ROADS}Laporan nomor {number} dari Desa Bumirejo. " * 3 + TAIL
    one = Document(
        "news", source, f"Warga Juwana keluhkan jalan rusak ({number})", text, at,
        url=f"https://{source}.example/{number}", published_at=at - timedelta(hours=2), published_from="feed",
    )  # fmt: skip
    return replace(one, **changes)  # type: ignore[arg-type]


def complaint(number: int, at: datetime, status: str = "baru", *events: StatusEvent) -> Document:
    info = ComplaintInfo("whatsapp", f"T-{number}", status, status.title(), at, events=events)
    text = f"Lampu jalan di Tayu mati sejak malam {number}, mohon Dishub memperbaiki. {TAIL}" * 8
    return Document("complaint", "impor-aduan", "", text, at, external_id=f"T-{number}", complaint=info)


def settings_at(home: Path, now: datetime) -> Settings:
    return Settings(home, None, now)


def collected(settings: Settings, source: str, records: Sequence[Record], size: int = 7) -> None:
    """Put records into the landing zone as one run of collecting does."""
    landing = Landing(settings.landing, new_run_id())
    for start in range(0, len(records), size):
        landing.write(source, records[start : start + size])


def live(home: Path) -> datetime:
    """Three runs over ten weeks; returns the moment of the last."""
    at = START
    collected(settings_at(home, at), "media-contoh", [article(n, at) for n in range(20)])
    collected(
        settings_at(home, at), "salinan", [article(n, at + timedelta(hours=1), "salinan") for n in range(5)]
    )
    collected(settings_at(home, at), "impor-aduan", [complaint(n, at) for n in range(8)])
    run_stages(settings_at(home, at), STAGES)
    first = article(0, at).doc_id
    at += timedelta(weeks=5)
    people(home, at, first)
    changed = article(1, at, title="Jalan Juwana mulai diperbaiki")
    event = StatusEvent("dibalas", "Dibalas", at - timedelta(days=1), "Dishub", "Sudah kami teruskan")
    collected(settings_at(home, at), "media-contoh", [
        changed, article(2, at),
        Counts("media-contoh", article(3, at).doc_id, {"views": 9}, at),
        Tombstone("media-contoh", article(4, at).doc_id, "deleted", at),
        Rejection("media-contoh", "https://media-contoh.example/x", "no_text", "Tidak ada teks.", at),
    ])  # fmt: skip
    collected(settings_at(home, at), "impor-aduan", [complaint(3, at, "dibalas", event)])
    run_stages(settings_at(home, at), STAGES)
    at += timedelta(weeks=5)
    collected(settings_at(home, at), "media-contoh", [article(n, at) for n in range(40, 45)])
    run_stages(settings_at(home, at), STAGES)
    return at


def people(home: Path, at: datetime, doc_id: str) -> None:
    """What people enter: a correction and a reply."""
    with Lake(home, now=at) as lake:
        lake_topic = lake.value("SELECT topic FROM enrichment_current WHERE doc_id = ?", [doc_id])
        other = "pju" if lake_topic != "pju" else "drainase"
        correct_labels(lake, doc_id, {"topic": [other], "sentiment": ["negatif"]}, "salah baca", "analis")
        add_complaint_event(
            lake,
            complaint(5, START).doc_id,
            "dibalas",
            "Kami cek besok",
            "Dishub",
            at - timedelta(days=1),
            "admin",
        )


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime]:
    """A home with its life, and the moment after it; not to be written to."""
    home = tmp_path_factory.mktemp("lived") / "home"
    return home, live(home)


@pytest.fixture
def home(lived: tuple[Path, datetime], tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(lived[0], tmp_path / "home"))
