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
    """A trained head: margins are ``rows @ weights + intercepts``.

    Attributes:
        classes: the answers.
        weights: one column per answer.
        intercepts: one per answer.
        shared: for a head trained on two domains, the part that both share, without what was
            learned for our own texts only.
    """

    classes: tuple[str, ...]
    weights: Floats
    intercepts: Floats
    shared: Floats | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Training texts of one head.

    Attributes:
        rows: features, a scipy matrix with one row per text.
        answers: the right answers.
        fold: of each text; -1 is always training text.
        weights: how much each text counts.
        own: whether a text is of our own domain; None = all are.
    """

    rows: Any
    answers: NDArray[np.str_]
    fold: NDArray[np.int64]
    weights: Floats
    own: NDArray[np.bool_] | None = None

    def part(self, chosen: NDArray[np.int64]) -> Task:
        """Some of the texts."""
        own = None if self.own is None else self.own[chosen]
        return Task(self.rows[chosen], self.answers[chosen], self.fold[chosen], self.weights[chosen], own)


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


def fit(task: Task, recipe: Recipe, scales: Floats) -> Fitted:
    """Train a head.

    Texts of another domain share the weights of all features with ours, and our own texts have
    a second set beside it (H. Daume's "frustratingly easy" adaptation): what is said everywhere
    is learned from both, what is said here from ours.

    Args:
        task: the training texts.
        recipe: cost and balance.
        scales: from `column_scales`.
    """
    from scipy.sparse import diags, hstack
    from sklearn.svm import LinearSVC

    if len(set(task.answers.tolist())) == 1:  # nothing to tell apart: without open data all is ours
        only = (str(task.answers[0]),)
        return Fitted(only, np.zeros((len(scales), 1)), np.zeros(1))
    used = np.flatnonzero(scales)
    rows = (task.rows[:, used] @ diags(scales[used])).tocsr()
    if task.own is not None:
        rows = hstack([rows, diags(task.own.astype(np.float64)) @ rows]).tocsr()
    model = LinearSVC(
        C=recipe.cost, class_weight="balanced" if recipe.balanced else None, random_state=_SEED, max_iter=4000
    )
    model.fit(rows, task.answers, sample_weight=task.weights)
    coefficients, intercepts = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # one column for the second answer only
        coefficients, intercepts = np.vstack([-coefficients, coefficients]), np.r_[-intercepts, intercepts]
    shared = None
    if task.own is not None:
        shared = _spread(coefficients[:, : len(used)], used, scales)
        coefficients = coefficients[:, : len(used)] + coefficients[:, len(used) :]
    return Fitted(tuple(map(str, model.classes_)), _spread(coefficients, used, scales), intercepts, shared)


def _spread(coefficients: Floats, used: NDArray[np.int64], scales: Floats) -> Floats:
    """Weights for all columns from those of the used ones."""
    full = np.zeros((len(scales), len(coefficients)))
    full[used] = (coefficients * scales[used]).T
    return full


def held_out_margins(task: Task, recipe: Recipe, scales: Floats) -> tuple[tuple[str, ...], Floats]:
    """Margins of every text from a model that has not seen its fold.

    Fold -1 is always training text and gets no margins (-1 everywhere).
    """
    classes = tuple(sorted(set(task.answers.tolist())))
    column = {name: i for i, name in enumerate(classes)}
    margins = np.full((len(task.answers), len(classes)), -1.0)
    for number in sorted(set(task.fold.tolist()) - {-1}):
        test = np.flatnonzero(task.fold == number)
        fitted = fit(task.part(np.flatnonzero(task.fold != number)), recipe, scales)
        found = np.asarray(task.rows[test] @ fitted.weights) + fitted.intercepts
        into = np.asarray([column[name] for name in fitted.classes], np.int64)
        margins[np.ix_(test, into)] = found
    return classes, margins


def calibrate(margins: Floats, classes: Sequence[str], targets: Sequence[str]) -> tuple[float, Floats]:
    """Temperature and offset per answer that make held-out margins into probabilities."""
    factors, offsets = weigh([margins], classes, targets)
    return float(1.0 / factors[0]), offsets


def weigh(sources: Sequence[Floats], classes: Sequence[str], targets: Sequence[str]) -> tuple[Floats, Floats]:
    """Factor per source and offset per answer that make held-out margins into probabilities.

    The probability of an answer grows with the sum of all sources' margins, each times its factor.
    Offsets are held back toward zero: a rare answer has few texts to fit one on.

    Args:
        sources: margins (texts, answers) of one or more models.
        classes: the answers.
        targets: the right answer of each text.
    """
    from scipy.optimize import minimize

    known = list(classes)
    places = [known.index(target) for target in targets]
    right = np.asarray(places, np.int64)
    count, models = len(right), len(sources)

    def loss(point: Floats) -> tuple[float, Floats]:
        factors, offsets = np.exp(point[:models]), point[models:]
        scaled = sum((f * m for f, m in zip(factors, sources, strict=True)), offsets[None, :])
        scaled -= scaled.max(axis=1, keepdims=True)
        shares = np.exp(scaled)
        shares /= shares.sum(axis=1, keepdims=True)
        value = -np.log(shares[np.arange(count), right] + 1e-12).mean() + 0.01 * (offsets**2).sum()
        wrong = shares.copy()
        wrong[np.arange(count), right] -= 1.0
        sharper = [(wrong * m).sum() * f / count for f, m in zip(factors, sources, strict=True)]
        return float(value), np.r_[sharper, wrong.mean(axis=0) + 0.02 * offsets]

    found = minimize(loss, np.zeros(len(classes) + models), jac=True, method="L-BFGS-B")
    return np.exp(found.x[:models]), found.x[models:]


def shares(margins: Floats, temperature: float, offsets: Floats) -> Floats:
    """Probabilities from margins."""
    return shares_of([margins], [1.0 / temperature], offsets)


def shares_of(sources: Sequence[Floats], factors: Sequence[float] | Floats, offsets: Floats) -> Floats:
    """Probabilities from the margins of several models; see `weigh`."""
    scaled = sum((f * m for f, m in zip(factors, sources, strict=True)), np.asarray(offsets)[None, :])
    scaled = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.asarray(scaled / scaled.sum(axis=1, keepdims=True))


def confidence_knots(
    confidence: Floats, right: NDArray[np.bool_], bins: int = 12
) -> tuple[tuple[float, float], ...]:
    """Points of a rising curve from the best answer's share to how often it is right.

    One temperature cannot serve easy and hard texts at once: it leaves the surest answers too
    sure and the least sure ones too modest.
    """
    order = np.argsort(confidence, kind="stable")
    points, best = [], 0.0
    for part in np.array_split(order, bins):
        if len(part):
            best = max(best, float(right[part].mean()))
            points.append((round(float(confidence[part].mean()), 4), round(best, 4)))
    return tuple(points)
