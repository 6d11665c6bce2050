"""Label loose texts: the shape of `pati classify`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nlp import Analysis
from nlp.privacy import Masker
from pipelines.learning import load_analyzer
from pipelines.settings import Settings


def label_lines(settings: Settings, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Label texts.

    Args:
        settings: of this installation.
        rows: each with id and text, optionally title, kind (default complaint) and source
            (the scope: pati_only or general, the default).

    Returns:
        One labelled row per input row, in order.
    """
    analyzer, masker = load_analyzer(settings), Masker(settings.config)
    found = analyzer.analyze(
        [row["text"] for row in rows],
        [row.get("kind", "complaint") for row in rows],
        [row.get("source", "general") for row in rows],
        titles=[row.get("title") for row in rows],
    )
    return [
        {
            "id": row["id"],
            **_labels(one),
            "masked_text": masker.mask(row["text"], row.get("kind", "complaint")).text,
        }
        for row, one in zip(rows, found, strict=True)
    ]


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
