"""What people type and what they get, over a real index."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.searching import SearchWords
from tests.search.conftest import HOSTILE, MENDED, TEXTS, find, ids
from warehouse.queries import DocumentFilter
from warehouse.search import ask, open_index


@pytest.mark.parametrize("word", ["perbaikan", "diperbaiki", "memperbaiki", "Perbaikannya", "PERBAIKI"])
def test_forms_of_a_word_find_each_other(made: Path, words: SearchWords, word: str) -> None:
    assert ids(made, words, word) == MENDED


CASES = [
    # slang and Javanese, on both sides
    ("lampu", {"slang"}), ("belum", {"slang"}), ("bagaimana mati", {"slang"}), ("gmn pasar", {"tanya"}),
    # all words by default
    ("jalan juwana", {"perbaikan", "diperbaiki"}), ("jalan juwana pekan", {"perbaikan"}),
    # phrases are exact and in order
    ('"jalan rusak"', {"diperbaiki", "banjir"}), ('"rusak jalan"', set()), ('"diperbaiki"', {"diperbaiki"}),
    # no phrase goes across from the title into the text
    ('"rob rob"', set()),
    # without, title, either
    ("jalan rusak -banjir", {"diperbaiki", "urutan"}), ('rusak -"jalan rusak"', {"urutan"}),
    ("judul:jalan", {"perbaikan", "diperbaiki"}), ('judul:"jalan rusak"', {"diperbaiki"}),
    ("sekolah ATAU pasar", {"sekolah", "tanya"}), ("pasar ATAU sekolah gedung", {"sekolah"}),
    # apostrophes and doubled words
    ("jumat", {"tanya"}), ("jum'at", {"tanya"}), ("jalan-jalan gedung", {"sekolah"}),
    # filters by code and by name, in any case
    ("jalan kecamatan:dukuhseti", {"banjir"}), ("opd:bpbd", {"banjir"}), ("jalan nada:netral", {"sekolah"}),
    ('rob topik:"banjir_rob"', {"banjir"}), ("rusak -topik:banjir_rob", {"diperbaiki", "urutan"}),
    # days
    ("banjir sampai:2025-12-31", {"lama"}), ("banjir dari:7/1/2025", {"banjir"}),
    ("banjir dari:2025-01-06 sampai:2025-01-06", {"lama"}),  # 18.00 UTC is the next day in Pati
    # words with a colon are words
    ("dinas:turun", {"memperbaiki"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_questions(made: Path, words: SearchWords, text: str, wanted: set[str]) -> None:
    assert ids(made, words, text) == wanted


def test_filters_as_parameters(made: Path, words: SearchWords) -> None:
    assert ids(made, words, "jalan", kecamatan=("Dukuhseti", "Tayu")) == {"banjir"}
    assert ids(made, words, "jalan", opd=("bpbd",), topics=("banjir_rob",)) == {"banjir"}
    assert ids(made, words, "banjir", undated=True) == {"tanpa"}
    assert ids(made, words, "banjir", last=date(2025, 12, 31)) == {"lama"}
    assert ids(made, words, "", sentiments=("netral",)) == {"sekolah"}
    assert ids(made, words, "banjir", relevant_only=False) == {"banjir", "lama", "tanpa", "jauh"}
    assert ids(made, words, "banjir") == {"banjir", "lama", "tanpa"}


def test_a_confidential_complaint_is_counted_but_its_words_are_not_found(
    made: Path, words: SearchWords
) -> None:
    assert ids(made, words, "pungli") == set()
    found = find(made, words, "", kinds=("complaint",))
    assert [(hit.doc_id, hit.title.text, hit.snippet.text) for hit in found.hits] == [("rahasia", "", "")]


def test_the_best_comes_first_or_the_newest(made: Path, words: SearchWords) -> None:
    best = find(made, words, "perbaikan")
    assert best.hits[0].doc_id == "perbaikan"  # in the title, in this very form
    index = open_index(made)
    newest = ask(index, words, DocumentFilter(words="banjir"), order="terbaru").hits
    assert [hit.doc_id for hit in newest] == ["banjir", "lama", "tanpa"]


def test_pages_hold_everything_once(made: Path, words: SearchWords) -> None:
    index, wanted = open_index(made), DocumentFilter(words="jalan")
    whole = ask(index, words, wanted, limit=100)
    pages = [ask(index, words, wanted, limit=2, offset=at) for at in range(0, whole.total + 2, 2)]
    assert [hit.doc_id for page in pages for hit in page.hits] == [hit.doc_id for hit in whole.hits]
    assert {page.total for page in pages} == {whole.total}


def test_facets_count_what_fits(made: Path, words: SearchWords) -> None:
    found = ask(open_index(made), words, DocumentFilter(words="jalan rusak"), facets=True)
    assert found.facets is not None
    assert dict(found.facets["kecamatan"]) == {"Juwana": 2, "Dukuhseti": 1}
    assert dict(found.facets["opd"]) == {"dputr": 3, "bpbd": 1}


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("juwna", "juwana"),
        ("jalan juwnaa", "jalan juwana"),
        ("dukuhsei", "dukuhseti"),
        ("pasra ramai", "pasar ramai"),
    ],
)
def test_a_slip_is_forgiven_and_said(made: Path, words: SearchWords, typed: str, suggested: str) -> None:
    found = find(made, words, typed)
    assert (found.suggestion, found.corrected) == (suggested, True)
    assert {hit.doc_id for hit in found.hits} == ids(made, words, suggested)


def test_short_words_and_numbers_are_not_guessed(made: Path, words: SearchWords) -> None:
    for typed in ("rbo", "12345", "qqqqqqqq"):
        found = find(made, words, typed)
        assert (found.total, found.suggestion) == (0, None)


PROBLEMS = [
    ("", "Tulis kata"), ("   ", "Tulis kata"), ("!!! ???", "huruf atau angka"),
    ("topik:xyz jalan", "Topik 'xyz'"), ("opd:dputrr jalan", "mungkin maksud Anda dputr"),
    ("dari:2026-02-31", "dari:2026-02-31"), ("sampai:besok", "sampai:besok"),
    ("dari:2026-11-10 sampai:2026-11-01 jalan", "terbalik"), ("kata " * 70, "paling banyak 64"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), PROBLEMS)
def test_what_cannot_be_answered_is_one_sentence(
    made: Path, words: SearchWords, text: str, said: str
) -> None:
    found = find(made, words, text)
    assert found.problem is not None
    assert said in found.problem
    assert "\n" not in found.problem


def test_an_open_quotation_mark_is_read_to_the_end_and_said(made: Path, words: SearchWords) -> None:
    found = find(made, words, '"jalan rusak')
    assert {hit.doc_id for hit in found.hits} == {"diperbaiki", "banjir"}
    assert "kutip" in found.notes[0]


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.text(
        alphabet=st.one_of(st.sampled_from('"-:* ()[]^~+|&\\/{}ATAUjudul topik dari'), st.characters()),
        max_size=60,
    )
)
def test_nothing_that_is_typed_is_an_exception(made: Path, words: SearchWords, text: str) -> None:
    found = find(made, words, text)
    assert found.problem is None or not found.hits


def test_hostile_texts_come_out_as_text_with_places(made: Path, words: SearchWords) -> None:
    found = {hit.doc_id: hit for hit in find(made, words, "jembatan").hits}
    assert set(found) == set(HOSTILE)
    for hit in found.values():
        for part in (hit.title, hit.snippet):
            assert part.marks
            assert {part.text[a:b].lower() for a, b in part.marks} == {"jembatan"}
            assert not set(part.text) & set("\u202e\u202c\u2066\u2069\x00\u200b")
        assert len(hit.snippet.text) <= 300
    # a letter stays the letter it is: nothing was made of it, nothing taken away
    assert found["markup"].snippet.text == HOSTILE["markup"]


def test_a_snippet_shows_where_it_was_found(made: Path, words: SearchWords) -> None:
    found = find(made, words, '"rusak parah"').hits[0].snippet
    assert [found.text[a:b] for a, b in found.marks] == ["rusak parah"]
    assert found.text in TEXTS["banjir"][1]
