"""No personal value of the newsroom is anywhere under the home folder, in any file."""

from __future__ import annotations

import gzip
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from pypdfium2 import PdfDocument

from samples.server import Newsroom
from tests.pipelines.conftest import Home

pytestmark = pytest.mark.slow

RAW = ("inbox", "config")
"""Folders that people fill: what they put there is theirs, not what the system stored."""


def readable(path: Path) -> Iterator[str]:
    """Everything a reader of the file could see, as text."""
    yield path.name
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    yield data.decode("utf-8", errors="replace")
    if path.suffix == ".parquet":
        with duckdb.connect() as con:
            yield from (str(row) for row in con.execute("FROM read_parquet(?)", [str(path)]).fetchall())
    if path.suffix == ".sqlite":
        catalog = sqlite3.connect(path)
        yield "\n".join(catalog.iterdump())
        catalog.close()
    if path.suffix == ".pdf":
        document = PdfDocument(path)
        for page in document:
            yield page.get_textpage().get_text_range()
        document.close()


def test_no_personal_value_is_stored(finished: Home, room: Newsroom) -> None:
    values = {one.needle for one in room.world.personal_data}
    assert len(values) > 20, "the newsroom must contain personal data for this test to mean anything"
    digits = {re.sub(r"\D", "", value) for value in values}
    spellings = values | {d for d in digits if len(d) >= 10}
    files = [
        path for path in finished.path.rglob("*")
        if path.is_file() and path.relative_to(finished.path).parts[0] not in RAW
    ]  # fmt: skip
    kinds = {path.suffix for path in files}
    assert {".gz", ".parquet", ".sqlite", ".log", ".pdf", ".json"} <= kinds
    leaks = [
        (path.relative_to(finished.path).as_posix(), value)
        for path in files
        for text in readable(path)
        for value in spellings
        if value in text
    ]
    assert leaks == []
