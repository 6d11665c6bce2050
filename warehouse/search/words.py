"""What this package needs to know of language, handed in from above: it may not import `nlp`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

Span = tuple[int, int, str, tuple[str, ...]]
"""Start, end, the word as written (folded), its stems (none for a word without meaning)."""


class Words(Protocol):
    """Reads texts and questions alike."""

    @property
    def version(self) -> str:
        """Changes whenever a text could be read otherwise than before."""

    def read(self, text: str) -> tuple[list[str], list[str]]:
        """All words of a text as written (folded), and all stems."""

    def spans(self, text: str) -> tuple[str, Sequence[Span]]:
        """The text without invisible characters, and its words with their places in it."""
