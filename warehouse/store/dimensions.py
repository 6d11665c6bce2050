"""Copy the names of things from config into the lake, so that views need nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.lake import Lake
from warehouse.store import facts

TABLES = (
    "dim_source", "dim_topic", "dim_opd", "dim_kecamatan", "dim_quick_win", "dim_quick_win_milestone",
    "dim_day", "dim_status", "dim_sla", "dim_automatic", "dim_admin", "dim_regency", "dim_desa",
)  # fmt: skip

_MEANINGS = {"dim_status", "dim_automatic"}
"""What the facts about complaints rest on."""


def sync_dimensions(lake: Lake, tables: Mapping[str, Sequence[tuple[Any, ...]]]) -> bool:
    """Replace each dimension table whose rows differ from the given ones.

    Args:
        lake: an open lake.
        tables: rows by table name, in the column order of the schema.

    Returns:
        True if anything changed (an unchanged config makes no new lake snapshot).

    Raises:
        KeyError: an unknown table name.
    """
    unknown = set(tables) - set(TABLES)
    if unknown:
        raise KeyError(f"not a dimension table: {sorted(unknown)}")
    changed = {
        name: rows
        for name, rows in tables.items()
        if sorted(map(repr, rows)) != sorted(map(repr, lake.rows(f"FROM {name}")))
    }

    def work(con: duckdb.DuckDBPyConnection) -> None:
        for name, rows in changed.items():
            con.execute(f"DELETE FROM {name}")  # noqa: S608 - name checked above
            if rows:
                # One insert for all: the calendar alone has thousands of rows.
                columns = [pa.array(column) for column in zip(*rows, strict=True)]
                con.register("incoming", pa.table(columns, [f"c{i}" for i in range(len(columns))]))
                con.execute(f"INSERT INTO {name} FROM incoming")
                con.unregister("incoming")
        if changed.keys() & _MEANINGS:
            facts.rebuild_complaints(con)

    if changed:
        lake.write(work)
    return bool(changed)
