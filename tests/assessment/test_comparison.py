"""The scored comparison: reasons a reader can follow, ties that stay open, nothing ranked by few judges."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import ConfigError, load_config
from config.quick_wins import Criterion, Judging
from warehouse.assessment.comparison import Judgement, Standing, compare

RULES = Judging(
    best=1,
    judges=2,
    criteria=(
        Criterion(id="kebaruan", name="Kebaruan", weight=40),
        Criterion(id="lanjut", name="Keberlanjutan", weight=60),
    ),
)


def judged(name: str, judge: str, kebaruan: int, lanjut: int) -> list[Judgement]:
    return [Judgement(name, "kebaruan", judge, kebaruan), Judgement(name, "lanjut", judge, lanjut)]


def by_name(found: list[Standing]) -> dict[str, Standing]:
    return {one.quick_win: one for one in found}


def test_the_praised_one_stands_above_the_silent_one_and_says_why() -> None:
    given_scores = [
        *judged("ramai", "a", 4, 5), *judged("ramai", "b", 5, 4),
        *judged("senyap", "a", 5, 1), *judged("senyap", "b", 5, 2),
    ]  # fmt: skip
    first, second = compare(RULES, ["senyap", "ramai"], given_scores)
    assert (first.quick_win, first.rank, first.total, first.chosen) == ("ramai", 1, 87.5, True)
    assert (second.quick_win, second.rank, second.total, second.chosen) == ("senyap", 2, 47.5, False)
    assert first.spread == 5.0
    assert "Keberlanjutan: rata-rata 4,5 dari 5, bobot 60, menyumbang 52,5 poin." in first.reasons
    assert "Keberlanjutan: rata-rata 1,5 dari 5, bobot 60, menyumbang 7,5 poin." in second.reasons


def test_a_tie_stays_open() -> None:
    given_scores = [one for name in ("x", "y") for judge in ("a", "b") for one in judged(name, judge, 3, 3)]
    found = by_name(compare(RULES, ["x", "y"], given_scores))
    assert [(one.rank, one.chosen, one.tied_with) for one in found.values()] == [
        (1, None, ("y",)),
        (1, None, ("x",)),
    ]
    assert any("Seri dengan y" in said for said in found["x"].reasons)
    named = by_name(compare(RULES, ["x", "y"], given_scores, {"y": "Yang Lain"}))["x"]
    assert any("Seri dengan Yang Lain" in said for said in named.reasons)


@pytest.mark.parametrize(
    "second",
    [[], judged("x", " ", 5, 5), judged("x", "A", 5, 5), judged("x", "b", 5, 5)[:1], judged("x", "b", 5, 6)],
)
def test_too_few_complete_judges_rank_nothing(second: list[Judgement]) -> None:
    """Nobody, a nameless one, the same one again, half a judgement, a score off the scale."""
    [found] = compare(RULES, ["x"], [*judged("x", "a", 5, 5), *second])
    assert (found.rank, found.total, found.chosen, found.n_judges) == (None, None, None, 1)
    assert found.reasons == ("Baru 1 dari 2 juri menilai semua kriteria; belum diperingkat.",)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=6), st.randoms())
def test_the_order_of_judges_and_judgements_does_not_matter(
    scores: list[tuple[int, int]], chance: object
) -> None:
    given_scores = [one for i, pair in enumerate(scores) for one in judged("x", f"j{i}", *pair)]
    shuffled = given_scores.copy()
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert compare(RULES, ["x"], shuffled) == compare(RULES, ["x"], given_scores)
    total = compare(RULES, ["x"], given_scores)[0].total
    assert total is not None
    assert 0 <= total <= 100


def test_weights_of_criteria_that_do_not_add_up_are_refused_with_the_line(tmp_path: Path) -> None:
    text = (
        "quick_wins:\n  - {id: x, name: X, opd: dkp, dimension: economy}\njudging:\n  criteria:\n"
        "    - {id: a, name: A, weight: 40}\n    - {id: b, name: B, weight: 50}\n"
    )
    (tmp_path / "quick_wins.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"quick_wins\.yaml baris 4: jumlah bobot kriteria adalah 90"):
        load_config(tmp_path)


def test_the_register_says_what_is_known_and_what_is_not() -> None:
    found = load_config().quick_win_by_id("pregnancy_tools")
    assert (found.status, found.stage, found.target, found.links) == ("verify", "belum_diketahui", None, ())
    assert load_config().quick_win_by_id("sipipa").start is None  # sources differ: 2018 or 2019
