"""The budget holds and rises are found, on simulated weeks at Pati's volumes."""

from __future__ import annotations

import pytest

from benchmarks.alerting.simulate import deaths, false_alerts, ours, rises_found, sigmas
from benchmarks.alerting.worlds import World
from config import Alerts, Budget

RULES = Alerts()
BUDGET = RULES.budget.false_per_month
SEED = 20_261_116
ROUGH = World(spread=1.8, wave=0.5, drift=0.02, holiday=0.5)


def test_false_alerts_stay_within_the_budget() -> None:
    assert 0.2 < false_alerts(ours(RULES), World(), 10, SEED) <= BUDGET


def test_the_budget_is_kept_in_rough_weeks_too() -> None:
    assert false_alerts(ours(RULES), ROUGH, 20, SEED) <= BUDGET


@pytest.mark.proof
def test_false_alerts_stay_within_the_budget_in_200_years() -> None:
    assert 0.3 * BUDGET < false_alerts(ours(RULES), World(), 200, SEED) <= BUDGET


def test_another_budget_is_kept_too() -> None:
    small = Alerts(budget=Budget(false_per_month=1.0))
    assert false_alerts(ours(small), World(), 10, SEED) <= 1.0


def test_the_usual_two_sigmas_would_not_keep_it() -> None:
    assert false_alerts(sigmas(2), World(), 2, SEED) > 3 * BUDGET


def test_a_threefold_rise_at_four_a_week_is_found_within_two_weeks() -> None:
    topic, office = rises_found(ours(RULES), World(), 150, SEED, families=(0, 1))
    assert topic.second >= 0.8
    assert office.second >= 0.8


def test_nothing_is_found_where_nothing_rises() -> None:
    (found,) = rises_found(ours(RULES), World(), 60, SEED, factor=1.0)
    assert found.second <= 0.05


def test_dead_sources_and_their_return_raise_no_more_than_the_budget() -> None:
    assert deaths(RULES, World(), 15, SEED) <= BUDGET
    known, unknown = (deaths(RULES, World(), 8, SEED, n_dead=6, aware=aware) for aware in (True, False))
    assert known < unknown
