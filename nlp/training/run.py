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
from nlp.features import BLOCKS, value_names
from nlp.trained import SURE, Head, Setup, sure
from nlp.training.artefacts import Calibrated, save
from nlp.training.card import card
from nlp.training.fitting import (
    Fitted,
    Task,
    calibrate,
    column_scales,
    confidence_knots,
    fit,
    held_out_margins,
    shares,
)
from nlp.training.measure import Guess, figures, table
from nlp.training.mixing import with_encoder
from nlp.training.recipes import CALIBRATION, ENCODER_ORIGIN, EXTRA, RECIPES, THRESHOLDS
from nlp.training.samples import FOLDS, THEIRS, corpus_samples, extra_samples, folds, read_extra, target
from nlp.training.vocabulary import vectoriser, vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from config import Config
    from nlp.corpus.records import Record
    from nlp.features import Sample, Vectoriser
    from nlp.training.fitting import Floats, Recipe
    from nlp.training.recipes import Source
    from nlp.training.samples import Extra


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
    vectoriser: Vectoriser


def train(
    config: Config,
    data: Path | None,
    out: Path,
    learned: Sequence[Record] = (),
    encoder: Path | None = None,
    corpus: Sequence[Record] | None = None,
) -> str:
    """Train all heads and write a model folder.

    Args:
        config: whose topics, offices and word lists the rules use.
        data: folder with the open data sets of `recipes.EXTRA`; None trains on the corpus only.
        out: the model folder.
        learned: more labelled texts, for example what people corrected.
        encoder: the encoder's file, which is weighed anew beside the linear models and taken over as
            it is; None trains models without one.
        corpus: labelled texts; None takes the training part of the corpus.

    Returns:
        The cross-validated figures as text.
    """
    analyzer = Analyzer.untrained(config)
    records = [*(split(read_corpus(config=config))[0] if corpus is None else corpus), *learned]
    made = _material(analyzer, config, records, data)
    heads, margins = [], {}
    for recipe in RECIPES:
        head, margins[recipe.name] = _head(recipe, made)
        heads.append(head)
    general, judged, outside = _general(analyzer, made, heads, data)
    heads.append(general)
    margins["general"] = np.asarray(made.rows[: len(records)] @ general.fitted.weights)
    margins["general"] += general.fitted.intercepts
    held_out = {head.name: shares(margins[head.name], head.temperature, head.offsets) for head in heads}
    guesses = _cross_validated(analyzer, config, made, heads, held_out)
    columns, judges = {"cv": figures(records, guesses)}, records
    blob = encoder.read_bytes() if encoder else None
    if blob:
        heads, both, fresh = with_encoder(blob, heads, margins, records, (judged, outside))
        guesses = _cross_validated(analyzer, config, made, heads, both, fresh)
        judges = [records[i] for i in fresh]
        columns["cv+encoder"] = figures(judges, guesses)
    about = {
        "values": made.names,
        "thresholds": dict(THRESHOLDS),
        "cross_validated": columns,
        "data": _sources(data),
        "corrections": len(learned),
        "config": {name: config.hashes[name] for name in sorted(config.hashes)},
        "versions": {name: version(name) for name in ("numpy", "scipy", "scikit-learn")},
    }
    if blob:
        about["encoder"] = ENCODER_ORIGIN
    save(out, made.terms, made.idf, heads, about, blob)
    for name, text in card(about, columns, judges, guesses).items():
        (out / name).write_text(text, encoding="utf-8")
    return table(columns)


def _material(analyzer: Analyzer, config: Config, records: list[Record], data: Path | None) -> _Material:
    samples = corpus_samples(analyzer, records)
    extras: list[Extra] = []
    weights: list[float] = []
    for path, source in _files(data, EXTRA):
        found = read_extra(path, source.kind)
        extras += found
        weights += [source.weight] * len(found)
    others = extra_samples(analyzer, extras)
    terms, idf = vocabulary(samples, others)
    names = value_names([t.id for t in config.topics], [o.id for o in config.opd], analyzer.concept_names)
    made = vectoriser(terms, idf, names)
    rows = made.rows([*samples, *others])
    return _Material(records, samples, extras, weights, rows, terms, idf, names, made.starts, made)


def _task(name: str, made: _Material) -> tuple[list[int], Task]:
    """Training texts of a head, and where its corpus texts stand in the corpus."""
    number = folds(made.records)
    right = [target(name, record) for record in made.records]
    chosen = [(i, answer, number[i], 1.0) for i, answer in enumerate(right) if answer]
    at, first = [row[0] for row in chosen], len(made.records)
    extras = list(enumerate(zip(made.extras, made.extra_weights, strict=True), first))
    if name == "sentiment":
        chosen += [(i, extra.stance, -1, weight) for i, (extra, weight) in extras if weight]
    elif name == "domain":
        chosen += [(i, THEIRS, i % FOLDS, 1.0) for i, _ in extras]
    rows, answers, fold, weights = (np.asarray(column) for column in zip(*chosen, strict=True))
    own = rows < first if name == "sentiment" and extras else None
    return at, Task(made.rows[rows], answers, fold, weights, own)


def _head(recipe: Recipe, made: _Material) -> tuple[Calibrated, Floats]:
    """Train one head; also its held-out margins for every corpus text."""
    at, task = _task(recipe.name, made)
    scales = column_scales(recipe, BLOCKS, made.starts, made.names)
    classes, margins = held_out_margins(task, recipe, scales)
    judged = np.flatnonzero(task.fold >= 0)
    temperature, offsets = calibrate(margins[judged], classes, task.answers[judged].tolist())
    fitted = fit(task, recipe, scales)
    corpus = np.asarray(made.rows[: len(made.records)] @ fitted.weights) + fitted.intercepts
    corpus[at] = margins[: len(at)]  # texts outside the head's training keep the final model's margins
    knots: tuple[tuple[float, float], ...] = ()
    if recipe.name == "topic":
        found = shares(margins[judged], temperature, offsets)
        right = np.asarray(classes)[found.argmax(axis=1)] == task.answers[judged]
        knots = confidence_knots(found.max(axis=1), right)
    return Calibrated(recipe.name, fitted, temperature, offsets, knots), corpus


def _general(
    analyzer: Analyzer, made: _Material, heads: Sequence[Calibrated], data: Path | None
) -> tuple[Calibrated, list[Extra], Floats]:
    """The stance outside our domain: the shared part of the stance head.

    Returns:
        The head, the sentences that set its probabilities right, and their margins.
    """
    own = next(head for head in heads if head.name == "sentiment")
    fitted = own.fitted
    if fitted.shared is None or data is None:
        empty = np.zeros((0, len(fitted.classes)))
        return Calibrated("general", fitted, own.temperature, own.offsets), [], empty
    shared = Fitted(fitted.classes, fitted.shared, fitted.intercepts)
    judged = read_extra(data / CALIBRATION.file, CALIBRATION.kind)
    rows = made.vectoriser.rows(extra_samples(analyzer, judged))
    margins = np.asarray(rows @ shared.weights) + shared.intercepts
    temperature, offsets = calibrate(margins, shared.classes, [extra.stance for extra in judged])
    return Calibrated("general", shared, temperature, offsets), judged, margins


def _cross_validated(
    analyzer: Analyzer, config: Config, made: _Material, heads: Sequence[Calibrated],
    held_out: Mapping[str, Floats], fresh: Sequence[int] | None = None,
) -> list[Guess]:  # fmt: skip
    """The whole decision on held-out probabilities, of all texts or of the `fresh` ones."""
    described = {
        head.name: Head(head.name, head.fitted.classes, 0, head.temperature, tuple(head.offsets), head.knots)
        for head in heads
    }
    decisions = analyzer.decisions(config, Setup(described, THRESHOLDS))
    guesses = []
    certain = {**held_out}
    if SURE not in certain:
        knots = described["topic"].knots
        certain[SURE] = sure(held_out["topic"], knots)
    chosen = range(len(made.samples)) if fresh is None else fresh
    for i in chosen:
        sample = made.samples[i]
        labels = decisions.label(sample, {name: found[i] for name, found in certain.items()})
        guesses.append(
            Guess(
                labels.relevant,
                labels.subject.topic,
                labels.subject.score,
                tuple(opd_id for opd_id, _ in labels.subject.opd),
                labels.stance.label,
                labels.stance.score,
                tuple(sample.places.kecamatan) if labels.relevant else (),
            )
        )
    return guesses


def _sources(data: Path | None) -> list[dict[str, str]]:
    """What the models were trained on, with licences and hashes."""
    found = [
        {"file": f"nlp/corpus/{path.name}", "licence": "Apache-2.0", "sha256": _hash(path)}
        for path in sorted([*FOLDER.glob("*.jsonl"), FOLDER / "test_ids.txt"])
    ]
    found += [
        {"file": source.file, "licence": source.licence, "origin": source.origin, "sha256": _hash(path)}
        for path, source in _files(data, (*EXTRA, CALIBRATION))
    ]
    return found


def _files(data: Path | None, sources: Sequence[Source]) -> list[tuple[Path, Source]]:
    return [] if data is None else [(data / source.file, source) for source in sources]


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
