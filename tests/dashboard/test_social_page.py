"""The page of social media: what it counts, and the words that mark one group of texts."""

from __future__ import annotations

import math
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
import vl_convert

from dashboard import word_charts
from tests.dashboard.seed import NOW, _document, _labels
from tests.dashboard.test_pages import view, words
from warehouse import Lake
from warehouse.queries import last_complete_week, social
from warehouse.store import add_enrichment, store_batch
from warehouse.store.documents import Batch

LAST = last_complete_week(NOW)
BOTH = ("comment", "social")


pytestmark = pytest.mark.usefixtures("plain")


def said(lake: Lake, texts: list[tuple[str, int, str]]) -> None:
    """Posts, each by its own person unless the text says otherwise: text, days ago, person."""
    rows = [
        _document(f"p{i}", "social", text, days, author=person or f"orang-{i}", title="")
        for i, (text, days, person) in enumerate(texts)
    ]
    store_batch(lake, Batch({"b2": len(rows)}, "r2", rows, [], [], []), NOW + timedelta(hours=1))
    add_enrichment(lake, [{**_labels(row), "sentiment": None} for row in rows])


@pytest.fixture
def talking(homes: dict[str, Path], tmp_path: Path) -> Path:
    home = tmp_path / "home"
    shutil.copytree(homes["seeded"], home)
    now = [("banjir lagi banjir @akun https://x.example [NAMA]", 2, "")] * 60
    usual = [("jalan biasa saja di sini", 9, "")] * 60
    alone = [("kampret kampret", 2, "satu-orang")] * 12
    flood = [("k" * 100_000, 2, "")] * 12
    with Lake(home, now=NOW) as lake:
        said(lake, [*now, *usual, *alone, *flood])
    return home


def test_words_are_runs_of_letters_each_once_without_names_of_accounts(lake: Lake) -> None:
    text = "Éyang éyang @akun [NAMA] https://x.example/abc www.x.example ke-2 " + "k" * 100_000
    assert lake.value("SELECT list_sort(said_words(?))", [text]) == ["éyang"]


def test_the_measure_is_that_of_the_paper(lake: Lake) -> None:
    y1, n1, y2, n2, a, a0 = 30, 400, 5, 380, 8.0, 200.0
    first = math.log((y1 + a) / (n1 + a0 - y1 - a))
    other = math.log((y2 + a) / (n2 + a0 - y2 - a))
    wanted = (first - other) / math.sqrt(1 / (y1 + a) + 1 / (y2 + a))
    found = lake.value("SELECT log_odds(?, ?, ?, ?, ?, ?)", [y1, n1, y2, n2, a, a0])
    assert found == pytest.approx(wanted)
    assert lake.value("SELECT log_odds(7, 300, 7, 300, 3, 100)") == 0


def test_a_word_stands_out_only_where_several_people_use_it(talking: Path) -> None:
    with Lake(talking, now=NOW) as lake:
        found = social.words_by_contrast(lake, "before", ("social",), LAST, LAST)
        n_texts = len(lake.rows("FROM drill_word WHERE word = 'banjir'"))
    marked = {row["word"]: row for row in found.to_dict("records")}
    assert {word for word, row in marked.items() if row["z"] > 0} == {"banjir", "lagi"}
    assert (marked["banjir"]["n"], marked["banjir"]["n_other"]) == (60, 0) == (n_texts, 0)
    assert {"jalan", "biasa"} <= {word for word, row in marked.items() if row["z"] < 0}
    assert "kampret" not in marked  # one person, twelve times
    assert not [word for word in marked if len(word) > 25]


def test_nothing_to_compare_with_is_nothing(lake: Lake) -> None:
    assert social.words_by_contrast(lake, "before", BOTH, LAST, LAST).empty
    assert social.words_by_contrast(lake, "before", BOTH, LAST.shift(-40), LAST.shift(-40)).empty


def test_what_is_said_adds_up(lake: Lake) -> None:
    found = social.mood(lake, ("comment",), LAST, LAST)
    assert (found.n, found.n_toned, found.n_negative, found.net_tone) == (7, 7, 7, None)  # below ten
    by_week = social.mood_by_week(lake, ("comment",), LAST.shift(-3), LAST)
    assert by_week["n"].sum() == 7
    assert len(by_week) == 4 * 3
    channel = social.channel_volume(lake, LAST, LAST).to_dict("records")
    assert [(one["source_id"], one["n_videos"], one["n_comments"]) for one in channel] == [("kanal", 1, 7)]
    assert social.find_videos(lake, LAST, LAST, "kanal").total == 1
    assert social.find_videos(lake, LAST, LAST, "warta").total == 0
    assert social.find_videos(lake, LAST.shift(-4), LAST.shift(-4)).total == 0


def test_the_page_shows_channels_videos_and_words(talking: Path) -> None:
    app = view(talking, "media_sosial", {"rentang_sosial": "1 minggu", "suara": "Unggahan"})
    shown = words(app)
    assert "n = 1 video" in shown
    pills = next(one for one in app.button_group if one.key == "kata_before")
    assert "banjir" in pills.options
    pills.select("banjir").run()
    assert not app.exception


def test_the_bars_can_be_drawn(talking: Path) -> None:
    with Lake(talking, now=NOW) as lake:
        found = social.words_by_contrast(lake, "before", ("social",), LAST, LAST)
    sides = ("Pada rentang ini", "Sebelumnya")
    svg = vl_convert.vegalite_to_svg(word_charts.contrast_bars(found, list(found["word"]), sides).to_dict())
    assert "banjir" in svg
    assert sides[1] in svg
