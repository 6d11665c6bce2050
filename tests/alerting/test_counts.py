"""Count models, the level of a budget, seasons: against exact values and other libraries."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from benchmarks.alerting.worlds import World, weeks
from config import Alerts, Budget, Fall, Shares, Surge
from pipelines.alerting.budget import benjamini_hochberg, level, weekly
from pipelines.alerting.counts import Floats, outlooks, upper_tail
from pipelines.alerting.judge import Panel, judge
from pipelines.alerting.season import factors


@pytest.mark.parametrize(
    ("n", "mean", "variance"),
    [(0, 4, 4), (1, 4, 4), (13, 4, 4), (13, 4, 6), (3, 0.1, 0.15), (40, 20, 80), (5, 2, 1.5), (-2, 3, 5)],
)
def test_tails_are_those_of_scipy(n: int, mean: float, variance: float) -> None:
    found = float(upper_tail(np.array(float(n)), np.array(float(mean)), np.array(float(variance))))
    if variance > mean:
        size = mean**2 / (variance - mean)
        wanted = stats.nbinom.sf(n - 1, size, size / (size + mean))
    else:
        wanted = stats.poisson.sf(n - 1, mean)
    assert found == pytest.approx(wanted, rel=1e-9)


LEVELS = [
    pytest.param([1.0] * 10, 0.5, 0.05, id="divided equally when every test can speak"),
    pytest.param([0.001] * 100 + [1.0] * 4, 0.5, 0.1, id="tests that can hardly speak cost little"),
    pytest.param([0.01, 0.01], 0.5, 1.0, id="enough for all"),
    pytest.param([0.2, 0.3], 0.4, 0.2, id="up to the reach of one"),
    pytest.param([], 0.5, 1.0, id="no test"),
    pytest.param([1.0] * 10, 0.0, 0.0, id="no budget"),
]


@pytest.mark.parametrize(("reach", "allowed", "alpha"), LEVELS)
def test_the_level_spends_the_budget(reach: list[float], allowed: float, alpha: float) -> None:
    assert level(np.array(reach), allowed) == pytest.approx(alpha, abs=1e-9)


def test_a_month_has_more_than_four_weeks() -> None:
    assert weekly(2.0) * 52.1775 / 12 == pytest.approx(2.0, rel=1e-4)


def test_benjamini_hochberg_as_in_the_example_of_1995() -> None:
    p = np.array([0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
                  0.4262, 0.5719, 0.6528, 0.7590, 1.0])  # fmt: skip
    assert benjamini_hochberg(p, 0.05).sum() == 4


def flat(rate: float, length: int = 60, seed: int = 3) -> Floats:
    return np.random.default_rng(seed).poisson(rate, (1, length)).astype(float)


def test_the_usual_is_learned_and_a_past_peak_hardly_moves_it() -> None:
    calm = flat(4.0)
    peak = calm.copy()
    peak[0, 40] = 30
    one, _ = outlooks(calm, np.ones_like(calm))
    other, _ = outlooks(peak, np.ones_like(peak))
    assert one.expected[0] == pytest.approx(4.0, abs=0.8)
    assert other.expected[0] - one.expected[0] < 0.4


def test_the_judged_weeks_do_not_teach() -> None:
    calm = flat(4.0)
    loud = calm.copy()
    loud[0, -2:] = 50
    assert outlooks(loud, np.ones_like(loud))[0].expected == outlooks(calm, np.ones_like(calm))[0].expected


def test_half_the_coverage_is_half_the_expectation() -> None:
    counts = flat(6.0)
    exposure = np.ones_like(counts)
    whole = outlooks(counts, exposure)[0].expected[0]
    exposure[0, :-1] = 2.0  # the past was seen twice as well as the judged week
    assert outlooks(counts, exposure)[0].expected[0] == pytest.approx(whole / 2, rel=1e-6)


def test_weeks_without_coverage_say_nothing() -> None:
    counts = flat(6.0)
    exposure = np.ones_like(counts)
    before = outlooks(counts, exposure)[0]
    counts[0, 20:25], exposure[0, 20:25] = 0.0, 0.0
    after = outlooks(counts, exposure)[0]
    assert after.expected[0] == pytest.approx(before.expected[0], abs=0.5)
    assert after.weeks[0] == before.weeks[0] - 5


def test_dispersion_widens_the_variance() -> None:
    rng = np.random.default_rng(5)
    rough = rng.poisson(rng.gamma(10 / 2, 2, (1, 100))).astype(float)  # variance three times the mean
    found = outlooks(rough, np.ones_like(rough))[0]
    assert 2.0 < found.variance[0] / found.expected[0] < 4.5


def test_a_season_is_found_where_two_years_were_seen() -> None:
    week = np.arange(130)
    true = 1 + 0.6 * np.sin(2 * np.pi * week / 52.1775)
    counts = np.random.default_rng(2).poisson(12 * true, (1, 130)).astype(float)
    found = factors(counts, np.ones_like(counts))[0]
    assert found[-1] == 1.0
    assert np.abs(np.log(found / (true / true[-1]))).mean() < 0.15
    short = factors(counts[:, -80:], np.ones((1, 80)))
    assert (short == 1).all()


def test_few_items_show_no_season() -> None:
    counts = flat(0.3, 130)
    assert (factors(counts, np.ones_like(counts)) == 1).all()


def panel(now: float, before: float, rate: float = 4.0) -> Panel:
    """Forty ordinary series and a first one with given last weeks."""
    rng = np.random.default_rng(11)
    counts = rng.poisson(rate, (40, 60)).astype(float)
    counts[:, -2:] = rate
    counts[0, -2:] = before, now
    return Panel(np.zeros(40, dtype=np.int64), counts, np.ones_like(counts), np.ones(40))


JUDGED = [
    pytest.param(16, 4, True, 1, id="far above in one week"),
    pytest.param(9, 10, True, 2, id="a rise too small for one week is seen in two"),
    pytest.param(4, 20, False, None, id="over already"),
    pytest.param(6, 4, False, None, id="within the usual"),
]


@pytest.mark.parametrize(("now", "before", "opens", "window"), JUDGED)
def test_judge(now: float, before: float, opens: bool, window: int | None) -> None:
    found = judge(panel(now, before), Alerts())
    assert bool(found.surge[0]) is opens
    assert not found.surge[1:].any()
    if window:
        assert found.window[0] == window


def test_a_smaller_budget_asks_for_more() -> None:
    tight = Alerts(budget=Budget(false_per_month=0.01))
    assert judge(panel(14, 4), Alerts()).surge[0]
    assert not judge(panel(14, 4), tight).surge[0]


def test_without_a_share_or_switched_off_nothing_is_raised() -> None:
    for rules in (Alerts(surge=Surge(enabled=False)), Alerts(budget=Budget(shares=Shares(topic=0)))):
        assert not judge(panel(60, 4), rules).surge.any()


def test_few_items_never_raise() -> None:
    small = panel(4, 0, rate=0.1)
    assert not judge(small, Alerts()).surge[0]
    assert judge(small, Alerts(surge=Surge(min_n=2))).surge[0]


def test_a_fall_needs_coverage() -> None:
    low = panel(2, 3, rate=20.0)
    assert judge(low, Alerts()).fall[0]
    assert not judge(Panel(low.family, low.counts, low.exposure, np.full(40, 0.7)), Alerts()).fall.any()
    assert not judge(low, Alerts(fall=Fall(enabled=False))).fall.any()


def test_too_short_a_history_is_not_judged() -> None:
    long = panel(60, 4)
    short = Panel(long.family, long.counts[:, -9:], long.exposure[:, -9:], long.cover)
    assert not judge(short, Alerts()).surge.any()


def test_simulated_weeks_are_as_they_are_described() -> None:
    family, counts = weeks(World(spread=1.3, wave=0.0, drift=0.0, holiday=1.0), 200, 3, 1)
    assert counts[:, family == 0].sum(1).mean() == pytest.approx(100, rel=0.03)
    assert counts[:, family == 1].sum(1).mean() == pytest.approx(40, rel=0.05)
    first = counts[:, 0]
    assert first.var(axis=-1).mean() / first.mean() == pytest.approx(1.3, rel=0.2)
