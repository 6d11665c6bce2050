"""What stands behind the wall, and what comes through: every relation, every export, search and drill."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.searching import words_of
from tests.access.conftest import OTHERS, WORD, Place
from warehouse import Lake, queries
from warehouse.access import AccessError, viewer_of
from warehouse.access.wall import EXAMPLE, PUBLIC, SMALL, WORDS, view_of
from warehouse.queries import ComplaintFilter, DocumentFilter, Scope, offices, social
from warehouse.queries.changes import changes
from warehouse.queries.explore import find_stories
from warehouse.queries.export import export, exportable
from warehouse.queries.places import MapFilter, place_topics, places
from warehouse.queries.saved_searches import new_hits, saved_searches
from warehouse.queries.searching import search_documents, search_stories
from warehouse.search import refresh
from warehouse.store.saved_searches import save_search

Lakes = dict[str, Lake]
OPD, LEAD = "opd:dpu", "pimpinan"


def relations(lake: Lake) -> list[str]:
    rows = lake.rows(
        "SELECT DISTINCT table_name FROM duckdb_columns() "
        "WHERE database_name = current_catalog() AND NOT internal"
    )
    return sorted(name for (name,) in rows)


def all_of(lake: Lake, relation: str) -> str:
    return str(lake.rows(f'FROM "{relation}"'))


def test_no_relation_shows_an_office_the_complaints_of_another(walled: Lakes, place: Place) -> None:
    shown = [name for name in relations(place.lake) if WORD in all_of(place.lake, name)]
    assert {"document", "mart_document", "mart_listed", "complaint_event"} <= set(shown)
    seen = relations(walled[OPD])
    assert len(seen) > 90
    for name in seen:
        found = all_of(walled[OPD], name)
        if name not in (
            "saved_search",
            "other_complaint",
        ):  # what somebody asked for, and the wall's own list
            assert WORD not in found, name
            assert not any(f"'{key}'" in found for key in OTHERS), name


def test_leadership_sees_no_relation_with_more_than_an_example(walled: Lakes) -> None:
    for name in relations(walled[LEAD]):
        found = all_of(walled[LEAD], name)
        assert "tidak diangkut. " * 6 not in found, name
        assert "'T3'" not in found, name
        assert f"Petugas ke {WORD}" not in found, name
        assert "sangat rahasia" not in found, name
    assert walled[LEAD].rows("FROM complaint_event") == []
    [(text,)] = walled[LEAD].rows("SELECT text FROM document WHERE doc_id = 'k3'")
    assert len(text) == EXAMPLE


def test_every_relation_is_accounted_for(walled: Lakes, place: Place) -> None:
    """A new one with words and no doc_id has to be looked at by a person before it comes through."""
    missing = set(relations(place.lake)) - set(relations(walled[OPD]))
    assert missing == set()
    assert set(relations(place.lake)) >= PUBLIC


@pytest.mark.parametrize(
    ("name", "columns", "seen"),
    [
        ("new_table", ["id", "note"], None),
        ("new_table", ["id", "text", "opd_id"], None),
        ("mart_recurring", ["topic", "desa", "n"], f"FROM {{behind}} WHERE n >= {SMALL}"),
        ("mart_tone", ["scope", "n"], "FROM {behind}"),
        ("complaint_event", ["doc_id", "note"], None),
    ],
)
def test_what_the_columns_of_a_relation_decide(name: str, columns: list[str], seen: str | None) -> None:
    found = view_of(name, columns, viewer_of("x", LEAD))
    assert found == ("FROM {behind} WHERE false" if name == "complaint_event" else seen)
    if "doc_id" in columns:
        assert "ANTI JOIN" in str(view_of(name, columns, viewer_of("x", OPD)))
    assert WORDS.isdisjoint({"n", "scope"})


def test_totals_are_the_same_for_everybody(walled: Lakes) -> None:
    week = queries.last_complete_week(walled["admin"].now)
    for question in (
        lambda lake: queries.week_complaints(lake, week),
        lambda lake: queries.week_total(lake, week),
        lambda lake: queries.agencies_week(lake, week).to_dict(),
        lambda lake: queries.agencies(lake).to_dict(),
        lambda lake: queries.opd_tone(lake, week).to_dict(),
        lambda lake: queries.kind_totals(lake).to_dict(),
        lambda lake: queries.cohort(lake, Scope("all", opd="dlh")),
        lambda lake: queries.response(lake, Scope("all")),
        queries.status,
        lambda lake: queries.league(lake, "opd_unanswered").to_dict(),
        lambda lake: changes(lake, week),
        lambda lake: offices.office(lake, "dlh", week.shift(-11), week),
        lambda lake: offices.office_volume(lake, "dlh", week.shift(-11), week).to_dict(),
        lambda lake: offices.office_pairs(lake, "dlh", "kecamatan", week.shift(-11), week).to_dict(),
        lambda lake: places(lake, MapFilter(week.shift(-11), week, "complaint", opd="dlh")).to_dict(),
        lambda lake: place_topics(lake, "Juwana", MapFilter(week.shift(-11), week)).to_dict(),
        lambda lake: social.mood(lake, ("comment", "complaint"), week, week),
        lambda lake: social.words_by_contrast(lake, "negative", ("comment",), week, week).to_dict(),
    ):
        answers = [str(question(lake)) for lake in walled.values()]
        assert len(set(answers)) == 1


def test_the_queue_of_an_office_is_its_own(walled: Lakes) -> None:
    ids = {
        role: set(queries.complaints(lake, ComplaintFilter(), 99).rows["doc_id"])
        for role, lake in walled.items()
    }
    assert ids[OPD] == ids["admin"] - set(OTHERS)
    assert ids["opd:dlh"] == {*OTHERS, "k1"}
    assert ids["analis"] == ids[LEAD] == ids["admin"]
    assert queries.queue_totals(walled["opd:dlh"], ComplaintFilter()).n == 4


@pytest.mark.parametrize(
    "ask",
    [
        lambda lake: queries.complaints(lake, ComplaintFilter(doc_id="k3")),
        lambda lake: queries.complaints(lake, ComplaintFilter(doc_id="tidak-ada")),
        lambda lake: queries.complaints(lake, ComplaintFilter(opd="dlh")),
        lambda lake: queries.queue_totals(lake, ComplaintFilter(opd="dlh", words=WORD)),
        lambda lake: queries.queue_totals(lake, ComplaintFilter(doc_id="k3")),
        lambda lake: queries.complaint_history(lake, "k3"),
        lambda lake: queries.document(lake, "k3"),
        lambda lake: queries.documents(lake, DocumentFilter(kinds=("complaint",), opd=("dlh",))),
        lambda lake: search_documents(
            lake, words_of(None), DocumentFilter(WORD, kinds=("complaint",), opd=("dlh",))
        ),
        lambda lake: queries.drill(
            lake, "received", period_kind="all", period=None, channel="*", opd_id="dlh"
        ),
        lambda lake: export(
            lake, "documents", DocumentFilter(kinds=("complaint",), opd=("dlh",)), authors=False
        ),
        lambda lake: export(lake, "mart_complaint", DocumentFilter(), authors=True),
    ],
)
def test_what_singles_out_another_offices_complaint_is_refused(walled: Lakes, ask: object) -> None:
    assert callable(ask)
    with pytest.raises(AccessError):
        ask(walled[OPD])


def test_searching_finds_nothing_of_others_and_tells_the_log(walled: Lakes) -> None:
    words = words_of(None)
    question: Any
    for question, n in (
        (lambda lake: search_documents(lake, words, DocumentFilter(WORD)), 3),
        (lambda lake: queries.documents(lake, DocumentFilter(WORD)), 3),
        (lambda lake: queries.complaints(lake, ComplaintFilter(words=WORD)), 3),
    ):
        for role in (OPD, LEAD):
            found = question(walled[role])
            page = getattr(found, "page", found)
            if role == OPD:
                assert (page.total, len(page.rows), found.withheld) == (0, 0, n)
            assert WORD not in str(getattr(found, "said", ""))
        whole = question(walled["analis"])
        assert (getattr(whole, "page", whole).total, whole.withheld) == (3, 0)
    assert search_documents(walled[LEAD], words, DocumentFilter(WORD)).page.total == 0
    assert search_stories(walled[OPD], words, DocumentFilter(WORD)).page.total == 0
    assert find_stories(walled[OPD], DocumentFilter(WORD)).total == 0


def test_a_word_of_hidden_texts_is_not_suggested(walled: Lakes) -> None:
    wrong = DocumentFilter(WORD.replace("gayam", "gayan"))
    assert (
        "Mungkin" in str(search_documents(walled["admin"], words_of(None), wrong).said)
        or search_documents(walled["admin"], words_of(None), wrong).page.total
    )
    assert WORD not in str(search_documents(walled[OPD], words_of(None), wrong).said)


def test_saved_searches_and_alerts_do_not_lead_there(walled: Lakes) -> None:
    [admin] = saved_searches(walled["admin"])
    assert admin.n_new == 1  # the others are older than a subscriber wants to know
    assert saved_searches(walled[OPD])[0].n_new == 0
    assert new_hits(walled[OPD]) == []
    [(ids,)] = walled[OPD].rows("SELECT doc_ids FROM mart_alert WHERE alert_id = 'a9'")
    assert ids == ["k0"]


def test_a_search_keeps_the_rights_of_who_saved_it(place: Place, tmp_path: object) -> None:
    with Lake(place.home, now=place.lake.now, viewer=viewer_of("d", OPD)) as lake:
        refresh(lake, words_of(None))
        n = save_search(lake, words_of(None), "punya dpu", DocumentFilter(WORD), lake.now)
        [(filters,)] = lake.rows("SELECT filters FROM saved_search WHERE name = 'punya dpu'")
        lake.write(lambda con: con.execute("DELETE FROM saved_search WHERE name = 'punya dpu'"))
    assert n == 0
    assert '"complaints_of": ["dpu"]' in filters


@pytest.mark.parametrize("role", [OPD, LEAD])
def test_nothing_that_can_be_exported_holds_more(walled: Lakes, role: str) -> None:
    lake = walled[role]
    for what in exportable(lake):
        found = str(
            [batch.to_pylist() for batch in export(lake, what, DocumentFilter(), authors=False).batches]
        )
        if role == OPD:
            assert not any(f"'{key}'" in found for key in OTHERS), what
            assert WORD not in found, what
        assert "tidak diangkut. " * 6 not in found, what
        assert f"Petugas ke {WORD}" not in found, what


def test_desa_cells_below_five_are_not_there(walled: Lakes, place: Place) -> None:
    rows = "SELECT count(*) FROM mart_recurring WHERE n < 5"
    assert all(walled[role].value(rows) == 0 for role in (OPD, LEAD))


def test_history_is_for_those_who_work_on_it(walled: Lakes) -> None:
    with pytest.raises(AccessError, match="tidak berhak"):
        queries.complaint_history(walled[LEAD], "k0")
    assert len(queries.complaint_history(walled[OPD], "k1")) > 1
    assert len(queries.complaint_history(walled["analis"], "k3")) >= 1
