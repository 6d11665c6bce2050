"""Cells of a file that a spreadsheet opens: text from outside must not act there."""

from __future__ import annotations

import re
from typing import Any

CELL_CHARS = 32_767
"""Characters that an XLSX cell holds."""

_FORMULA = re.compile(r"^(?:[\t\r]|\s*[=+\-@])")


def guarded(cell: str) -> str:
    """Make sure that no spreadsheet runs a cell as a formula: an apostrophe makes it text. Pure."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def for_excel(cell: Any) -> tuple[Any, bool]:  # noqa: ANN401 - a cell
    """A cell as a workbook may hold it, and whether it was cut to what one holds. Pure.

    Signs that no workbook may hold are taken out first: one of them may stand before a formula.
    """
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # takes a while; not every reader writes workbooks

    if not isinstance(cell, str):
        return cell, False
    text = guarded(ILLEGAL_CHARACTERS_RE.sub("", cell))
    return text[:CELL_CHARS], len(text) > CELL_CHARS
