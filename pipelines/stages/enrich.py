"""Enrich: documents without labels at the model in force → labels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nlp import Analysis, Analyzer
from pipelines.learning import load_analyzer, version_in_force
from pipelines.privacy import TEXT_KIND
from pipelines.progress import Progress
from pipelines.result import StageResult
from pipelines.scope import Part
from pipelines.settings import Settings
from warehouse import Lake
from warehouse.store import add_enrichment, carry_labels, documents_to_enrich, register_model
from warehouse.store.labels import count_to_enrich

CHUNK = 500
"""Documents per transaction: small enough to lose little when killed, large enough to be quick."""


def run(
    lake: Lake,
    settings: Settings,
    progress: Progress,
    analyzer: Analyzer | None = None,
    part: Part | None = None,
) -> StageResult:
    """Label everything that has no labels at the analyser's version.

    Several processes may each do one part at once: labels depend on their document alone, and only storing
    them needs the write lock.
    """
    version = analyzer.version if analyzer else version_in_force(settings)
    register_model(lake, version, settings.now())
    share = (part.k, part.n) if part else None
    waiting = count_to_enrich(lake, version, share)
    progress.begin("Memberi label", waiting)
    stored = seen = carry_labels(lake, version)
    while rows := documents_to_enrich(lake, version, CHUNK, share):
        analyzer = analyzer or load_analyzer(settings)  # it takes a second, and most hours bring nothing
        stored += add_enrichment(lake, label(analyzer, rows))
        seen += len(rows)
        progress.advance(len(rows))
    return StageResult(
        "enrich",
        n_in=seen,
        n_stored=stored,
        n_new=stored,
        n_duplicate=seen - stored,
        message=f"{stored} dokumen diberi label dengan model {version}.",
    )


def label(analyzer: Analyzer, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of the `enrichment` table for rows of `documents_to_enrich`."""
    found = analyzer.analyze(
        [row["text"] for row in rows],
        [TEXT_KIND[row["kind"]] for row in rows],
        [row["scope"] for row in rows],
        # a comment speaks about what it answers: its headline helps topic and agency
        titles=[(row["parent_title"] if row["kind"] == "comment" else row["title"]) or None for row in rows],
    )
    return [
        enrichment_row(row, analysis, analyzer.version) for row, analysis in zip(rows, found, strict=True)
    ]


def enrichment_row(row: Mapping[str, Any], analysis: Analysis, version: str) -> dict[str, Any]:
    """One row of the `enrichment` table."""
    return {
        "doc_id": row["doc_id"],
        "model_version": version,
        "relevant": analysis.relevant,
        "relevance_score": analysis.relevance_score,
        "language": analysis.language,
        "topic": analysis.topic,
        "topic_score": analysis.topic_score,
        "opd_ids": [opd for opd, _ in analysis.opd],
        "opd_scores": [score for _, score in analysis.opd],
        "sentiment": analysis.sentiment,
        "sentiment_score": analysis.sentiment_score,
        "needs_review": analysis.needs_review,
        "kecamatan": list(analysis.kecamatan),
        "desa": list(analysis.desa),
        "quick_wins": list(analysis.quick_wins),
        "keywords": list(analysis.keywords),
        "why": list(analysis.why),
        "named_opd": list(analysis.named_opd),
    }
