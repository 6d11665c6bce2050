"""Every text in a file, whatever kind of file it is, with the name of the cell it stands in."""

from __future__ import annotations

import gzip
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.erasure.sweep import PAGE_COLUMN
from pipelines.raw_files import RawFileError, opened
from pipelines.settings import Settings
from warehouse.search.contents import everything
from warehouse.search.errors import SearchIndexError
from warehouse.search.folder import CURRENT

SQLITE_HEAD = b"SQLite format 3\x00"
PICTURE_HEADS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
MOST_BYTES = 512 * 1024**2
"""Larger archives are not opened, and a scan says so."""
_TROUBLE = (
    OSError,
    EOFError,
    ValueError,
    KeyError,
    RecursionError,
    zlib.error,
    zipfile.BadZipFile,
    sqlite3.Error,
    SearchIndexError,
)


class Cell(NamedTuple):
    """One text: the name of its column or key, and the text itself."""

    column: str
    text: str


class UnreadableError(Exception):
    """A file that could not be read; the text says why, without anything of its content."""


def cells(path: Path) -> Iterator[Cell]:
    """Yield every text of a file.

    Raises:
        UnreadableError: it is damaged or of a kind that cannot be read.
    """
    try:
        if path.name == CURRENT:
            yield from (Cell(column, text) for column, text in everything(path.parent.parent.parent))
            return
        yield from (
            _parquet(path) if path.suffix == ".parquet" else of_bytes(path.name, path.read_bytes(), path)
        )
    except UnreadableError:
        raise
    except _TROUBLE as error:
        raise UnreadableError(type(error).__name__) from error


def raw_cells(settings: Settings, path: Path) -> Iterator[Cell]:
    """Yield every text of a kept raw file, its name first.

    Raises:
        UnreadableError: it cannot be decrypted or read.
    """
    try:
        name, data = opened(settings, path)
        yield Cell("nama berkas", name)
        yield from of_bytes(name, data)
    except (RawFileError, *_TROUBLE) as error:
        raise UnreadableError(type(error).__name__) from error


def of_bytes(name: str, data: bytes, path: Path | None = None) -> Iterator[Cell]:
    """Yield every text of a file's content; `path` is needed to read a database."""
    if data.startswith(SQLITE_HEAD):
        if path is None:
            raise UnreadableError("database inside another file")
        yield from _sqlite(path)
    elif data.startswith(b"\x1f\x8b"):
        with gzip.open(BytesIO(data)) as packed:
            plain = packed.read(MOST_BYTES + 1)
        yield from of_bytes(name.removesuffix(".gz"), _bounded(len(plain), plain))
    elif data.startswith(b"%PDF"):
        yield from _pdf(data)
    elif data.startswith(b"PK\x03\x04"):
        yield from _zip(name, data)
    elif data.startswith(PICTURE_HEADS):
        yield from _picture(data)
    elif name.endswith((".json", ".jsonl", ".log")):
        yield from _json(data.decode("utf-8", "replace"), whole=name.endswith(".json"))
    else:
        yield from (Cell("baris", line) for line in data.decode("utf-8", "replace").splitlines())


def _parquet(path: Path) -> Iterator[Cell]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path, partitioning=None)
    except pa.ArrowException as error:
        raise UnreadableError(type(error).__name__) from error
    for name in table.schema.names:
        column = table.column(name)
        while pa.types.is_list(column.type):
            column = pa.chunked_array(
                [chunk.flatten() for chunk in column.chunks], type=column.type.value_type
            )
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            yield from (Cell(name, text) for text in column.unique().to_pylist() if text)


def _sqlite(path: Path) -> Iterator[Cell]:
    con = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        tables = [name for (name,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            cursor = con.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of the file itself
            names = [column[0] for column in cursor.description]
            for row in cursor:
                for name, value in zip(names, row, strict=True):
                    if isinstance(value, str) and value:
                        yield from _text(f"{name}", value)
    finally:
        con.close()


def _pdf(data: bytes) -> Iterator[Cell]:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        raise UnreadableError("PDF") from error
    try:
        for page in document:
            for line in page.get_textpage().get_text_range().splitlines():
                yield Cell(PAGE_COLUMN, line)
    finally:
        document.close()


def _zip(name: str, data: bytes) -> Iterator[Cell]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        _bounded(sum(entry.file_size for entry in archive.infolist()), b"")
        for entry in archive.infolist():
            inner = archive.read(entry)
            if name.endswith((".xlsx", ".docx")) and entry.filename.endswith(".xml"):
                yield from _xml(inner)
            else:
                yield from of_bytes(entry.filename, inner)


def _bounded(size: int, data: bytes) -> bytes:
    """What was unpacked, unless it is a bomb; a bomb in a bomb is met on its way in."""
    if size > MOST_BYTES:
        raise UnreadableError(f"lebih dari {MOST_BYTES // 1024**2} MB setelah dibuka")
    return data


def _xml(data: bytes) -> Iterator[Cell]:
    """Texts of a part of an office file, and those attributes that are for people to read."""
    from lxml import etree

    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    # A paragraph as a whole: a name may change its type face half way.
    paragraphs = list(root.iter("{*}p"))
    for paragraph in paragraphs:
        yield Cell("paragraf", "".join(paragraph.itertext()))
    if not paragraphs:
        yield from (Cell("sel", text) for text in root.itertext())
    for element in root.iter(etree.Element):
        yield from (Cell(name, element.get(name)) for name in ("descr", "title") if element.get(name))


def _picture(data: bytes) -> Iterator[Cell]:
    """The texts beside a picture; what is drawn in it is drawn in the report it belongs to."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data)) as picture:
            found = dict(picture.info)
    except UnidentifiedImageError as error:
        raise UnreadableError("gambar") from error
    yield from (Cell(str(key), value) for key, value in found.items() if isinstance(value, str) and value)


def _json(text: str, *, whole: bool) -> Iterator[Cell]:
    for line in [text] if whole else text.splitlines():
        try:
            found = json.loads(line)
        except ValueError:
            yield from (Cell("baris", one) for one in line.splitlines())
            continue
        yield from _walk("", found)


def _text(column: str, text: str) -> Iterator[Cell]:
    """A cell that holds JSON is read as what it holds."""
    if text[:1] == "{":
        try:
            yield from _walk(column, json.loads(text))
        except ValueError:
            pass
        else:
            return
    yield Cell(column, text)


def _walk(key: str, value: Any) -> Iterator[Cell]:  # noqa: ANN401 - JSON is any
    if isinstance(value, str):
        if value:
            yield Cell(key, value)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _walk(str(name), item)
    elif isinstance(value, list):
        for item in value:
            yield from _walk(key, item)
