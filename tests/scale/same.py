"""Compare two lakes row for row, without what only says when, or by which run, something was written."""

from __future__ import annotations

from collections import Counter
from typing import Any

from warehouse import Lake
from warehouse.maintain.tables import TABLES

BOOKS = ("record", "human")
"""Origins of tables that tell of runs and people, not of the world."""
RUN_COLUMNS = frozenset({"run_id", "loaded_at", "computed_at", "made_at"})
COMPARED_BOOKS = ("alert_event", "model")
"""Records that say something of the world all the same; their moment is the demo's fixed clock."""


def differences(one: Lake, other: Lake) -> dict[str, str]:
    """Tables whose rows are not the same, with an example; empty if the lakes are equal."""
    found = {}
    for name in compared():
        columns = _columns(one, name)
        assert columns == _columns(other, name), name
        ours, theirs = _rows(one, name, columns), _rows(other, name, columns)
        if ours != theirs:
            gone, new = ours - theirs, theirs - ours
            found[name] = (
                f"{gone.total()} of {ours.total()} rows only here, {new.total()} of {theirs.total()} only "
                f"there; columns {columns}; e.g. {_first(gone)} / {_first(new)}"
            )
    return found


def compared() -> list[str]:
    """Names of the tables that are compared."""
    return sorted(
        name for name, table in TABLES.items() if table.origin not in BOOKS or name in COMPARED_BOOKS
    )


def _columns(lake: Lake, name: str) -> list[str]:
    rows = lake.rows(
        "SELECT column_name FROM duckdb_columns() WHERE database_name = 'lake' AND table_name = ? ORDER BY 1",
        [name],
    )
    return [column for (column,) in rows if column not in RUN_COLUMNS]


def _rows(lake: Lake, name: str, columns: list[str]) -> Counter[str]:
    listed = ", ".join(f'"{column}"' for column in columns)
    rows: list[tuple[Any, ...]] = lake.rows(f'SELECT CAST(row({listed}) AS VARCHAR) FROM "{name}"')  # noqa: S608 - names of the lake
    return Counter(str(row) for (row,) in rows)


def _first(rows: Counter[str]) -> str:
    return min(rows, default="-")[:600]
