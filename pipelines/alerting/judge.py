"""Which series of a week are far from usual, given the budget. Pure.

Whole weeks are compared, so that the day of the week plays no part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from config import Alerts
from pipelines.alerting.budget import divided, level, weekly
from pipelines.alerting.counts import LONG, Floats, Outlook, outlooks

FAMILIES = ("topic", "opd_complaint", "topic_kecamatan")
FALLING = ("topic", "opd_complaint")
"""Families whose silence means something; a topic in one kecamatan is silent most weeks."""
RARE = 0.005
"""No count is called an alert that a series has by chance more often than once in 200 weeks, however
few series there are and however large the budget."""
ENOUGH_COVER, FALL_COVER = 0.5, 0.8
"""Least share of a series' usual sources that must be in reach, to judge it at all, and as fallen."""


@dataclass(frozen=True, slots=True)
class Panel:
    """All series of one run.

    Attributes:
        family: index into `FAMILIES` of each series.
        counts: series x weeks, items from the sources in reach in the last week.
        exposure: series x weeks, coverage relative to the last week, times the season.
        cover: of each series, the share of its usual sources that were in reach in the last week.
    """

    family: NDArray[np.int64]
    counts: Floats
    exposure: Floats
    cover: Floats


@dataclass(frozen=True, slots=True)
class Verdicts:
    """One entry per series.

    Attributes:
        week: outlook of the judged week.
        weeks: outlook of the last two.
        surge: whether it opens an alert of a rise.
        fall: whether it opens an alert of a fall.
        high: whether it is still above what would count as quiet.
        low: whether it is still below.
        window: weeks of the window that opened it: 1, or 2 if only both together did.
        alpha: level by which a rise of it was judged.
        alpha_fall: level by which falls were judged.
    """

    week: Outlook
    weeks: Outlook
    surge: NDArray[np.bool_]
    fall: NDArray[np.bool_]
    high: NDArray[np.bool_]
    low: NDArray[np.bool_]
    window: NDArray[np.int64]
    alpha: Floats
    alpha_fall: float


def judge(panel: Panel, rules: Alerts) -> Verdicts:
    """Judge the last week of every series."""
    one, two = outlooks(panel.counts, panel.exposure, panel.family)
    judged = (one.weeks >= rules.surge.min_history) & (panel.cover >= ENOUGH_COVER)
    shares = rules.budget.shares
    weight = np.array([shares.topic, shares.opd_complaint, shares.topic_kecamatan]) * rules.surge.enabled
    fall_weight = shares.fall * rules.fall.enabled
    total = float(weight.sum() + fall_weight)
    spend = weekly(divided(rules.budget.false_per_month)) / total if total else 0.0
    alpha = np.zeros(len(panel.family))
    least = [surge_floor(found, rules) for found in (one, two)]
    for family, part in enumerate(weight):
        mine = judged & (panel.family == family)
        reach = np.concatenate(
            [found.of(mine).at_least(n[mine]) for found, n in zip((one, two), least, strict=True)]
        )
        alpha[panel.family == family] = min(level(reach, spend * part), RARE)
    p = [found.rarity(found.observed) for found in (one, two)]
    loud = [
        (p[i] <= alpha) & (alpha > 0) & (found.observed >= least[i]) for i, found in enumerate((one, two))
    ]
    # Two weeks together open nothing when the second is quiet by itself: it is over already.
    rising = one.observed >= np.maximum(rules.surge.ratio * one.expected, 1.0)
    surge = judged & (loud[0] | (loud[1] & rising))
    fall, alpha_fall = _falls(panel, rules, (one, two), judged, spend * fall_weight)
    quiet = rules.incident.quiet_chance
    return Verdicts(
        one, two, surge, fall,
        high=surge | ((one.observed > one.expected) & (p[0] <= quiet)),
        low=fall | ((one.observed < one.expected) & (one.at_most(one.observed) <= quiet)),
        window=np.where(loud[0], 1, LONG), alpha=alpha, alpha_fall=alpha_fall,
    )  # fmt: skip


def surge_floor(found: Outlook, rules: Alerts) -> Floats:
    """Fewest items that the rule's own numbers let through, whatever the chance."""
    floor: Floats = np.maximum(rules.surge.min_n, np.ceil(rules.surge.ratio * found.expected))
    return floor


def _falls(
    panel: Panel, rules: Alerts, found: tuple[Outlook, Outlook], judged: NDArray[np.bool_], allowed: float
) -> tuple[NDArray[np.bool_], float]:
    one = found[0]
    wanted = np.isin(panel.family, [FAMILIES.index(name) for name in FALLING])
    able = judged & wanted & (panel.cover >= FALL_COVER) & (one.expected >= rules.fall.min_expected)
    some = [each.of(able) for each in found]
    most = [np.floor(rules.fall.ratio * each.expected) for each in some]
    reach = np.concatenate([each.at_most(n) for each, n in zip(some, most, strict=True)])
    alpha = min(level(reach, allowed), RARE) if allowed > 0 else 0.0
    low = [
        (each.rarity_low(each.observed) <= alpha) & (each.observed <= n)
        for each, n in zip(some, most, strict=True)
    ]
    still = some[0].observed <= rules.fall.ratio * some[0].expected
    fallen = np.zeros(len(able), dtype=bool)
    fallen[able] = (alpha > 0) & (low[0] | (low[1] & still))
    return fallen, alpha
