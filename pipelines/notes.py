"""What the dashboard is given to mask notes with before they are stored (`PATI_MASKER`)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from config import Config
from nlp.privacy import Masker
from pipelines.erasure.forgotten import Forgotten
from pipelines.settings import Settings


def masker(config: Config, home: Path) -> Callable[[str], str]:
    """A function that removes personal data from a note about a complaint.

    Names of officials go too, and every name that was erased from this home folder, also since
    the dashboard was opened.
    """
    found, settings = Masker(config), Settings(home)
    return lambda text: Forgotten.of(settings).mask(found.mask(text, "complaint").text)
