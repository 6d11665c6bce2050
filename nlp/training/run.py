"""One training run: corpus and open data in, a model folder and a table of figures out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from nlp.analyzer import Analyzer
from nlp.corpus import read_corpus, split
from nlp.corpus.records import FOLDER
from nlp.decide import LOCAL
from nlp.evidence import POLITICS
from nlp.features import BLOCKS, value_names
from nlp.trained import Head, Setup
from nlp.training.artefacts import Calibrated, save
from nlp.training.fitting import calibrate, column_scales, fit, held_out_margins, shares
from nlp.training.measure import Guess, figures, table
from nlp.training.recipes import EXTRA, RECIPES, THRESHOLDS
from nlp.training.samples import corpus_samples, extra_samples, first_office, folds, read_extra
from nlp.training.vocabulary import vectoriser, vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from config import Config
    from nlp.corpus.records import Record
    from nlp.features import Sample
    from nlp.training.fitting import Floats, Recipe
    from nlp.training.samples import Extra

_PRIOR_SMOOTHING = 0.3


@dataclass(slots=True)
class _Material:
    records: list[Record]
    samples: list[Sample]
    extras: list[Extra]
    extra_weights: list[float]
    rows: Any
    terms: list[list[str]]
    idf: Any
    names: list[str]
    starts: tuple[int, ...]


def train(config: Config, data: Path | None, out: Path) -> str:
    """Train all heads and write a model folder.

    Args:
        config: whose topics, offices and word lists the rules use.
        data: folder with the open data sets of `recipes.EXTRA`; None trains on the corpus only.
        out: the model folder.

    Returns:
        The cross-validated figures as text.
    """
    analyzer = Analyzer.untrained(config)
    records, _ = split(read_corpus(config=config))
    made = _material(analyzer, config, records, data)
    heads, held_out = [], {}
    for recipe in RECIPES:
        head, margins = _head(recipe, made)
        heads.append(head)
        held_out[recipe.name] = shares(margins, head.temperature, head.offsets)
    prior = _prior(records, heads)
    measured = _cross_validated(analyzer, config, made, heads, prior, held_out)
    about = {
        "values": made.names,
        "thresholds": dict(THRESHOLDS),
        "cross_validated": measured,
        "data": _sources(data),
        "config": {name: config.hashes[name] for name in sorted(config.hashes)},
        "versions": {name: version(name) for name in ("numpy", "scipy", "scikit-learn")},
    }
    save(out, made.terms, made.idf, heads, prior, about)
    return table({"cv": measured})


def _material(analyzer: Analyzer, config: Config, records: list[Record], data: Path | None) -> _Material:
    samples = corpus_samples(analyzer, records)
    extras: list[Extra] = []
    weights: list[float] = []
    for source in EXTRA if data is not None else ():
        found = read_extra(data / source.file, source.kind)  # type: ignore[operator]  # data is set here
        extras += found
        weights += [source.weight] * len(found)
    everything = samples + extra_samples(analyzer, extras)
    terms, idf = vocabulary(everything)
    names = value_names([t.id for t in config.topics], [o.id for o in config.opd], analyzer.concept_names)
    made = vectoriser(terms, idf, names)
    return _Material(records, samples, extras, weights, made.rows(everything), terms, idf, names, made.starts)


def _targets(name: str, made: _Material) -> tuple[list[int], list[str], list[int], Floats]:
    """Rows, right answers, folds and weights of a head's training texts."""
    right: dict[str, Any] = {
        "topic": lambda r: r.topic if r.relevant else None,
        "opd": lambda r: first_office(r) if r.relevant and r.topic != POLITICS else None,
        "sentiment": lambda r: r.sentiment,
        "relevance": lambda r: "ya" if r.relevant else "bukan",
    }
    number = folds(made.records)
    chosen = [(i, right[name](r), number[i], 1.0) for i, r in enumerate(made.records) if right[name](r)]
    if name == "sentiment":
        first = len(made.records)
        chosen += [
            (first + i, e.stance, -1, w)
            for i, (e, w) in enumerate(zip(made.extras, made.extra_weights, strict=True))
        ]
    rows, answers, fold, weights = zip(*chosen, strict=True)
    return list(rows), list(answers), list(fold), np.asarray(weights)


def _head(recipe: Recipe, made: _Material) -> tuple[Calibrated, Floats]:
    """Train one head; also its held-out margins for every corpus text."""
    at, answers, fold, weights = _targets(recipe.name, made)
    scales = column_scales(recipe, BLOCKS, made.starts, made.names)
    rows = made.rows[at]
    classes, margins = held_out_margins(rows, answers, fold, recipe, scales, weights)
    own = [i for i, number in enumerate(fold) if number >= 0]
    temperature, offsets = calibrate(margins[own], classes, [answers[i] for i in own])
    fitted = fit(rows, answers, recipe, scales, weights)
    corpus = np.asarray(made.rows[: len(made.records)] @ fitted.weights) + fitted.intercepts
    for i in own:  # texts outside the head's training keep the final model's margins
        corpus[at[i]] = margins[i]
    return Calibrated(recipe.name, fitted, temperature, offsets), corpus


def _prior(records: Sequence[Record], heads: Sequence[Calibrated]) -> Floats:
    """Share of each office among the texts of each topic, smoothed."""
    classes = {head.name: head.fitted.classes for head in heads}
    counts = np.full((len(classes["topic"]), len(classes["opd"])), _PRIOR_SMOOTHING / len(classes["opd"]))
    for record in records:
        if record.relevant and record.topic != POLITICS:
            row, column = classes["topic"].index(record.topic), classes["opd"].index(first_office(record))
            counts[row, column] += 1.0
    return np.asarray(counts / counts.sum(axis=1, keepdims=True))


def _cross_validated(
    analyzer: Analyzer, config: Config, made: _Material, heads: Sequence[Calibrated], prior: Floats,
    held_out: Mapping[str, Floats],
) -> dict[str, float]:  # fmt: skip
    """Figures of the whole decision on held-out probabilities."""
    described = {
        head.name: Head(head.name, head.fitted.classes, 0, head.temperature, tuple(head.offsets))
        for head in heads
    }
    decisions = analyzer.decisions(config, Setup(described, prior, THRESHOLDS))
    guesses = []
    for i, sample in enumerate(made.samples):
        labels = decisions.label(sample, {name: found[i] for name, found in held_out.items()})
        guesses.append(
            Guess(
                labels.relevant,
                labels.subject.topic,
                labels.subject.score,
                tuple(opd_id for opd_id, _ in labels.subject.opd),
                labels.stance.label,
                labels.stance.score,
                tuple(sample.places.kecamatan) if labels.relevant else (),
            )  # fmt: skip
        )
    return figures(made.records, guesses)


def _sources(data: Path | None) -> list[dict[str, str]]:
    """What the models were trained on, with licences and hashes."""
    found = [
        {"file": f"nlp/corpus/{path.name}", "licence": "Apache-2.0", "sha256": _hash(path)}
        for path in sorted([*FOLDER.glob("*.jsonl"), FOLDER / "test_ids.txt"])
    ]
    for source in EXTRA if data is not None else ():
        path = data / source.file  # type: ignore[operator]  # data is set here
        found.append(
            {"file": source.file, "licence": source.licence, "origin": source.origin, "sha256": _hash(path)}
        )
    return found


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


__all__ = ["LOCAL", "train"]
