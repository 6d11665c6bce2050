"""Linking in the lake: whatever the order, the stories are those that linking everything anew gives."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.linking.incremental import link
from pipelines.progress import Silent
from tests.lakes import new_lake
from tests.pipelines.test_linking import OTHER, RELEASE
from tests.warehouse.rows import document, enrich, labels
from warehouse import Lake
from warehouse.store.documents import Batch, store_batch

START = datetime(2026, 9, 1, tzinfo=UTC)
TABLES = ("story", "story_member", "story_article", "story_link")
TEXTS = (RELEASE, OTHER, RELEASE + " " + OTHER, RELEASE[:160], OTHER[90:])


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("stories")
    with new_lake(home) as lake:
        enrich(lake, [])
    return home


def stored(lake: Lake) -> dict[str, list[tuple[Any, ...]]]:
    return {name: sorted(lake.rows(f"FROM {name}"), key=repr) for name in TABLES}


def anew(lake: Lake) -> dict[str, list[tuple[Any, ...]]]:
    for name in TABLES:
        lake.con.execute(f"DELETE FROM {name}")  # noqa: S608 - names of ours
    link(lake, Silent())
    return stored(lake)


class Feed:
    """Documents that arrive, change and go."""

    def __init__(self, lake: Lake) -> None:
        self.lake, self.turn = lake, 0

    def bring(self, which: dict[int, tuple[int, int, str]], gone: set[int]) -> None:
        """Documents by number: text, day, kecamatan; and those that were taken down."""
        self.turn += 1
        at = START + timedelta(days=200, hours=self.turn)
        rows = [
            document(
                f"d{n:02}", text=TEXTS[text], title="", content_hash=f"{text}-{day}",
                published_at=START + timedelta(days=day), fetched_at=at,
            )
            for n, (text, day, _) in which.items()
        ]  # fmt: skip
        tombstones = [
            {"doc_id": f"d{n:02}", "source_id": "s1", "reason": "gone", "removed_at": at}
            for n in sorted(gone)
        ]
        name = f"b{self.turn}"
        size = len(rows) + len(tombstones)
        store_batch(self.lake, Batch({name: size}, "r1", rows, [], [], [], tombstones=tombstones), at)
        ids = [f"d{n:02}" for n in which]
        self.lake.con.execute("DELETE FROM enrichment WHERE list_contains($1, doc_id)", [ids])
        enrich(self.lake, [labels(f"d{n:02}", kecamatan=[where]) for n, (_, _, where) in which.items()])


ARRIVAL = st.tuples(
    st.dictionaries(
        st.integers(0, 11),
        st.tuples(st.integers(0, len(TEXTS) - 1), st.integers(0, 60), st.sampled_from(["Juwana", "Tayu"])),
        min_size=1,
        max_size=6,
    ),
    st.sets(st.integers(0, 11), max_size=2),
)


@pytest.mark.proof
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(arrivals=st.lists(ARRIVAL, min_size=2, max_size=4))
def test_stories_do_not_depend_on_when_articles_came(
    arrivals: list[tuple[dict[int, tuple[int, int, str]], set[int]]],
    empty: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    home = tmp_path_factory.mktemp("feed") / "home"
    shutil.copytree(empty, home)
    with Lake(home) as lake:
        feed = Feed(lake)
        for which, gone in arrivals:
            feed.bring(which, gone)
            link(lake, Silent())
        step_by_step = stored(lake)
        assert step_by_step == anew(lake)
        assert {row[1] for row in step_by_step["story_member"]} == {
            row[0] for row in lake.rows("SELECT doc_id FROM document")
        }


def test_linking_again_changes_nothing(empty: Path, tmp_path: Path) -> None:
    shutil.copytree(empty, tmp_path, dirs_exist_ok=True)
    with Lake(tmp_path) as lake:
        Feed(lake).bring({0: (0, 0, "Juwana"), 1: (2, 1, "Juwana"), 2: (1, 3, "Tayu")}, set())
        assert link(lake, Silent()).changed == {"d00", "d01", "d02"}
        before = lake.snapshot()
        again = link(lake, Silent())
        assert (again.total, again.fresh, again.changed) == (3, 0, set())
        assert lake.snapshot() == before


GONE = [
    pytest.param("title = '', text = '', content_hash = ''", id="erased"),
    pytest.param("text = left(text, 20), flags = ['expired']", id="only an excerpt is left"),
]


@pytest.mark.parametrize("change", GONE)
def test_an_article_whose_words_are_gone_stays_in_its_story(change: str, empty: Path, tmp_path: Path) -> None:
    shutil.copytree(empty, tmp_path, dirs_exist_ok=True)
    with Lake(tmp_path) as lake:
        Feed(lake).bring({0: (0, 0, "Juwana"), 1: (0, 1, "Juwana")}, set())
        link(lake, Silent())
        before = stored(lake)["story_member"]
        lake.con.execute(f"UPDATE document SET {change} WHERE doc_id = 'd01'")  # noqa: S608 - text of ours
        # other labels too: every article is looked at again
        lake.con.execute("UPDATE enrichment SET topic = 'perikanan'")
        assert link(lake, Silent()).changed == set()
        assert stored(lake)["story_member"] == before
