"""The pages about complaints: service in one period, the list with its deadlines, the life of one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard import screenshots
from tests.dashboard.seed import NOW
from tests.dashboard.server import chromium, needs_browser, served
from tests.dashboard.test_pages import numbers, view, words
from warehouse import Lake, queries
from warehouse.queries import ComplaintFilter, Scope
from warehouse.store import facts


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch, homes: dict[str, Path]) -> None:
    monkeypatch.setenv("PATI_HOME", str(homes["seeded"]))  # `view` changes it
    monkeypatch.setenv("PATI_NOW", NOW.isoformat())
    monkeypatch.delenv("PATI_CONFIG", raising=False)


def test_the_tiles_show_what_the_questions_answer(homes: dict[str, Path]) -> None:
    tiles = numbers(view(homes["seeded"], "aduan", {"periode": "12 minggu penuh terakhir"}))
    with Lake(homes["seeded"], now=NOW) as lake:
        found = queries.cohort(lake, Scope("weeks_12"))
        waiting = queries.backlog(lake, Scope("now"))
        reply = queries.response(lake, Scope("weeks_12"))
    assert found is not None
    assert waiting is not None
    assert reply is not None
    assert tiles["Aduan diterima"] == str(found.n_received)
    assert tiles["Tunggakan"] == str(waiting.n_open)
    assert reply.verdict == "ok"
    assert tiles["Respons pertama sejak masuk"] == f"{reply.median} hari kerja"
    ages = [tiles[label] for label in tiles if label.endswith("hari kerja") and label[0] in "016>"]
    assert sum(map(int, ages)) == waiting.n_open


def test_a_period_is_chosen_in_the_address(homes: dict[str, Path]) -> None:
    tiles = numbers(view(homes["seeded"], "aduan", {"periode": "September 2026"}))
    with Lake(homes["seeded"], now=NOW) as lake:
        found = queries.cohort(lake, Scope("month", NOW.replace(month=9, day=1).date()))
    assert found is not None
    assert 0 < int(tiles["Aduan diterima"]) == found.n_received
    assert tiles["Respons pertama sejak masuk"] == "data belum cukup"


def test_other_filters_are_said_not_to_count(homes: dict[str, Path]) -> None:
    said = "hanya mengikuti saringan OPD dan kanal"
    assert said in words(view(homes["seeded"], "aduan", {"kata": "lampu"}))
    assert said not in words(view(homes["seeded"], "aduan", {"kanal": "LaporBupPati"}))


def test_the_list_has_deadlines(homes: dict[str, Path]) -> None:
    app = view(homes["seeded"], "aduan", {"bentuk": "Tabel", "keadaan": "Masih terbuka"})
    table = next(table.value for table in app.dataframe if "Jatuh tempo" in table.value)
    with Lake(homes["seeded"], now=NOW) as lake:
        rows = queries.complaints(lake, ComplaintFilter(state="open"), 20).rows
    assert list(table["Sisa hari kerja"]) == list(rows["days_left"])
    assert (table["Jatuh tempo"] != "").all()
    assert "Jatuh tempo" in words(view(homes["seeded"], "aduan", {"keadaan": "Lewat tenggat"}))


def test_the_life_of_a_complaint_is_told_in_order(homes: dict[str, Path]) -> None:
    shown = words(view(homes["seeded"], "aduan_riwayat", {"id": "k1"}))
    places = [shown.index(f"**{label}**") for label in ("Diterima", "Didisposisi")]
    assert places == sorted(places)
    assert "Sudah kami cek." in shown
    assert "dari berkas kanal" in shown


def test_closing_by_the_channel_is_shown_as_what_will_be(homes: dict[str, Path], tmp_path: Path) -> None:
    home = Path(shutil.copytree(homes["seeded"], tmp_path / "home"))
    with Lake(home, now=NOW) as lake:
        lake.write(lambda con: con.execute("UPDATE complaint SET channel = 'sp4n' WHERE doc_id = 'k1'"))
        lake.write(facts.rebuild)
        events = lake.value("SELECT count(*) FROM complaint_event")
    app = view(home, "aduan_riwayat", {"id": "k1"})
    assert "akan ditutup otomatis pada 20 Nov 2026 bila pelapor tidak menanggapi" in words(app)
    assert "masih terbuka" in words(app)
    with Lake(home, now=NOW) as lake:
        assert lake.value("SELECT count(*) FROM complaint_event") == events


@pytest.mark.parametrize("key", ["", "tidak-ada", "n0"])
def test_an_unknown_complaint_is_said_kindly(homes: dict[str, Path], key: str) -> None:
    assert "Aduan tidak ditemukan" in words(view(homes["seeded"], "aduan_riwayat", {"id": key}))


@pytest.mark.parametrize("key", ["k-script", "k-markdown", "k-bidi", "k-secret", "k-formula"])
def test_hostile_and_confidential_words_do_nothing_here_either(homes: dict[str, Path], key: str) -> None:
    app = view(homes["seeded"], "aduan_riwayat", {"id": key})
    assert not app.error
    shown = words(app)
    assert "sangat rahasia" not in shown
    assert "\u202e" not in shown
    assert not [part for part in (*app.markdown, *app.caption) if "<script" in part.value.replace("\\<", "")]


@pytest.mark.proof
@needs_browser
@pytest.mark.browser
@pytest.mark.slow
def test_another_period_in_a_real_browser(homes: dict[str, Path]) -> None:
    from playwright.sync_api import expect

    with Lake(homes["seeded"], now=NOW) as lake:
        month = queries.cohort(lake, Scope("month", NOW.replace(month=9, day=1).date()))
        ever = queries.cohort(lake, Scope("all"))
    assert month is not None
    assert ever is not None
    assert 0 < month.n_received < ever.n_received
    with served(homes["seeded"]) as url, chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{url}/aduan")
        screenshots.settle(page)
        period = page.get_by_role("combobox", name="Periode")
        received = page.get_by_test_id("stMetric").filter(has_text="Aduan diterima")

        def choose(name: str, n: int) -> None:
            period.press_sequentially(name)
            page.get_by_role("option", name=name).first.click()
            expect(received).to_contain_text(str(n), timeout=30_000)

        choose("September 2026", month.n_received)
        assert "periode=September" in page.url
        # The way from a number of this part leads to the list, which is another part of the page.
        page.locator(".st-key-narrow_angka_received button").click()
        heading = page.get_by_text("Hanya aduan yang dihitung angka")
        expect(heading).to_be_visible(timeout=30_000)
        listed = page.get_by_text(f"n = {month.n_received} aduan yang cocok;")
        expect(listed).to_be_visible(timeout=30_000)
        choose("Semua waktu", ever.n_received)
        expect(page.get_by_text(f"n = {ever.n_received} aduan yang cocok;")).to_be_visible(timeout=30_000)
