"""Pengaturan: changes go through the real loader, the file before is kept, who only reads changes nothing."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from config import load_config
from config.putting import HISTORY
from pipelines.alerting.delivery import addresses
from pipelines.serving import MASKER
from pipelines.settings import Settings
from tests.dashboard.seed import NOW, empty_lake
from tests.dashboard.test_pages import view, words
from warehouse.access.audit import entries


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("PATI_CONFIG", raising=False)
    for name, value in {
        "PATI_HOME": str(tmp_path), "PATI_NOW": NOW.isoformat(), "PATI_RECORDER": "admin",
        "PATI_MASKER": MASKER,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    empty_lake(tmp_path)
    return tmp_path


def test_a_source_is_paused_and_the_budget_changed_by_the_loader_s_rules(home: Path) -> None:
    app = view(home, "pengaturan")
    source = next(one for one in load_config().sources if one.status == "active")
    next(box for box in app.selectbox if box.label == "Sumber").set_value(source.id)
    next(radio for radio in app.radio if radio.label == "Mulai sekarang").set_value("quarantined")
    next(button for button in app.button if button.label == "Simpan sumber").click().run()
    assert not app.exception
    assert "dijeda" in app.success[0].value
    changed = {one.id: one.status for one in load_config(home / "config").sources}
    assert changed[source.id] == "quarantined"
    assert sum(status != "active" for status in changed.values()) == 1 + sum(
        one.status != "active" for one in load_config().sources
    )
    app.number_input[0].set_value(-1.0)
    next(button for button in app.button if button.label == "Simpan anggaran").click().run()
    assert not app.exception
    assert "alerts" in app.error[0].value
    assert not (home / "config" / "alerts.yaml").exists()
    app.toggle[0].set_value(False).run()
    assert not load_config(home / "config").alerts.surge.enabled
    app.toggle[0].set_value(True).run()
    assert load_config(home / "config").alerts.surge.enabled
    assert len(list((home / "config" / HISTORY).iterdir())) == 1


def test_who_only_reads_changes_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PATI_RECORDER")
    app = view(home, "pengaturan")
    assert "hanya membaca" in words(app)
    assert "Simpan sumber" not in [button.label for button in app.button]
    assert all(toggle.disabled for toggle in app.toggle)
    assert not (home / "config").exists()


MAIL = "mailtos://petugas:sandi-rahasia@surat.example?to=kepala@surat.example"
HOOK = "json://kait.example/rahasia-kedua"


def field(app: AppTest, label: str) -> Any:
    return next(part for part in [*app.text_input, *app.selectbox] if part.label == label)


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception, app.exception[0].message


def whole(app: AppTest) -> str:
    """Everything that is sent to the browser."""
    return f"{app!r} {words(app)} {[field.value for field in app.text_input]}"


def test_receivers_come_and_go_are_booked_and_never_shown(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PATI_ALERT_TO", raising=False)
    app = view(home, "pengaturan")
    assert "Belum ada penerima" in words(app)
    for address in (MAIL, HOOK):
        field(app, "Alamat penerima").set_value(address)
        press(app, "Tambah penerima")
    assert "Penerima ditambahkan: kait web" in app.success[0].value
    file = home / "keys" / "rahasia.env"
    assert file.read_text() == f"PATI_ALERT_TO={MAIL} {HOOK}\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    usable, problems = addresses(Settings(home, None, NOW))
    assert ([one.service for one in usable], problems) == (["mailtos", "json"], [])
    field(app, "Alamat penerima").set_value(HOOK)
    press(app, "Tambah penerima")
    assert "sudah terdaftar" in app.error[0].value
    field(app, "Alamat penerima").set_value("bukan-alamat rahasia-ketiga")
    press(app, "Tambah penerima")
    assert "tidak dikenali" in app.error[0].value
    field(app, "Penerima yang dihapus").set_value(0)
    press(app, "Hapus penerima")
    assert "Penerima dihapus: e-mail" in app.success[0].value
    assert file.read_text() == f"PATI_ALERT_TO={HOOK}\n"
    booked = [(one.about, one.detail) for one in entries(home, 9, event="settings")]
    assert booked == [
        ("PATI_ALERT_TO", "receiver removed: e-mail"),
        ("PATI_ALERT_TO", "receiver added: kait web (JSON)"),
        ("PATI_ALERT_TO", "receiver added: e-mail"),
    ]
    again = view(home, "pengaturan")
    for shown in (whole(app), whole(again), str(entries(home, 50))):
        assert "sandi-rahasia" not in shown
        assert "rahasia-kedua" not in shown
        assert "kait.example" not in shown
    # what was mistyped stays in the field of who typed it, to be put right, and nowhere else
    assert "rahasia-ketiga" not in whole(again) + str(entries(home, 50))


def test_receivers_of_the_environment_and_an_open_file_are_left_alone(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATI_ALERT_TO", MAIL)
    app = view(home, "pengaturan")
    assert "Hapus penerima" not in [button.label for button in app.button]
    field(app, "Alamat penerima").set_value(HOOK)
    press(app, "Tambah penerima")
    assert "variabel lingkungan" in app.error[0].value
    file = home / "keys" / "rahasia.env"
    assert not file.exists()
    monkeypatch.delenv("PATI_ALERT_TO")
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"PATI_ALERT_TO={HOOK}\n")
    file.chmod(0o644)
    app = view(home, "pengaturan")
    assert "chmod 600" in app.error[0].value.replace("\\", "")
    assert "Tambah penerima" not in [button.label for button in app.button]
