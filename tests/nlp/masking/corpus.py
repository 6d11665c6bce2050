"""Reads the masking corpus: texts with the personal data in them marked.

One line is one text: a letter for its kind, a bar, the text. A datum is written
``{TOKEN:as people write it}`` and must become ``[TOKEN]``; ``{TOKEN>instead:original}`` must
become something else (rounded coordinates). ``\\n`` and ``\\u200b`` are escapes. After a line
that holds only ``K`` the texts hold nothing to mask and must stay as they are. A line that
starts with ``#`` is a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
PARTS = ("tuning", "held")
# A WhatsApp message reaches the masker as a complaint.
KINDS = {"c": "complaint", "w": "complaint", "m": "comment", "s": "social", "n": "news"}
_SPAN = re.compile(r"\{([A-Z]+)(?:>([^:}]*))?:([^}]*)\}")
_ESCAPE = re.compile(r"\\(?:n|u([0-9a-f]{4}))")


@dataclass(frozen=True, slots=True)
class Line:
    """One text of the corpus.

    Attributes:
        place: file and line number, to find it again.
        kind: kind of text, as the masker calls it.
        text: as somebody wrote it.
        expected: the text after masking.
        spans: (token without brackets, original) of each datum in it.
    """

    place: str
    kind: str
    text: str
    expected: str
    spans: tuple[tuple[str, str], ...]


def read(part: str) -> list[Line]:
    """All lines of ``tuning`` or ``held``."""
    path = FOLDER / f"{part}.txt"
    return list(_lines(path.read_text(encoding="utf-8").split("\n"), path.name))


def _lines(rows: list[str], name: str) -> Iterator[Line]:
    kept = False
    for number, row in enumerate(rows, start=1):
        if row == "K":
            kept = True
        elif row and not row.startswith("#"):
            letter, marked = row.split(" | ", 1)
            line = parse(f"{name}:{number}", KINDS[letter], marked)
            if bool(line.spans) == kept:
                raise ValueError(f"{line.place}: marked data and the part of the file disagree")
            yield line


def parse(place: str, kind: str, marked: str) -> Line:
    """Build a line from its marked text."""
    marked = _ESCAPE.sub(lambda m: chr(int(m.group(1), 16)) if m.group(1) else "\n", marked)
    spans = tuple((m.group(1), m.group(3)) for m in _SPAN.finditer(marked))
    text = _SPAN.sub(lambda m: m.group(3), marked)
    expected = _SPAN.sub(lambda m: m.group(2) or f"[{m.group(1)}]", marked)
    return Line(place, kind, text, expected, spans)
