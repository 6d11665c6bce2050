"""Koreksi label: what is shown, what is written, and that nothing hostile acts."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import screenshots
from nlp.corpus.agreement import agreements
from pipelines.serving import AGREEMENT, MASKER
from tests.dashboard.seed import HOSTILE, NOW
from tests.dashboard.server import needs_browser, served
from tests.dashboard.test_pages import numbers, press, view, words
from warehouse import Lake, queries
from warehouse.store.reviews import answer_review, second_opinion

ANSWER = {"relevant": ["ya"], "topic": ["jalan"], "opd": ["dpu"], "sentiment": ["negatif"], "kecamatan": []}
COMMENTS = {"jenis_teks": "Komentar"}
NIK = "3318000000000000"


@pytest.fixture
def home(homes: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lake of one's own, opened for writing by ana."""
    monkeypatch.delenv("PATI_CONFIG", raising=False)
    for name, value in {
        "PATI_HOME": str(homes["seeded"]), "PATI_NOW": NOW.isoformat(), "PATI_RECORDER": "ana",
        "PATI_MASKER": MASKER, "PATI_AGREEMENT": AGREEMENT,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    return Path(shutil.copytree(homes["seeded"], tmp_path / "home"))


def first(home: Path, who: str = "ana") -> str:
    with Lake(home, now=NOW) as lake:
        return str(queries.review_queue(lake, who, "comment")["doc_id"][0])


def field(app: AppTest, label: str) -> object:
    parts = [*app.radio, *app.selectbox, *app.multiselect, *app.text_input]
    return next(part for part in parts if part.label == label)


def test_an_answer_is_saved_wins_at_once_and_can_be_undone(home: Path) -> None:
    app = view(home, "koreksi", COMMENTS)
    assert not app.error
    before = numbers(app)
    doc_id = first(home)
    field(app, "Topik").set_value("banjir")  # type: ignore[attr-defined]
    field(app, "Alasan (boleh kosong)").set_value(f"genangan, NIK {NIK}")  # type: ignore[attr-defined]
    app = press(app, "Simpan")
    assert [part.value for part in app.success] == ["Dikoreksi: topik."]
    after = numbers(app)
    assert int(after["Menunggu"]) == int(before["Menunggu"]) - 1
    assert (after["Sudah diperiksa"], after["Belum dipelajari"], after["Oleh Anda"]) == ("1", "1", "1")
    with Lake(home, now=NOW) as lake:
        assert lake.value("SELECT topic FROM document_fact WHERE doc_id = ?", [doc_id]) == "banjir"
        [(who, reason)] = lake.rows("SELECT DISTINCT corrected_by, reason FROM label_correction")
    assert who == "ana"
    assert NIK not in reason
    made = next(table.value for table in app.dataframe if "Menjadi" in table.value)
    assert list(made["Menjadi"]) == ["banjir"]
    app = press(app, "Urungkan yang terakhir")
    assert "berlaku lagi" in app.success[0].value
    assert numbers(app)["Menunggu"] == before["Menunggu"]
    with Lake(home, now=NOW) as lake:
        assert lake.value("SELECT topic FROM document_fact WHERE doc_id = ?", [doc_id]) == "jalan"


def test_right_as_it_is_is_saved_too_and_a_skipped_text_goes_to_others(home: Path) -> None:
    app = press(view(home, "koreksi", COMMENTS), "Simpan")
    assert [part.value for part in app.success] == ["Tersimpan: label sudah benar."]
    second = first(home)
    app = press(app, "Lewati")
    assert first(home) != second
    assert first(home, "budi") == second
    app.segmented_control(key="daftar").set_value("lewat").run()
    with Lake(home, now=NOW) as lake:
        assert list(queries.review_queue(lake, "ana", skipped=True)["doc_id"]) == [second]
    assert "dilewati: 1" in words(app)


def test_a_second_reader_sees_neither_answer_nor_label(home: Path) -> None:
    with Lake(home, now=NOW) as lake:
        [(chosen,)] = lake.rows(
            "SELECT doc_id FROM document_fact WHERE kind = 'news' AND (md5_number(doc_id) % 100) < 20 "
            "ORDER BY doc_id LIMIT 1"
        )
        answer_review(lake, chosen, ANSWER, None, "budi")
        assert queries.second_queue(lake, "ana") == [chosen]
    app = view(home, "koreksi", {"daftar": "Pendapat kedua"})
    shown = words(app)
    assert "Label model dan skornya" not in shown
    assert "Label sekarang" not in shown
    assert field(app, "Topik").value is None  # type: ignore[attr-defined]
    press(app, "Simpan")
    assert "Pilih dahulu" in app.error[0].value
    field(app, "Tentang Kabupaten Pati?").set_value(True)  # type: ignore[attr-defined]
    field(app, "Topik").set_value("banjir")  # type: ignore[attr-defined]
    field(app, "Nada terhadap layanan").set_value("netral")  # type: ignore[attr-defined]
    app = press(app, "Simpan")
    assert "label tidak berubah" in app.success[0].value
    with Lake(home, now=NOW) as lake:
        assert lake.value("SELECT topic FROM document_fact WHERE doc_id = ?", [chosen]) == "jalan"
        pairs = queries.opinion_pairs(lake)
    table = next(table.value for table in app.dataframe if "Kappa" in table.value)
    assert list(table["n"]) == [1] * 5
    assert set(table["Kappa"]) == {"data belum cukup"}
    assert agreements(pairs)["topic"].share == 0.0
    differ = view(home, "koreksi", {"daftar": "Berbeda pendapat"})
    assert "Dua pendapat" in words(differ)
    field(differ, "Topik").set_value("banjir")  # type: ignore[attr-defined]
    field(differ, "Nada terhadap layanan").set_value("netral")  # type: ignore[attr-defined]
    press(differ, "Simpan")
    with Lake(home, now=NOW) as lake:
        assert lake.value("SELECT topic FROM document_fact WHERE doc_id = ?", [chosen]) == "banjir"
        assert queries.differing(lake) == []


@pytest.mark.parametrize("seconds", [0.0, 3600.0])
def test_what_somebody_else_changed_meanwhile_is_said(
    home: Path, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    monkeypatch.setattr("dashboard.reader.CHECK_SECONDS", seconds)  # how soon the page looks for newer data
    app = view(home, "koreksi", COMMENTS)
    with Lake(home, now=NOW) as lake:
        answer_review(lake, first(home), {**ANSWER, "topic": ["banjir"]}, None, "budi")
    app = press(app, "Simpan")
    assert not app.success
    assert "baru saja diubah orang lain" in app.error[0].value.replace("\\", "")


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_texts_stay_text(home: Path, name: str) -> None:
    app = view(home, "koreksi", {"id": f"h-{name}"})
    assert not app.error
    for part in (*app.title, *app.subheader, *app.markdown, *app.caption, *app.info):
        shown = str(part.value)
        assert "<script" not in shown.replace("\\<", "")
        assert "](" not in shown.replace("\\]", "").replace("\\(", "")
    assert "\u202e" not in words(app)
    assert "x" * 100 not in words(app)


@pytest.mark.parametrize("key", ["k-secret", "tidak-ada"])
def test_what_may_not_be_read_is_not_found(home: Path, key: str) -> None:
    app = view(home, "koreksi", {"id": key})
    assert "Teks tidak ditemukan" in words(app)
    assert "sangat rahasia" not in words(app)


def test_an_empty_lake_and_a_dashboard_that_only_reads(
    homes: dict[str, Path], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = view(homes["empty"], "koreksi")
    assert not empty.error
    assert "Tidak ada yang menunggu" in words(empty)
    monkeypatch.delenv("PATI_RECORDER")
    app = view(home, "koreksi")
    assert "hanya membaca" in words(app)
    assert "Simpan" not in [button.label for button in app.button]


def test_two_readers_who_agree_have_a_kappa(home: Path) -> None:
    with Lake(home, now=NOW) as lake:
        for i in range(10):
            topic = ["jalan" if i % 2 else "banjir"]
            answer_review(lake, f"n{i}", {**ANSWER, "topic": topic}, None, "ana")
            second_opinion(lake, f"n{i}", {**ANSWER, "topic": topic if i else ["jalan"]}, "budi")
        found = agreements(queries.opinion_pairs(lake))["topic"]
    table = next(table.value for table in view(home, "koreksi").dataframe if "Kappa" in table.value)
    shown = dict(zip(table["Label"], table["Kappa"], strict=True))
    assert shown["Topik"] == f"{found.kappa:.2f}".replace(".", ",") == "0,80"


def topics_chart(page: Any) -> bytes:
    """The picture of the overview's chart of topics."""
    page.get_by_role("tab", name="Topik").click()
    chart = page.locator("[data-testid=stVegaLiteChart]:visible")
    chart.wait_for(timeout=30_000)
    page.wait_for_timeout(1_000)
    picture: bytes = chart.screenshot()
    return picture


@pytest.mark.proof
@needs_browser
@pytest.mark.browser
@pytest.mark.slow
def test_a_corrected_label_is_seen_in_the_overview_of_a_real_browser(home: Path) -> None:
    from playwright.sync_api import expect, sync_playwright

    program = next(filter(None, map(shutil.which, screenshots.BROWSERS)))
    with served(home, PATI_RECORDER="ana", PATI_MASKER=MASKER) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(url)
        screenshots.settle(page)
        before = topics_chart(page)
        page.goto(f"{url}/koreksi?id=k0")
        screenshots.settle(page)
        topic = page.get_by_role("combobox", name="Topik")
        topic.press_sequentially("Banjir")
        topic.press("Enter")
        expect(topic).to_have_value("Banjir")
        page.keyboard.press("Control+Enter")  # no mouse
        expect(page.get_by_text("Dikoreksi: topik.")).to_be_visible(timeout=30_000)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.goto(url)
        screenshots.settle(page)
        assert topics_chart(page) != before
        page.goto(f"{url}/berita?tampil=Dokumen&topik=Banjir")
        expect(page.get_by_text("n = 1 dokumen yang cocok")).to_be_visible(timeout=30_000)
        browser.close()
    with Lake(home, now=NOW) as lake:
        assert lake.value("SELECT count(*) FROM label_review") == 1  # sent once
