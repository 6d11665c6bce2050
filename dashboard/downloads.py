"""A table as a file that people open in a spreadsheet: CSV and XLSX, in which no cell acts as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

import streamlit as st

from dashboard import data
from dashboard import format as fmt
from dashboard.format import is_missing
from dashboard.text import cell
from warehouse.access import audit, may

CELL_CHARS: Final = 2_000
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Columns = Mapping[str, Sequence[Any]]


def rows(columns: Columns) -> Iterator[list[Any]]:
    """The heading and the rows of a table, numbers as numbers, every text made safe. Pure."""
    yield [cell(name) for name in columns]
    for row in zip(*columns.values(), strict=True):
        yield [_safe(value) for value in row]


def as_csv(columns: Columns) -> bytes:
    """A table as CSV in UTF-8 with a byte order mark: Excel reads it right only so."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows(columns))
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(columns: Columns) -> bytes:
    """A table as a workbook of one sheet."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("data")
    for row in rows(columns):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def draw(columns: Columns, name: str, who: Collection[str] = ()) -> None:
    """Offer a table as a file to those who may take rows out; made, and booked, only when somebody asks.

    Args:
        columns: what the page shows, so what this person may see.
        name: of the file, without its ending; one of its own on each page.
        who: headings of columns that say who: they are only in the files of those who may take that out.
    """
    _offer(name, lambda: columns, [heading for heading in columns if heading in who], "")


def offer(name: str, make: Callable[[data.Later], Columns], n: int, who: Collection[str] = ()) -> None:
    """Offer as a file all rows of a list of which the page shows only some; otherwise as `draw`.

    Args:
        name: of the file, without its ending.
        make: asks for the rows, in the name and within the rights of whoever is signed in by then.
        n: how many rows there are.
        who: as in `draw`.
    """
    ask = data.Later()
    said = f"Berisi semua {fmt.count(n, 'baris')} yang cocok dengan saringan, bukan hanya halaman ini."
    _offer(name, lambda: make(ask), list(who), said)


def _offer(name: str, columns: Callable[[], Columns], who: list[str], said: str) -> None:
    viewer = data.viewer()
    if not may(viewer, "export"):
        return
    left_out = [] if may(viewer, "authors") else who
    home = data.settings().home

    def made(make: Callable[[Columns], bytes], file: str) -> bytes:
        # Called outside the page, where nobody knows any more who is signed in.
        kept = {heading: cells for heading, cells in columns().items() if heading not in left_out}
        audit.add(home, viewer, "exported", file, f"n={len(next(iter(kept.values()), ()))}")
        return make(kept)

    with st.popover("Unduh", icon=":material/download:", type="tertiary"):
        for ending, make, kind in ((".csv", as_csv, "text/csv"), (".xlsx", as_xlsx, XLSX_TYPE)):
            st.download_button(
                ending[1:].upper(), partial(made, make, f"{name}{ending}"), f"{name}{ending}", kind,
                key=f"unduh_{name}{ending}", on_click="ignore",
            )  # fmt: skip
        if said:
            st.caption(said)
        if left_out:
            st.caption(f"Tanpa kolom {', '.join(left_out)}: hanya admin yang boleh membawanya keluar.")


def _safe(value: Any) -> Any:  # noqa: ANN401 - a cell
    if is_missing(value):
        return None
    return cell(value, CELL_CHARS) if isinstance(value, str) else value
