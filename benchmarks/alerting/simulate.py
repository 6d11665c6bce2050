"""Alerts on simulated weeks: how many are false, and whether a rise is found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.alerting.worlds import Floats, World, rates, weeks
from config import Alerts
from pipelines.alerting.budget import benjamini_hochberg
from pipelines.alerting.counts import outlooks
from pipelines.alerting.judge import Panel, judge
from pipelines.alerting.season import factors

Bools = NDArray[np.bool_]
WEEKS_A_YEAR, MONTHS_A_YEAR = 52, 12
CLOSE_AFTER = 2

Detector = Callable[[NDArray[np.int64], Floats], tuple[Bools, Bools]]
"""Takes family and counts (the last column is the week); says what opens an alert and what keeps it open."""


def ours(rules: Alerts) -> Detector:
    """The detector of the pipeline."""

    def detect(family: NDArray[np.int64], counts: Floats) -> tuple[Bools, Bools]:
        whole = np.ones(counts.shape)
        found = judge(Panel(family, counts, factors(counts, whole), np.ones(len(family))), rules)
        return found.surge | found.fall, found.high | found.low

    return detect


def sigmas(n: float) -> Detector:
    """The usual way: more than `n` standard deviations above the mean of eight weeks, at least 5."""

    def detect(_: NDArray[np.int64], counts: Floats) -> tuple[Bools, Bools]:
        past = counts[:, -9:-1]
        loud = (counts[:, -1] > past.mean(1) + n * past.std(1, ddof=1)) & (counts[:, -1] >= 5)
        return loud, loud

    return detect


def discovery(share: float) -> Detector:
    """Our count model, but Benjamini-Hochberg at a false discovery rate instead of a budget."""

    def detect(family: NDArray[np.int64], counts: Floats) -> tuple[Bools, Bools]:
        one, _ = outlooks(counts, np.ones(counts.shape), family)
        loud = benjamini_hochberg(one.rarity(one.observed), share) & (one.observed >= 5)
        return loud, loud

    return detect


class Incidents:
    """Alerts that go on while the detector says so and close after two quiet weeks."""

    def __init__(self, n: int) -> None:
        self.quiet = np.full(n, CLOSE_AFTER)
        self.opened = 0

    def week(self, opens: Bools, alive: Bools) -> None:
        """One more week."""
        closed = self.quiet >= CLOSE_AFTER
        self.opened += int((opens & closed).sum())
        self.quiet = np.where(opens | (alive & ~closed), 0, self.quiet + 1)


def false_alerts(
    detect: Detector, world: World, years: int, seed: int, history: int = 53, block: int = 10
) -> float:
    """Alerts a month in districts in which nothing happens; every one of them is false.

    Args:
        detect: the detector.
        world: what the weeks are like.
        years: how many are looked at, one of each district.
        seed: of chance.
        history: weeks before the first one that is looked at.
        block: districts made at once (memory).
    """
    opened = 0
    for first in range(0, years, block):
        n = min(block, years - first)
        family, counts = weeks(world, history + WEEKS_A_YEAR, n, seed + first)
        for district in counts:
            alerts = Incidents(len(family))
            for week in range(history, district.shape[1]):
                alerts.week(*detect(family, np.ascontiguousarray(district[:, week - history : week + 1])))
            opened += alerts.opened
    return opened / (years * MONTHS_A_YEAR)


@dataclass(frozen=True, slots=True)
class Found:
    """Shares of rises found in the first week, and by the end of the second."""

    first: float
    second: float


def rises_found(
    detect: Detector,
    world: World,
    trials: int,
    seed: int,
    *,
    families: Sequence[int] = (0,),
    base: float = 4.0,
    factor: float = 3.0,
    history: int = 105,
) -> list[Found]:
    """How often a series that rises for two weeks is found among all others.

    Args:
        detect: the detector.
        world: what the weeks are like; the series itself has its spread and its season.
        trials: rises tried, each in a district of its own.
        seed: of chance.
        families: one series of each rises, all in the same weeks: they hardly touch each other.
        base: its items a week before.
        factor: how many times that afterwards.
        history: weeks before.

    Returns:
        What was found in each of the families.
    """
    rng = np.random.default_rng(seed)
    groups, usual = rates()
    at = [int(np.argmin(np.where(groups == family, np.abs(usual - base), np.inf))) for family in families]
    hits = np.zeros((trials, 2, len(at)), dtype=bool)
    for trial in range(trials):
        _, counts = weeks(world, history + 2, 1, seed + trial)
        for one in at:
            counts[0, one] = _rising(rng, world, base, factor, history)
        for nth in (0, 1):
            hits[trial, nth] = detect(groups, counts[0][:, : history + 1 + nth])[0][at]
    first, either = hits[:, 0].mean(0), hits.any(1).mean(0)
    return [Found(float(one), float(two)) for one, two in zip(first, either, strict=True)]


def _rising(rng: np.random.Generator, world: World, base: float, factor: float, history: int) -> Floats:
    """Counts of one series that rises in its last two weeks."""
    week = np.arange(history + 2)
    wave = rng.uniform(0, world.wave) * np.sin(2 * np.pi * week / 52.18 + rng.uniform(0, 2 * np.pi))
    mean = base * (1 + wave)
    mean[history:] *= factor
    if world.spread > 1:
        mean = rng.gamma(mean / (world.spread - 1), world.spread - 1)
    counts: Floats = rng.poisson(mean).astype(float)
    return counts


def deaths(
    rules: Alerts, world: World, years: int, seed: int, *, n_dead: int = 3, aware: bool = True
) -> float:
    """Alerts a month about topics while some of 8 sources are dead for 6 weeks, and for 6 after their return.

    Args:
        rules: `alerts.yaml`.
        world: what the weeks are like.
        years: districts; each is looked at for 12 weeks.
        seed: of chance.
        n_dead: sources that die.
        aware: False: as if nobody knew which sources are in reach.
    """
    history, dead = 53, 6
    opened = 0
    for nth in range(years):
        family, counts = weeks(world, history + 2 * dead, 1, seed + nth)
        rng = np.random.default_rng(seed + nth)
        shares = np.tile(rng.dirichlet(np.full(8, 3.0)), (len(family), 1))
        by_source = rng.multinomial(counts[0].astype(int), shares[:, None, :])
        reached = np.ones((8, counts.shape[2]), dtype=bool)
        reached[:n_dead, history : history + dead] = False
        alerts = Incidents(len(family))
        for week in range(history, history + 2 * dead):
            compared = reached[:, week] if aware else np.ones(8, dtype=bool)
            seen = reached[:, : week + 1] & compared[:, None]
            now = (by_source[:, : week + 1] * seen.T[None]).sum(-1).astype(float)
            exposure = np.ones(now.shape)
            if aware:
                exposure = (shares * compared) @ seen.astype(float) / (shares @ compared)[:, None]
            found = judge(Panel(family, now, exposure, shares @ compared), rules)
            alerts.week(found.surge | found.fall, found.high | found.low)
        opened += alerts.opened
    return opened / (years * 2 * dead / WEEKS_A_YEAR * MONTHS_A_YEAR)
