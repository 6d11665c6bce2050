"""Groups of words that belong together: "njeglong" and "velg" speak for roads, not their names.

People describe what happened. The groups of `nlp/words/concepts.txt` carry that knowledge into
the trained models as features; what a group speaks for is learned, not written.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nlp.keywords import STOP_WORDS
from nlp.phrases import PhraseIndex
from nlp.word_lists import word_list_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.reading import Reader, Reading


class Concepts:
    """Counts words by group; built once, then read only.

    Attributes:
        names: the groups, in the order of the file.
    """

    def __init__(self, reader: Reader) -> None:
        groups: dict[tuple[str, ...], set[str]] = defaultdict(set)
        names = []
        for line in word_list_lines("concepts"):
            name, _, phrases = line.partition(":")
            names.append(name)
            for phrase in map(str.strip, phrases.split(",")):
                # as a stem of its formal form, and as written: dialect has no dictionary
                written, stems = tuple(phrase.split()), reader.phrase(phrase)[1]
                groups[written].add(name)
                if len(stems) != 1 or stems[0] not in STOP_WORDS:  # "kepesertaan" must not become "serta"
                    groups[stems].add(name)
        self.names = tuple(names)
        self._index = PhraseIndex((key, tuple(sorted(found))) for key, found in groups.items())

    def count(self, reading: Reading, into: dict[str, float], share: float = 1.0) -> None:
        """Add the weight of each group found in `reading` to `into`.

        Args:
            reading: the text.
            into: group name to weight.
            share: factor for all weights (a comment's headline counts less than the comment).
        """
        seen: set[tuple[str, ...]] = set()
        sequences: tuple[Sequence[str], ...] = (reading.stems, reading.words.low)
        for words in sequences:
            for hit in self._index.find(words):
                key = tuple(words[hit.start : hit.start + hit.length])
                if key in seen:
                    continue
                seen.add(key)
                for name in hit.value:
                    into[name] = into.get(name, 0.0) + share / len(hit.value) ** 0.5
