"""The lists of the news page, with an index and without."""

from __future__ import annotations

from nlp.searching import SearchWords
from tests.search.conftest import MENDED
from warehouse import Lake
from warehouse.queries import DocumentFilter, documents
from warehouse.queries.searching import WITHOUT, search_documents, search_stories
from warehouse.search import remove
from warehouse.store import replace_stories


def test_documents_and_stories_are_found_by_the_index(lake: Lake, words: SearchWords) -> None:
    found = search_documents(lake, words, DocumentFilter(words="memperbaikinya"), 2)
    assert (found.page.total, len(found.page.rows), found.said) == (len(MENDED), 2, ())
    assert list(found.page.rows.columns) == list(documents(lake, DocumentFilter()).rows.columns)
    moment = lake.value("SELECT max(published_at) FROM document")
    replace_stories(
        lake,
        [{"story_id": "s", "lead_doc_id": "perbaikan", "first_at": moment, "last_at": moment}],
        [{"story_id": "s", "doc_id": key, "copy_of": None} for key in ("perbaikan", "sekolah")],
    )
    told = search_stories(lake, words, DocumentFilter(words="perbaiki"))
    assert list(told.page.rows["n_matching"]) == [1]


def test_a_slip_is_forgiven_and_said(lake: Lake, words: SearchWords) -> None:
    found = search_documents(lake, words, DocumentFilter(words="juwna"))
    assert found.page.total > 0
    assert "hasil untuk: juwana" in found.said[0]
    assert search_stories(lake, words, DocumentFilter(words="topik:xyz")).said == (
        "Topik 'xyz' tidak dikenal.",
    )


def test_without_an_index_letters_are_compared_and_that_is_said(lake: Lake, words: SearchWords) -> None:
    remove(lake.home)
    found = search_documents(lake, words, DocumentFilter(words="juwana"))
    assert found.page.total == 2
    assert "--rebuild" in found.said[0]
    assert found.said[1] == WITHOUT
    assert search_stories(lake, words, DocumentFilter(words="juwana")).said == found.said
