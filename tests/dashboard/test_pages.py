"""Every page over no lake, an empty lake and a small lake with hostile rows."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pipelines.searching import words_of
from pipelines.serving import WORDS
from tests.dashboard.seed import NOW
from warehouse import Lake
from warehouse.search import refresh

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
MENU = {
    "ringkasan": "Ringkasan",
    "berita": "Isu & berita",
    "media_sosial": "Media sosial",
    "peta": "Peta",
    "opd": "OPD",
    "aduan": "Aduan per OPD",
    "laporan": "Laporan mingguan",
    "smart_city": "Smart city",
    "koreksi": "Koreksi label",
    "sumber": "Sumber & kesehatan",
    "pengaturan": "Pengaturan",
}
VIEWS: list[tuple[str, dict[str, str]]] = [
    *[(name, {}) for name in MENU],
    ("berita", {"tampil": "Dokumen"}),
    ("berita", {"tampil": "Dokumen", "hal": "2"}),
    ("media_sosial", {"rentang_sosial": "12 minggu", "suara": "Komentar"}),
    ("peta", {"ukuran": "Per 10.000 penduduk", "wilayah_peta": "Juwana", "rentang": "12 minggu"}),
    ("opd", {"kantor": "DCS"}),
    ("smart_city", {"dimensi": "Smart Living", "tampilan": "Quick win"}),
    ("cerita", {"id": "s1"}),
    ("video", {"id": "v1"}),
]

TABS: list[tuple[str, dict[str, str]]] = [
    *[("ringkasan", {"kecenderungan": name}) for name in ("Nada layanan", "Topik", "OPD", "Kecamatan")],
    ("media_sosial", {"bandingan": "Negatif dibanding yang lain"}),
    ("opd", {"kantor": "DCS", "kecenderungan": "Nada layanan"}),
]


@pytest.fixture(autouse=True)
def _clean_environment() -> Iterator[None]:
    kept = dict(os.environ)
    os.environ["PATI_NOW"] = NOW.isoformat()
    os.environ.pop("PATI_CONFIG", None)
    yield
    os.environ.clear()
    os.environ.update(kept)


def view(home: Path, name: str, filters: dict[str, str] | None = None) -> AppTest:
    os.environ["PATI_HOME"] = str(home)
    app = AppTest.from_file(APP, default_timeout=120)
    if name != "ringkasan":
        app.switch_page(f"views/{name}.py")
    for key, value in (filters or {}).items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception[0].message
    return app


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception, app.exception[0].message
    return app


def words(app: AppTest) -> str:
    """Everything a person can read, in the order it stands."""
    parts = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.text, *app.info]
    return "\n".join(str(part.value) for part in parts)


def numbers(app: AppTest) -> dict[str, str]:
    return {tile.label: str(tile.value) for tile in app.metric}


@pytest.mark.parametrize("name", MENU)
def test_without_a_lake_every_page_says_how_to_begin(homes: dict[str, Path], name: str) -> None:
    app = view(homes["none"], name)
    assert app.title[0].value == MENU[name]
    assert "Belum ada data" in words(app)
    assert "pati run" in words(app)


@pytest.mark.parametrize(("name", "filters"), VIEWS)
def test_an_empty_lake_is_no_error(homes: dict[str, Path], name: str, filters: dict[str, str]) -> None:
    app = view(homes["empty"], name, filters)
    assert not app.error
    assert ":material/inbox:" in words(app)


@pytest.mark.parametrize(("name", "filters"), VIEWS + TABS)
def test_hostile_texts_stay_text(homes: dict[str, Path], name: str, filters: dict[str, str]) -> None:
    app = view(homes["seeded"], name, filters)
    assert not app.error
    read_as_markdown = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.info]
    for part in read_as_markdown:
        shown = str(part.value)
        assert not re.search(
            r"(?<!\\)(<script|\[klik|!\[|\*\*tebal|\$x)|:(red|smile|material/home)|https:/", shown
        )
        assert getattr(part, "allow_html", False) is False
    everything = words(app)
    assert "\u202e" not in everything
    assert "x" * 100 not in everything
    assert "sangat rahasia" not in everything


def test_overview_counts_the_week_and_opens_its_rows(homes: dict[str, Path]) -> None:
    app = view(homes["seeded"], "ringkasan")
    tiles = numbers(app)
    assert tiles["Artikel berita"] == "20"
    rows = view(
        homes["seeded"],
        "berita",
        {"tampil": "Dokumen", "jenis": "Berita", "dari": "2026-11-09", "sampai": "2026-11-15"},
    )
    assert "n = 20 dokumen yang cocok" in words(rows)
    complaints = view(homes["seeded"], "aduan", {"masuk": "2026-11-09", "hingga": "2026-11-15"})
    assert f"n = {tiles['Aduan masuk']} aduan yang cocok" in words(complaints)


def test_overview_names_alerts_with_reason_and_the_silent_source(homes: dict[str, Path]) -> None:
    shown = words(view(homes["seeded"], "ringkasan"))
    assert "Topik melonjak" in shown
    assert "Sumber terganggu" in shown
    assert "hilang" in shown


def test_only_the_open_tab_is_worked_out_and_the_address_names_it(homes: dict[str, Path]) -> None:
    app = view(homes["seeded"], "ringkasan")
    assert "12 minggu; data s.d." in words(app)
    assert "n = dokumen bernada" not in words(app)
    app = view(homes["seeded"], "ringkasan", {"kecenderungan": "OPD"})
    assert "12 minggu; data s.d." not in words(app)
    assert "n = dokumen bernada" in words(app)


def test_another_week_can_be_chosen_and_is_kept_in_the_address(homes: dict[str, Path]) -> None:
    app = view(homes["seeded"], "ringkasan", {"minggu": "2\N{EN DASH}8 Nov 2026"})
    assert app.selectbox(key="minggu").value.iso == "2026-W45"
    assert numbers(app)["Artikel berita"] == "0"
    assert "Belum ada cerita" in words(app)


def test_no_percentage_below_ten(homes: dict[str, Path]) -> None:
    shown = words(view(homes["seeded"], "ringkasan"))
    assert "%" not in shown  # every week before has fewer than ten documents


def test_filters_in_the_address_are_applied(homes: dict[str, Path]) -> None:
    shown = words(view(homes["seeded"], "berita", {"tampil": "Dokumen", "q": "bagian 3"}))
    assert "n = 1 dokumen yang cocok" in shown
    none = view(homes["seeded"], "berita", {"q": "tidakadasamasekali"})
    assert "Tidak ada yang cocok" in words(none)


@pytest.mark.parametrize(
    "filters", [{"hal": "99999"}, {"hal": "-1"}, {"hal": "x"}, {"dari": "kemarin"}, {"topik": "?"}]
)
def test_nonsense_in_the_address_is_ignored(homes: dict[str, Path], filters: dict[str, str]) -> None:
    app = view(homes["seeded"], "berita", {"tampil": "Dokumen", **filters})
    assert "dokumen yang cocok" in words(app)


def test_story_shows_articles_copies_and_outlets_apart(homes: dict[str, Path]) -> None:
    app = view(homes["seeded"], "cerita", {"id": "s1"})
    shown = words(app)
    assert "21 artikel di 1 media" in shown
    assert "(salinan)" in shown


@pytest.mark.parametrize("name", ["cerita", "video"])
@pytest.mark.parametrize("key", ["", "tidak-ada", "k-secret"])
def test_an_unknown_detail_is_said_kindly(homes: dict[str, Path], name: str, key: str) -> None:
    assert "tidak ditemukan" in words(view(homes["seeded"], name, {"id": key}))


def test_links_lead_to_web_addresses_only(homes: dict[str, Path]) -> None:
    app = view(homes["seeded"], "berita", {"tampil": "Dokumen", "q": "tautan jahat"})
    assert "Tautan asli tidak tersedia" in words(app)
    assert not app.get("link_button")
    fine = view(homes["seeded"], "berita", {"tampil": "Dokumen", "q": "bagian 3"})
    assert len(fine.get("link_button")) == 1


def test_a_tile_of_the_queue_narrows_the_list(homes: dict[str, Path]) -> None:
    app = view(homes["seeded"], "aduan")
    open_ones = numbers(app)["Masih terbuka"]
    app.button(key="narrow_keadaan_open").click().run()
    assert not app.exception
    assert f"n = {open_ones} aduan yang cocok" in words(app)
    assert numbers(app)["Masih terbuka"] == open_ones  # the tiles still show the whole queue


def test_answered_is_not_called_done(homes: dict[str, Path]) -> None:
    shown = words(view(homes["seeded"], "aduan", {"keadaan": "Dijawab"}))
    assert "Dijawab bukan berarti tuntas" in shown
    assert "masih terbuka" in shown


def test_sources_are_judged_in_words_and_rejections_counted(homes: dict[str, Path]) -> None:
    app = view(homes["seeded"], "sumber")
    shown = words(app)
    assert "tiga percobaan terakhir tidak dapat dihubungi" in shown
    tables = [table.value for table in app.dataframe]
    reasons = next(table for table in tables if "Banyaknya" in table)
    assert set(reasons["Alasan"]) == {"bukan tentang Kabupaten Pati", "halaman tanpa teks"}
    assert reasons["Banyaknya"].sum() == 7
    for table in tables:
        cells = [cell for column in table for cell in table[column] if isinstance(cell, str)]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


def test_a_broken_config_is_told_in_one_sentence(homes: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "topics.yaml").write_text("bukan: [", encoding="utf-8")
    os.environ["PATI_CONFIG"] = str(tmp_path)
    app = view(homes["seeded"], "aduan")
    assert len(app.error) == 1
    assert "topics.yaml" in words(app)


def test_a_broken_clock_setting_is_told_in_one_sentence(homes: dict[str, Path]) -> None:
    os.environ["PATI_NOW"] = "besok"
    app = view(homes["seeded"], "ringkasan")
    assert "PATI_NOW" in words(app)


def test_the_search_box_asks_the_index_and_says_when_there_is_none(
    homes: dict[str, Path], tmp_path: Path
) -> None:
    os.environ["PATI_WORDS"] = WORDS
    wanted = {"q": "bagiannya", "tampil": "Dokumen"}  # a form that stands in no text
    assert "huruf yang persis sama" in words(view(homes["seeded"], "berita", wanted))
    shutil.copytree(homes["seeded"], tmp_path / "home")
    with Lake(tmp_path / "home", now=NOW) as lake:
        refresh(lake, words_of(None))
    shown = words(view(tmp_path / "home", "berita", wanted))
    assert "persis sama" not in shown
    assert "yang cocok" in shown
