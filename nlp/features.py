"""What the trained models see of a text.

Six blocks of n-grams (formal words with negation marked, words as written, characters inside
words, title, the headline a comment answers, openings and endings) and one block of measured
values: the evidence of the rules, the word groups of `nlp.concepts`, the kind of text. Each
n-gram block is TF-IDF with unit length, so that a long news text weighs as much as a comment.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import log1p, sqrt
from typing import TYPE_CHECKING, Any

from nlp.types import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nlp.evidence import Evidence
    from nlp.places import Places
    from nlp.reading import Reading
    from nlp.relevance import Relevance
    from nlp.sentiment import Stance

BLOCKS = ("word", "raw", "char", "title", "context", "edge")
_CHAR_SIZES = (2, 3, 4, 5)
_NEGATORS = frozenset(("tidak", "bukan", "belum", "jangan", "kurang", "tanpa"))
_BREAKERS = frozenset(("tapi", "namun", "cuma", "malah", "padahal", "tetapi", "hanya"))
_REACH = 3  # words after a negator that are marked
_MARKS = ("?", "!", '"', "...", *"👍👏😂🤣🙏❤😭😡😤🔥😍💩🤡😁😊😅🤲✨")
_SIGN = {"negatif": -1.0, "netral": 0.0, "positif": 1.0}
_HEADLINE_SHARE = 0.4
_MEMO_LIMIT = 200_000


@dataclass(frozen=True, slots=True)
class Sample:
    """One text after the rules have looked at it.

    Attributes:
        reading: the text.
        text: as it came.
        title: of a news text, or the headline that a comment answers.
        kind: complaint, news, social or comment.
        context: the headline that a comment answers.
        evidence: topic and office evidence of the text, the headline's share included.
        concepts: weight by word group.
        stance: what the sentiment rules say.
        verdict: what the relevance rules say.
        places: what the gazetteer found.
    """

    reading: Reading
    text: str
    title: str | None
    kind: str
    context: Reading | None
    evidence: Evidence
    concepts: dict[str, float]
    stance: Stance
    verdict: Relevance
    places: Places


def marked(formal: Sequence[str], clause: Sequence[int]) -> list[str]:
    """Formal words, up to three after a negator in its clause marked ``NOT_``."""
    found, left, now = [], 0, -1
    for word, number in zip(formal, clause, strict=True):
        if number != now or word in _BREAKERS:
            left = 0
        now = number
        if word in _NEGATORS:
            left = _REACH
            found.append(word)
        elif left:
            left -= 1
            found.append("NOT_" + word)
        else:
            found.append(word)
    return found


def char_grams(word: str) -> Iterator[str]:
    """Character n-grams of a word with its borders."""
    bordered = f" {word} "
    for size in _CHAR_SIZES:
        for at in range(len(bordered) - size + 1):
            yield bordered[at : at + size]


def tokens(sample: Sample) -> tuple[list[str], ...]:
    """Tokens of each block of `BLOCKS`; for ``char`` the words whose n-grams count."""
    reading = sample.reading
    formal, raw = reading.formal, reading.words.low
    words = marked(formal, reading.clause)
    title = [w for w, at in zip(formal, reading.origin, strict=True) if at < reading.title_words]
    context = sample.context.formal if sample.context else []
    return (
        words + [f"{a} {b}" for a, b in pairwise(words)],
        [*raw, *(f"{a} {b}" for a, b in pairwise(raw))],
        formal,
        title,
        context,
        [f"^{w}" for w in formal[:2]] + [f"{w}$" for w in formal[-2:]] + _marks(reading.text),
    )


def _marks(text: str) -> list[str]:
    return [mark for mark in _MARKS if mark in text]


def values(sample: Sample) -> dict[str, float]:
    """Measured values by name."""
    found: dict[str, float] = {f"kind:{sample.kind}": 1.0}
    for topic, weight in sample.evidence.topics.items():
        found[f"topic:{topic}"] = log1p(weight)
    if sample.evidence.topics:
        best, weight = max(sample.evidence.topics.items(), key=lambda item: (item[1], item[0]))
        found[f"best:{best}"] = weight / (sum(sample.evidence.topics.values()) + 0.5)
    for opd_id, weight in sample.evidence.opd.items():
        found[f"opd:{opd_id}"] = log1p(weight)
    shares = {name: log1p(weight) for name, weight in sample.concepts.items()}
    length = sqrt(sum(share * share for share in shares.values())) or 1.0
    for name, share in shares.items():
        found[f"concept:{name}"] = share / length
    stance = sample.stance
    found["stance"] = _SIGN.get(stance.label or "", 0.0) * stance.score
    found["good"], found["bad"] = log1p(stance.good), log1p(stance.bad)
    found["asks"] = float(bool(sample.reading.words.asks))
    found["relevance"] = sample.verdict.score
    found["cues"] = min(3.0, len(sample.verdict.cues)) / 3
    found["elsewhere"] = float(bool(sample.places.elsewhere))
    found["kecamatan"] = float(bool(sample.places.kecamatan))
    found["length"] = log1p(len(sample.reading.formal)) / 5
    return found


def value_names(topics: Sequence[str], opd: Sequence[str], concepts: Sequence[str]) -> list[str]:
    """Names of all measured values, in a fixed order."""
    return [
        *(f"kind:{kind}" for kind in KINDS),
        *(f"topic:{topic}" for topic in topics),
        *(f"best:{topic}" for topic in topics),
        *(f"opd:{opd_id}" for opd_id in opd),
        *(f"concept:{name}" for name in concepts),
        *("stance", "good", "bad", "asks", "relevance", "cues", "elsewhere", "kecamatan", "length"),
    ]


class Vectoriser:
    """Turns samples into rows of one sparse matrix; read only but for a memo.

    Args:
        vocabularies: terms by block of `BLOCKS`, in column order.
        idf: weight per term, all blocks after each other.
        names: measured values, whose columns follow the terms.
    """

    def __init__(self, vocabularies: Sequence[Sequence[str]], idf: Any, names: Sequence[str]) -> None:  # noqa: ANN401 - numpy is imported lazily
        self._columns: list[dict[str, int]] = []
        first = 0
        for terms in vocabularies:
            self._columns.append({term: first + i for i, term in enumerate(terms)})
            first += len(terms)
        self._names = {name: first + i for i, name in enumerate(names)}
        self._idf = idf
        self._memo: dict[str, tuple[int, ...]] = {}
        self.width = first + len(names)
        starts = [0]
        for terms in vocabularies:
            starts.append(starts[-1] + len(terms))
        self.starts = tuple(starts)

    def _grams(self, word: str) -> tuple[int, ...]:
        found = self._memo.get(word)
        if found is None:
            column = self._columns[2]
            found = tuple(column[gram] for gram in char_grams(word) if gram in column)
            if len(self._memo) >= _MEMO_LIMIT:
                self._memo.clear()
            if len(word) <= 40:
                self._memo[word] = found
        return found

    def rows(self, samples: Sequence[Sample]) -> Any:  # noqa: ANN401 - a scipy matrix, imported lazily
        """Return a CSR matrix (len(samples), `width`) of float32."""
        import numpy as np
        from scipy.sparse import csr_matrix

        terms: list[int] = []
        ends = [0]
        value_columns: list[int] = []
        value_data: list[float] = []
        value_ends = [0]
        for sample in samples:
            for block, found in enumerate(tokens(sample)):
                if block == 2:
                    for word in found:
                        terms.extend(self._grams(word))
                else:
                    column = self._columns[block]
                    terms.extend([column[term] for term in found if term in column])
            ends.append(len(terms))
            for name, value in values(sample).items():
                if name in self._names:
                    value_columns.append(self._names[name])
                    value_data.append(value)
            value_ends.append(len(value_columns))
        shape = (len(samples), self.width)
        counts = csr_matrix(
            (np.ones(len(terms), np.float32), np.asarray(terms, np.int32), np.asarray(ends, np.int32)), shape
        )
        counts.sum_duplicates()
        self._weigh(counts)
        measured = csr_matrix(
            (
                np.asarray(value_data, np.float32),
                np.asarray(value_columns, np.int32),
                np.asarray(value_ends, np.int32),
            ),
            shape,
        )
        return counts + measured

    def _weigh(self, counts: Any) -> None:  # noqa: ANN401 - a scipy matrix
        """Counts to TF-IDF, each block of each row to unit length, in place."""
        import numpy as np

        if not counts.nnz:
            return
        blocks = len(self.starts) - 1
        data = (1.0 + np.log(counts.data)) * self._idf[counts.indices]
        row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        block = np.searchsorted(np.asarray(self.starts), counts.indices, side="right") - 1
        group = row * blocks + block
        squares = np.bincount(group, weights=data * data, minlength=counts.shape[0] * blocks)
        counts.data = (data / np.sqrt(squares)[group]).astype(np.float32)
