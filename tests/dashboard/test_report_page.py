"""Laporan mingguan: reading, editing, the way to approval, and what a hostile text does not do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pipelines.serving import MASKER, SENDER
from tests.dashboard.seed import NOW
from tests.dashboard.test_pages import press, view, words
from warehouse import Lake
from warehouse.queries.report_events import report_deliveries, report_events, report_files

NIK = "3318000000000000"


@pytest.fixture(autouse=True)
def _told(plain: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo, in which the role is chosen."""
    for name, value in {
        "PATI_RECORDER": "Diskominfo", "PATI_MASKER": MASKER, "PATI_SENDER": SENDER, "PATI_ACCESS": "demo",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)


@pytest.fixture
def home(homes: dict[str, Path], tmp_path: Path) -> Path:
    """A lake of one's own."""
    return Path(shutil.copytree(homes["seeded"], tmp_path / "home"))


def key_of(lake: Lake) -> str:
    return str(lake.value("SELECT max(report_id) FROM report_event"))


def look(home: Path, role: str) -> AppTest:
    app = view(home, "laporan")
    app.sidebar.selectbox[0].set_value(role).run()
    assert not app.exception, app.exception[0].message
    return app


def fill(app: AppTest, label: str, value: str) -> None:
    part = next(one for one in [*app.text_area, *app.text_input] if one.label == label)
    part.set_value(value)


def buttons(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


@pytest.mark.slow
def test_a_report_on_its_way(home: Path) -> None:
    app = press(look(home, "analis"), "Buat draf")
    assert "Draf dibuat" in app.success[0].value
    assert "Keadaan: **Draf**" in words(app)
    assert len(app.expander) >= 10
    fill(app, "Menjadi", f"Kalimat yang lebih tenang, NIK {NIK}.")
    press(app, "Simpan kalimat")
    assert "alasan" in app.error[0].value.lower()
    fill(app, "Alasan (dicetak dalam catatan penyuntingan)", "nada")
    press(app, "Simpan kalimat")
    assert "Kalimat yang lebih tenang" in words(app)
    with Lake(home, now=NOW) as lake:
        edit = report_events(lake, key_of(lake))[-1]
    assert (edit.action, edit.reason, edit.person) == ("worded", "nada", "Diskominfo (Analis)")
    assert NIK not in (edit.new or "")
    press(app, "Tandai diperiksa")  # who edited does not review
    assert "orang lain" in app.error[0].value

    app = look(home, "admin")
    press(app, "Tandai diperiksa")
    assert "Keadaan: **Diperiksa**" in words(app)

    app = look(home, "pimpinan")
    assert "Simpan kalimat" not in buttons(app)
    press(app, "Setujui")
    assert "Keadaan: **Disetujui**, edisi 1" in words(app)
    assert "Kirim" not in buttons(app)
    with Lake(home, now=NOW) as lake:
        assert {file.edition for file in report_files(lake, key_of(lake))} == {1}

    app = press(look(home, "analis"), "Kirim")
    assert not app.success
    assert any("Belum ada penerima" in one.value for one in app.info)
    with Lake(home, now=NOW) as lake:
        assert report_deliveries(lake, key_of(lake)).empty


@pytest.mark.proof
def test_own_recommendations(home: Path) -> None:
    app = press(look(home, "analis"), "Buat draf")
    fill(app, "Tindakan", "Tambal jalan Juwana sampai Tayu.")
    press(app, "Tambah rekomendasi")
    assert "H1" in app.success[0].value
    assert "Tambal jalan Juwana" in words(app)
    press(app, "Hapus H1")
    with Lake(home, now=NOW) as lake:
        assert [one.action for one in report_events(lake, key_of(lake))] == ["based", "advised", "withdrawn"]


def test_an_office_is_refused_in_a_sentence(home: Path) -> None:
    app = look(home, "opd:dputr")
    assert app.error
    assert not {"Buat draf", "Setujui", "Kirim"} & buttons(app)


def test_without_a_draft_leadership_is_told(home: Path) -> None:
    app = look(home, "pimpinan")
    assert "Draf minggu ini belum dibuat" in words(app)
    assert "Buat draf" not in buttons(app)


def test_an_empty_lake(homes: dict[str, Path]) -> None:
    app = look(homes["empty"], "analis")
    assert "Draf minggu ini belum dibuat" in words(app)
    assert "Buat draf" in buttons(app)


def test_hostile_texts_stay_text(home: Path) -> None:
    app = press(look(home, "analis"), "Buat draf")
    fill(app, "Menjadi", "<script>alert(1)</script> [x](javascript:alert(1)) :red[x] $x$")
    fill(app, "Alasan (dicetak dalam catatan penyuntingan)", "uji")
    press(app, "Simpan kalimat")
    shown = words(app)
    assert "<script>" not in shown.replace("\\<script", "")
    assert "](javascript" not in shown.replace("\\]", "")
