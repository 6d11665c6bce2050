"""What the text analysis answers with.

The records are plain and frozen so that rules today and trained models tomorrow can stand
behind the same façade (`nlp.Analyzer`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Language = Literal["id", "jv", "mixed", "other"]
Sentiment = Literal["negatif", "netral", "positif"]
TextKind = Literal["complaint", "news", "social", "comment"]
Scope = Literal["general", "pati_only"]

KINDS: tuple[str, ...] = get_args(TextKind)
SCOPES: tuple[str, ...] = get_args(Scope)
LEADERSHIP = "pemkab"
"""Stands among the offices a text names for the regency's head and its government as a whole."""
# A video's title and description are written by an editor: they are read as news.
KIND_ALIASES = {"video": "news"}


@dataclass(frozen=True, slots=True)
class Analysis:
    """Labels of one text.

    Attributes:
        relevant: about Kabupaten Pati.
        relevance_score: 0 to 1; from 0.5 on the text counts as relevant.
        language: ``id``, ``jv``, ``mixed`` or ``other`` (nothing readable, English, ...).
        topic: topic id of `config/topics.yaml`; ``tidak_relevan`` when not relevant.
        topic_score: 0 to 1, share of the evidence that speaks for `topic`.
        opd: agencies as (id, score), best first, at most three; empty when none is meant.
        sentiment: stance toward the public service; None when the text has none (politics,
            irrelevant text).
        sentiment_score: 0 to 1, how sure the stance is.
        needs_review: a person should look before anything is routed.
        kecamatan: names in order of appearance, only where the text settles them.
        desa: desa names in order of appearance, also those whose kecamatan stays open.
        quick_wins: ids of `config/quick_wins.yaml` that the text mentions.
        keywords: the most telling words as people wrote them, at most eight.
        named_opd: ids of the offices that the text calls by name, whoever is responsible, in order of id;
            `LEADERSHIP` stands for the head of the regency and the regency government as a whole.
        why: short sentences in Indonesian: which words weighed for which label.
    """

    relevant: bool
    relevance_score: float
    language: Language
    topic: str
    topic_score: float
    opd: tuple[tuple[str, float], ...]
    sentiment: Sentiment | None
    sentiment_score: float
    needs_review: bool
    kecamatan: tuple[str, ...]
    desa: tuple[str, ...]
    quick_wins: tuple[str, ...]
    keywords: tuple[str, ...]
    why: tuple[str, ...]
    named_opd: tuple[str, ...] = ()
