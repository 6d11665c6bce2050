"""Stories that people joined or took apart, while articles go on arriving."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.linking.incremental import link
from pipelines.progress import Silent
from tests.pipelines.test_linking_lake import Feed, empty
from warehouse import Lake
from warehouse.queries.stories import story_edits
from warehouse.store import merge_stories, split_story, undo_edit
from warehouse.store.stories import placed, story_of

__all__ = ["empty"]
WHY, WHO = "peristiwa yang sama", "ana"
# Two releases that are repeated (d00 and d02 on it; d01 and d03) in one place.
FIRST = {0: (0, 0, "Juwana"), 1: (1, 1, "Juwana"), 2: (0, 2, "Juwana"), 3: (1, 3, "Juwana")}


@pytest.fixture
def feed(empty: Path, tmp_path: Path) -> Iterator[Feed]:
    shutil.copytree(empty, tmp_path, dirs_exist_ok=True)
    with Lake(tmp_path) as lake:
        one = Feed(lake)
        one.bring(FIRST, set())
        link(lake, Silent())
        yield one


def groups(lake: Lake) -> dict[str, str]:
    """Documents of each story, as one word."""
    rows = lake.rows("SELECT story_id, string_agg(doc_id, '' ORDER BY doc_id) FROM story_member GROUP BY ALL")
    assert {story for story, _ in rows} == {story for (story,) in lake.rows("SELECT story_id FROM story")}
    return dict(rows)


A, B = story_of("d00"), story_of("d01")


def test_joined_stories_stay_joined_for_articles_that_come_later(feed: Feed) -> None:
    assert groups(feed.lake) == {A: "d00d02", B: "d01d03"}
    number = merge_stories(feed.lake, B, [A], WHY, WHO)
    assert groups(feed.lake) == {B: "d00d01d02d03"}
    feed.bring({4: (0, 4, "Juwana")}, set())
    link(feed.lake, Silent())
    assert groups(feed.lake) == {B: "d00d01d02d03d04"}
    undo_edit(feed.lake, number, "keliru", WHO)
    assert groups(feed.lake) == {A: "d00d02d04", B: "d01d03"}


def test_a_touched_story_keeps_its_id_when_an_earlier_article_arrives(feed: Feed) -> None:
    merge_stories(feed.lake, A, [B], WHY, WHO)
    feed.bring({9: (0, -2, "Juwana")}, set())
    link(feed.lake, Silent())
    assert groups(feed.lake) == {A: "d00d01d02d03d09"}


def test_what_is_taken_out_stays_out_and_what_hangs_on_it_follows(feed: Feed) -> None:
    number, new = split_story(feed.lake, A, ["d02"], WHY, WHO)
    assert groups(feed.lake) == {A: "d00", new: "d02", B: "d01d03"}
    link(feed.lake, Silent())
    feed.bring({5: (0, 16, "Juwana")}, set())  # too late for d00, within two weeks of d02
    link(feed.lake, Silent())
    assert groups(feed.lake)[A] == "d00"
    assert groups(feed.lake)[new] == "d02"
    undo_edit(feed.lake, number, "keliru", WHO)
    assert groups(feed.lake)[A] == "d00d02"


def test_edits_are_a_history(feed: Feed) -> None:
    merge_stories(feed.lake, A, [B], WHY, WHO)
    number, _ = split_story(feed.lake, A, ["d03"], "lain tempat", "budi")
    undo_edit(feed.lake, number, "keliru", WHO)
    rows = story_edits(feed.lake).to_dict("records")
    assert [(r["action"], r["edited_by"], r["n_articles"], r["undone"]) for r in rows] == [
        ("undo", "ana", 0, False), ("split", "budi", 4, True), ("merge", "ana", 4, False),
    ]  # fmt: skip
    assert groups(feed.lake) == {A: "d00d01d02d03"}


def test_what_cannot_be_done_is_said(feed: Feed) -> None:
    with pytest.raises(ValueError, match="s-tidakada tidak ada"):
        merge_stories(feed.lake, A, ["s-tidakada"], WHY, WHO)
    with pytest.raises(ValueError, match="dua cerita yang berbeda"):
        merge_stories(feed.lake, A, [A], WHY, WHO)
    with pytest.raises(ValueError, match="d01 tidak ada di cerita"):
        split_story(feed.lake, A, ["d01"], WHY, WHO)
    with pytest.raises(ValueError, match="sisakan"):
        split_story(feed.lake, A, ["d00", "d02"], WHY, WHO)
    with pytest.raises(ValueError, match="alasan"):
        merge_stories(feed.lake, A, [B], " ", WHO)
    with pytest.raises(ValueError, match="nomor 7 tidak ada"):
        undo_edit(feed.lake, 7, WHY, WHO)
    assert story_edits(feed.lake).empty


TREES = [
    pytest.param([("a", None, None), ("b", "a", None)], {"a": A, "b": A}, id="nobody touched it"),
    pytest.param(
        [("a", None, None), ("b", "a", "s-1"), ("c", "b", None)], dict.fromkeys("abc", "s-1"), id="one pin",
    ),
    pytest.param(
        [("a", None, "s-1"), ("b", "a", "s-2"), ("c", "b", None), ("d", "a", None)],
        {"a": "s-1", "b": "s-2", "c": "s-2", "d": "s-1"}, id="each follows the one it hangs on",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("tree", "wanted"), TREES)
def test_where_an_article_belongs(
    tree: list[tuple[str, str | None, str | None]], wanted: dict[str, str]
) -> None:
    assert placed(tree, "d00") == wanted
