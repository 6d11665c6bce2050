"""What somebody writes down on the dashboard: added once, masked, seen at once, by those who may."""

from __future__ import annotations

import shutil
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from config import load_config
from dashboard import recording, screenshots
from dashboard.recording import Entry
from dashboard.settings import SettingsError, read_settings
from pipelines.erasure.forgotten import Forgotten
from pipelines.serving import MASKER, dashboard_environment
from pipelines.settings import Settings
from tests.dashboard.seed import NOW
from tests.dashboard.server import chromium, needs_browser, served
from tests.dashboard.test_pages import view, words
from warehouse import Lake
from warehouse.access import viewer_of

WRITING = {"PATI_RECORDER": "Diskominfo", "PATI_MASKER": MASKER}
NIK = "3318000000000000"


@pytest.fixture
def home(homes: dict[str, Path], tmp_path: Path) -> Path:
    """A lake of one's own to write to."""
    return Path(shutil.copytree(homes["seeded"], tmp_path / "home"))


@pytest.fixture
def writing(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("PATI_CONFIG", raising=False)
    for name, value in {**WRITING, "PATI_HOME": str(home), "PATI_NOW": NOW.isoformat()}.items():
        monkeypatch.setenv(name, value)
    return home


def written(home: Path) -> list[tuple[Any, ...]]:
    with Lake(home, now=NOW) as lake:
        return lake.rows(
            "SELECT doc_id, status, note, actor, recorded_by FROM complaint_event WHERE origin = 'dashboard'"
        )


def filled(app: AppTest, what: str, note: str = "", clock: time = time(6, 30)) -> AppTest:
    app.selectbox[0].set_value(what)
    app.time_input[0].set_value(clock)
    app.text_area[0].set_value(note)
    next(button for button in app.button if button.label == "Simpan catatan").click().run()
    assert not app.exception
    return app


def test_an_entry_is_masked_added_and_shown_at_once(writing: Path) -> None:
    app = filled(view(writing, "aduan_riwayat", {"id": "k0"}), "dibalas", f"Sudah dicek, NIK {NIK}.")
    assert [part.value for part in app.success] == ["Tercatat."]
    shown = words(app)
    assert "**Dibalas**" in shown
    assert "16 Nov 2026 06.30 WIB" in shown
    assert "dicatat oleh Diskominfo" in shown
    assert NIK not in shown
    [(doc_id, status, note, actor, who)] = written(writing)
    assert (doc_id, status, who) == ("k0", "dibalas", "Diskominfo")
    assert "Sudah dicek" in note
    assert NIK not in note
    assert actor is None  # the agency of this small lake is not in the register
    assert app.text_area[0].value == ""


def test_a_name_that_was_erased_is_not_written_again(writing: Path) -> None:
    settings = Settings(writing)
    note = "Sudah kami sampaikan ke kelompok melati putih kemarin."
    filled(view(writing, "aduan_riwayat", {"id": "k0"}), "diproses", note)
    Forgotten.of(settings).add([], ["Melati Putih"])
    filled(view(writing, "aduan_riwayat", {"id": "k0"}), "dibalas", note)
    notes = {status: text for _, status, text, _, _ in written(writing)}
    assert notes == {"diproses": note, "dibalas": "Sudah kami sampaikan ke kelompok [NAMA] kemarin."}


def test_the_same_form_sent_twice_is_one_event(writing: Path) -> None:
    app = filled(view(writing, "aduan_riwayat", {"id": "k0"}), "diproses", "Kami cek.")
    app = filled(app, "diproses", "Kami cek.")
    assert [part.value for part in app.success] == ["Kejadian ini sudah tercatat sebelumnya."]
    assert len(written(writing)) == 1


def test_what_cannot_be_true_is_refused_in_one_sentence(writing: Path) -> None:
    app = filled(view(writing, "aduan_riwayat", {"id": "k0"}), "dibalas", clock=time(23, 0))
    [problem] = [part.value.replace("\\", "") for part in app.error]
    assert problem == "Waktu kejadian masih di depan; catat setelah terjadi."
    assert written(writing) == []


def test_nothing_is_written_before_somebody_says_what_happened(writing: Path) -> None:
    app = view(writing, "aduan_riwayat", {"id": "k0"})
    next(button for button in app.button if button.label == "Simpan catatan").click().run()
    assert [part.value for part in app.error] == ["Pilih dahulu apa yang terjadi."]
    assert written(writing) == []


def test_what_only_a_channel_can_say_is_not_offered(writing: Path) -> None:
    offered = view(writing, "aduan_riwayat", {"id": "k0"}).selectbox[0].options
    assert "Dibalas" in offered
    assert not {"Baru", "Selesai (otomatis)"} & set(offered)


def test_a_dashboard_that_reads_only_says_so_and_cannot_write(
    writing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PATI_RECORDER")
    app = view(writing, "aduan_riwayat", {"id": "k0"})
    assert "hanya membaca" in words(app)
    assert not app.text_area
    entry = Entry("k0", "dibalas", date(2026, 11, 16), time(6), None, "")
    with pytest.raises(SettingsError, match="--recorder"):
        recording.record(read_settings(), load_config(), entry)
    assert written(writing) == []


@pytest.mark.parametrize(
    ("role", "recorder", "access", "may"),
    [
        ("admin", None, "sign_in", True),  # by their own name
        ("admin", "Diskominfo", "demo", True),
        ("admin", None, "demo", False),  # nobody answers for it
        ("opd:dputr", None, "sign_in", True),
        ("analis", "Diskominfo", "sign_in", False),
        ("pimpinan", None, "sign_in", False),
    ],
)
def test_who_records_and_in_whose_name(
    tmp_path: Path, role: str, recorder: str | None, access: str, may: bool
) -> None:
    told = dashboard_environment(Settings.load(tmp_path), recorder) | {"PATI_ACCESS": access}
    assert recording.allowed(read_settings(told), viewer_of("uji", role)) is may


@pytest.mark.proof
@needs_browser
@pytest.mark.browser
@pytest.mark.slow
def test_an_entry_in_a_real_browser(home: Path) -> None:
    from playwright.sync_api import expect

    with served(home, **WRITING) as url, chromium() as browser:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(f"{url}/aduan_riwayat?id=k0")
        screenshots.settle(page)
        what = page.get_by_role("combobox", name="Apa yang terjadi")
        what.press_sequentially("oleh admin")
        what.press("ArrowDown")
        what.press("Enter")
        expect(what).to_have_value("Selesai (oleh admin)")
        page.get_by_role("textbox", name="Isi jawaban atau keterangan").fill("Lampu sudah menyala.")
        page.get_by_role("button", name="Simpan catatan").click()
        expect(page.get_by_text("Tercatat.", exact=True)).to_be_visible(timeout=30_000)
        expect(page.get_by_text("Lampu sudah menyala.")).to_be_visible()
        expect(page.get_by_text("dicatat di dasbor")).to_be_visible()
        expect(page.get_by_text("tuntas")).to_have_count(1)  # the card follows the history
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert [row[:3] for row in written(home)] == [("k0", "selesai_admin", "Lampu sudah menyala.")]
