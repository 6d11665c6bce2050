"""Stories that reach further, claims in dispute and what offices owe: on a lake by hand, counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from report_seed import WEEK, World, at

from config import Config
from dashboard.report.answers import ask_table, pick, repeat
from warehouse import Lake
from warehouse.queries import disputed_stories, owed, wider_stories, working_days_after

LAST = WEEK.shift(-1)


@pytest.fixture(scope="module")
def town(config: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    world = World(config, scopes={"warta_tiga": "general"})
    world.article(at(0), "Jalan pantura macet", source="warta_satu", story="jalan")
    world.article(at(1), "Jalan pantura macet lagi", source="warta_tiga", story="jalan")
    world.article(at(1), "Siaran pers", source="warta_satu", story="siaran", opd_ids=["dkp"])
    world.article(at(2), "Siaran pers", source="warta_tiga", story="siaran", copy=True, opd_ids=["dkp"])
    world.article(at(2), "Listrik padam", source="warta_dua", story="listrik", opd_ids=["pln"])
    world.article(
        at(3), "Pesan berantai itu Hoaks", source="warta_satu", story="pesan", opd_ids=["diskominfo"]
    )
    world.article(at(3), "Harga membantahkan", source="warta_satu", story="bukan", sentiment="negatif")
    world.article(at(3), "Pasar rapi", source="warta_satu", story="pasar", sentiment="positif")
    world.article(at(4), "Pasar kumuh", source="warta_dua", story="pasar", sentiment="negatif")
    world.article(at(4), "Satu media saja", source="warta_dua", story="satu", sentiment="negatif")
    world.article(at(5), "Satu media saja ralat", source="warta_dua", story="satu", sentiment="positif")
    world.article(at(5, week=LAST), "Dinas membantah", source="warta_dua", story="lama", opd_ids=["dlh"])
    world.article(at(0), "Dinas bicara", source="warta_dua", story="lama", opd_ids=["dlh"])
    for back, opd in ((2, "dlh"), (3, "dlh"), (4, "dlh"), (4, "dishub"), (4, "pln")):
        world.complaint(at(0, week=WEEK.shift(-back)), opd_ids=[opd])
    world.complaint(at(0, week=WEEK.shift(-4)), "selesai_admin", opd_ids=["dlh"])
    world.complaint(at(1), opd_ids=[])
    with world.build(tmp_path_factory.mktemp("town")) as lake:
        yield lake


def test_a_copy_of_a_release_does_not_reach_further(town: Lake) -> None:
    found = wider_stories(town, WEEK)
    assert list(found["item"]) == ["jalan", "listrik"]
    assert list(found["n_general"]) == [1, 0]
    assert found["vertical"].notna().tolist() == [False, True]
    assert list(found["n"]) == [2, 1]


def test_disputed_by_a_word_or_by_outlets_that_differ(town: Lake, config: Config) -> None:
    found = disputed_stories(town, WEEK, config.report.clarify_words).set_index("item")
    assert list(found.index) == ["pesan", "pasar"]
    assert found.loc["pesan", "word"] == "hoaks"
    assert found.loc["pesan", "opd_id"] == "diskominfo"
    assert tuple(found.loc["pasar", ["n_ill", "n_well"]]) == (1, 1)


def test_what_became_of_last_weeks_dispute(town: Lake, config: Config) -> None:
    found = disputed_stories(town, LAST, config.report.clarify_words)
    assert found[["item", "n", "n_next"]].to_numpy().tolist() == [["lama", 1, 1]]


def test_without_words_no_headline_is_marked(town: Lake) -> None:
    assert list(disputed_stories(town, WEEK, [])["item"]) == ["pasar"]


def test_what_offices_owe_now_and_owed_a_week_ago(town: Lake) -> None:
    now = owed(town, WEEK).set_index("opd_id")
    assert now.loc["dlh", ["n_open", "n_late"]].tolist() == [3, 3]
    assert now.loc["dishub", ["n_open", "n_late"]].tolist() == [1, 1]
    assert now.loc["pln", "opd_group"] == "vertical"
    assert owed(town, WEEK)["opd_id"].isna().sum() == 1
    before = owed(town, LAST).set_index("opd_id")
    assert before.loc["dlh", ["n_open", "n_late", "n_open_next", "n_late_next"]].tolist() == [3, 2, 3, 3]


def test_working_days_leave_out_the_weekend(town: Lake) -> None:
    found = working_days_after(town, date(2026, 11, 20), [5, 1])  # a Friday
    assert [day.date() for day in found["due_day"]] == [date(2026, 11, 23), date(2026, 11, 27)]
    assert working_days_after(town, date(2040, 1, 1), [3])["due_day"].isna().all()


def test_which_rows_there_are_is_evidence_too(town: Lake) -> None:
    table = ask_table(town, "wider_stories", week=WEEK)
    (proof,) = table.cite_keys("item")
    assert proof.value == ["jalan", "listrik"]
    assert pick(repeat(town, proof), proof) == ["jalan", "listrik"]
