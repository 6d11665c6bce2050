"""What the dashboard is given to mask notes with before they are stored (`PATI_MASKER`)."""

from __future__ import annotations

from collections.abc import Callable

from config import Config
from nlp.privacy import Masker


def masker(config: Config) -> Callable[[str], str]:
    """A function that removes personal data from a note about a complaint, names of officials included."""
    found = Masker(config)
    return lambda text: found.mask(text, "complaint").text
