"""The page of smart city: who sees and writes what, what is booked, and that nothing hostile acts."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pipelines.serving import MASKER
from tests.assessment.hostile import NOW, SECRET
from tests.assessment.signed_in import home_with_accounts, opened, press, words
from warehouse import Lake
from warehouse.access.audit import entries
from warehouse.queries.assessment import issued_packs

LIVING = {"dimensi": "Smart Living", "indikator": "Impact"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return home_with_accounts(tmp_path_factory.mktemp("page") / "home")


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "home"))


@pytest.fixture(autouse=True)
def environment(home: Path) -> Iterator[None]:
    told = {
        "PATI_HOME": str(home),
        "PATI_NOW": NOW.isoformat(),
        "PATI_ACCESS": "sign_in",
        "PATI_MASKER": MASKER,
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in told.items():
            patch.setenv(name, value)
        patch.delenv("PATI_CONFIG", raising=False)
        patch.delenv("PATI_RECORDER", raising=False)
        yield


def rows(home: Path, sql: str) -> list[tuple[object, ...]]:
    with Lake(home, now=NOW) as lake:
        return lake.rows(sql)


def choose(app: AppTest, n: int) -> list[str]:
    boxes = app.checkbox[:n]
    for box in boxes:
        box.check()
    app.run()
    return [str(box.key).split("_", 2)[2] for box in boxes]


def test_leadership_reads_and_finds_no_form(home: Path) -> None:
    app = opened(home, "bupati", **LIVING)
    shown = words(app)
    assert "bukti pendamping, bukan nilai" in shown
    assert "Indeks 2026" in [tile.label for tile in app.metric]
    assert app.metric[0].value == "terbuka"
    table = next(one.value for one in app.dataframe if "Selang 95%" in one.value)
    tone = table[table["Angka"].str.startswith("I10")].iloc[0]
    assert (tone["n"], tone["Tentang"]) == (12, "Smart Living")
    assert not app.checkbox
    assert not [one for one in app.button if one.label in ("Sematkan", "Simpan isian", "Terbitkan paket")]


def test_an_office_sees_its_own_quick_wins_and_nothing_of_the_assessment(home: Path) -> None:
    app = opened(home, "dpu.admin", **LIVING)
    shown = words(app).replace("\\", "")
    assert "SIJAKAPATI" in shown
    assert "SIPIPA" not in shown
    assert not [*app.metric, *app.checkbox, *app.radio, *app.dataframe]
    assert [one.label for one in app.selectbox] == []
    assert entries(home, 1, user="dpu.admin", event="refused") == []


@pytest.mark.proof
def test_five_documents_are_pinned_by_name_and_booked(home: Path) -> None:
    app = opened(home, "budi", **LIVING)
    chosen = choose(app, 5)
    app = press(app, "tanda_pinned")
    assert "5 dokumen disematkan." in words(app)
    assert not [box for box in app.checkbox if box.value]  # what was done is not done again
    found = rows(home, "SELECT doc_id FROM mart_evidence WHERE mark = 'pinned' AND marked_by = 'budi'")
    assert {doc_id for (doc_id,) in found} == set(chosen)
    assert entries(home, 1, user="budi", event="changed")[0].detail.startswith(
        "evidence pinned smart_city/2026"
    )


@pytest.mark.proof
def test_to_reject_needs_a_word_and_words_are_masked(home: Path) -> None:
    app = opened(home, "ana", **LIVING)
    choose(app, 1)
    app = press(app, "tanda_rejected")
    assert "tidak boleh kosong" in app.error[0].value.replace("\\", "")
    app.text_input(key="catatan_bukti_0").set_value("Bukan di Pati, tanya 0812-0000-0012")
    app = press(app.run(), "tanda_rejected")
    told = rows(
        home, "SELECT comment FROM evidence_event WHERE comment LIKE 'Bukan di Pati,%' ORDER BY position"
    )
    [(comment,)] = told
    assert "0812" not in str(comment)


@pytest.mark.proof
def test_a_level_is_entered_by_one_and_reviewed_by_another(home: Path) -> None:
    app = opened(home, "budi", **LIVING)
    app = press(app, "kembalikan_isian")
    assert "tidak boleh kosong" in app.error[0].value.replace("\\", "")
    app = press(app, "terima_isian")
    assert "Isian diterima." in words(app)
    own = opened(home, "ana", **LIVING)
    assert "diterima" in words(own)
    assert not [one for one in own.button if one.key == "terima_isian"]  # nobody reviews their own
    own.number_input[0].set_value(3.07)
    own.text_area[0].set_value("Survei warga, NIK 3318000000000000")
    own = press(own, "Simpan isian")
    assert "menunggu tinjauan" in words(own)
    told = rows(home, "SELECT action, person, score, justification FROM assessment_entry ORDER BY position")
    assert [row[:3] for row in told] == [
        ("entered", "ana", 3.0),
        ("accepted", "budi", None),
        ("entered", "ana", 3.07),
    ]
    assert "3318" not in str(told[2][3])
    assert "belum ditinjau" in words(own)  # an edited entry needs a new review


@pytest.mark.proof
def test_a_pack_is_noted_before_it_can_be_taken(home: Path) -> None:
    app = opened(home, "ana", **LIVING, tampilan="Paket bukti")
    assert not app.get("download_button")
    app = press(app, "terbitkan_paket")
    assert not app.error
    assert app.get("download_button")
    held = app.session_state["paket_siap"][1]
    with Lake(home, now=NOW) as lake:
        [noted] = issued_packs(lake)
    assert (noted.pack_id, noted.manifest_sha256) == (held.pack_id, held.sha256)
    assert (noted.person, noted.role) == ("ana", "pimpinan")  # what goes to outsiders is the default
    assert json.loads(held.files["MANIFEST.json"])["issued_by"] == "ana"
    assert [one.about for one in entries(home, 5, user="ana", event="exported")] == [held.pack_id]
    from dashboard.pack.files import zipped

    assert zipfile.ZipFile(BytesIO(zipped(held.pack_id, held.files))).testzip() is None


def test_quick_wins_are_judged_by_name(home: Path) -> None:
    app = opened(home, "ana", tampilan="Quick win")
    assert "Belum pernah disebut" in words(app).replace("\\", "")
    for choice in [one for one in app.radio if "bobot" in one.label]:
        choice.set_value(4)
    app = press(app, "Simpan penilaian")
    assert "Penilaian tersimpan." in words(app)
    assert rows(home, "SELECT DISTINCT judge, score FROM quick_win_judgement") == [("ana", 4)]
    assert "Baru 1 dari 3 juri" in words(app).replace("\\", "")


@pytest.mark.parametrize("user", ["ana", pytest.param("bupati", marks=pytest.mark.proof)])
def test_hostile_texts_stay_text(home: Path, user: str) -> None:
    app = opened(home, user, **LIVING)
    for part in (*app.title, *app.subheader, *app.markdown, *app.caption, *app.checkbox):
        shown = str(getattr(part, "value", "")) + str(getattr(part, "label", ""))
        assert not re.search(r"(?<!\\)(<script|\[klik|!\[)", shown)
    assert "\u202e" not in words(app)
    assert SECRET not in words(app)


def test_a_dashboard_that_only_reads_says_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATI_ACCESS", "open")
    app = opened(home, "ana", **LIVING)
    assert "hanya membaca" in words(app)
    assert not app.checkbox
