"""Sources whose articles are nearly all copies of one other source's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

CLONE_SHARE, CLONE_LEAST = 0.8, 10
"""A source is a clone of another one when this share of at least so many articles copies it."""


@dataclass(frozen=True, slots=True)
class Clone:
    """A source that republishes another one.

    Attributes:
        source_id: who copies.
        original_id: whom.
        n_articles: articles of the copier that were looked at.
        n_copies: how many of them repeat an earlier text of the original.
        configured: named in sources.yaml; otherwise found by counting.
    """

    source_id: str
    original_id: str
    n_articles: int
    n_copies: int
    configured: bool


def clones(
    total: Mapping[str, int], copied: Mapping[tuple[str, str], int], configured: Mapping[str, str]
) -> list[Clone]:
    """Find the clones.

    Args:
        total: articles by source.
        copied: copies by source and the source they repeat.
        configured: known clones, source id to the original's id.
    """
    found = [
        Clone(source, original, total.get(source, 0), copied.get((source, original), 0), configured=True)
        for source, original in configured.items()
    ]
    for (source, original), count in copied.items():
        nearly_all = total[source] >= CLONE_LEAST and count >= CLONE_SHARE * total[source]
        if nearly_all and source != original and source not in configured:
            found.append(Clone(source, original, total[source], count, configured=False))
    return sorted(found, key=lambda clone: clone.source_id)
