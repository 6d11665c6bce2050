"""The first sheet of a workbook, every cell as text."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from crawlers.extract.encoding import clean
from crawlers.files.problem import FileProblemError
from crawlers.files.vast import refuse_vast

if TYPE_CHECKING:
    from pathlib import Path


def first_sheet(path: Path) -> tuple[list[list[str]], tuple[str, ...]]:
    """Read the first sheet of an XLSX file, title rows, empty and hidden rows included.

    Returns:
        Its rows, a merged cell's text in the first column of every row it spans; and the names
        of the sheets that were not read.

    Raises:
        FileProblemError: it is no workbook, or one that swells beyond reason.
    """
    refuse_vast(path)
    import python_calamine

    try:
        # calamine reads in Rust; openpyxl takes a minute and a gigabyte for the same 100,000 rows
        book = python_calamine.load_workbook(path)
        sheet = book.get_sheet_by_index(0)
        merged = sheet.merged_cell_ranges or ()
        rows = [[_text(cell) for cell in row] for row in sheet.iter_rows()]
    except (python_calamine.CalamineError, OSError, IndexError) as error:
        raise FileProblemError("not_a_table", "Berkas XLSX rusak atau terkunci sandi.") from error
    margin = sheet.start[1] if sheet.start else 0  # empty columns on the left are left out of its rows
    for (top, left), (bottom, _) in merged:
        for row in rows[top + 1 : bottom + 1]:
            row[left - margin] = rows[top][left - margin]
    return rows, tuple(book.sheet_names[1:])


def _text(value: object) -> str:
    if isinstance(value, str):
        return clean(value).strip()
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
