"""The index: published figures, open without people, and what must hold for any entries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import Instrument, Weights, load_config
from warehouse.assessment import Entry, improvement, index

CITY = load_config().instrument_by_id("smart_city")
SPBE = load_config().instrument_by_id("spbe")
KEDIRI = {"baseline": 3.60, "output": 3.21, "outcome": 3.23, "impact": 3.07, "quick_win": 3.65}
"""Sub-scores of 2022 as published."""
LISTED = Weights(
    id="daftar",
    of={"baseline": 10, "output": 20, "outcome": 30, "impact": 30, "quick_win": 10},
    kepastian="pasti",
    source="uji",
)


def entries(scores: dict[str, float], by: str = "ana", reviewer: str | None = None) -> list[Entry]:
    return [Entry(name, score, by, reviewer) for name, score in scores.items()]


def test_kediri_2022_comes_out_as_published() -> None:
    found = index(CITY, 2022, entries(KEDIRI))
    assert found.value == 3.315  # published as 3.31
    assert [round(one.part, 4) for one in found.terms] == [0.36, 0.642, 0.969, 0.614, 0.73]


def test_other_weights_give_another_index() -> None:
    assert index(CITY, 2022, entries(KEDIRI), LISTED).value == 3.257


def test_a_year_without_known_weights_stays_open() -> None:
    found = index(CITY, 2023, entries(KEDIRI))
    assert (found.value, found.weights, found.missing) == (None, None, ())
    assert "Bobot tahun 2023 belum diketahui" in found.why_open


def test_nothing_was_entered() -> None:
    found = index(CITY, 2022, [])
    assert found.value is None
    assert found.missing == ("baseline", "output", "outcome", "impact", "quick_win")
    assert found.why_open == "5 dari 5 indikator belum diisi orang."


def test_zero_is_an_entry_and_a_missing_one_is_not_zero() -> None:
    with_zero = index(CITY, 2022, entries({**KEDIRI, "impact": 0.0}))
    assert with_zero.value == 2.701
    without = index(CITY, 2022, entries({k: v for k, v in KEDIRI.items() if k != "impact"}))
    assert (without.value, without.missing) == (None, ("impact",))


def test_improvement_needs_both_years() -> None:
    two = CITY.model_copy(update={"weights": (*CITY.weights, LISTED.model_copy(update={"years": (2023,)}))})
    before = index(two, 2022, entries(KEDIRI))
    now = index(two, 2023, entries({**KEDIRI, "impact": 3.17}))
    found = improvement(now, before)
    assert found.value == -0.028
    assert not found.same_weights
    half = improvement(index(two, 2023, entries({"impact": 3.17})), before)
    assert (half.value, half.why_open) == (None, "Indeks 2023 masih terbuka.")
    with pytest.raises(ValueError, match="dibandingkan dengan 2022, bukan 2023"):
        improvement(now, now)


def test_predicates_of_spbe() -> None:
    def level(score: float) -> str | None:
        return index(SPBE, 2024, entries({one.id: score for one in SPBE.indicators})).predicate

    assert [level(x) for x in (1, 2, 3, 4, 5)] == ["Kurang", "Cukup", "Baik", "Sangat Baik", "Memuaskan"]


def test_two_entries_for_one_indicator_are_refused() -> None:
    with pytest.raises(ValueError, match="diisi dua kali"):
        index(CITY, 2022, [*entries(KEDIRI), Entry("impact", 4.0, "budi")])


scores = st.floats(0, 4, allow_nan=False).map(lambda x: round(x, 2))
full = st.fixed_dictionaries(dict.fromkeys(KEDIRI, scores))


@given(full, st.sets(st.sampled_from(sorted(KEDIRI)), min_size=1), st.sampled_from(["", "  ", None]))
def test_no_index_without_a_persons_entry(
    given_scores: dict[str, float], gone: set[str], nobody: str | None
) -> None:
    """Left out, or entered by nobody: open, and exactly those are named."""
    held = [
        Entry(name, score, nobody or "") if name in gone else Entry(name, score, "ana")
        for name, score in given_scores.items()
        if name not in gone or nobody is not None
    ]
    found = index(CITY, 2022, held)
    assert found.value is None
    assert set(found.missing) == gone


@given(full, st.permutations(sorted(KEDIRI)))
def test_an_index_lies_between_its_scores_in_any_order(
    given_scores: dict[str, float], order: list[str]
) -> None:
    found = index(CITY, 2022, entries({name: given_scores[name] for name in order}))
    assert found.value is not None
    assert min(given_scores.values()) <= found.value <= max(given_scores.values())
    assert found.value == index(CITY, 2022, entries(given_scores)).value


@given(full, st.sampled_from(sorted(KEDIRI)), scores)
def test_one_entry_moves_it_by_its_weight(given_scores: dict[str, float], name: str, new: float) -> None:
    before = index(CITY, 2022, entries(given_scores)).value
    after = index(CITY, 2022, entries({**given_scores, name: new})).value
    weight = {"baseline": 0.1, "output": 0.2, "outcome": 0.3, "impact": 0.2, "quick_win": 0.2}[name]
    assert before is not None
    assert after is not None
    assert after - before == pytest.approx(weight * (new - given_scores[name]), abs=1e-9)


@given(full, st.sampled_from(["ana", "ANA ", "budi", None]))
def test_only_another_person_makes_it_final(given_scores: dict[str, float], reviewer: str | None) -> None:
    found = index(CITY, 2022, entries(given_scores, "ana", reviewer))
    assert found.final is (reviewer == "budi")


def test_what_is_not_of_the_instrument_counts_nothing() -> None:
    assert index(CITY, 2022, [*entries(KEDIRI), Entry("asing", 4.0, "ana")]).value == 3.315


def test_an_instrument_whose_weights_nobody_knows_never_has_an_index() -> None:
    pemdi: Instrument = load_config().instrument_by_id("pemdi")
    found = index(pemdi, 2026, entries({one.id: 3 for one in pemdi.indicators}))
    assert (found.value, found.missing) == (None, ())
