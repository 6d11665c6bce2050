"""How surprising is a count? Baselines and tail probabilities for many series at once. Pure.

A week's number is compared with what its own series usually has. Numbers here are small (a
topic has four items a week, not four thousand), so they are counted with count models: a Poisson
law where the series varies no more than that, a negative binomial one where it varies more.

Sources:
    Farrington, Andrews, Beale, Catchpole (1996): A statistical algorithm for the early detection
    of outbreaks of infectious disease. J. R. Stat. Soc. A 159, 547-563: baselines from a series'
    own past, earlier outbreaks weighted down, quasi-Poisson dispersion.
    Noufaily, Enki, Farrington, Garthwaite, Andrews, Charlett (2013): An improved algorithm for
    outbreak detection in multiple surveillance systems. Stat. Med. 32, 1206-1222: weights for
    residuals above 2.58 only, negative binomial thresholds.
    Hutwagner, Thompson, Seeman, Treadwell (2003): The bioterrorism preparedness and response
    Early Aberration Reporting System (EARS). J. Urban Health 80, i89-i96: a guard band between
    baseline and test (C2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, gammainc

Floats = NDArray[np.float64]

HALF_LIFE = 26.0
"""Weeks after which a week counts half: long enough for many small numbers, short enough to follow."""
GUARD = 1
"""Weeks before the judged one that belong to no baseline: the second of a two-week test."""
LONG = 2
"""Length in weeks of the second window; a rise too small for one week is seen in two."""
OUTLIER = 2.58
"""Residual above which a past week counts less (Noufaily et al. 2013, section 3.2)."""
CAP = 3.5
"""Largest residual that goes into the dispersion."""
PRIOR_WEEKS = 12.0
"""Weight of the other series, in weeks, when a series' dispersion is estimated."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is usual for each series, in one window; arrays with one entry per series.

    Attributes:
        observed: items in the window.
        expected: mean if nothing had changed, at the window's coverage.
        variance: of the observed number around it: dispersion and the baseline's own error.
        weeks: past weeks it rests on.
    """

    observed: Floats
    expected: Floats
    variance: Floats
    weeks: Floats

    def at_least(self, n: Floats | float) -> Floats:
        """P(X >= n) for each series if nothing had changed."""
        return upper_tail(np.asarray(n, dtype=float), self.expected, self.variance)

    def at_most(self, n: Floats | float) -> Floats:
        """P(X <= n) for each series if nothing had changed."""
        return 1.0 - upper_tail(np.floor(np.asarray(n, dtype=float)) + 1.0, self.expected, self.variance)

    def of(self, chosen: NDArray[np.bool_]) -> Outlook:
        """The outlook of some of the series."""
        return Outlook(
            self.observed[chosen], self.expected[chosen], self.variance[chosen], self.weeks[chosen]
        )

    def rarity(self, n: Floats | float) -> Floats:
        """Mid-p value of a high count: P(X > n) + P(X = n) / 2.

        Counts come in steps, so a test by P(X >= n) raises far fewer false alerts than its level
        allows. Over many series of different size the mid-p value keeps the level on average
        (Lancaster 1961: Significance tests in discrete distributions. JASA 56, 223-234).
        """
        return (self.at_least(n) + self.at_least(np.asarray(n, dtype=float) + 1.0)) / 2

    def rarity_low(self, n: Floats | float) -> Floats:
        """Mid-p value of a low count: P(X < n) + P(X = n) / 2."""
        return 1.0 - self.rarity(n)


def upper_tail(n: Floats, mean: Floats, variance: Floats) -> Floats:
    """P(X >= n), negative binomial with that mean and variance, Poisson where variance <= mean.

    Through the incomplete beta and gamma functions (Johnson, Kemp, Kotz 2005: Univariate Discrete
    Distributions, 3rd ed., sections 4.4 and 5.3), which are exact for the whole range.

    Args:
        n: whole numbers, any sign.
        mean: above 0.
        variance: at least 0.
    """
    n, mean, variance = np.broadcast_arrays(n, mean, variance)
    found = np.ones(n.shape)
    over = variance > mean * (1 + 1e-9)
    some = n > 0
    poisson = some & ~over
    found[poisson] = gammainc(n[poisson], mean[poisson])
    wide = some & over
    size = mean[wide] ** 2 / (variance[wide] - mean[wide])
    found[wide] = betainc(n[wide], size, mean[wide] / (size + mean[wide]))
    return found


def outlooks(
    counts: Floats, exposure: Floats, group: NDArray[np.int64] | None = None
) -> tuple[Outlook, Outlook]:
    """Judge the last week, alone and together with the one before it.

    Args:
        counts: series x weeks, independent items; the last column is the week to judge.
        exposure: same shape; the share of the judged week's coverage that each week had, times
            its season; 0 where a week says nothing.
        group: of each series, whose dispersions are alike; None: all are.

    Returns:
        The outlook of one week, and of `LONG` weeks.
    """
    short = counts.shape[1] - 1
    past, seen = counts[:, : short - GUARD], exposure[:, : short - GUARD]
    recency = 0.5 ** (np.arange(past.shape[1])[::-1] / HALF_LIFE)
    group = np.zeros(len(counts), dtype=np.int64) if group is None else group
    weight = np.broadcast_to(recency, past.shape) * (seen > 0)
    rate = _rate(past, seen, weight)
    spread = _dispersion(past, seen, weight, rate, group)
    calm = weight * _calm(past, rate[:, None] * seen, spread[:, None])
    rate = _rate(past, seen, calm)
    error = rate * _dot(calm * calm, seen) / np.maximum(_dot(calm, seen), 1e-9) ** 2
    weeks = (seen > 0).sum(1).astype(float)
    found = []
    for length in (1, LONG):
        spread = _dispersion(
            _rolled(past, length), _rolled(seen, length), weight[:, length - 1 :], rate, group
        )
        ahead = exposure[:, -length:].sum(1)
        mean = np.maximum(rate * ahead, 1e-9)
        variance = spread * (mean + ahead**2 * error)
        found.append(Outlook(counts[:, -length:].sum(1).astype(float), mean, variance, weeks))
    return found[0], found[1]


def _rate(past: Floats, seen: Floats, weight: Floats) -> Floats:
    """Items per week of full coverage; half an item more than counted, so that it is never 0.

    The half item is Jeffreys' prior for a Poisson rate.
    """
    rate: Floats = (_dot(weight, past) + 0.5) / np.maximum(_dot(weight, seen), 1e-9)
    return rate


def _calm(past: Floats, mean: Floats, spread: Floats) -> Floats:
    """Weight of past weeks that were themselves far above: falls with the square of the residual.

    Anscombe's residual, as in Farrington et al. (1996): small counts are skewed, and by (n - mean) / sd an
    ordinary 3 where 0.3 is usual would count as an outbreak.
    """
    mean = np.maximum(mean, 1e-9)
    residual = 1.5 * (np.cbrt(past**2) - np.cbrt(mean**2)) / (mean ** (1 / 6) * np.sqrt(spread))
    return (OUTLIER / np.maximum(residual, OUTLIER)) ** 2


def _dispersion(past: Floats, seen: Floats, weight: Floats, rate: Floats, group: NDArray[np.int64]) -> Floats:
    """Variance over mean of each series, at least 1, drawn towards its group's.

    A moment estimate from few weeks is itself uncertain; that of its group (the mean over its series
    with enough items) counts like `PRIOR_WEEKS` weeks. A week of a rare series tells little of its
    spread: the variance of a squared residual is 2 plus the excess kurtosis, for the negative binomial
    law 6 (spread - 1) / mean + 1 / variance (Johnson, Kemp, Kotz 2005, section 5.4), so that many weeks
    count for less.
    """
    mean = rate[:, None] * seen
    total = np.maximum(weight.sum(1), 1e-9)
    mean = np.maximum(mean, 1e-9)
    # One past outbreak must not make a series deaf; a single item where hardly any is usual is none.
    square = np.minimum((past - mean) ** 2 / mean, CAP**2 * (1 + 1 / mean))
    own = _dot(weight, square) / total
    n = total**2 / np.maximum(_dot(weight, weight), 1e-9)
    own = own * n / np.maximum(n - 1, 1.0)
    enough = past.sum(1) >= 10
    pooled = np.ones(len(own))
    for one in np.unique(group):
        members = group == one
        useful = members & enough
        pooled[members] = np.maximum(own[useful].mean(), 1.0) if useful.any() else 1.0
    usual = np.maximum(_dot(weight, mean) / total, 1e-9)  # items a week
    n = n * 2 / (2 + (6 * (pooled - 1) + 1 / pooled) / usual)
    mixed: Floats = np.maximum((n * own + PRIOR_WEEKS * pooled) / (n + PRIOR_WEEKS), 1.0)
    return mixed


def _rolled(values: Floats, length: int) -> Floats:
    """Sums over `length` neighbouring columns."""
    if length == 1:
        return values
    width = values.shape[1] - length + 1
    sums = values[:, :width].copy()
    for shift in range(1, length):
        sums += values[:, shift : shift + width]
    return sums


def _dot(one: Floats, other: Floats) -> Floats:
    """Sum over the weeks of a product, for each series."""
    found: Floats = np.einsum("st,st->s", one, other)
    return found
