"""What two articles are to each other. It depends on nothing but the two.

A pair is looked at when a band of the signatures agrees or when enough rare words are shared; exact
counts decide. Two texts that name different kecamatan are two events told from one template.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipelines.linking.article import PARTS, Article
from pipelines.linking.forest import Bounds, Link

SAME_STORY = 0.3
"""Least share of the shorter text's word runs that the other one must contain."""
CERTAIN, SPREAD = 0.5, 6
"""Below that share the common runs must stand in so many of the eight parts of the shorter text: what is
common to all texts of an outlet, at their head and foot, makes no story."""
PASSAGE = 10
"""So many shared runs, a dozen words in a row, are a passage that was copied; fewer are names and dates."""
LEAST_RUNS = 6
"""So many runs must be shared, unless the texts are equal."""
SAME_TEXT = 0.7
"""From this share on, an article counts as a copy of the other one's text."""
SAME_PLACE, ANY_PLACE = 0.28, 0.42
"""Least likeness of two texts in different words about one event: if both name a kecamatan in common,
and if one of them names none. A shared place says much: of unrelated texts on one subject one pair in
twenty has it."""
OTHER_TOPIC, PER_DAY = 0.05, 0.02
"""What is asked for beyond that when the topics differ, and for every day between the two."""
WINDOW = timedelta(days=14)
"""No story is longer than this, from its first article to its last: press texts return every season."""
EVENT_WINDOW = timedelta(days=4)
"""Only so shortly after each other are own words about one event, and half-alike texts one story:
later on they are next week's prices in last week's sentences. Copies may come later."""
BOUNDS = Bounds(SAME_STORY, SAME_TEXT, WINDOW)
_ROWS = 500
_ROUNDING = 1e-4
"""Likeness is first worked out in single precision; what comes so close to a bar is counted exactly."""
RULE = 1
"""Number of the rule: another one links every article anew."""


def links(articles: Sequence[Article], fresh: Collection[str]) -> list[Link]:
    """Links between articles of which at least one is fresh.

    Args:
        articles: fresh ones and all within `WINDOW` of one of them, in any order.
        fresh: ids of the articles whose links are wanted.

    Returns:
        Links, each pair once, in order.
    """
    found = []
    for one, other, weight in _candidates(articles, fresh):
        pair = articles[one], articles[other]
        link = compare(*(pair if pair[0].order < pair[1].order else pair[::-1]), weight)
        if link:
            found.append(link)
    return sorted(found, key=lambda link: (link.later, link.earlier))


def compare(earlier: Article, later: Article, weight: int) -> Link | None:
    """Say whether two articles tell one story.

    Args:
        earlier: published first.
        later: published afterwards.
        weight: sum of the weights of the rare words they share.
    """
    gap = later.moment - earlier.moment
    if gap > WINDOW:
        return None
    if earlier.kecamatan and later.kecamatan and not earlier.kecamatan & later.kecamatan:
        return None
    common = _common(earlier, later)
    share = common.share
    likeness = event(earlier, later, weight) if gap <= EVENT_WINDOW else 0.0
    bar = event_bar(earlier, later)
    if share < SAME_STORY and likeness >= bar and len(common.places) >= PASSAGE:
        likeness = event(earlier, later, _own_words(common))
    if share < (SAME_STORY if gap <= EVENT_WINDOW else SAME_TEXT) and likeness < bar:
        return None
    return Link(later.doc_id, earlier.doc_id, share, likeness)


def event(earlier: Article, later: Article, weight: int) -> float:
    """How alike two articles are in what they are about: the cosine of their rare words.

    Args:
        earlier: published first.
        later: published afterwards.
        weight: sum of the weights of the rare words that count as shared.
    """
    return weight / math.sqrt(max(1, earlier.mass * later.mass))


def event_bar(earlier: Article, later: Article) -> float:
    """The least likeness with which two articles are about one event."""
    bar = SAME_PLACE if earlier.kecamatan & later.kecamatan else ANY_PLACE
    if earlier.topic != later.topic:
        bar += OTHER_TOPIC
    return bar + PER_DAY * (later.moment - earlier.moment).total_seconds() / 86_400


@dataclass(frozen=True, slots=True)
class _Common:
    """What two articles have in common: the shorter text, and where its shared runs stand."""

    shorter: Article
    other: Article
    places: NDArray[np.uint8]

    @property
    def share(self) -> float:
        """Containment of the shorter text in the other one (0 to 1), 0 if what is shared says nothing."""
        shared = len(self.places)
        equal = shared == len(self.shorter.shingles) == len(self.other.shingles)
        if not shared or (shared < LEAST_RUNS and not equal):
            return 0.0
        share = shared / len(self.shorter.shingles)
        if SAME_STORY <= share < CERTAIN and np.count_nonzero(np.bincount(self.places)) < SPREAD:
            return 0.0
        return share


def _common(one: Article, other: Article) -> _Common:
    if len(one.shingles) > len(other.shingles):
        one, other = other, one
    return _Common(one, other, one.places[_shared(one.shingles, other.shingles)])


def _own_words(common: _Common) -> int:
    """Weight of shared rare words that do not stand in copied parts: those say who published, not what."""
    one = common.shorter
    runs = np.bincount(one.places, minlength=PARTS)
    copied = 2 * np.bincount(common.places, minlength=PARTS) > runs
    own = _shared(one.words, common.other.words) & ~copied[one.word_places]
    return int(one.weights[own].sum())


def _shared(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which of the sorted hashes are among the other ones."""
    if not len(other):
        return np.zeros(len(one), dtype=bool)
    shared: NDArray[np.bool_] = other.take(other.searchsorted(one), mode="clip") == one
    return shared


def _candidates(articles: Sequence[Article], fresh: Collection[str]) -> Iterator[tuple[int, int, int]]:
    """Positions of two articles, of which the first is fresh, and the weight of shared rare words."""
    wanted = np.array([one.doc_id in fresh for one in articles], dtype=bool)
    if not wanted.any():
        return
    facts = _Facts(
        wanted,
        np.array([one.moment.timestamp() for one in articles]),
        np.array([one.mass for one in articles], dtype=float),
        np.array([bool(one.kecamatan) for one in articles]),
    )
    words, bands = _matrix([one.words for one in articles]), _matrix([one.bands for one in articles])
    words.data = facts.of_unit_length(np.concatenate([one.weights for one in articles]), words)
    by_word, by_band = words.T.tocsr(), bands.T.tocsr()
    fresh_rows = np.flatnonzero(wanted)
    for start in range(0, len(fresh_rows), _ROWS):  # a product of all would fill the memory
        rows = fresh_rows[start : start + _ROWS]
        likely = facts.alike(rows, words[rows] @ by_word)
        banded = facts.banded(rows, (bands[rows] @ by_band).tocoo())
        weights = {pair: _weight(articles[pair[0]], articles[pair[1]]) for pair in {*likely, *banded}}
        for (one, other), weight in weights.items():
            if (one, other) in banded or weight >= facts.least(one, other):
                yield one, other, weight


@dataclass(frozen=True, slots=True)
class _Facts:
    """Of every article: whether it is fresh, when it appeared, its mass, whether it names a kecamatan."""

    wanted: NDArray[np.bool_]
    moments: NDArray[np.float64]
    mass: NDArray[np.float64]
    placed: NDArray[np.bool_]

    def of_unit_length(self, weights: NDArray[np.int32], words: sparse.csr_matrix) -> NDArray[np.float32]:
        """Values with which the product of two rows is the likeness of two articles, see `event`."""
        mass = np.repeat(np.maximum(1, self.mass), np.diff(words.indptr))
        unit: NDArray[np.float32] = np.sqrt(weights / mass).astype(np.float32)
        return unit

    def least(self, one: int, other: int) -> float:
        """The least weight of shared words with which two articles may be about one event."""
        bar = SAME_PLACE if self.placed[one] and self.placed[other] else ANY_PLACE
        return bar * math.sqrt(self.mass[one] * self.mass[other])

    def alike(self, rows: NDArray[np.intp], likeness: sparse.csr_matrix) -> set[tuple[int, int]]:
        """Pairs that share enough rare words to be about one event, and some that come very close."""
        near = np.flatnonzero(likeness.data >= SAME_PLACE - _ROUNDING)
        first = rows[np.searchsorted(likeness.indptr, near, side="right") - 1]
        second, data = likeness.indices[near], likeness.data[near]
        far = data < np.where(self.placed[first] & self.placed[second], SAME_PLACE, ANY_PLACE) - _ROUNDING
        return self._pairs(first[~far], second[~far])

    def banded(self, rows: NDArray[np.intp], common: sparse.coo_matrix) -> set[tuple[int, int]]:
        """Pairs whose signatures agree in a band."""
        return self._pairs(rows[common.row], common.col)

    def _pairs(self, first: NDArray[np.intp], second: NDArray[np.intp]) -> set[tuple[int, int]]:
        once = self._once(first, second)
        return set(zip(first[once].tolist(), second[once].tolist(), strict=True))

    def _once(self, first: NDArray[np.intp], second: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Pairs within the window; of two fresh articles, which find each other, only one side."""
        once: NDArray[np.bool_] = (first != second) & (~self.wanted[second] | (first < second))
        return once & (np.abs(self.moments[first] - self.moments[second]) <= WINDOW.total_seconds())


def _weight(one: Article, other: Article) -> int:
    return int(one.weights[_shared(one.words, other.words)].sum())


def _matrix(sets: Sequence[NDArray[np.uint32]]) -> sparse.csr_matrix:
    """One row per set, one column per hash that occurs."""
    flat = np.concatenate([*sets, np.array([], dtype=np.uint32)])
    known, columns = np.unique(flat, return_inverse=True)
    ends = np.cumsum([0, *map(len, sets)])
    ones = np.ones(len(flat), dtype=np.float32)
    return sparse.csr_matrix((ones, columns, ends), shape=(len(sets), len(known)))
