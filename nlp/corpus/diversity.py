"""Does the corpus grow by templates? `python -m nlp.corpus.diversity`.

Three measures: how many different word n-grams the texts hold, how close each text's nearest
neighbour is (cosine of character 4-grams, inside the training part and from the test split to
it), and how many texts contain a listed keyword of their own topic. The corpus is refused when
a text has a near copy across the splits, or when too many have one inside.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from config import load_config
from nlp.corpus.records import Record, read_corpus
from nlp.corpus.split import split
from nlp.phrases import PhraseIndex
from nlp.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config import Config

NEAR_COPY = 0.8
MOST_INSIDE = 0.005  # share of training texts that may have a near copy
LEAST_DISTINCT = 0.6  # share of word 3-grams that occur once
_BLOCK = 512
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Diversity:
    """Figures of one corpus.

    Attributes:
        distinct: share of different n-grams among all, for n = 1, 2, 3.
        inside: training texts with a near copy in the training part, as (id, id, cosine).
        across: test texts with a near copy in the training part.
        mean_nearest: mean cosine to the nearest neighbour in the training part.
        keyword_share: share of relevant texts with a listed keyword of their topic.
        texts: number of training texts.
    """

    distinct: tuple[float, ...]
    inside: tuple[tuple[str, str, float], ...]
    across: tuple[tuple[str, str, float], ...]
    mean_nearest: float
    keyword_share: float
    texts: int

    def refusals(self) -> list[str]:
        """Why the corpus is refused; empty when it is fine."""
        found = []
        if self.across:
            test, train, near = self.across[0]
            found.append(
                f"{len(self.across)} test texts are near copies of training texts: {test} of {train} "
                f"({near:.2f}): rewrite the training texts"
            )
        if len(self.inside) > MOST_INSIDE * self.texts:
            one, other, near = self.inside[0]
            found.append(
                f"{len(self.inside)} of {self.texts} training texts have a near copy: {one} and {other} "
                f"({near:.2f}): rewrite or remove them"
            )
        if self.distinct[-1] < LEAST_DISTINCT:
            found.append(
                f"only {self.distinct[-1]:.0%} of the word 3-grams are different: the texts repeat frames"
            )
        return found


def measure(train: Sequence[Record], test: Sequence[Record], config: Config) -> Diversity:
    """Measure a corpus whose splits are given."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    # without idf: what all texts share is just what a template is
    vectoriser = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(4, 4), sublinear_tf=True, use_idf=False, dtype=np.float32
    )
    texts = [_joined(record) for record in train]
    rows = vectoriser.fit_transform(texts)
    nearest = _nearest(rows, rows, same=True)
    others = _nearest(vectoriser.transform([_joined(r) for r in test]), rows, same=False) if test else []
    words = [text.lower().split() for text in texts]
    return Diversity(
        distinct=tuple(_distinct(words, size) for size in (1, 2, 3)),
        inside=tuple((train[i].id, train[j].id, c) for i, (j, c) in enumerate(nearest) if c > NEAR_COPY),
        across=tuple((test[i].id, train[j].id, c) for i, (j, c) in enumerate(others) if c > NEAR_COPY),
        mean_nearest=sum(near for _, near in nearest) / max(1, len(nearest)),
        keyword_share=_keyword_share(train, config),
        texts=len(train),
    )


def _joined(record: Record) -> str:
    """The words of a text; numbers are all the same, or a template with a counter looked diverse."""
    text = f"{record.title}\n{record.text}" if record.title and record.kind == "news" else record.text
    return _NUMBER.sub("0", text)


def _nearest(rows: Any, against: Any, *, same: bool) -> list[tuple[int, float]]:  # noqa: ANN401 - scipy matrices
    """Nearest neighbour and its cosine for each row; a text is not its own neighbour."""
    found: list[tuple[int, float]] = []
    turned = against.T.tocsr()
    for start in range(0, rows.shape[0], _BLOCK):
        near = (rows[start : start + _BLOCK] @ turned).toarray()
        if same:
            for i in range(near.shape[0]):
                near[i, start + i] = 0.0
        best = near.argmax(axis=1)
        found += [(int(j), float(near[i, j])) for i, j in enumerate(best)]
    return found


def _distinct(texts: Sequence[Sequence[str]], size: int) -> float:
    grams = [tuple(words[i : i + size]) for words in texts for i in range(len(words) - size + 1)]
    return len(set(grams)) / max(1, len(grams))


def _keyword_share(records: Sequence[Record], config: Config) -> float:
    reader = Reader(config)
    listed = {
        topic.id: PhraseIndex((reader.phrase(phrase)[1], phrase) for phrase in topic.keywords)
        for topic in config.topics
    }
    relevant = [record for record in records if record.relevant and record.topic in listed]
    with_keyword = sum(
        bool(listed[record.topic].find(reader.read(record.text, record.title).stems)) for record in relevant
    )
    return with_keyword / max(1, len(relevant))


def main() -> int:
    """Print the figures; exit code 1 when the corpus is refused."""
    config = load_config()
    found = measure(*split(read_corpus(config=config)), config)
    print(f"n-gram kata yang berbeda (1, 2, 3): {', '.join(f'{share:.0%}' for share in found.distinct)}")  # noqa: T201 - a command
    print(f"kemiripan rata-rata dengan tetangga terdekat: {found.mean_nearest:.2f}")  # noqa: T201 - a command
    print(f"teks yang memuat kata kunci topiknya: {found.keyword_share:.0%}")  # noqa: T201 - a command
    for one, other, near in (*found.across, *found.inside)[:20]:
        print(f"  {one} ~ {other} ({near:.2f})")  # noqa: T201 - a command
    for line in found.refusals():
        print(line, file=sys.stderr)  # noqa: T201 - a command
    return 1 if found.refusals() else 0


if __name__ == "__main__":
    sys.exit(main())
