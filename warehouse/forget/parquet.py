"""Write a Parquet file of the lake again with some cells changed: same rows, order and field ids."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

_FIELD_ID = b"PARQUET:field_id"


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What the catalog must know of a changed column: DuckLake's column id, values, NULLs."""

    column_id: int
    n_values: int
    n_null: int


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A new file beside the old one.

    Attributes:
        old: the file it replaces.
        path: the new file; safely on disk.
        size: in bytes.
        footer: length of its footer in bytes, as the catalog counts it.
        columns: the columns that changed, elements of lists included.
        n_rows: rows with a change.
    """

    old: Path
    path: Path
    size: int
    footer: int
    columns: tuple[ColumnFacts, ...]
    n_rows: int


def changes_of(
    path: Path, change: Callable[[Mapping[str, Any]], dict[str, Any]]
) -> dict[int, dict[str, Any]]:
    """Which rows of a file change, by position, and to what.

    Args:
        path: the file.
        change: gets the text cells of a row (texts and lists of texts), returns the new ones.
    """
    schema = pq.read_schema(path)
    names = [field.name for field in schema if _is_text(field.type)]
    rows = pq.read_table(path, columns=names, partitioning=None).to_pylist()
    found = ((at, change(row)) for at, row in enumerate(rows))
    return {at: new for at, new in found if new}


def rewrite(path: Path, changes: Mapping[int, Mapping[str, Any]]) -> Rewritten:
    """Write the file again under a new name, with the changes of `changes_of`."""
    table = pq.read_table(path, partitioning=None)
    facts: list[ColumnFacts] = []
    for name in {name for new in changes.values() for name in new}:
        at = table.schema.get_field_index(name)
        field = table.schema.field(at)
        cells = table.column(at).to_pylist()
        for row, new in changes.items():
            if name in new:
                cells[row] = new[name]
        column = pa.array(cells, type=field.type)
        table = table.set_column(at, field, column)
        facts += _facts(field, column)
    new_path = path.with_name(f"ducklake-{uuid.uuid4()}.parquet")
    # Groups of rows as large as they were: a page of a list reads few of them, not the whole file.
    groups = pq.read_metadata(path)
    size_of_group = groups.row_group(0).num_rows if groups.num_row_groups else None
    pq.write_table(table, new_path, compression="snappy", store_schema=False, row_group_size=size_of_group)
    with new_path.open("rb+") as file:
        os.fsync(file.fileno())
        size = file.seek(0, os.SEEK_END)
        file.seek(-8, os.SEEK_END)
        footer = int.from_bytes(file.read(4), "little")
    return Rewritten(path, new_path, size, footer, tuple(facts), len(changes))


def _facts(field: pa.Field, column: pa.Array) -> list[ColumnFacts]:
    found = [ColumnFacts(int(field.metadata[_FIELD_ID]), len(column) - column.null_count, column.null_count)]
    if pa.types.is_list(field.type):
        found += _facts(field.type.value_field, column.flatten())
    return found


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_list(kind):
        return _is_text(kind.value_type)
    return bool(pa.types.is_string(kind))
