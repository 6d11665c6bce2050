"""Fitting one linear head and making its margins into probabilities."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_SEED = 20260101


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a head is trained.

    Attributes:
        name: of the head.
        cost: of a training error (C of the support vector machine).
        blocks: weight by feature block or by the first part of a value's name; a missing one is
            not used.
        balanced: rare answers count more.
    """

    name: str
    cost: float
    blocks: Mapping[str, float] = field(default_factory=dict)
    balanced: bool = False


@dataclass(frozen=True, slots=True)
class Fitted:
    """A trained head: margins are ``rows @ weights + intercepts``."""

    classes: tuple[str, ...]
    weights: Floats
    intercepts: Floats


def column_scales(
    recipe: Recipe, blocks: Sequence[str], starts: Sequence[int], names: Sequence[str]
) -> Floats:
    """Weight of every feature column under a recipe."""
    scales = np.zeros(starts[-1] + len(names))
    for block, first, last in zip(blocks, starts, starts[1:], strict=False):
        scales[first:last] = recipe.blocks.get(block, 0.0)
    for i, name in enumerate(names):
        group = name.partition(":")[0]
        scales[starts[-1] + i] = recipe.blocks.get(group, recipe.blocks.get("values", 0.0))
    return scales


def fit(
    rows: Any, targets: Sequence[str], recipe: Recipe, scales: Floats, weights: Floats | None = None
) -> Fitted:  # noqa: ANN401, E501 - a scipy matrix
    """Train a head.

    Args:
        rows: features, one row per text.
        targets: the right answers.
        recipe: cost and balance.
        scales: from `column_scales`.
        weights: how much each text counts; None = all the same.
    """
    from scipy.sparse import diags
    from sklearn.svm import LinearSVC

    used = np.flatnonzero(scales)
    model = LinearSVC(
        C=recipe.cost,
        class_weight="balanced" if recipe.balanced else None,
        random_state=_SEED,
        max_iter=4000,
    )
    model.fit((rows[:, used] @ diags(scales[used])).tocsr(), np.asarray(targets), sample_weight=weights)
    coefficients, intercepts = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # one column for the second answer only
        coefficients, intercepts = np.vstack([-coefficients, coefficients]), np.r_[-intercepts, intercepts]
    full = np.zeros((rows.shape[1], len(model.classes_)))
    full[used] = (coefficients * scales[used]).T
    return Fitted(tuple(map(str, model.classes_)), full, intercepts)


def held_out_margins(
    rows: Any,  # noqa: ANN401 - a scipy matrix
    targets: Sequence[str],
    folds: Sequence[int],
    recipe: Recipe,
    scales: Floats,
    weights: Floats | None = None,
) -> tuple[tuple[str, ...], Floats]:
    """Margins of every text from a model that has not seen its fold.

    Fold -1 is always training text and gets no margins (zeros).
    """
    classes = tuple(sorted(set(targets)))
    column = {name: i for i, name in enumerate(classes)}
    labels, fold = np.asarray(targets), np.asarray(folds)
    margins = np.full((len(labels), len(classes)), -1.0)
    for number in sorted(set(folds) - {-1}):
        train, test = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        fitted = fit(
            rows[train], labels[train].tolist(), recipe, scales, None if weights is None else weights[train]
        )
        found = np.asarray(rows[test] @ fitted.weights) + fitted.intercepts
        margins[np.ix_(test, [column[name] for name in fitted.classes])] = found
    return classes, margins


def calibrate(margins: Floats, classes: Sequence[str], targets: Sequence[str]) -> tuple[float, Floats]:
    """Temperature and offset per answer that make held-out margins into probabilities.

    Offsets are held back toward zero: a rare answer has few texts to fit one on.
    """
    from scipy.optimize import minimize

    right = np.asarray([classes.index(target) for target in targets])
    count = len(right)

    def loss(point: Floats) -> tuple[float, Floats]:
        sharp, offsets = np.exp(point[0]), point[1:]
        scaled = margins * sharp + offsets
        scaled -= scaled.max(axis=1, keepdims=True)
        shares = np.exp(scaled)
        shares /= shares.sum(axis=1, keepdims=True)
        value = -np.log(shares[np.arange(count), right] + 1e-12).mean() + 0.01 * (offsets**2).sum()
        wrong = shares.copy()
        wrong[np.arange(count), right] -= 1.0
        slope = np.r_[(wrong * margins).sum() * sharp / count, wrong.mean(axis=0) + 0.02 * offsets]
        return float(value), slope

    found = minimize(loss, np.zeros(len(classes) + 1), jac=True, method="L-BFGS-B")
    return float(np.exp(-found.x[0])), found.x[1:]


def shares(margins: Floats, temperature: float, offsets: Floats) -> Floats:
    """Probabilities from margins."""
    scaled = margins / temperature + offsets
    scaled = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.asarray(scaled / scaled.sum(axis=1, keepdims=True))


def expected_calibration_error(confidence: Floats, right: NDArray[np.bool_], bins: int = 10) -> float:
    """Mean distance between confidence and accuracy over equally filled bins, weighted by size."""
    order = np.argsort(confidence, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    gaps = [len(part) * abs(confidence[part].mean() - right[part].mean()) for part in parts]
    return float(sum(gaps) / max(1, len(order)))
