"""What the words of a text weigh: rare ones tell events apart, common ones do not.

The weights are counted once from our own labelled corpus and kept in a file. They are not counted
from the lake: then every new article would change what all others weigh, and linking could neither
be incremental nor give the same stories twice. `python -m pipelines.linking.words` counts again.
"""

from __future__ import annotations

import math
import re
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

WORD = re.compile(r"\w+")
LEAST = 4
"""Words of fewer texts of the corpus are not in the file: they weigh as much as unknown ones."""
_FILE = Path(__file__).with_name("common_words.txt")
# Crude on purpose: only equal words matter, not right ones. What stays has four letters at least.
_AFFIXES = re.compile(
    r"(?:meng|meny|mem|men|me|peng|peny|pem|pen|per|pe|ber|ter|di|ke|se)?(\w{4,}?)(?:nya|kan|an|lah|i)?"
)


def root(word: str) -> str:
    """Strip the usual affixes of a lower-case word, so that its forms are equal.

    Example:
        >>> root("diperbaiki"), root("perbaikan"), root("12")
        ('perbaik', 'baik', '12')
    """
    found = _AFFIXES.fullmatch(word)
    return found[1] if found and word.isalpha() else word


class Vocabulary(dict[str, int]):
    """Number of every word that this process has met; `hashes` and `weights` by that number.

    A hash is the crc32 of the word's root. A weight is log(N/n)/log(N) for a root in n of N texts,
    squared as in a cosine of tf-idf vectors, in thousandths: whole numbers, whose sums are the same
    in whatever order they are added. Words of one or two letters weigh nothing.
    """

    def __init__(self, texts: int, counts: Mapping[str, int]) -> None:
        super().__init__()
        self._texts, self._counts = texts, counts
        self.hashes, self.weights = array("I"), array("i")

    def __missing__(self, word: str) -> int:
        key = root(word)
        weight = 0.0
        if len(word) > 2 or word.isdigit():
            weight = math.log(self._texts / self._counts.get(key, 1)) / math.log(self._texts)
        self.hashes.append(zlib.crc32(key.encode()))
        self.weights.append(round(1000 * weight**2))
        self[word] = len(self)
        return self[word]


_MOST = 500_000
_known: list[Vocabulary] = []


def vocabulary() -> Vocabulary:
    """The words of the bundled file and all met so far."""
    if not _known:
        first, *lines = _FILE.read_text(encoding="utf-8").splitlines()
        counts = {word: int(n) for word, n in (line.split() for line in lines)}
        _known.append(Vocabulary(int(first), counts))
    elif len(_known[0]) > _MOST:  # names and numbers without end must not fill the memory
        _known[0] = Vocabulary(_known[0]._texts, _known[0]._counts)  # noqa: SLF001 - its own kind
    return _known[0]


def count(texts: Iterable[str]) -> str:
    """Count words: the content of the file, the number of texts first."""
    total, found = 0, Counter[str]()
    for text in texts:
        total += 1
        found.update({root(word) for word in WORD.findall(text.lower())})
    kept = sorted((word, n) for word, n in found.items() if n >= LEAST)
    return "\n".join([str(total), *(f"{word} {n}" for word, n in kept)]) + "\n"


def main() -> None:
    """Count the news and posts of the corpus again."""
    from nlp.corpus.records import read_corpus

    texts = (f"{one.title or ''} {one.text}" for one in read_corpus() if one.kind in {"news", "social"})
    _FILE.write_text(count(texts), encoding="utf-8")


if __name__ == "__main__":
    main()
