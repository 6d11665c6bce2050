"""From labelled texts to samples and targets."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.corpus.split import place
from nlp.evidence import POLITICS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nlp.analyzer import Analyzer
    from nlp.corpus.records import Record
    from nlp.features import Sample

NOBODY = "-"  # the answer of the office model for "no office can be named"
LOCAL = "kec_*"  # the office of whichever kecamatan the text names
FOLDS = 5
# Answers of the head that tells our texts from others; in this order.
OURS, THEIRS = "layanan", "umum"


@dataclass(frozen=True, slots=True)
class Extra:
    """A sentence of a published data set, with its stance in our words."""

    text: str
    kind: str
    stance: str


def corpus_samples(analyzer: Analyzer, records: Sequence[Record]) -> list[Sample]:
    """What the models see of corpus texts."""
    return [analyzer.look(r.text, r.kind, r.source, r.title) for r in records]


def extra_samples(analyzer: Analyzer, extras: Sequence[Extra]) -> list[Sample]:
    """What the models see of other sentences; they come without place or source."""
    return [analyzer.look(e.text, e.kind, "pati_only", None) for e in extras]


def folds(records: Sequence[Record]) -> list[int]:
    """Fold of each record, by a hash of its id: the same in every run."""
    return [int(place("fold:" + record.id) * FOLDS) for record in records]


def first_office(record: Record) -> str:
    """The office model's target."""
    if not record.opd:
        return NOBODY
    return LOCAL if record.opd[0].startswith("kec_") else record.opd[0]


def target(question: str, record: Record) -> str | None:
    """The right answer of a head of our own texts; None where the text has none."""
    if question == "topic":
        return record.topic if record.relevant else None
    if question == "opd":
        return first_office(record) if record.relevant and record.topic != POLITICS else None
    if question == "sentiment":
        return record.sentiment
    if question == "relevance":
        return "ya" if record.relevant else "bukan"
    return OURS


def read_extra(path: Path, kind: str) -> list[Extra]:
    """Read a CSV with the columns text and label (positive, neutral, negative).

    Raises:
        ValueError: a column is missing.
    """
    words = {"positive": "positif", "neutral": "netral", "negative": "negatif"}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if not {"text", "label"} <= set(rows.fieldnames or ()):
            raise ValueError(f"{path}: needs the columns text and label, has {rows.fieldnames}")
        return [Extra(row["text"], kind, words[row["label"]]) for row in rows if row["label"] in words]
