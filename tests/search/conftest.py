"""A small lake about Pati with its index."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from config import load_config
from nlp.searching import SearchWords
from pipelines.dimensions import rows
from tests.lakes import new_lake
from tests.warehouse.rows import complaint, document, enrich, labels, load
from warehouse import Lake
from warehouse.queries import DocumentFilter
from warehouse.search import Answer, ask, open_index, refresh
from warehouse.store import sync_dimensions

NOW = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)
MENDED = {"perbaikan", "diperbaiki", "memperbaiki", "slang"}  # "ndandani" is Javanese for it
HOSTILE = {
    "markup": "<script>alert('jembatan')</script><b>jembatan</b> <em>ambrol</em> &lt;i&gt;",
    "directive": "jembatan :red[merah] [klik](javascript:alert(1)) $x^2$",
    "bidi": "jembatan \u202eabc\u202c \u2066teks\u2069 \x00 nol\u200bkoma",
    "long": "jembatan " + "x" * 50_000,
    "zalgo": "jembatan a" + "\u0301" * 300,
}
TEXTS = {
    "perbaikan": ("Perbaikan jalan Juwana", "Pekerjaan dimulai pekan depan."),
    "diperbaiki": ("Jalan rusak", "Jalan Juwana akhirnya diperbaiki."),
    "memperbaiki": ("Dinas turun tangan", "Petugas memperbaiki aspal yang mengelupas."),
    "slang": ("Keluhan warga", "lampune mati gmn iki pak blm ono sing ndandani"),
    "banjir": ("Banjir rob", "Rob masuk permukiman Dukuhseti. Warga mengungsi, jalan rusak parah."),
    "urutan": ("Cerita lain", "Rusak sekali jalan itu."),
    "tanya": ("Bagaimana nasib pasar", "Pasar Puri ramai pada hari Jum'at."),
    "sekolah": ("Sekolah baru", "Gedung SD diresmikan Bupati. Jalan-jalan ke sekolah ditutup."),
}


@pytest.fixture(scope="session")
def words() -> SearchWords:
    return SearchWords(load_config())


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, words: SearchWords) -> Path:
    home = tmp_path_factory.mktemp("search") / "home"
    with new_lake(home, NOW) as lake:
        sync_dimensions(lake, rows(load_config()))
        every = [document(key, title=title, text=text) for key, (title, text) in TEXTS.items()]
        every += [document(key, title=text[:60], text=text) for key, text in HOSTILE.items()]
        every += [
            document("rahasia", kind="complaint", title="Oknum pungli", text="pungli terminal"),
            document("lama", text="banjir bandang", published_at=datetime(2025, 1, 5, 18, 0, tzinfo=UTC)),
            document("tanpa", text="banjir tanpa hari", published_at=None),
            document("jauh", text="banjir di kota lain"),
        ]
        load(lake, "b1", every, [complaint("rahasia", confidentiality="rahasia")])
        enrich(
            lake,
            [
                labels(
                    row["doc_id"],
                    relevant=row["doc_id"] != "jauh",
                    topic="banjir_rob"
                    if "banjir" in (row["title"] + row["text"]).lower()
                    else "jalan_jembatan",
                    opd_ids=["dputr", "bpbd"] if row["doc_id"] == "banjir" else ["dputr"],
                    kecamatan=["Dukuhseti"] if row["doc_id"] == "banjir" else ["Juwana"],
                    sentiment="netral" if row["doc_id"] == "sekolah" else "negatif",
                )
                for row in every
            ],
        )
        refresh(lake, words)
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    copytree(made, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def lake(home: Path) -> Iterator[Lake]:
    with Lake(home, now=NOW) as opened:
        yield opened


def find(home: Path, words: SearchWords, text: str, **filters: Any) -> Answer:
    return ask(open_index(home), words, DocumentFilter(words=text, **filters), limit=100)


def ids(home: Path, words: SearchWords, text: str, **filters: Any) -> set[str]:
    answer = find(home, words, text, **filters)
    assert answer.problem is None, answer.problem
    assert answer.total == len(answer.hits)
    return set() if answer.corrected else {hit.doc_id for hit in answer.hits}
