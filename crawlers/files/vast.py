"""Spreadsheets that are small on disk and endless when opened.

A spreadsheet is a zip of XML. One cell in the last corner of a sheet, or one merged area over all
of it, makes every reader walk through seventeen thousand million cells; a swollen zip or an XML
entity fills the memory. All of it shows in the bytes before anything is opened.
"""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

from crawlers.files.problem import FileProblemError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MOST_INFLATED = 200 * 1024 * 1024
_MOST_RATIO = 100
_MOST_CELLS = 4_000_000  # 150,000 rows of the 26 columns of a LAPOR! export
_CHUNK = 1024 * 1024
_OVERLAP = 200  # bytes; longer than any reference or declaration looked for
_TOO_LARGE = "Isi berkas XLSX membengkak melampaui batas."
_DECLARES = "Berkas XLSX memuat deklarasi DTD dan ditolak demi keamanan."
_TOO_VAST = "Lembar XLSX membentang lebih dari 4 juta sel; hapus sel kosong di ujungnya."
_REFERENCE = re.compile(
    rb"<(c|row|mergeCell)\b[^>]{0,100}?\br(?:ef)?=[\"']([A-Z]{0,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?"
)


def refuse_vast(path: Path) -> None:
    """Look at a spreadsheet's parts without opening it as one.

    Raises:
        FileProblemError: it swells, stretches or declares entities beyond reason, or is no zip.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_swollen(archive)
            for part in archive.infolist():
                if part.filename.startswith("xl/") and part.filename.endswith(".xml"):
                    _refuse_stretched(_chunks(archive, part))
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise FileProblemError("not_a_table", "Berkas XLSX rusak atau terkunci sandi.") from error


def _refuse_swollen(archive: zipfile.ZipFile) -> None:
    sizes = [(part.file_size, part.compress_size) for part in archive.infolist()]
    dense = any(size > 10_000_000 and size > _MOST_RATIO * max(packed, 1) for size, packed in sizes)
    if dense or sum(size for size, _ in sizes) > _MOST_INFLATED:
        raise FileProblemError("too_large", _TOO_LARGE)


def _refuse_stretched(chunks: Iterator[bytes]) -> None:
    rows = columns = merged = 0
    for chunk in chunks:
        if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
            raise FileProblemError("not_a_table", _DECLARES)
        for match in _REFERENCE.finditer(chunk):
            kind, column, row, last_column, last_row = match.groups()
            if kind == b"mergeCell" and last_column and last_row:
                wide = _number(last_column) - _number(column) + 1
                merged += wide * (int(last_row) - int(row) + 1)
            else:
                rows, columns = max(rows, int(row)), max(columns, _number(column), 1)
        if rows * columns > _MOST_CELLS or merged > _MOST_CELLS:
            raise FileProblemError("too_large", _TOO_VAST)


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack a part piece by piece, each beginning with the end of the one before."""
    read, rest = 0, b""
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            read += len(chunk)
            if read > _MOST_INFLATED:  # the directory of a zip may lie about sizes
                raise FileProblemError("too_large", _TOO_LARGE)
            yield rest + chunk
            rest = chunk[-_OVERLAP:]


def _number(column: bytes) -> int:
    """Number of a column by its letters: A is 1, XFD is 16,384."""
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number
