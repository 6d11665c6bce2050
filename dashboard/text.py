"""Text from outside, made safe to show.

Whatever a citizen, an outlet or a file wrote is data: no mark-up in it may act, no invisible
sign may turn a line around, no endless word may break a page. Pure functions.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import urlsplit

from dashboard.format import is_missing
from warehouse.spreadsheet import guarded

LONGEST_WORD: Final = 60
LONGEST_TEXT: Final = 2_000
_CUT: Final = "\N{HORIZONTAL ELLIPSIS}"
_JOINER: Final = "\N{WORD JOINER}"
# Cc, Cf, Cs, Co, Cn: control, invisible formatting (all bidi marks), surrogates, private, unassigned.
_INVISIBLE: Final = ("Cc", "Cf", "Cs", "Co", "Cn")
_MOST_MARKS: Final = 3
_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")
# Emoji names, addresses and mail are recognised after escapes are read, so they are taken apart.
_COMPOUND: Final = re.compile(r"(?<=[:@])(?=\S)|(?<=www)(?=\.)", re.IGNORECASE)


def plain(value: object, limit: int = LONGEST_TEXT) -> str:
    """One line of plain text: for elements that show text as it is (`st.text`, table cells).

    Args:
        value: any text, or a missing value (shown as nothing).
        limit: longest result in characters; what is cut is marked by an ellipsis.
    """
    if is_missing(value):
        return ""
    # Everything beyond this cannot reach the result; a huge text is not worth walking through.
    raw = str(value)[: 4 * limit + 1_000]
    words = (_short(word) for word in "".join(_visible(raw)).split())
    text = " ".join(word for word in words if word)
    return text if len(text) <= limit else text[: limit - 1].rstrip() + _CUT


def markdown(value: object, limit: int = LONGEST_TEXT) -> str:
    """The same text for elements that read Markdown (labels, titles): nothing in it acts.

    Every ASCII punctuation mark is escaped; colons, at-signs and "www" are separated from
    what follows by an invisible joiner, because emoji names and bare addresses are looked
    for after escapes have been read.
    """
    joined = _COMPOUND.sub(_JOINER, plain(value, limit))
    return _PUNCTUATION.sub(r"\\\1", joined)


def cell(value: object, limit: int = 300) -> str:
    """The same text for a table that can be exported: never a spreadsheet formula."""
    return guarded(plain(value, limit))


def link(value: object) -> str | None:
    """The address if it is plain http or https with a host and nothing odd in it, else None."""
    if not isinstance(value, str) or not re.fullmatch(r"[!-~]{1,2000}", value):
        return None
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    return value


def _visible(raw: str) -> list[str]:
    """The signs that may be shown; line breaks and other controls become spaces."""
    kept: list[str] = []
    marks = 0
    for sign in raw:
        if sign.isascii() and sign.isprintable():
            marks = 0
            kept.append(sign)
            continue
        category = unicodedata.category(sign)
        if category in _INVISIBLE:
            kept.append(" " if sign.isspace() else "")
            continue
        marks = marks + 1 if category.startswith("M") else 0
        if marks <= _MOST_MARKS:  # no towers of accents
            kept.append(sign)
    return kept


def _short(word: str) -> str:
    return word if len(word) <= LONGEST_WORD else word[:LONGEST_WORD] + _CUT
