"""Simulated weeks at the volumes of Kabupaten Pati, with nothing to find in them unless asked for.

About a hundred independent items a week (an earlier local aggregator had some 22 articles a day, of which
many repeat one another) and forty complaints; 34 topics, 60 offices and 34 x 21 topics by kecamatan, with
sizes skewed as Zipf's law skews them. Around its rate a series varies more than chance (gamma mixture, so
negative binomial), by the season (one wave a year), slowly of its own (a walk in the logarithm), and by
holidays that all series share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
TOPICS, OFFICES, PLACES = 34, 60, 21
ITEMS, COMPLAINTS, PLACED = 100.0, 40.0, 0.5


@dataclass(frozen=True, slots=True)
class World:
    """What one kind of weeks is like.

    Attributes:
        spread: variance over mean of topics and offices around their rate (1: Poisson).
        wave: how far the season moves a topic's rate up and down at most (share of the rate).
        drift: standard deviation of the weekly step of the logarithm of a rate.
        holiday: factor of all rates in one week in twenty-six.
        broken: share of topics whose rate doubles or halves for good, once in the time.
    """

    spread: float = 1.3
    wave: float = 0.3
    drift: float = 0.01
    holiday: float = 0.6
    broken: float = 0.0


def rates() -> tuple[NDArray[np.int64], Floats]:
    """Family and weekly rate of every series."""
    topics, offices = _zipf(TOPICS, ITEMS), _zipf(OFFICES, COMPLAINTS)
    places = (topics[:, None] * _zipf(PLACES, PLACED)[None, :]).ravel()
    family = np.repeat([0, 1, 2], [len(topics), len(offices), len(places)])
    return family, np.concatenate([topics, offices, places])


def _zipf(n: int, total: float) -> Floats:
    part = 1 / np.arange(1, n + 1)
    found: Floats = total * part / part.sum()
    return found


def weeks(world: World, length: int, copies: int, seed: int) -> tuple[NDArray[np.int64], Floats]:
    """Counts of `copies` independent districts over `length` weeks.

    Returns:
        Family of each series, and copies x series x weeks.
    """
    rng = np.random.default_rng(seed)
    family, base = rates()
    shape = (copies, len(base), length)
    week = np.arange(length)
    phase = rng.uniform(0, 2 * np.pi, shape[:2])[..., None]
    size = rng.uniform(0, world.wave, shape[:2])[..., None]
    mean = base[None, :, None] * (1 + size * np.sin(2 * np.pi * week / 52.18 + phase))
    if world.drift:
        steps = rng.normal(0, world.drift, shape)
        mean *= np.exp(np.cumsum(steps, -1))
    mean *= np.where(rng.random((copies, 1, length)) < 1 / 26, world.holiday, 1.0)
    if world.broken:
        hit = rng.random(shape[:2]) < world.broken
        when = rng.integers(length // 2, length, shape[:2])
        factor = np.where(rng.random(shape[:2]) < 0.5, 2.0, 0.5)
        after = hit[..., None] & (week >= when[..., None])
        mean = np.where(after, mean * factor[..., None], mean)
    if world.spread > 1:
        mean = rng.gamma(mean / (world.spread - 1), world.spread - 1)
    return family, rng.poisson(mean).astype(float)
