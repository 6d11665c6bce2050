"""Who repeats whom, and how much of the press repeats what an office released."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.warehouse.rows import document, enrich, labels, load
from warehouse import Lake
from warehouse.queries.stories import copies, press_echo
from warehouse.queries.weeks import Week
from warehouse.store import replace_stories

DAY = datetime(2026, 11, 11, 3, tzinfo=UTC)
WEEK = Week.parse("2026-W46")


@pytest.fixture
def told(lake: Lake) -> Lake:
    """Twelve articles about dputr: a release, six copies of it (one before it), five of their own."""
    lake.con.execute(
        "INSERT INTO dim_source VALUES "
        "('dinas', 'Dinas', 'government', '', 'pati_only', 'active', 'open', NULL), "
        "('s1', 'Kabar', 'news', '', 'general', 'active', 'open', NULL)"
    )
    rows = [document("d00", source_id="s1", published_at=DAY)]
    rows += [document("d01", source_id="dinas", published_at=DAY + timedelta(hours=2))]
    rows += [document(f"d{i:02}", published_at=DAY + timedelta(hours=i)) for i in range(2, 12)]
    load(lake, "b1", rows)
    # the last of the copies names another office
    enrich(lake, [labels(f"d{i:02}", opd_ids=["dlh"] if i == 6 else ["dputr"]) for i in range(12)])
    members = [
        {"story_id": "s-1", "doc_id": f"d{i:02}", "copy_of": "d00" if 1 <= i <= 6 else None}
        for i in range(12)
    ]
    head = {"story_id": "s-1", "lead_doc_id": "d00", "first_at": DAY, "last_at": DAY + timedelta(hours=11)}
    replace_stories(lake, [head], members)
    return lake


def test_a_copy_names_the_article_it_repeats_and_how_much_later(told: Lake) -> None:
    rows = copies(told, story_id="s-1").to_dict("records")
    assert [row["doc_id"] for row in rows] == [f"d{i:02}" for i in range(1, 7)]
    assert {row["original_id"] for row in rows} == {"d00"}
    assert [row["hours_later"] for row in rows] == [2, 2, 3, 4, 5, 6]
    assert all(row["same_story"] for row in rows)
    assert copies(told, week=Week.parse("2026-W45")).empty


def test_press_that_repeats_a_release_counts_for_the_office_that_both_name(told: Lake) -> None:
    # of the press: d00 (before the release, same text), d02 to d05 repeat it; d07 to d11 do not
    found = press_echo(told, WEEK, WEEK).set_index("opd_id")
    assert found.loc["dputr", ["n_articles", "n_echo", "share"]].tolist() == [10, 5, 0.5]
    assert found.loc["dlh", ["n_articles", "n_echo"]].tolist() == [1, 0]


def test_below_ten_articles_there_is_no_share(told: Lake) -> None:
    assert press_echo(told, WEEK, WEEK).set_index("opd_id")["share"].isna()["dlh"]
