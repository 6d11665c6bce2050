"""The lake from below: its catalog as the SQLite file it is, and every Parquet file it knows.

DuckLake keeps small tables as rows of the catalog ("inlined") and statistics with the first
characters of texts; both hold words that no query shows any more. Nobody may have the catalog
open through DuckDB in this process meanwhile: two SQLite libraries in one process would undo
each other's locks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from warehouse.errors import LakeBusyError, LakeMissingError
from warehouse.lake import LOCK_SECONDS
from warehouse.place import is_elsewhere, lake_exists, refuse_elsewhere

OWN_COLUMNS = frozenset({"row_id", "begin_snapshot", "end_snapshot"})
LISTED = "flags"
"""The one list of an inlined row that is read as a list; others are handled as text."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """A Parquet file of the lake, of whatever snapshot."""

    id: int
    table_id: int
    table: str
    path: Path


@dataclass(frozen=True, slots=True)
class Inlined:
    """A table of the catalog that holds rows of the lake."""

    name: str
    table_id: int
    table: str


@contextmanager
def catalog(home: Path, *, write: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the catalog of a home folder; for writing, under the lake's write lock.

    Raises:
        LakeMissingError: there is no lake.
        LakeElsewhereError: it is not a file.
        LakeBusyError: somebody kept the write lock.
    """
    refuse_elsewhere(home, "katalognya diperiksa dan diubah dengan alat basis data itu sendiri")
    path = home / "lake" / "catalog.sqlite"
    if not path.exists():
        raise LakeMissingError(home)
    lock = FileLock(path.with_name("writer.lock"))
    if write:
        try:
            lock.acquire(timeout=LOCK_SECONDS)
        except Timeout:
            raise LakeBusyError(Path(lock.lock_file), LOCK_SECONDS) from None
    con = sqlite3.connect(path, isolation_level=None, timeout=30)
    con.execute("PRAGMA secure_delete = ON")
    try:
        yield con
    finally:
        con.close()
        lock.release()


def data_files(con: sqlite3.Connection, home: Path) -> list[DataFile]:
    """Every Parquet file with rows, also of snapshots that are over."""
    rows = con.execute(
        "SELECT DISTINCT f.data_file_id, f.table_id, t.table_name, f.path, f.path_is_relative, t.path, "
        "t.path_is_relative, s.path, s.path_is_relative FROM ducklake_data_file f "
        "JOIN ducklake_table t ON t.table_id = f.table_id "
        "JOIN ducklake_schema s ON s.schema_id = t.schema_id "
        "GROUP BY f.data_file_id ORDER BY f.data_file_id"
    ).fetchall()
    root = home / "lake" / "parquet"
    return [
        DataFile(file_id, table_id, table, _place(root, *place)) for file_id, table_id, table, *place in rows
    ]


def inlined(con: sqlite3.Connection) -> list[Inlined]:
    """Every table of the catalog that holds rows of the lake."""
    rows = con.execute(
        "SELECT i.table_name, i.table_id, t.table_name FROM ducklake_inlined_data_tables i "
        "JOIN ducklake_table t ON t.table_id = i.table_id GROUP BY i.table_name ORDER BY 1"
    ).fetchall()
    present = {name for (name,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return [Inlined(*row) for row in rows if row[0] in present]


def inlined_rows(con: sqlite3.Connection, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows of an inlined table with SQLite's own row number."""
    cursor = con.execute(f'SELECT rowid, * FROM "{name}"')  # noqa: S608 - a name of the catalog
    names = [column[0] for column in cursor.description][1:]
    for number, *cells in cursor.fetchall():
        row = {key: cell for key, cell in zip(names, cells, strict=True) if key not in OWN_COLUMNS}
        if isinstance(row.get(LISTED), str):
            row[LISTED] = [word.strip(" '\"") for word in row[LISTED].strip("[]").split(",") if word.strip()]
        # an empty list reads the same whichever kind of file it stands in
        yield number, {key: [] if cell == "[]" else cell for key, cell in row.items()}


def every_row(
    home: Path, tables: Collection[str], columns: Collection[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (table, row) of every version of every row of some tables, also those deleted since.

    Args:
        home: folder of the lake; without a lake nothing is yielded.
        tables: names of tables.
        columns: which cells; those a version does not have are left out.
    """
    if is_elsewhere(home):
        from warehouse.forget.elsewhere import every_row_elsewhere  # brings a PostgreSQL driver

        if lake_exists(home):
            yield from every_row_elsewhere(home, tables, columns)
        return
    try:
        with catalog(home) as con:
            files = [file for file in data_files(con, home) if file.table in tables]
            small = [
                (one.table, {key: cell for key, cell in row.items() if key in columns})
                for one in inlined(con)
                if one.table in tables
                for _, row in inlined_rows(con, one.name)
            ]
    except LakeMissingError:
        return
    yield from small
    for file in files:
        if file.path.exists():
            names = [name for name in pq.read_schema(file.path).names if name in columns]
            for row in pq.read_table(file.path, columns=names, partitioning=None).to_pylist():
                yield file.table, row


def delete_files(con: sqlite3.Connection, home: Path) -> list[Path]:
    """Every Parquet file of deleted rows; it lies in the folder of its table."""
    rows = con.execute(
        "SELECT DISTINCT d.path, d.path_is_relative, t.path, t.path_is_relative, s.path, s.path_is_relative "
        "FROM ducklake_delete_file d JOIN ducklake_table t ON t.table_id = d.table_id "
        "JOIN ducklake_schema s ON s.schema_id = t.schema_id ORDER BY d.path"
    ).fetchall()
    return [_place(home / "lake" / "parquet", *row) for row in rows]


def _place(
    root: Path, path: str, relative: int, table: str, table_relative: int, schema: str, schema_relative: int
) -> Path:
    base = root / schema if schema_relative else Path(schema)
    base = base / table if table_relative else Path(table)
    return base / path if relative else Path(path)
