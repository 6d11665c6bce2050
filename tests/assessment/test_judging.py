"""Judges of quick wins: several, by name, added to and never rewritten; ties open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from config import load_config
from config.quick_wins import Milestone, QuickWin
from pipelines.dimensions import rows
from tests.assessment.conftest import NOW, As
from tests.lakes import new_lake
from warehouse import Lake
from warehouse.access import AccessError, viewer_of
from warehouse.access.wall import WalledLake
from warehouse.assessment.milestones import steps
from warehouse.queries.quick_win_life import compared, judgement_history, own_scores, quick_win_steps
from warehouse.store import sync_dimensions
from warehouse.store.judging import judge_quick_win

CONFIG = load_config()
assert CONFIG.judging is not None
RULES = CONFIG.judging
WINS = ["sipipa", "satrio_pasar"]


@pytest.fixture
def judges(opened: As, home: Path) -> As:
    with Lake(home, now=NOW) as lake:
        sync_dimensions(lake, {"dim_quick_win": rows(CONFIG)["dim_quick_win"]})
    return opened


def all_of(score: int) -> dict[str, int | None]:
    return {one.id: score for one in RULES.criteria}


def test_three_judges_rank_and_their_agreement_is_shown(judges: As) -> None:
    for who, good, bad in (("ana", 5, 2), ("budi", 4, 2), ("cici", 4, 1)):
        lake = judges(who)
        assert compared(lake, RULES, 2026, WINS)[0].rank is None  # not before all have judged
        judge_quick_win(lake, RULES, 2026, "sipipa", all_of(good), "Masih dipakai")
        judge_quick_win(lake, RULES, 2026, "satrio_pasar", all_of(bad))
    first, second = compared(judges("ana"), RULES, 2026, WINS)
    assert (first.quick_win, first.rank, first.n_judges, first.spread) == ("sipipa", 1, 3, 25.0)
    assert (second.quick_win, second.rank, second.spread) == ("satrio_pasar", 2, 25.0)
    assert compared(judges("ana"), RULES, 2025, WINS)[0].n_judges == 0  # another year, other judgements


def test_equal_totals_stay_open(judges: As) -> None:
    for who in ("ana", "budi", "cici"):
        lake = judges(who)
        for name in WINS:
            judge_quick_win(lake, RULES, 2026, name, all_of(3))
    one = RULES.model_copy(update={"best": 1})
    assert [(found.rank, found.chosen) for found in compared(judges("ana"), one, 2026, WINS)] == [
        (1, None)
    ] * 2


def test_what_was_given_stays_and_the_newest_holds(judges: As) -> None:
    ana = judges("ana")
    judge_quick_win(ana, RULES, 2026, "sipipa", {"kebaruan": 5}, "Pertama")
    judge_quick_win(judges("ana", hours=1), RULES, 2026, "sipipa", {"kebaruan": 3}, "Kedua")
    assert own_scores(ana, 2026, "sipipa", "Ana") == {"kebaruan": 3}
    judge_quick_win(judges("ana", hours=2), RULES, 2026, "sipipa", {"kebaruan": None})
    assert own_scores(ana, 2026, "sipipa", "ana") == {}
    told = judgement_history(ana, 2026, "sipipa")
    assert [None if score != score else score for score in told["score"]] == [5, 3, None]  # noqa: PLR0124 - NaN
    assert list(told["remark"][:2]) == ["Pertama", "Kedua"]


@pytest.mark.parametrize(
    ("name", "scores", "said"),
    [
        ("sipipa", {}, "sedikitnya untuk satu kriteria"),
        ("sipipa", {"harga": 3}, "Kriteria 'harga' tidak ada"),
        ("sipipa", {"kebaruan": 6}, "Kebaruan: nilai 6 di luar 1 sampai 5"),
        ("tiada", {"kebaruan": 3}, "Quick win 'tiada' tidak terdaftar"),
    ],
)
def test_what_cannot_be_given_is_refused(
    judges: As, name: str, scores: dict[str, int | None], said: str
) -> None:
    lake = judges("ana")
    with pytest.raises(ValueError, match=said):
        judge_quick_win(lake, RULES, 2026, name, scores)
    assert lake.value("SELECT count(*) FROM quick_win_judgement") == 0


@pytest.mark.parametrize("role", ["pimpinan", "opd:dkp"])
def test_only_analysts_and_admins_judge(judges: As, role: str) -> None:
    with pytest.raises(AccessError):
        judge_quick_win(judges("lain", role), RULES, 2026, "sipipa", {"kebaruan": 5})


def test_leadership_reads_and_an_office_does_not(judges: As) -> None:
    ana = judges("ana")
    judge_quick_win(ana, RULES, 2026, "sipipa", {"kebaruan": 5})
    lead, office = (WalledLake(ana, viewer_of("x", role)) for role in ("pimpinan", "opd:dkp"))
    ask: Callable[[Lake], object] = lambda lake: own_scores(lake, 2026, "sipipa", "ana")  # noqa: E731 - asked twice
    assert ask(lead) == {"kebaruan": 5}
    with pytest.raises(AccessError):
        ask(office)
    for name in ("quick_win_judgement", "mart_quick_win_judgement"):
        assert office.rows(f"FROM {name}") == []
    lead.close()
    office.close()


def test_the_report_names_steps_that_are_overdue_or_soon_due(tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    sync_dimensions(
        lake,
        {
            "dim_quick_win": [
                ("a", "A", "dkp", "economy", date(2026, 10, 1)),
                ("b", "B", "dkp", "economy", None),
            ],
            "dim_quick_win_milestone": [
                ("a", 1, "selesai", date(2026, 10, 5), date(2026, 10, 5)),
                ("a", 2, "dua bulan sejak mulai", None, None),
                ("b", 1, "tanpa tenggat", None, None),
                ("b", 2, "lewat", date(2026, 11, 21), None),
                ("b", 3, "masih lama", date(2026, 12, 30), None),
            ],
        },
    )
    found = quick_win_steps(lake, date(2026, 11, 22))
    assert list(found["milestone"]) == ["lewat", "dua bulan sejak mulai"]
    assert list(found["state"]) == ["overdue", "open"]
    assert list(found["step"]) == ["b/2", "a/2"]
    assert quick_win_steps(lake, date(2026, 11, 16))["milestone"].tolist() == ["lewat"]
    lake.close()


@pytest.mark.parametrize(
    ("start", "due", "done", "state", "within"),
    [
        (None, None, None, "undated", None),
        (date(2026, 1, 1), None, None, "overdue", True),
        (date(2026, 10, 1), None, None, "open", True),
        (date(2026, 1, 1), date(2026, 2, 1), date(2026, 2, 1), "done", True),
        (date(2026, 1, 1), date(2026, 2, 1), date(2026, 2, 2), "late", True),
        (date(2026, 1, 1), date(2026, 6, 1), None, "overdue", False),
        (None, date(2026, 12, 1), None, "open", None),
    ],
)
def test_milestones_against_the_two_months(
    start: date | None, due: date | None, done: date | None, state: str, within: bool | None
) -> None:
    one = QuickWin(
        id="x", name="X", opd="dkp", dimension="economy", start=start,
        milestones=(Milestone(name="Uji coba", due=due, done=done),),
    )  # fmt: skip
    [found] = steps(one.start, one.milestones, date(2026, 11, 16))
    assert (found.state, found.within) == (state, within)
