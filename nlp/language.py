"""Which language a text is in: Indonesian, Javanese, both mixed, or another one.

Marker words decide first: they survive short and mixed texts. py3langid, held to Indonesian,
Javanese and English (Malay and Sundanese only confuse it here), decides the rest. Its model
is loaded at the first text that needs it.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from nlp.word_lists import word_list

if TYPE_CHECKING:
    from config import Config
    from nlp.tokens import Words
    from nlp.types import Language

_INDONESIAN = word_list("indonesian")
_READ = 120  # words are plenty
_lock = threading.Lock()
_identifier: list[Any] = []


class LanguageRules:
    """Decides the language; built once from a configuration, then read only."""

    def __init__(self, config: Config) -> None:
        lexicon = config.lexicon
        own = frozenset(word for word in lexicon.javanese_markers if " " not in word)
        self._javanese = own - _INDONESIAN
        self._words = (own | frozenset(key for key in lexicon.javanese if " " not in key)) - _INDONESIAN
        self._suffixes = tuple(suffix.lstrip("-") for suffix in lexicon.javanese_suffixes)

    def decide(self, text: Words) -> Language:
        """Decide from the words of a text."""
        low = text.low[:_READ]
        letters = [word for word in low if not word.isdigit()]
        if sum(map(len, letters)) < 2:
            return "other"
        javanese = sum(word in self._javanese for word in letters)
        hinted = javanese + sum(word in self._words and word not in self._javanese for word in letters) * 0.5
        indonesian = sum(word in _INDONESIAN for word in letters)
        if hinted >= 1.5 and hinted >= 0.08 * len(letters):
            if indonesian == 0 or hinted >= 3 * indonesian:
                return "jv"
            return "mixed" if indonesian < 6 * hinted else "id"
        if indonesian >= 2:
            return "id"
        guess = _guess(" ".join(letters))
        if guess == "jv":
            return "mixed" if indonesian else "jv"
        if guess == "en" and indonesian == 0 and hinted == 0 and len(letters) > 2:
            return "other"
        if hinted and len(letters) <= 3:
            return "jv"
        return "id" if any(word.isascii() for word in letters) else "other"


def _guess(text: str) -> str:
    if not _identifier:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        with _lock:
            if not _identifier:
                made = LanguageIdentifier.from_model_file(MODEL_FILE)
                made.set_languages(["id", "jv", "en"])
                _identifier.append(made)
    return str(_identifier[0].classify(text)[0])
