"""Words to pieces of words: the unigram segmentation of SentencePiece (T. Kudo, 2018), word by word.

Pieces never span words, so each word is segmented once and remembered.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

START, PAD, END, UNKNOWN = 0, 1, 2, 3
_MARK = "\u2581"  # stands before the first piece of a word
_WORST = -1e30
_MEMO_LIMIT = 200_000
_LONGEST_WORD = 60  # characters; a longer one is no word


class Pieces:
    """Segments texts; read only but for a memo.

    Args:
        pieces: by id; the first four are `START`, `PAD`, `END` and `UNKNOWN`.
        scores: log-probability of each piece.
    """

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        self._known = {
            piece: (number, float(score))
            for number, (piece, score) in enumerate(zip(pieces, scores, strict=True))
            if number > UNKNOWN and piece
        }
        self._longest = max(map(len, self._known), default=1)
        self._unknown = min((score for _, score in self._known.values()), default=0.0) - 10.0
        self._memo: dict[str, tuple[int, ...]] = {}

    def ids(self, text: str, limit: int) -> list[int]:
        """Piece ids of a text between `START` and `END`, at most `limit` in all."""
        found = [START]
        for word in unicodedata.normalize("NFKC", text[: 12 * limit]).split():
            found += self._word(word[:_LONGEST_WORD])
            if len(found) >= limit:
                break
        return [*found[: limit - 1], END]

    def _word(self, word: str) -> tuple[int, ...]:
        found = self._memo.get(word)
        if found is None:
            found = self._segment(_MARK + word)
            if len(self._memo) >= _MEMO_LIMIT:
                self._memo.clear()
            self._memo[word] = found
        return found

    def _segment(self, text: str) -> tuple[int, ...]:
        """The most probable segmentation (Viterbi)."""
        size = len(text)
        best = [0.0] + [_WORST] * size
        back = [(0, UNKNOWN)] * (size + 1)
        for start in range(size):
            for end in range(start + 1, min(size, start + self._longest) + 1):
                hit = self._known.get(text[start:end])
                if hit and best[start] + hit[1] > best[end]:
                    best[end], back[end] = best[start] + hit[1], (start, hit[0])
            if best[start] + self._unknown > best[start + 1]:
                best[start + 1], back[start + 1] = best[start] + self._unknown, (start, UNKNOWN)
        ids, at = [], size
        while at > 0:
            at, piece = back[at]
            ids.append(piece)
        return tuple(reversed(ids))
