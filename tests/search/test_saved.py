"""Saved searches tell what is new, each document once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nlp.searching import SearchWords
from tests.search.conftest import NOW
from tests.warehouse.rows import document, enrich, labels, load
from warehouse import Lake
from warehouse.access import AccessError, viewer_of
from warehouse.queries import DocumentFilter
from warehouse.queries.saved_searches import new_hits, saved_searches
from warehouse.search import refresh
from warehouse.search.errors import QueryError
from warehouse.store.documents import Batch, store_batch
from warehouse.store.saved_searches import delete_search, looked, note_new_hits, save_search, share_search

HOUR = timedelta(hours=1)


def bring(lake: Lake, words: SearchWords, doc_id: str, at: datetime, **changes: object) -> dict[str, int]:
    load(lake, f"b-{doc_id}-{at}", [document(doc_id, fetched_at=at, **changes)])
    enrich(lake, [labels(doc_id)])
    refresh(lake, words)
    return note_new_hits(lake, words, at)


def test_new_hits_are_told_once(lake: Lake, words: SearchWords) -> None:
    wanted = DocumentFilter(words="jalan rusak", opd=("dputr",))
    assert save_search(lake, words, " Jalan  rusak ", wanted, NOW) == 3
    assert save_search(lake, words, "Waduk", DocumentFilter(words="waduk"), NOW) == 0
    assert note_new_hits(lake, words, NOW) == {"Jalan rusak": 0, "Waduk": 0}
    assert new_hits(lake) == []
    first = NOW + HOUR
    assert bring(lake, words, "n1", first, text="Jalannya rusak lagi") == {"Jalan rusak": 1, "Waduk": 0}
    changed = {"text": "jalan rusak, isi diperbarui", "content_hash": "2"}
    assert bring(lake, words, "n1", first + HOUR, **changed) == {"Jalan rusak": 0, "Waduk": 0}
    refresh(lake, words, rebuild=True)
    assert note_new_hits(lake, words, first + 2 * HOUR)["Jalan rusak"] == 0
    found = new_hits(lake)
    assert [(one.name, one.doc_ids, one.last_at.astimezone(UTC)) for one in found] == [
        ("Jalan rusak", ("n1",), first)
    ]
    assert new_hits(lake, first) == []
    assert new_hits(lake, first - HOUR) == found
    assert [(one.name, one.n_new) for one in saved_searches(lake)] == [("Jalan rusak", 1), ("Waduk", 0)]
    looked(lake, "Jalan rusak", first + HOUR)
    assert new_hits(lake) == []


def test_what_is_long_past_is_no_news(lake: Lake, words: SearchWords) -> None:
    save_search(lake, words, "Waduk", DocumentFilter(words="waduk"), NOW)
    old = bring(lake, words, "tua", NOW + HOUR, text="waduk", published_at=NOW - timedelta(days=40))
    assert old == {"Waduk": 0}


def test_hits_go_with_their_document(lake: Lake, words: SearchWords) -> None:
    save_search(lake, words, "Waduk", DocumentFilter(words="waduk"), NOW)
    assert bring(lake, words, "w", NOW + HOUR, text="waduk") == {"Waduk": 1}
    stone = {"doc_id": "w", "source_id": "s1", "reason": "removed", "removed_at": NOW + 2 * HOUR}
    store_batch(lake, Batch({"t": 1}, "r2", [], [], [], [], tombstones=[stone]), NOW)
    assert new_hits(lake) == []


def test_a_search_can_be_replaced_and_deleted(lake: Lake, words: SearchWords) -> None:
    save_search(lake, words, "a", DocumentFilter(words="waduk"), NOW)
    save_search(lake, words, "a", DocumentFilter(words="pasar", first=NOW.date()), NOW)
    assert [one.words for one in saved_searches(lake)] == ["pasar"]
    assert delete_search(lake, "a")
    assert not delete_search(lake, "a")
    assert saved_searches(lake) == []


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_name_is_needed(lake: Lake, words: SearchWords, name: str) -> None:
    with pytest.raises(ValueError, match="Nama pencarian"):
        save_search(lake, words, name, DocumentFilter(words="a"), NOW)


def test_a_question_that_is_none_is_not_saved(lake: Lake, words: SearchWords, home: Path) -> None:
    with pytest.raises(QueryError, match="Topik"):
        save_search(lake, words, "a", DocumentFilter(words="topik:xyz"), NOW)
    assert saved_searches(lake) == []


def as_(lake: Lake, user: str, role: str) -> Lake:
    return Lake(lake.home, now=NOW, viewer=viewer_of(user, role))


def test_one_sees_ones_own_and_shared_ones_and_changes_only_ones_own(lake: Lake, words: SearchWords) -> None:
    waduk, pasar = DocumentFilter(words="waduk"), DocumentFilter(words="pasar")
    with as_(lake, "ana", "analis") as ana, as_(lake, "budi", "analis") as budi:
        save_search(ana, words, "rahasia ana", waduk, NOW, shared=False)
        save_search(ana, words, "bersama", waduk, NOW)
        save_search(budi, words, "rahasia budi", pasar, NOW, shared=False)
        assert [one.name for one in saved_searches(ana, "ana")] == ["bersama", "rahasia ana"]
        assert [one.name for one in saved_searches(budi, "budi")] == ["bersama", "rahasia budi"]
        assert [one.name for one in saved_searches(budi)] == ["bersama"]
        attempts: list[Callable[[], object]] = [
            lambda: delete_search(budi, "bersama"),
            lambda: share_search(budi, "rahasia ana", shared=True),
            lambda: save_search(budi, words, "bersama", pasar, NOW),
        ]
        for attempt in attempts:
            with pytest.raises(AccessError, match="milik orang lain"):
                attempt()
        assert share_search(ana, "rahasia ana", shared=True)
        assert delete_search(budi, "rahasia budi")
    found = {one.name: (one.owner, one.words, one.shared) for one in saved_searches(lake)}
    assert found == {"bersama": ("ana", "waduk", True), "rahasia ana": ("ana", "waduk", True)}


def test_an_admin_sees_and_changes_all_and_what_was_replaced_stays_whose_it_was(
    lake: Lake, words: SearchWords
) -> None:
    with as_(lake, "ana", "analis") as ana:
        save_search(ana, words, "milik ana", DocumentFilter(words="waduk"), NOW, shared=False)
    with as_(lake, "adm", "admin") as admin:
        save_search(admin, words, "milik ana", DocumentFilter(words="pasar"), NOW, shared=False)
        assert [(one.owner, one.words) for one in saved_searches(admin, "adm")] == [("ana", "pasar")]
    assert bring(lake, words, "p", NOW + HOUR, text="pasar") == {"milik ana": 1}
    assert new_hits(lake) == []  # what is told to everybody
    assert [one.doc_ids for one in new_hits(lake, private=True)] == [("p",)]
    with as_(lake, "budi", "analis") as budi:
        assert new_hits(budi, private=True) == []
    with as_(lake, "adm", "admin") as admin:
        assert delete_search(admin, "milik ana")
    assert saved_searches(lake) == []
