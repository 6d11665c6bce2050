"""Make text from outside fit for print: it may be hostile, endless or invisible.

Nothing here escapes markup: text reaches Typst as data and is never read as markup. What is
removed are characters that have no picture or that reorder their neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

LONG_WORD = 24
"""From this many characters on a word may be broken anywhere."""

MAX_URL = 2000
ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_PICTURES = {"So", "Sk"}  # emoji and their skin tones: no font in the package has them
_LONG = re.compile(rf"\S{{{LONG_WORD + 1},}}")


def clean(text: str | None, limit: int | None = None) -> str:
    """One line of printable text.

    Args:
        text: anything; None is empty.
        limit: cut at the last word that fits into so many characters, with an ellipsis.
    """
    kept = "".join(_kept(char) for char in unicodedata.normalize("NFC", text or ""))
    line = " ".join(kept.split())
    if limit is None or len(line) <= limit:
        return line
    head = line[: limit - 1]
    if not line[limit - 1].isspace() and " " in head[limit // 2 :]:
        head = head.rsplit(" ", 1)[0]
    return head.rstrip(" ,.;:") + "…"


def _kept(char: str) -> str:
    category = unicodedata.category(char)
    if char in "©®°":
        return char
    if char.isspace() or category in _PICTURES:
        return " "
    return "" if category in _INVISIBLE or char in "\ufe0e\ufe0f" else char


def breakable(text: str) -> str:
    """Give words no column can hold places to break at."""
    return _LONG.sub(lambda word: ZERO_WIDTH_SPACE.join(_slices(word[0])), text)


def _slices(word: str) -> list[str]:
    return [word[i : i + LONG_WORD // 2] for i in range(0, len(word), LONG_WORD // 2)]


def web_address(url: str | None) -> str | None:
    """The address if a reader may follow it (http or https with a host), else None."""
    if not url or len(url) > MAX_URL or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None
