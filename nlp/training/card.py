"""The model card: what the models learned from, how good they are by slice, where they err.

The form follows M. Mitchell et al., "Model Cards for Model Reporting" (2019). All figures are of held-out
texts: of models that did not see the text's fold.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from nlp.training.measure import STANCES, accuracy_at, by_topic, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nlp.corpus.records import Record
    from nlp.training.measure import Guess

CARD, PLOT = "model-card.md", "calibration.svg"
_BINS = 10
_PAIRS = 25


def card(
    about: Mapping[str, Any], figures: Mapping[str, Mapping[str, float]], records: Sequence[Record],
    guesses: Sequence[Guess],
) -> dict[str, str]:  # fmt: skip
    """The card and its plot, by file name.

    Args:
        about: the manifest: data, versions, thresholds.
        figures: columns of held-out figures.
        records: held-out texts.
        guesses: what was answered for them.
    """
    text = "\n\n".join(
        [
            "# Model card: labels of Pati Maju",
            _use(),
            "## Learned from\n\n" + _data(about),
            "## Held-out figures by task and slice\n\n`cv`: linear models, five folds. `cv+encoder`: both, "
            "on texts that trained neither.\n\n```\n" + table(figures) + "\n```",
            "## F1 by topic\n\n```\n" + _topics(records, guesses) + "\n```",
            "## What is taken for what (topic, most frequent)\n\n" + _confusion(records, guesses),
            "## Stance: right (rows) and answered (columns)\n\n" + _stances(records, guesses),
            "## Who abstains more errs less (topic)\n\n" + _coverage(records, guesses),
            f"## How sure and how often right\n\n![calibration]({PLOT})",
            _calibration_table(records, guesses),
        ]
    )
    return {CARD: text + "\n", PLOT: _plot(records, guesses)}


def _use() -> str:
    return (
        "Labels Indonesian and Javanese texts about public services of Kabupaten Pati: relevance, topic, "
        "offices, stance toward the service. Meant for counting, searching and routing with a person in the "
        "loop: a text marked `needs_review` must be looked at before it is routed. Not meant for judging "
        "persons: political texts get no stance, and nothing is inferred about authors. The texts it learned "
        "from were written for this purpose; what people really write differs, and corrections join the "
        "training (`pati nlp train`)."
    )


def _data(about: Mapping[str, Any]) -> str:
    files = about["data"]
    own = [entry for entry in files if entry["file"].startswith("nlp/corpus/")]
    lines = [f"- our corpus, {len(own)} files, Apache-2.0 (`nlp/corpus/README.md`)"]
    lines += [
        f"- `{entry['file']}`, {entry['licence']}, {entry['origin']}, SHA-256 `{entry['sha256'][:16]}…`"
        for entry in files
        if "origin" in entry
    ]
    lines.append(f"- {about['corrections']} corrected documents of this installation")
    if about.get("encoder"):
        lines.append(f"- encoder: {about['encoder']}")
    versions = ", ".join(f"{name} {number}" for name, number in about["versions"].items())
    return "\n".join([*lines, f"- made with {versions}"])


def _topics(records: Sequence[Record], guesses: Sequence[Guess]) -> str:
    counts = Counter(record.topic for record in records)
    rows = sorted(by_topic(records, guesses).items(), key=lambda item: (item[1], item[0]))
    return "\n".join(f"{topic:20}{score:7.3f}  n={counts[topic]}" for topic, score in rows)


def _confusion(records: Sequence[Record], guesses: Sequence[Guess]) -> str:
    pairs = Counter((r.topic, g.topic) for r, g in zip(records, guesses, strict=True) if r.topic != g.topic)
    rows = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[:_PAIRS]
    lines = [f"| {right} | {answered} | {count} |" for (right, answered), count in rows]
    return "\n".join(["| right | answered | texts |", "|---|---|---|", *lines])


def _coverage(records: Sequence[Record], guesses: Sequence[Guess]) -> str:
    rows = [
        f"| {1 - coverage:.0%} | {accuracy_at(records, guesses, coverage):.3f} |"
        for coverage in (1.0, 0.95, 0.9, 0.85, 0.8, 0.7, 0.5)
    ]
    return "\n".join(["| left to a person | right among the rest |", "|---|---|", *rows])


def _stances(records: Sequence[Record], guesses: Sequence[Guess]) -> str:
    counts: Counter[tuple[str | None, str | None]] = Counter(
        (r.sentiment, g.sentiment) for r, g in zip(records, guesses, strict=True) if r.sentiment
    )
    answers = (*STANCES, None)
    head = "| | " + " | ".join(answer or "none" for answer in answers) + " |"
    rows = [
        f"| {right} | " + " | ".join(str(counts[right, answer]) for answer in answers) + " |"
        for right in STANCES
    ]
    return "\n".join([head, "|---" * (len(answers) + 1) + "|", *rows])


def calibration(records: Sequence[Record], guesses: Sequence[Guess]) -> list[dict[str, Any]]:
    """Per question and tenth of confidence: how sure on average, how often right, how many texts."""
    found: list[dict[str, Any]] = []
    pairs = list(zip(records, guesses, strict=True))
    questions = {
        "topic": [(g.topic_score, r.topic == g.topic) for r, g in pairs if r.relevant and g.relevant],
        "sentiment": [
            (g.sentiment_score, r.sentiment == g.sentiment) for r, g in pairs if r.sentiment and g.sentiment
        ],
    }
    for question, rows in questions.items():
        for tenth in range(_BINS):
            inside = [row for row in rows if min(_BINS - 1, int(row[0] * _BINS)) == tenth]
            if inside:
                confidence = sum(score for score, _ in inside) / len(inside)
                right = sum(ok for _, ok in inside) / len(inside)
                found.append(
                    {
                        "question": question,
                        "sure": round(confidence, 3),
                        "right": round(right, 3),
                        "n": len(inside),
                    }
                )
    return found


def _calibration_table(records: Sequence[Record], guesses: Sequence[Guess]) -> str:
    rows = calibration(records, guesses)
    lines = [f"| {row['question']} | {row['sure']:.2f} | {row['right']:.2f} | {row['n']} |" for row in rows]
    return "\n".join(["| question | how sure | how often right | texts |", "|---|---|---|---|", *lines])


def _plot(records: Sequence[Record], guesses: Sequence[Guess]) -> str:
    import vl_convert

    line = {"data": {"values": [{"sure": 0, "right": 0}, {"sure": 1, "right": 1}]}, "mark": {"type": "line"}}
    axes = {
        "x": {"field": "sure", "type": "quantitative", "title": "how sure"},
        "y": {"field": "right", "type": "quantitative", "title": "how often right"},
    }
    points = {
        "data": {"values": calibration(records, guesses)},
        "mark": {"type": "line", "point": True},
        "encoding": {**axes, "color": {"field": "question", "type": "nominal"}},
    }
    chart = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 320,
        "height": 320,
        "layer": [{**line, "encoding": {**axes, "strokeDash": {"value": [4, 4]}}}, points],
    }
    return str(vl_convert.vegalite_to_svg(json.dumps(chart)))
