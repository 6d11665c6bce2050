"""Output as a page shows it, against what was printed: ``…`` stands for anything."""

from __future__ import annotations

import difflib
import re

ANY = "…"


def matches(shown: str, printed: str) -> bool:
    """Whether a program printed what a page shows. Pure.

    A line ``…`` alone stands for any number of lines; inside a line it stands for any letters. Spaces at the
    ends of lines do not count, and runs of spaces are one.
    """
    pattern = "".join(
        r"(?:[^\n]*\n)*?" if line == ANY else ".*?".join(map(re.escape, line.split(ANY))) + "\n"
        for line in _lines(shown)
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in _lines(printed))) is not None


def difference(shown: str, printed: str) -> str:
    """Both beside each other, for whoever mends the page."""
    return "\n".join(
        difflib.unified_diff(_lines(shown), _lines(printed), "page", "program", lineterm="", n=99)
    )


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
