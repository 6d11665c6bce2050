"""The wave of the year in a series, where two years have been seen. Pure.

A log-linear Poisson model with one harmonic per series, the usual one for seasonal counts (Serfling
1963, Public Health Rep. 78, 494-506; Held and Paul 2012, Biom. J. 54, 824-843), with a Gaussian prior
on its two coefficients, so that few items show no season.
"""

from __future__ import annotations

import numpy as np

from pipelines.alerting.counts import Floats

YEAR = 365.2425 / 7
MIN_WEEKS = 104
"""With less than two years a season cannot be told from a change."""
MIN_ITEMS = 100
"""A series with fewer items is left as it is."""
PRIOR_SPREAD = 0.5
"""Standard deviation, before looking, of the logarithm of the wave's factor."""
_STEPS = 6


def factors(counts: Floats, exposure: Floats) -> Floats:
    """How much of the last week's season each week had.

    Args:
        counts: series x weeks; the last `GUARD` + 1 weeks are not looked at.
        exposure: coverage, same shape.

    Returns:
        Same shape, 1 in the last column; 1 everywhere where too little is known.
    """
    length = counts.shape[1]
    found = np.ones(counts.shape)
    past, seen = counts[:, :-2], exposure[:, :-2]
    able = (past.sum(1) >= MIN_ITEMS) & ((seen > 0).sum(1) >= MIN_WEEKS)
    if not able.any():
        return found
    turn = 2 * np.pi * np.arange(length) / YEAR
    wave = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    theta = _fit(past[able], seen[able], wave[:-2])
    found[able] = np.exp(theta @ wave.T - (theta @ wave[-1])[:, None])
    return found


def _fit(past: Floats, seen: Floats, wave: Floats) -> Floats:
    """Coefficients of the wave by Newton's method, all series at once; the level is profiled out."""
    theta = np.zeros((len(past), 2))
    for _ in range(_STEPS):
        shape = seen * np.exp(theta @ wave.T)
        mean = shape * (past.sum(1) / np.maximum(shape.sum(1), 1e-9))[:, None]
        center = (mean @ wave) / np.maximum(mean.sum(1), 1e-9)[:, None]
        slope = (past - mean) @ wave - theta / PRIOR_SPREAD**2
        bend = np.einsum("st,tk,tl->skl", mean, wave, wave)
        bend -= mean.sum(1)[:, None, None] * center[:, :, None] * center[:, None, :]
        bend += np.eye(2) / PRIOR_SPREAD**2
        theta = theta + np.linalg.solve(bend, slope[:, :, None])[:, :, 0]
    return theta
