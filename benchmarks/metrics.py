"""Scores shared by benchmarks and tests."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

WORD = re.compile(r"\w+")
RUN = 4


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words with their counts; a shorter text is one run."""
    words = WORD.findall(text)
    return Counter(tuple(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1)))


def body_f1(pairs: Iterable[tuple[str, str]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of extracted bodies, as the article extraction benchmark scores.

    Source: scrapinghub/article-extraction-benchmark: precision and recall over four-word
    shingles per page, averaged over pages where they are defined; F1 of the two averages.

    Args:
        pairs: (truth, extracted) per page.
    """
    precisions, recalls = [], []
    for truth, found in pairs:
        want, got = shingles(truth), shingles(found)
        shared = sum((want & got).values())
        if got.total():
            precisions.append(shared / got.total())
        if want.total():
            recalls.append(shared / want.total())
    precision = sum(precisions) / len(precisions) if precisions else 0.0
    recall = sum(recalls) / len(recalls) if recalls else 0.0
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0
