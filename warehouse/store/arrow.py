"""Hand rows to DuckDB in bulk, as Arrow tables with the types the lake declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb
import pyarrow as pa

TEXT, TRUTH, WHOLE, REAL = pa.string(), pa.bool_(), pa.int64(), pa.float64()
TEXTS, REALS = pa.list_(pa.string()), pa.list_(pa.float64())
MOMENT, DAY = pa.timestamp("us", tz="UTC"), pa.date32()


@contextmanager
def incoming(
    con: duckdb.DuckDBPyConnection,
    name: str,
    schema: Mapping[str, pa.DataType],
    rows: Sequence[Mapping[str, Any]],
) -> Iterator[None]:
    """Make `rows` readable as a table called `name` for the duration of the block."""
    table = pa.Table.from_pydict(
        {key: _column(rows, key, kind) for key, kind in schema.items()},
        schema=pa.schema(list(schema.items())),
    )
    con.register(name, table)
    try:
        yield
    finally:
        con.unregister(name)


def _column(rows: Sequence[Mapping[str, Any]], key: str, kind: pa.DataType) -> list[Any]:
    values = [row.get(key) for row in rows]
    if kind not in {TEXT, TEXTS}:
        return values
    return [
        value if value is None or (value.__class__ is str and "\x00" not in value) else _clean(value)
        for value in values
    ]


def _clean(value: Any) -> Any:  # noqa: ANN401 - a cell
    """A cell without NUL characters: statistics that hold one break later queries."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return value
