"""Make text from outside fit for print: it may be hostile, endless or invisible.

Nothing here escapes markup: text reaches Typst as data and is never read as markup. What is
removed are characters that have no picture or that reorder their neighbours, and piles of marks on one
letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from dashboard import format as fmt

LONG_WORD = 24
"""From this many characters on a word may be broken anywhere."""

MAX_URL = 2000
ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_PICTURES = {"So", "Sk"}  # emoji and their skin tones: no font in the package has them
MARKS = 3
"""Marks kept on one letter. No script puts more; a pile of them would reach into other lines."""
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILE = re.compile(rf"({_MARK}{{{MARKS}}}){_MARK}+")
_LONG = re.compile(rf"\S{{{LONG_WORD + 1},}}")

UNPRINTED = "\N{REPLACEMENT CHARACTER}"
"""Stands where the fonts of the report have no picture of a character."""

_NOT_SHOWN = {"url", "svg"}
"""Keys of a composed report whose text is not set in type."""


def clean(text: str | None, limit: int | None = None) -> str:
    """One line of printable text.

    Args:
        text: anything; None is empty.
        limit: cut at the last word that fits into so many characters, with an ellipsis.
    """
    kept = "".join(_kept(char) for char in unicodedata.normalize("NFC", text or ""))
    line = " ".join(_PILE.sub(r"\1", kept).split())
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


def marked(data: Any, lacking: Collection[str]) -> tuple[Any, int]:  # noqa: ANN401 - any plain value
    """Put a visible sign where the fonts lack a character. Pure.

    Args:
        data: plain values: a composed report, or a part of one.
        lacking: characters, or characters with their marks, that cannot be printed.

    Returns:
        The same values with `UNPRINTED` in their place, and how often it was put.
    """
    if not lacking:
        return data, 0
    pattern = re.compile("|".join(map(re.escape, sorted(lacking, key=len, reverse=True))))
    signs: list[str] = []

    def sign(found: re.Match[str]) -> str:
        signs.append(found[0])
        return UNPRINTED

    def walk(value: Any) -> Any:  # noqa: ANN401 - same
        if isinstance(value, str):
            return pattern.sub(sign, value)
        if isinstance(value, Mapping):
            return {key: one if key in _NOT_SHOWN else walk(one) for key, one in value.items()}
        return [walk(one) for one in value] if isinstance(value, list | tuple) else value

    return walk(data), len(signs)


def unprinted(n: int) -> str:
    """What a reader is told of the signs of `marked`; empty for none."""
    if n == 0:
        return ""
    letters = "Satu huruf" if n == 1 else f"Sebanyak {fmt.number(n)} huruf"
    return (
        f"{letters} tidak dapat dicetak dengan fon PDF ini dan ditandai {UNPRINTED}; "
        "teks aslinya ada pada berkas lain di samping PDF ini."
    )


def web_address(url: str | None) -> str | None:
    """The address if a reader may follow it (http or https with a host), else None."""
    if not url or len(url) > MAX_URL or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None
