"""The worksheet: who may enter, who may review, what stays, what the index is made of."""

from __future__ import annotations

from typing import Any

import pytest

from config import load_config
from tests.assessment.conftest import As
from warehouse import Lake
from warehouse.access import AccessError, viewer_of
from warehouse.access.wall import WalledLake
from warehouse.queries.assessment import (
    assessed,
    evidence_comments,
    evidence_marks,
    worksheet,
    worksheet_history,
    worksheet_state,
)
from warehouse.queries.rows import records
from warehouse.store.assessment import Cell, enter_score, review_entry, withdraw_entry
from warehouse.store.evidence import mark_evidence

CITY = load_config().instrument_by_id("smart_city")
SPBE = load_config().instrument_by_id("spbe")
KEDIRI = {"baseline": 3.60, "output": 3.21, "outcome": 3.23, "impact": 3.07, "quick_win": 3.65}
IMPACT = Cell(CITY, 2022, "impact")


def test_an_entry_is_reviewed_by_somebody_else(opened: As) -> None:
    ana, budi = opened("ana"), opened("budi", hours=1)
    at = enter_score(ana, IMPACT, 3.0, "Survei warga", ["d1", "d2", "d1"])
    [row] = records(worksheet(ana, "smart_city", 2022))
    assert (row["score"], row["person"], row["review"], list(row["doc_ids"])) == (
        3.0,
        "ana",
        None,
        ["d1", "d2"],
    )
    with pytest.raises(ValueError, match="harus ditinjau orang lain"):
        review_entry(ana, IMPACT, at, "accepted")
    with pytest.raises(ValueError, match="harus ditinjau orang lain"):
        review_entry(opened("ANA"), IMPACT, at, "accepted")
    review_entry(budi, IMPACT, at, "accepted")
    [row] = records(worksheet(ana, "smart_city", 2022))
    assert (row["review"], row["reviewer"]) == ("accepted", "budi")
    enter_score(ana, Cell(CITY, 2022, "impact", "living"), 2.0, "Dimensi", [])
    state = worksheet_state(ana, 2022)
    assert [tuple(one) for one in state.itertuples(index=False)] == [
        ("smart_city/", "smart_city", "", 1, 1, 0, 0),
        ("smart_city/living", "smart_city", "living", 1, 0, 0, 0),
    ]
    assert worksheet_state(ana, 2021).empty


def test_an_edited_entry_keeps_its_history_and_needs_a_new_review(opened: As) -> None:
    ana, budi = opened("ana"), opened("budi", hours=1)
    first = enter_score(ana, IMPACT, 3.0, "Pertama", ["d1"])
    review_entry(budi, IMPACT, first, "returned", "Buktinya kurang")
    second = enter_score(opened("ana", hours=2), IMPACT, 3.07, "Kedua", ["d1", "d2"], seen=1)
    [row] = records(worksheet(ana, "smart_city", 2022))
    assert (row["score"], row["position"], row["review"], row["n_entries"]) == (3.07, second, None, 2)
    told = records(worksheet_history(ana, "smart_city", 2022, "impact"))
    assert [(one["action"], one["person"], one["justification"]) for one in told] == [
        ("entered", "ana", "Pertama"), ("returned", "budi", "Buktinya kurang"), ("entered", "ana", "Kedua"),
    ]  # fmt: skip
    assert told[0]["score"] == 3.0
    with pytest.raises(ValueError, match="baru saja diubah"):
        review_entry(budi, IMPACT, first, "accepted")
    with pytest.raises(ValueError, match="baru saja diubah"):
        enter_score(budi, IMPACT, 2.0, "Terlambat", seen=1)


def test_the_index_is_made_of_what_people_entered_and_of_nothing_else(opened: As) -> None:
    ana, budi = opened("ana"), opened("budi", hours=1)
    for name, score in KEDIRI.items():
        assert assessed(ana, CITY, 2022).index.value is None
        enter_score(ana, Cell(CITY, 2022, name), score, "Seperti diumumkan")
    found = assessed(ana, CITY, 2022)
    assert (found.index.value, found.index.final) == (3.315, False)
    assert (found.improvement.value, found.improvement.why_open) == (None, "Indeks 2021 masih terbuka.")
    review_entry(budi, IMPACT, 0, "returned", "Alasan?")
    assert assessed(ana, CITY, 2022).index.missing == ("impact",)
    enter_score(ana, IMPACT, 3.07, "Survei warga, 50 responden")
    for name in KEDIRI:
        review_entry(budi, Cell(CITY, 2022, name), 2 if name == "impact" else 0, "accepted")
    assert assessed(ana, CITY, 2022).index.final
    assert assessed(ana, CITY, 2022, "living").index.value is None  # a dimension has entries of its own
    withdraw_entry(ana, IMPACT, 2)
    assert assessed(ana, CITY, 2022).index.missing == ("impact",)
    assert len(worksheet_history(ana, "smart_city", 2022, "impact")) == 5


@pytest.mark.parametrize(
    ("cell", "score", "words", "documents", "said"),
    [
        (IMPACT, 4.5, "x", (), "di luar skala 0 sampai 4"),
        (IMPACT, float("nan"), "x", (), "di luar skala"),
        (Cell(SPBE, 2024, "i42"), 2.5, "x", (), "pilih salah satu: 1 Informasi, 2 Interaksi"),
        (IMPACT, 3, "  ", (), "tidak boleh kosong"),
        (IMPACT, 3, "x" * 4001, (), "paling panjang 4000"),
        (IMPACT, 3, "x", ("d1", "tiada"), "1 dokumen tidak ada atau sudah dihapus: 'tiada'"),
        (IMPACT, 3, "x", ("gone",), "sudah dihapus: 'gone'"),
    ],
)
def test_what_cannot_be_entered_is_refused(
    opened: As, cell: Cell, score: float, words: str, documents: tuple[str, ...], said: str
) -> None:
    lake = opened("ana")
    with pytest.raises(ValueError, match=said):
        enter_score(lake, cell, score, words, documents)
    assert lake.value("SELECT count(*) FROM assessment_entry") == 0


@pytest.mark.parametrize(
    ("more", "said"), [({"indicator": "impak"}, "'impak'"), ({"scope": "livin"}, "'livin'")]
)
def test_there_is_no_place_for_what_the_instrument_does_not_have(more: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Cell(**{"instrument": CITY, "year": 2022, "indicator": "impact", **more})


@pytest.mark.parametrize("role", ["pimpinan", "opd:dputr"])
def test_only_analysts_and_admins_write(opened: As, role: str) -> None:
    at = enter_score(opened("ana"), IMPACT, 3.0, "Survei")
    lake = opened("lain", role, 1)
    for attempt in (
        lambda: enter_score(lake, IMPACT, 4.0, "Lebih tinggi"),
        lambda: review_entry(lake, IMPACT, at, "accepted"),
        lambda: withdraw_entry(lake, IMPACT, at),
        lambda: mark_evidence(lake, IMPACT, ["d1"], "pinned"),
    ):
        with pytest.raises(AccessError):
            attempt()
    assert lake.value("SELECT count(*) FROM assessment_entry") == 1


def test_leadership_reads_and_an_office_does_not(opened: As) -> None:
    ana = opened("ana")
    enter_score(ana, IMPACT, 3.0, "Survei", ["d1"])
    mark_evidence(ana, IMPACT, ["d1", "k1"], "pinned", "Penting")
    lead, office = (
        WalledLake(ana, viewer_of("lead", "pimpinan")),
        WalledLake(ana, viewer_of("o", "opd:dputr")),
    )
    assert len(worksheet(lead, "smart_city", 2022)) == 1
    assert list(evidence_marks(lead, "smart_city", 2022, "impact")["doc_id"]) == ["d1", "k1"]
    with pytest.raises(AccessError):
        worksheet(office, "smart_city", 2022)
    for name in ("assessment_entry", "mart_assessment", "evidence_event", "mart_evidence", "evidence_pack"):
        assert office.rows(f"FROM {name}") == []
    lead.close()
    office.close()


def test_pins_rejections_and_comments(opened: As) -> None:
    ana, budi = opened("ana"), opened("budi", hours=1)
    mark_evidence(ana, IMPACT, [f"d{i}" for i in range(5)], "pinned")
    mark_evidence(budi, IMPACT, ["d1"], "rejected", "Bukan di Pati")
    mark_evidence(budi, IMPACT, ["d2"], "cleared")
    mark_evidence(budi, IMPACT, ["d3"], "commented", "Baca paragraf kedua")
    marks = evidence_marks(ana, "smart_city", 2022, "impact")
    found = {row["doc_id"]: (row["mark"], row["marked_by"], row["n_comments"]) for row in records(marks)}
    assert found == {
        "d0": ("pinned", "ana", 0), "d1": ("rejected", "budi", 1), "d3": ("pinned", "ana", 1),
        "d4": ("pinned", "ana", 0),
    }  # fmt: skip
    assert list(evidence_comments(ana, "smart_city", 2022, "impact")["comment"]) == [
        "Bukan di Pati", "Baca paragraf kedua",
    ]  # fmt: skip
    assert evidence_marks(ana, "smart_city", 2022, "outcome").empty
    assert ana.value("SELECT count(*) FROM evidence_event") == 8


@pytest.mark.parametrize(
    ("documents", "mark", "comment", "said"),
    [
        ([], "pinned", "", "paling sedikit satu"), (["d1"], "rejected", "", "tidak boleh kosong"),
        (["d1"], "commented", " ", "tidak boleh kosong"), (["gone"], "pinned", "", "sudah dihapus"),
    ],
)  # fmt: skip
def test_what_cannot_be_marked_is_refused(
    opened: As, documents: list[str], mark: Any, comment: str, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        mark_evidence(opened("ana"), IMPACT, documents, mark, comment)


def test_the_same_snapshot_gives_the_same_worksheet(opened: As, home: Any) -> None:
    ana = opened("ana")
    enter_score(ana, IMPACT, 3.0, "Survei")
    then = ana.snapshot()
    enter_score(ana, IMPACT, 3.5, "Survei kedua")
    with Lake(home, snapshot=then) as lake:
        assert list(worksheet(lake, "smart_city", 2022)["score"]) == [3.0]
