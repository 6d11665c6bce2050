"""The page of one story and the saved searches: what they count, and that it is what the lists show."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from dashboard import signin
from pipelines.searching import words_of
from pipelines.serving import MASKER, WORDS
from tests.dashboard.seed import NOW, QUOTED
from tests.dashboard.test_pages import view, words
from warehouse import Lake, queries
from warehouse.access.audit import entries
from warehouse.queries import DocumentFilter
from warehouse.queries import story_page as asked
from warehouse.queries.saved_searches import saved_searches
from warehouse.search import refresh
from warehouse.store.saved_searches import save_search

pytestmark = pytest.mark.usefixtures("plain")


@pytest.fixture
def indexed(homes: dict[str, Path], tmp_path: Path) -> Path:
    home = tmp_path / "home"
    shutil.copytree(homes["seeded"], home)
    with Lake(home, now=NOW) as lake:
        refresh(lake, words_of(None))
        save_search(
            lake, words_of(None), "Jalan <b>rusak</b>", DocumentFilter(words="rusak", topics=("jalan",)), NOW
        )
    return home


def test_the_course_of_a_story_counts_each_of_its_dated_articles_once(lake: Lake) -> None:
    course = asked.story_days(lake, "s1")
    found = queries.story(lake, "s1")
    assert found is not None
    dated = found.articles[found.articles["day"].notna()]
    assert course["n"].sum() == len(dated) == 20
    per_day = dated.groupby("day").size().to_dict()
    assert {day: n for day, n in course.groupby("day")["n"].sum().items() if n} == per_day
    copied = dated[dated["copy_of"].notna()]
    assert course[course["voice"] == "copy"]["n"].sum() == len(copied)


def test_nothing_of_a_government_is_no_echo(lake: Lake) -> None:
    assert asked.story_echo(lake, "s1") == asked.Echo(21, 0)
    assert asked.story_echo(lake, "tidak-ada") == asked.Echo(0, 0)


def test_every_copy_is_named_with_what_it_repeats(lake: Lake) -> None:
    found = asked.story_copies(lake, "s1")
    assert len(found) == 7
    assert set(found["original_id"]) == {"n0"}
    assert asked.story_copies(lake, "tidak-ada").empty


def test_quotes_are_what_stands_between_the_marks(lake: Lake) -> None:
    assert list(asked.story_quotes(lake, "s1")["quote"]) == [QUOTED]


def test_the_page_shows_course_copies_offices_and_quotes(homes: dict[str, Path]) -> None:
    app = view(homes["seeded"], "cerita", {"id": "s1"})
    shown = words(app)
    assert "0 dari 21 artikel media mengulang teks" in shown
    assert "n = 7 salinan" in shown
    assert "dimuat 1 media" in shown
    assert "n = 21 artikel" in shown
    second = view(homes["seeded"], "cerita", {"id": "s1", "hal_cerita": "2"})
    assert len(second.get("link_button")) < len(app.get("link_button"))


def test_a_story_that_is_not_there_says_so(homes: dict[str, Path]) -> None:
    assert "Cerita tidak ditemukan" in words(view(homes["seeded"], "cerita", {"id": "<script>"}))


def test_a_saved_search_is_opened_as_it_was_asked(indexed: Path) -> None:
    os.environ["PATI_WORDS"] = WORDS
    app = view(indexed, "berita")
    button = app.button(key="buka_pencarian_0")
    assert button.label == r"Jalan \<b\>rusak\<\/b\>"
    button.click().run()
    assert not app.exception
    assert app.text_input(key="q").value == "rusak"
    assert app.multiselect(key="topik").value == ["jalan"]
    assert "dokumen yang cocok" in words(app)


def test_a_search_is_saved_only_where_the_dashboard_may_write(indexed: Path) -> None:
    os.environ["PATI_WORDS"] = WORDS
    assert not [one for one in view(indexed, "berita").text_input if "nama" in one.label]
    os.environ |= {"PATI_RECORDER": "Diskominfo", "PATI_MASKER": MASKER}
    app = view(indexed, "berita", {"q": "lampu", "tampil": "Dokumen"})
    next(one for one in app.text_input if "nama" in one.label).set_value("Lampu")
    next(one for one in app.button if one.label == "Simpan").click().run()
    assert not app.exception
    with Lake(indexed, now=NOW) as there:
        assert [(one.name, one.words) for one in saved_searches(there)][1] == ("Lampu", "lampu")


def test_saving_is_booked_without_the_words_and_not_for_everybody(
    indexed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("WORDS", WORDS), ("RECORDER", "Diskominfo"), ("ACCESS", "demo")):
        monkeypatch.setenv(f"PATI_{name}", value)
    app = view(indexed, "berita", {"q": "lampu", "tampil": "Dokumen"})
    next(one for one in app.text_input if "nama" in one.label).set_value("Lampu")
    next(one for one in app.button if one.label == "Simpan").click().run()
    [booked] = entries(indexed, 9, event="changed")
    assert (booked.user, booked.detail) == ("demo", "saved_search")
    app.session_state[signin.DEMO_ROLE] = "pimpinan"
    app.run()
    assert not app.exception
    assert not [one for one in app.text_input if "nama" in one.label]
    assert "tidak menyimpan pencarian" in words(app)


def test_another_spelling_is_offered_and_asked_for(indexed: Path) -> None:
    os.environ["PATI_WORDS"] = WORDS
    app = view(indexed, "berita", {"q": "juwanna"})
    assert "ditampilkan hasil untuk" in words(app)
    next(one for one in app.button if one.label.startswith("Cari: ")).click().run()
    assert app.text_input(key="q").value == "juwana"
