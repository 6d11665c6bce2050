"""`pati lake export`: rows as CSV, XLSX or Parquet; masked again, and nothing acts in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq

from nlp.privacy import Masker
from pipelines.privacy import TEXT_KIND
from pipelines.progress import Progress
from pipelines.run import RunError
from pipelines.settings import Settings
from warehouse import Lake
from warehouse.queries.documents import DocumentFilter
from warehouse.queries.export import WORDS, Export, export
from warehouse.spreadsheet import for_excel, guarded

WIB = ZoneInfo("Asia/Jakarta")
SHEET_ROWS = 1_048_575
"""Rows of one XLSX sheet below its heading; more go to further sheets."""
FORMATS = (".csv", ".xlsx", ".parquet")


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.

    Attributes:
        path: the file.
        n_rows: rows in it: all there are.
        n_sheets: sheets of a workbook, 1 for other files.
        n_cut: cells that were too long for a workbook and were cut.
    """

    path: Path
    n_rows: int
    n_sheets: int = 1
    n_cut: int = 0


def export_file(
    settings: Settings,
    what: str,
    path: Path,
    wanted: DocumentFilter,
    progress: Progress,
    *,
    authors: bool = False,
    as_stored: bool = False,
) -> Exported:
    """Write rows to a new file; it appears whole or not at all.

    Args:
        settings: of this installation.
        what: ``documents`` or a mart.
        path: where to; its ending says what kind of file.
        wanted: which documents.
        progress: is told how many rows are done.
        authors: with pseudonyms of authors.
        as_stored: words as the lake holds them (masked when they were collected), not masked again
            by the rules of today.

    Raises:
        RunError: unknown kind of file, or the file is there already.
        ValueError: with one Indonesian sentence: there is nothing called `what`.
        LakeMissingError: there is no lake.
    """
    if path.suffix.lower() not in FORMATS:
        raise RunError(f"Akhiran '{path.suffix}' tidak dikenal; pakai {', '.join(FORMATS)}.")
    if path.exists():
        raise RunError(f"{path} sudah ada dan tidak ditimpa; pilih nama lain.")
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    with Lake(settings.home, now=settings.now()) as lake:
        found = export(lake, what, wanted, authors=authors)
        progress.begin("Mengekspor", found.total)
        batches = found.batches if as_stored else _masked(found, settings, what)
        try:
            written = _WRITERS[path.suffix.lower()](draft, found.schema, _told(batches, progress))
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    return Exported(path, written.n_rows, written.n_sheets, written.n_cut)


def _told(batches: Iterable[pa.RecordBatch], progress: Progress) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield batch
        progress.advance(batch.num_rows)


def _masked(found: Export, settings: Settings, what: str) -> Iterator[pa.RecordBatch]:
    """Mask what people wrote by the rules of today: they may know more than those of back then."""
    masker = Masker(settings.config)
    names = [field.name for field in found.schema]
    usual = "complaint" if what.startswith("mart_complaint") else "news"
    for batch in found.batches:
        kinds = batch.column("kind").to_pylist() if "kind" in names else []
        columns = []
        for field in found.schema:
            column = batch.column(field.name)
            if field.name in WORDS:
                cells = column.to_pylist()
                of = kinds or [usual] * len(cells)
                cells = [_mask(masker, cell, kind) for cell, kind in zip(cells, of, strict=True)]
                column = pa.array(cells, type=field.type)
            columns.append(column)
        yield pa.RecordBatch.from_arrays(columns, schema=found.schema)


def _mask(masker: Masker, cell: Any, kind: str) -> Any:  # noqa: ANN401 - a cell
    if isinstance(cell, str):
        return masker.mask(cell, TEXT_KIND.get(kind, "complaint")).text if cell else cell
    if isinstance(cell, list):
        return [_mask(masker, one, kind) for one in cell]
    return cell


def plain(cell: Any) -> Any:  # noqa: ANN401 - a cell
    """A cell as a spreadsheet may hold it: text that cannot act, moments in WIB, lists joined. Pure."""
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    if isinstance(cell, datetime):
        moment = cell.astimezone(WIB) if cell.tzinfo else cell
        return moment.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, list | tuple):
        return guarded("; ".join(str(one) for one in cell))
    if isinstance(cell, dict):
        return guarded(str(cell))
    return guarded(cell) if isinstance(cell, str) else cell


def _rows(batches: Iterable[pa.RecordBatch]) -> Iterator[list[Any]]:
    for batch in batches:
        columns = [column.to_pylist() for column in batch.columns]
        yield from ([plain(cell) for cell in row] for row in zip(*columns, strict=True))


def _csv(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Exported:
    n = 0
    # with a byte order mark: Excel reads it as UTF-8 only so
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(schema.names)
        for row in _rows(batches):
            writer.writerow(row)
            n += 1
    return Exported(path, n)


def _xlsx(
    path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch], sheet_rows: int = SHEET_ROWS
) -> Exported:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    n = n_cut = n_sheets = 0
    sheet = None
    for row in _rows(batches):
        if sheet is None or n % sheet_rows == 0:
            n_sheets += 1
            sheet = _sheet(book, n_sheets, schema.names)
        cells = [for_excel(cell) for cell in row]
        n_cut += sum(cut for _, cut in cells)
        sheet.append([cell for cell, _ in cells])
        n += 1
    if sheet is None:
        _sheet(book, 1, schema.names)
    book.save(path)
    return Exported(path, n, max(n_sheets, 1), n_cut)


def _sheet(book: Any, number: int, names: Sequence[str]) -> Any:  # noqa: ANN401 - openpyxl's own
    sheet = book.create_sheet(f"data {number}")
    sheet.append(list(names))
    return sheet


def _parquet(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Exported:
    n = 0
    with pq.ParquetWriter(path, schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
            n += batch.num_rows
    return Exported(path, n)


_WRITERS: dict[str, Callable[[Path, pa.Schema, Iterable[pa.RecordBatch]], Exported]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".parquet": _parquet,
}
