"""What linking looks at of an article: hashes of its word runs, bands of their signature, its rare words."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from pipelines.linking.words import WORD, vocabulary

SHINGLE_WORDS, PARTS = 3, 8
PERMUTATIONS, BANDS, SEED = 128, 64, 3318
RARE = 250
"""Words of at least this weight (`words.Vocabulary`) tell events apart: in one text of a hundred at most."""

Hashes = NDArray[np.uint32]
Keys = NDArray[np.uint64]
_HALF, _LOW = np.uint64(32), np.uint64(0xFFFFFFFF)
_CHUNK = 2_000
# Odd constants: runs of the same words in another order get other hashes.
_PLACE = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D], dtype=np.uint32)
_BAND = (np.arange(BANDS, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)) | np.uint64(1)


@dataclass(frozen=True, slots=True, eq=False)
class Article:
    """One article.

    Attributes:
        source_id: who published it.
        moment: publication, aware.
        kecamatan: where it happens, as far as the text says.
        topic: what it is about, as labelled.
        shingles: hashes of its runs of three words, sorted, each once.
        places: in which part of the text (`PARTS` equal ones) each of them stands first.
        bands: one key per band of the signature.
        words: hashes of its rare words, sorted, each once.
        weights: of those words.
        word_places: in which part of the text each of them stands first.
        mass: the sum of the weights.
    """

    doc_id: str
    source_id: str
    moment: datetime
    kecamatan: frozenset[str]
    topic: str
    shingles: Hashes
    places: NDArray[np.uint8]
    bands: Hashes
    words: Hashes
    weights: NDArray[np.int32]
    word_places: NDArray[np.uint8]
    mass: int

    @property
    def order(self) -> tuple[datetime, str]:
        """Articles are compared with those before them: by moment, then id."""
        return self.moment, self.doc_id


def articles(rows: Sequence[Mapping[str, Any]]) -> list[Article]:
    """Read rows with doc_id, source_id, dated_at, title, text, kecamatan_all and topic."""
    found = []
    for start in range(0, len(rows), _CHUNK):
        found += _chunk(rows[start : start + _CHUNK])
    return found


def _chunk(rows: Sequence[Mapping[str, Any]]) -> list[Article]:
    if not rows:
        return []
    table = vocabulary()
    titles = [WORD.findall(row["title"].lower()) for row in rows]
    texts = [head + WORD.findall(row["text"].lower()) for head, row in zip(titles, rows, strict=True)]
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    numbers = np.fromiter(map(table.__getitem__, chain.from_iterable(texts)), np.int64, int(lengths.sum()))
    hashes = np.array(table.hashes, dtype=np.uint32)[numbers]
    weights = np.array(table.weights, dtype=np.int32)[numbers]
    owner = np.repeat(np.arange(len(rows), dtype=np.uint64), lengths)
    rare = weights >= RARE
    words, first = np.unique(_key(owner, hashes)[rare], return_index=True)
    parts = _parts(owner, lengths)
    shingles, places = _shingles(owner, hashes, lengths, parts)
    columns = (
        shingles,
        places,
        _bands(shingles),
        _split(words, len(rows)),
        np.split(weights[rare][first], _bounds(words, len(rows))),
        np.split(parts[rare][first], _bounds(words, len(rows))),
        np.bincount((words >> _HALF).astype(np.int64), weights[rare][first], len(rows))
        .astype(np.int64)
        .tolist(),
    )
    return [
        Article(
            row["doc_id"], row["source_id"], row["dated_at"], frozenset(row.get("kecamatan_all") or ()),
            row.get("topic") or "", *parts,
        )
        for row, *parts in zip(rows, *columns, strict=True)
    ]  # fmt: skip


def _key(owner: Keys, hashes: Hashes) -> Keys:
    """Hashes with the number of their article before them: sorting keeps articles together."""
    return owner << _HALF | hashes.astype(np.uint64)


def _split(keys: Keys, n: int) -> list[Hashes]:
    """The hashes of each of `n` articles, from sorted keys."""
    return np.split((keys & _LOW).astype(np.uint32), _bounds(keys, n))


def _bounds(keys: Keys, n: int) -> NDArray[np.intp]:
    """Where in sorted keys the articles after the first begin."""
    return np.searchsorted(keys >> _HALF, np.arange(1, n, dtype=np.uint64))


def _parts(owner: Keys, lengths: NDArray[np.int64]) -> NDArray[np.uint8]:
    """The part of its text that each word stands in."""
    of = owner.astype(np.int64)
    nth = np.arange(len(owner)) - (np.cumsum(lengths) - lengths)[of]
    parts: NDArray[np.uint8] = (nth * PARTS // lengths[of]).astype(np.uint8)
    return parts


def _shingles(
    owner: Keys, hashes: Hashes, lengths: NDArray[np.int64], parts: NDArray[np.uint8]
) -> tuple[list[Hashes], list[NDArray[np.uint8]]]:
    """Runs of words of each article, and the part each stands in first.

    A text shorter than a run is one run, an empty one has none.
    """
    width = max(0, len(hashes) - SHINGLE_WORDS + 1)
    mixed = np.zeros(width, dtype=np.uint32)
    for place, factor in enumerate(_PLACE):
        mixed = (mixed ^ hashes[place : place + width]) * factor
        mixed ^= mixed >> np.uint32(15)
    whole = owner[:width] == owner[len(owner) - width :]
    keys, first = np.unique(_key(owner[:width], mixed)[whole], return_index=True)
    starts = np.cumsum(lengths) - lengths
    found = _split(keys, len(lengths))
    places = np.split(parts[:width][whole][first], _bounds(keys, len(lengths)))
    for i in np.flatnonzero((lengths > 0) & (lengths < SHINGLE_WORDS)):
        run = hashes[starts[i] : starts[i] + lengths[i]]
        found[i] = np.array([zlib.crc32(run.tobytes())], dtype=np.uint32)
        places[i] = np.zeros(1, dtype=np.uint8)
    return found, places


def _bands(shingles: Sequence[Hashes]) -> NDArray[np.uint32]:
    """Keys of all bands: two values of the signature and the number of the band, hashed."""
    ends = np.cumsum([0, *map(len, shingles)], dtype=np.uint64)
    flat = np.concatenate([*shingles, np.array([], dtype=np.uint32)]).astype(np.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(flat, ends, PERMUTATIONS, SEED)
    values = np.array(matrix.to_rows(), dtype=np.uint64).reshape(len(shingles), BANDS, PERMUTATIONS // BANDS)
    keys = (values[:, :, 0] << np.uint64(32) | values[:, :, 1]) * _BAND
    short: NDArray[np.uint32] = ((keys ^ (keys >> np.uint64(31))) >> np.uint64(32)).astype(np.uint32)
    return short
