"""Mentions of the quick wins and innovations whose visibility is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.phrases import PhraseIndex
from nlp.tokens import words

if TYPE_CHECKING:
    from config import Config
    from nlp.tokens import Words


class QuickWinRules:
    """Finds quick wins by name; built once from a configuration, then read only."""

    def __init__(self, config: Config) -> None:
        self._names = PhraseIndex(
            (words(name).low, quick_win.id) for quick_win in config.quick_wins for name in quick_win.names
        )

    def find(self, text: Words) -> tuple[str, ...]:
        """Ids in order of appearance, once each."""
        return tuple(dict.fromkeys(hit.value for hit in self._names.find(text.low)))
