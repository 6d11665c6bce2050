"""Choosing the terms of each feature block from training texts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from nlp.features import BLOCKS, Vectoriser, char_grams, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.features import Sample

# A term must occur in this many texts.
_LEAST = {"word": 2, "raw": 2, "char": 3, "title": 2, "context": 2, "edge": 3}


def vocabulary(samples: Sequence[Sample]) -> tuple[list[list[str]], Any]:
    """Terms by block in sorted order, and their inverse document frequencies as float16."""
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
    terms = [
        sorted(term for term, count in counter.items() if count >= _LEAST[name] and "\n" not in term)
        for name, counter in zip(BLOCKS, texts, strict=True)
    ]
    frequency = [counter[term] for counter, chosen in zip(texts, terms, strict=True) for term in chosen]
    idf = np.log((1 + len(samples)) / (1 + np.asarray(frequency, np.float64))) + 1.0
    return terms, idf.astype(np.float16)


def vectoriser(terms: Sequence[Sequence[str]], idf: Any, names: Sequence[str]) -> Vectoriser:  # noqa: ANN401 - an array
    """The vectoriser that the loaded models will have."""
    return Vectoriser(terms, idf.astype(np.float32), names)
