"""Quality that only goes up: `python -m nlp.ratchet [--allow-regression]`.

`nlp/quality.json` holds a floor per task and slice on our own test split. The gate in
`tests/nlp/test_quality.py` fails when a figure drops below its floor; this command raises the
floors after an improvement and refuses to lower one unless told to.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from config import load_config, ratchet
from nlp.analyzer import Analyzer
from nlp.corpus import read_corpus, split
from nlp.corpus.records import read_file
from nlp.training.measure import Guess, figures, stance_figures
from nlp.training.samples import read_extra

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nlp.corpus.records import Record

QUALITY = Path(__file__).parent / "quality.json"
SLACK = 0.02  # rounding differs between machines, and one text is two hundredths of a small slice
LOWER_IS_BETTER = ("topic_ece", "sentiment_ece")


def label(analyzer: Analyzer, records: Sequence[Record]) -> list[Guess]:
    """Label corpus texts through the façade."""
    found = analyzer.analyze(
        [r.text for r in records], [r.kind for r in records], [r.source for r in records],
        [r.title for r in records],
    )  # fmt: skip
    return [
        Guess(
            a.relevant,
            a.topic,
            a.topic_score,
            tuple(opd_id for opd_id, _ in a.opd),
            a.sentiment,
            a.sentiment_score,
            a.kecamatan,
        )
        for a in found
    ]


def measured(analyzer: Analyzer) -> dict[str, float]:
    """Figures on the test split."""
    _, test = split(read_corpus())
    return figures(test, label(analyzer, test))


def figures_of(analyzer: Analyzer, texts: Path | None) -> dict[str, float]:
    """Figures on the test split of the corpus, on labelled texts, or on sentences with a stance.

    Args:
        analyzer: what labels.
        texts: None for the test split; a ``.jsonl`` file of records as `nlp/corpus/README.md`
            explains; or a ``.csv`` file with the columns text and label (positive, neutral,
            negative), whose sentences may be about anything (`Analyzer.tone`).

    Raises:
        ValueError: the file is neither, or a line of it is wrong.
    """
    if texts is None:
        return measured(analyzer)
    if texts.suffix == ".jsonl":
        records = read_file(texts)
        return figures(records, label(analyzer, records))
    if texts.suffix != ".csv":
        raise ValueError(f"{texts}: JSON Lines (.jsonl) atau CSV (.csv) diperlukan.")
    found = read_extra(texts, "comment")
    answers = analyzer.tone([e.text for e in found], ["comment"] * len(found))
    return stance_figures([(e.stance, answer) for e, answer in zip(found, answers, strict=True)])


def drops(floors: Mapping[str, float], now: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Figures worse than their floor; see `config.ratchet.drops`."""
    return ratchet.drops(floors, now, LOWER_IS_BETTER)


def raised(
    floors: Mapping[str, float], now: Mapping[str, float], *, allow_regression: bool
) -> dict[str, float]:
    """New floors, `SLACK` below today's figures; see `config.ratchet.raised`.

    Raises:
        ValueError: a figure is below its floor and regression is not allowed.
    """
    return ratchet.raised(
        floors, now, slack=SLACK, allow_regression=allow_regression, lower_is_better=LOWER_IS_BETTER
    )


def floors() -> dict[str, float]:
    """The floors of `quality.json`; none when there is no such file yet."""
    return dict(ratchet.read(QUALITY)["floors"])


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and write new floors."""
    parser = argparse.ArgumentParser(description="Naikkan batas mutu bahasa.")
    parser.add_argument("--allow-regression", action="store_true", help="boleh menurunkan batas")
    options = parser.parse_args(argv)
    analyzer = Analyzer.load(load_config())
    try:
        new = raised(floors(), measured(analyzer), allow_regression=options.allow_regression)
    except ValueError as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command
        return 1
    ratchet.write(QUALITY, new, models=analyzer.version)
    print(f"{len(new)} batas ditulis ke {QUALITY.name}")  # noqa: T201 - a command
    return 0


if __name__ == "__main__":
    sys.exit(main())
