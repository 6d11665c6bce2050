"""Label loose texts: the shape of `pati classify`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from nlp import Analysis
from nlp.privacy import Masker
from pipelines.learning import load_analyzer
from pipelines.progress import Progress
from pipelines.settings import Settings

CHUNK = 200


def label_lines(
    settings: Settings, rows: Sequence[dict[str, Any]], progress: Progress, *, encoder: bool = True
) -> Iterator[dict[str, Any]]:
    """Label texts.

    Args:
        settings: of this installation.
        rows: each with id and text, optionally title, kind (default complaint) and source
            (the scope: pati_only or general, the default).
        progress: is told how many are done.
        encoder: let the encoder read what the linear models are not sure of: better, but slower.

    Yields:
        One labelled row per input row, in order.
    """
    analyzer, masker = load_analyzer(settings, encoder=encoder), Masker(settings.config)
    progress.begin("Memberi label", len(rows))
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK]
        found = analyzer.analyze(
            [row["text"] for row in part],
            [row.get("kind", "complaint") for row in part],
            [row.get("source", "general") for row in part],
            titles=[row.get("title") for row in part],
        )
        for row, one in zip(part, found, strict=True):
            masked = masker.mask(row["text"], row.get("kind", "complaint")).text
            yield {"id": row["id"], **_labels(one), "masked_text": masked}
        progress.advance(len(part))


def _labels(analysis: Analysis) -> dict[str, Any]:
    return {
        "relevant": analysis.relevant,
        "relevance_score": analysis.relevance_score,
        "language": analysis.language,
        "topic": analysis.topic,
        "topic_score": analysis.topic_score,
        "opd": [{"id": opd, "score": score} for opd, score in analysis.opd],
        "sentiment": analysis.sentiment,
        "sentiment_score": analysis.sentiment_score,
        "needs_review": analysis.needs_review,
        "kecamatan": list(analysis.kecamatan),
        "desa": list(analysis.desa),
        "quick_wins": list(analysis.quick_wins),
        "why": list(analysis.why),
    }
