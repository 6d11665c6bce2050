"""How surprising must a count be? The level at which a budget of false alerts suffices. Pure.

The number promised to people is a mean number of false alerts in a time, not a share of those
raised. So what is controlled is the per-family error rate, E(false alerts), by dividing it over
the tests (Bonferroni), in weighted groups. Benjamini-Hochberg controls the share of false ones
among those raised; on weeks without anything to find every one is false and the number is not
bounded by what people asked for. Both were simulated, see docs/decisions/0017.

Sources:
    Gordon, Glazko, Qiu, Yakovlev (2007): Control of the mean number of false discoveries,
    Bonferroni and stability of multiple testing. Ann. Appl. Stat. 1, 179-190.
    Genovese, Roeder, Wasserman (2006): False discovery control with p-value weighting.
    Biometrika 93, 509-524: weights fixed before looking.
    Tarone (1990): A modified Bonferroni method for discrete data. Biometrics 46, 515-522: a test
    that can hardly ever speak needs no share.
    Benjamini, Hochberg (1995): Controlling the false discovery rate. J. R. Stat. Soc. B 57, 289-300.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WEEKS_PER_MONTH = 365.2425 / 12 / 7
SPENT = 0.85
"""Part of the budget that is divided; the rest is kept back for what no model knows (holidays, slow
change). Simulated in decision 17."""
TRIED, TAIL = 2.0, 0.3
"""Below `TRIED` false alerts a month more is kept back, by the power `TAIL`: what is rare by the model is
less rare in weeks with waves and holidays, the more so the rarer. Simulated in decision 20."""


def divided(false_per_month: float) -> float:
    """How many false alerts a month are divided over the tests, so that the budget holds."""
    return SPENT * false_per_month * min(1.0, math.pow(false_per_month / TRIED, TAIL))


def weekly(false_per_month: float) -> float:
    """The budget of one run: a week is judged once."""
    return false_per_month / WEEKS_PER_MONTH


def level(reach: Floats, allowed: float) -> float:
    """The largest level at which all tests together raise at most `allowed` false alerts.

    Args:
        reach: for each test, how often it could speak at all if nothing had changed: the chance of a
            count that the rule's least numbers let through.
        allowed: mean number of false alerts.

    Returns:
        alpha with sum(min(alpha, reach)) = allowed; 1 if even all of them stay below.
    """
    if reach.size == 0 or float(reach.sum()) <= allowed:
        return 1.0
    ordered = np.sort(reach)
    spent = np.concatenate([[0.0], np.cumsum(ordered)])[:-1]
    left = len(ordered) - np.arange(len(ordered))
    full = spent + ordered * left  # what all cost if alpha is this reach
    nth = int(np.searchsorted(full, allowed))
    return max(0.0, float((allowed - spent[nth]) / left[nth]))


def benjamini_hochberg(p: Floats, share: float) -> NDArray[np.bool_]:
    """Which tests the Benjamini-Hochberg procedure lets through at a false discovery rate of `share`."""
    order = np.argsort(p)
    passing = p[order] <= share * np.arange(1, len(p) + 1) / max(len(p), 1)
    last = int(np.nonzero(passing)[0].max()) + 1 if passing.any() else 0
    found = np.zeros(len(p), dtype=bool)
    found[order[:last]] = True
    return found
