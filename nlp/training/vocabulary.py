"""Choosing the terms of each feature block from training texts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from nlp.features import BLOCKS, Vectoriser, char_grams, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.features import Sample

# A term must occur in this many of our texts, or in this many times more of the others.
_FREQUENT = 3
_LEAST = {"word": 2, "raw": 2, "char": 3, "title": 2, "context": 2, "edge": 3}


def vocabulary(own: Sequence[Sample], others: Sequence[Sample]) -> tuple[list[list[str]], Any]:
    """Terms by block in sorted order, and their inverse document frequencies as float16.

    Args:
        own: texts of our corpus.
        others: texts of other data sets; a term of theirs only must be frequent to be kept.
    """
    ours, theirs = _count(own), _count(others)
    terms = [
        sorted(
            term
            for term in ours[i].keys() | theirs[i].keys()
            if "\n" not in term
            and (ours[i][term] >= _LEAST[name] or theirs[i][term] >= _FREQUENT * _LEAST[name])
        )
        for i, name in enumerate(BLOCKS)
    ]
    frequency = [ours[i][term] + theirs[i][term] for i, chosen in enumerate(terms) for term in chosen]
    total = len(own) + len(others)
    idf = np.log((1 + total) / (1 + np.asarray(frequency, np.float64))) + 1.0
    return terms, idf.astype(np.float16)


def _count(samples: Sequence[Sample]) -> list[Counter[str]]:
    """In how many texts each term occurs, by block."""
    texts: list[Counter[str]] = [Counter() for _ in BLOCKS]
    grams: dict[str, frozenset[str]] = {}
    for sample in samples:
        for block, found in enumerate(tokens(sample)):
            if BLOCKS[block] == "char":
                inside: set[str] = set()
                for word in set(found):
                    if word not in grams:
                        grams[word] = frozenset(char_grams(word))
                    inside |= grams[word]
                texts[block].update(inside)
            else:
                texts[block].update(set(found))
    return texts


def vectoriser(terms: Sequence[Sequence[str]], idf: Any, names: Sequence[str]) -> Vectoriser:  # noqa: ANN401 - an array
    """The vectoriser that the loaded models will have."""
    return Vectoriser(terms, idf.astype(np.float32), names)
