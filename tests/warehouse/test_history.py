"""Counts over time, and documents that their platform took down."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.warehouse.rows import FETCHED, document, enrich, labels, load
from warehouse import Lake
from warehouse.store.documents import Batch, LoadCounts, store_batch


def later(hours: int) -> datetime:
    return FETCHED + timedelta(hours=hours)


def put(lake: Lake, name: str, **parts: Any) -> LoadCounts:
    batch = Batch(
        {name: 1}, "r1", **{"documents": [], "complaints": [], "events": [], "rejected": [], **parts}
    )
    return store_batch(lake, batch, FETCHED)


def counts(doc_id: str, hours: int, **metrics: int) -> dict[str, Any]:
    return {"doc_id": doc_id, "counted_at": later(hours), **metrics}


def tombstone(doc_id: str, hours: int) -> dict[str, Any]:
    return {"doc_id": doc_id, "source_id": "s1", "reason": "deleted", "removed_at": later(hours)}


def history(lake: Lake) -> list[tuple[Any, ...]]:
    rows = lake.rows(
        "SELECT doc_id, counted_at, views, likes FROM metric_history ORDER BY doc_id, counted_at"
    )
    return [
        (doc, round((at - FETCHED).total_seconds() / 3600), views, likes) for doc, at, views, likes in rows
    ]


def test_counts_become_a_time_series_of_their_changes(lake: Lake) -> None:
    put(lake, "b1", documents=[document("d1", views=10, likes=1), document("d2")])
    done = put(lake, "b2", counts=[counts("d1", 1, views=10, likes=1), counts("d1", 2, views=15, likes=1)])
    assert (done.n_in, done.n_duplicate) == (2, 2)
    put(lake, "b3", counts=[counts("d1", 3, views=15, likes=1), counts("d1", 4, views=15, likes=2)])
    put(lake, "b4", counts=[counts("absent", 4, views=1)])
    assert history(lake) == [("d1", 0, 10, 1), ("d1", 2, 15, 1), ("d1", 4, 15, 2)]
    assert lake.rows("SELECT views, likes, fetched_at FROM document WHERE doc_id = 'd1'") == [
        (15, 2, later(4))
    ]


def test_counts_that_came_late_do_not_turn_the_clock_back(lake: Lake) -> None:
    put(lake, "b1", documents=[document("d1", views=10)])
    put(lake, "b2", counts=[counts("d1", 5, views=50)])
    put(lake, "b3", counts=[counts("d1", 3, views=30)])
    assert history(lake) == [("d1", 0, 10, None), ("d1", 3, 30, None), ("d1", 5, 50, None)]
    assert lake.rows("SELECT views FROM document") == [(50,)]


def test_counts_do_not_cost_a_document_its_labels(lake: Lake) -> None:
    put(lake, "b1", documents=[document("d1", views=10)])
    enrich(lake, [labels("d1")])
    put(lake, "b2", counts=[counts("d1", 1, views=11)])
    assert lake.value("SELECT count(*) FROM enrichment") == 1


def test_what_was_taken_down_goes_with_all_that_was_made_of_it(lake: Lake) -> None:
    put(lake, "b1", documents=[document("d1", views=10), document("d2", views=10)])
    enrich(lake, [labels("d1"), labels("d2")])
    done = put(lake, "b2", tombstones=[tombstone("d1", 1), tombstone("never", 1)])
    assert (done.n_in, done.n_updated, done.n_duplicate) == (2, 1, 1)
    left = "FROM document UNION ALL SELECT doc_id FROM enrichment UNION ALL SELECT doc_id FROM metric_history"
    assert lake.rows(f"SELECT doc_id {left}") == [("d2",)] * 3


def test_comments_go_with_what_they_stand_under(lake: Lake) -> None:
    rows = [
        document("v1", kind="video"),
        document("c1", kind="comment", parent_id="v1"),
        document("r1", kind="social", parent_id="v1"),  # an answer elsewhere is somebody's own
    ]
    put(lake, "b1", documents=rows)
    done = put(lake, "b2", tombstones=[tombstone("v1", 1)])
    assert (done.n_in, done.n_updated) == (1, 1)
    assert lake.rows("SELECT doc_id FROM document") == [("r1",)]


@pytest.mark.parametrize(("fetched", "there"), [(-1, 0), (2, 1)])
def test_only_a_later_fetch_brings_it_back(lake: Lake, fetched: int, there: int) -> None:
    put(lake, "b1", tombstones=[tombstone("d1", 1)])
    done = put(lake, "b2", documents=[document("d1", fetched_at=later(fetched), views=3)])
    assert (done.n_new, done.n_duplicate) == (there, 1 - there)
    assert lake.value("SELECT count(*) FROM document") == there
    assert len(history(lake)) == there


def test_a_document_and_its_end_in_one_batch(lake: Lake) -> None:
    batch = {"documents": [document("d1"), document("d2", fetched_at=later(3))]}
    put(lake, "b1", **batch, tombstones=[tombstone("d1", 1), tombstone("d2", 1)])
    assert lake.rows("SELECT doc_id FROM document") == [("d2",)]


def test_counts_known_before_the_history_began_are_its_first_rows(lake: Lake) -> None:
    from importlib.resources import files

    load(lake, "b1", [document("d1", views=7), document("d2")])
    lake.write(lambda con: con.execute("DROP TABLE metric_history; DROP TABLE tombstone"))
    step = files("warehouse") / "migrations" / "0004_counts_over_time.sql"
    lake.write(lambda con: con.execute(step.read_text("utf-8")))
    assert history(lake) == [("d1", 0, 7, None)]
