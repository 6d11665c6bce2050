from datetime import timedelta

import pytest

from tests.warehouse.rows import FETCHED, complaint, document, enrich, labels, load
from warehouse import Lake, queries
from warehouse.store.documents import Batch, LoadCounts, store_batch


def counts(n_in: int, new: int = 0, updated: int = 0, duplicate: int = 0, rejected: int = 0) -> LoadCounts:
    return LoadCounts(n_in, new, updated, duplicate, rejected)


def test_a_batch_is_stored_once(lake: Lake) -> None:
    rows = [document("d1"), document("d2")]
    assert load(lake, "b1", rows) == counts(2, new=2)
    assert load(lake, "b1", rows) == counts(2, duplicate=2)
    assert load(lake, "b2", rows) == counts(2, duplicate=2)
    assert lake.value("SELECT count(*) FROM document") == 2


def test_the_same_document_twice_in_one_batch_is_one_document(lake: Lake) -> None:
    assert load(lake, "b1", [document("d1", title="lama"), document("d1", title="baru")]) == counts(
        2, new=1, duplicate=1
    )
    assert lake.rows("SELECT title FROM document") == [("baru",)]


CHANGES = [
    pytest.param({"content_hash": "x", "title": "Ralat"}, 1, "Ralat", id="content changed"),
    pytest.param({"views": 9}, 1, "Judul d1", id="only counts changed"),
    pytest.param({}, 0, "Judul d1", id="nothing changed"),
    pytest.param(
        {"content_hash": "x", "title": "Usang", "fetched_at": FETCHED - timedelta(days=1)},
        0,
        "Judul d1",
        id="an older fetch never wins",
    ),
]


@pytest.mark.parametrize(("change", "updated", "title"), CHANGES)
def test_what_a_second_fetch_does(lake: Lake, change: dict[str, object], updated: int, title: str) -> None:
    load(lake, "b1", [document("d1")])
    assert load(lake, "b2", [document("d1", **change)]).n_updated == updated
    assert lake.rows("SELECT title FROM document") == [(title,)]


def test_a_changed_text_loses_its_labels(lake: Lake) -> None:
    load(lake, "b1", [document("d1"), document("d2")])
    enrich(lake, [labels("d1"), labels("d2")])
    load(lake, "b2", [document("d1", content_hash="x")])
    assert lake.rows("SELECT doc_id FROM enrichment") == [("d2",)]


def test_a_complaint_is_updated_with_its_document(lake: Lake) -> None:
    first, later = document("c1", kind="complaint"), document("c1", kind="complaint", content_hash="x")
    load(lake, "b1", [first], [complaint("c1")])
    load(lake, "b2", [later], [complaint("c1", status="selesai_admin", status_raw="Selesai")])
    assert lake.rows("SELECT doc_id, status FROM complaint") == [("c1", "selesai_admin")]


def test_rejections_are_kept_with_their_reason(lake: Lake) -> None:
    row = {"stage": "collect", "run_id": "r1", "source_id": "s1", "record_key": "k", "reason": "no_text",
           "detail": "Halaman kosong.", "rejected_at": FETCHED}  # fmt: skip
    assert store_batch(lake, Batch({"b1": 1}, "r1", [], [], [], [row]), FETCHED) == counts(1, rejected=1)
    assert queries.rejected(lake)["reason"].tolist() == ["no_text"]


def test_a_nul_character_never_reaches_the_lake(lake: Lake) -> None:
    load(lake, "b1", [document("d1", title="a\x00b", tags=["x\x00y"])])
    assert lake.rows("SELECT title, tags FROM document WHERE title = 'ab'") == [("ab", ["xy"])]


def test_further_addresses_join_their_document_and_survive_its_next_version(lake: Lake) -> None:
    load(lake, "b1", [document("d1", aliases=["https://s1.example/a"])])
    more = [
        ("d1", "https://s1.example/?p=1"),
        ("d1", "https://s1.example/a"),
        ("missing", "https://x.example"),
    ]
    counts = store_batch(lake, Batch({"b2": 3}, "r1", [], [], [], [], more), FETCHED)
    assert (counts.n_in, counts.n_new, counts.n_updated, counts.n_duplicate) == (3, 0, 0, 3)
    load(lake, "b3", [document("d1", content_hash="h-other", aliases=["https://s1.example/b"])])
    assert lake.value("SELECT aliases FROM document") == [
        "https://s1.example/?p=1", "https://s1.example/a", "https://s1.example/b",
    ]  # fmt: skip
