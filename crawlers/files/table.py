"""Tables as people send them: CSV of any dialect, XLSX with title rows. Every cell as text.

Numbers never become numbers here: a spreadsheet library that reads 081200000001 as
81,200,000,001 has destroyed it.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawlers.extract.encoding import decode
from crawlers.files.columns import fold, match
from crawlers.files.mangled import mended
from crawlers.files.problem import FileProblemError
from crawlers.files.workbook import first_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from config import ColumnMap

MOST_BYTES = 100 * 1024 * 1024
_MOST_CELL = 100_000  # characters; a longer "complaint" is a pasted file
_DELIMITERS = (",", ";", "\t", "|")
_HEADER_WITHIN = 30  # rows; exports put titles and metadata above the header


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        line: its number in the file, from 1.
        cells: its cells as text, stripped.
        problem: why it cannot be used, in Indonesian, or None.
    """

    line: int
    cells: list[str]
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below the header.

    Attributes:
        columns: field to column number.
        width: how many columns the header has.
        rows: the data rows, empty ones left out.
        header: names of the columns as they stand there.
        notes: what else is to be known about the file, in Indonesian sentences.
        line: where the header stands, from 1.
    """

    columns: dict[str, int]
    width: int
    rows: list[Row]
    header: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    line: int = 1

    @property
    def unread(self) -> tuple[str, ...]:
        """Columns that no field is read from."""
        used = set(self.columns.values())
        return tuple(name for at, name in enumerate(self.header) if name and at not in used)

    def get(self, row: Row, field: str) -> str:
        """Return a field of a row, empty if the column or the cell is not there."""
        at = self.columns.get(field)
        return row.cells[at] if at is not None and at < len(row.cells) else ""


def read_table(path: Path, known: Mapping[str, tuple[str, ...]], required: str, first: str = "") -> Table:
    """Read a CSV or XLSX file.

    Args:
        path: the file; told apart by its first bytes, not by its name.
        known: field to possible column names.
        required: the field without which a row is no record.
        first: the name that the header's first cell must have; empty for any.

    Raises:
        FileProblemError: not a table, too large, no header with the required column, or a header
            that names a column twice.
        OSError: the file cannot be opened.
    """
    rows, notes = _rows(path)
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        if first and (not row.cells or fold(row.cells[0]) != first):
            continue
        columns = match(row.cells, known)
        if required in columns and len(columns) >= 2:
            _refuse_doubled(row.cells, columns)
            body = [r for r in rows[index + 1 :] if any(r.cells) or r.problem]
            checked = [_checked(r, len(row.cells)) for r in body]
            return Table(columns, len(row.cells), checked, tuple(row.cells), notes, row.line)
    wanted = f"yang sel pertamanya '{first.title()}' " if first else ""
    raise FileProblemError(
        "no_header",
        f"Baris judul kolom {wanted}tidak ditemukan di 30 baris pertama; periksa nama kolomnya.",
    )


def mapped_table(path: Path, mapping: ColumnMap[Any]) -> Table:
    """Read a file with the names of its columns given.

    Raises:
        FileProblemError: as `read_table`, or the file lacks a column of the map.
    """
    table = read_table(path, {field: (fold(name),) for field, name in mapping.columns.items()}, "text")
    missing = [name for field, name in mapping.columns.items() if field not in table.columns]
    if missing:
        have = ", ".join(f"'{name}'" for name in table.header if name)
        raise FileProblemError(
            "no_column", f"Kolom {', '.join(map(repr, missing))} tidak ada; yang ada: {have}."
        )
    return table


def begins_with(path: Path, first: str) -> bool:
    """Say whether a row near the top of a file begins with a cell of this (folded) name.

    Raises:
        FileProblemError: the file cannot be read as a table.
        OSError: it cannot be opened.
    """
    rows, _ = _rows(path)
    return any(row.cells and fold(row.cells[0]) == first for row in rows[:_HEADER_WITHIN])


def _rows(path: Path) -> tuple[list[Row], tuple[str, ...]]:
    if path.stat().st_size > MOST_BYTES:
        raise FileProblemError("too_large", "Berkas lebih besar dari 100 MB.")
    with path.open("rb") as file:
        start = file.read(4)
    if start != b"PK\x03\x04":
        return list(_csv(path.read_bytes())), ()
    rows, unread = first_sheet(path)
    notes = (f"Hanya lembar pertama yang dibaca; tidak dibaca: {', '.join(unread)}.",) if unread else ()
    return [Row(number, cells) for number, cells in enumerate(rows, 1)], notes


def _refuse_doubled(header: list[str], columns: dict[str, int]) -> None:
    folded = [fold(cell) for cell in header]
    for at in columns.values():
        places = [str(n) for n, name in enumerate(folded, 1) if name == folded[at]]
        if len(places) > 1:
            raise FileProblemError(
                "doubled_column",
                f"Judul kolom '{header[at]}' dipakai {len(places)} kali (kolom ke-{', '.join(places)}); "
                "ganti nama salah satunya.",
            )


def _checked(row: Row, width: int) -> Row:
    filled = len(row.cells) - next((i for i, c in enumerate(reversed(row.cells)) if c), 0)
    if row.problem is None and filled > width:
        return Row(row.line, row.cells, f"Baris memiliki {filled} kolom, judulnya {width}.")
    if row.problem is None and any(len(cell) > _MOST_CELL for cell in row.cells):
        return Row(row.line, [], "Satu sel lebih panjang dari 100.000 huruf.")
    return row


def _csv(body: bytes) -> Iterator[Row]:
    text = mended(decode(body))
    if not text.strip():
        raise FileProblemError("empty", "Berkas kosong.")
    if text.lstrip()[:1] == "<":
        raise FileProblemError("not_a_table", "Berkas ini halaman web, bukan CSV.")
    lines = io.StringIO(text, newline="").readlines()
    skip, delimiter = _dialect(lines)
    csv.field_size_limit(2**31 - 1)
    return _records(lines, skip, delimiter)


def _records(lines: list[str], start: int, delimiter: str) -> Iterator[Row]:
    """Read records; a quote that is never closed costs its own line, not the rows after it."""
    width = 0
    while start < len(lines):
        reader = csv.reader(iter(lines[start:]), delimiter=delimiter)
        before = 0
        for cells in reader:
            first = start + before
            last = start + reader.line_num
            if reader.line_num - before > 1 and (
                _swallowed(cells, width, delimiter) or _open_to_the_end(lines, first, last)
            ):
                yield Row(first + 1, [], "Tanda kutip di baris ini tidak ditutup.")
                start = first + 1
                break
            width = max(width, len(cells))
            before = reader.line_num
            yield Row(first + 1, [cell.strip() for cell in cells])
        else:
            return


def _open_to_the_end(lines: list[str], first: int, last: int) -> bool:
    """Say whether a record runs to the end of the file because a quote in it is never closed."""
    return last == len(lines) and "".join(lines[first:last]).count('"') % 2 == 1


def _swallowed(cells: list[str], width: int, delimiter: str) -> bool:
    """Say whether a cell holds whole further rows: lines with as many delimiters as columns."""
    return width > 2 and any(
        line.count(delimiter) >= width - 2 for cell in cells for line in cell.split("\n")[1:]
    )


def _dialect(lines: list[str]) -> tuple[int, str]:
    """Find the delimiter: an Excel `sep=` line, else the one that gives steady widths."""
    first = lines[0].strip().strip("\ufeff")
    if first.lower().startswith("sep=") and len(first) == 5:
        return 1, first[4]
    return 0, max(_DELIMITERS, key=lambda d: _steadiness(lines[:200], d))


def _steadiness(lines: list[str], delimiter: str) -> tuple[float, int]:
    csv.field_size_limit(2**31 - 1)
    widths = [len(cells) for cells in csv.reader(iter(lines), delimiter=delimiter) if any(cells)]
    wide = [w for w in widths if w > 1]
    if not wide:
        return 0.0, 0
    usual = max(set(wide), key=wide.count)
    return wide.count(usual) / len(widths), usual
