"""Bring a lake to the current schema and the current definitions of its marts.

Migrations are numbered SQL files that run once, in order, each in its own transaction with
its row in `schema_migration`; a new lake gets all of them in one, since DuckLake reads its whole
catalog once for every version of it that a table was made in. Settings of tables among them are set
afterwards: they can only be of tables that are there. Marts are views, one file each, replaced as a
set whenever the text of any of them changed; the facts they count are worked out anew whenever their
own definition changed, which is also how a lake gets them that had none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable

import duckdb

from warehouse.definitions import define, digest, marts
from warehouse.errors import LakeError
from warehouse.lake import Lake
from warehouse.store import facts

_BOOK = """
CREATE TABLE IF NOT EXISTS schema_migration (number INTEGER NOT NULL, name VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS mart_set (sha256 VARCHAR NOT NULL);
"""

_OPTION = re.compile(r"^CALL ducklake_set_option", re.MULTILINE)
_UNWRITTEN = """
SELECT t.table_name
FROM ducklake_table_info('lake') AS t
ANTI JOIN {catalog}.ducklake_table_stats AS s USING (table_id)
ORDER BY 1
"""


def migrate(lake: Lake) -> list[str]:
    """Apply what is missing.

    Returns:
        Names of the migrations applied now; empty when the lake was up to date.

    Raises:
        LakeError: the lake was written by a newer version of this program.
    """
    if _up_to_date(lake):
        return []
    with lake.locked():
        lake.write(lambda con: con.execute(_BOOK))
        present = {number for (number,) in lake.rows("SELECT number FROM schema_migration")}
        steps = _steps()
        unknown = present - {number for number, _ in steps}
        if unknown:
            raise LakeError(
                f"Gudang data memakai skema nomor {max(unknown)} yang lebih baru daripada program ini; "
                "pasang versi Pati Maju yang lebih baru."
            )
        missing = [(number, step) for number, step in steps if number not in present]
        for together in [[one] for one in missing] if present else [missing]:
            lake.write(partial(_apply, steps=together))
        lake.write(_set_options)
        lake.write(_replace_marts)
        lake.write(partial(_begin_statistics, catalog=lake.catalog))
    return [step.name for _, step in missing]


@dataclass(frozen=True, slots=True)
class SchemaState:
    """The schema of a lake beside the one this program writes.

    Attributes:
        present: number of the lake's newest migration; 0: it has none.
        known: number of the newest one this program has.
        missing: names of those that are still to be applied, in their order.
        newer: whether the lake was written by a newer program.
    """

    present: int
    known: int
    missing: tuple[str, ...]
    newer: bool


def schema_state(lake: Lake) -> SchemaState:
    """Compare without changing anything."""
    steps = _steps()
    has_book = lake.value(
        "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'lake' AND table_name = "
        "'schema_migration'"
    )
    present = (
        {int(number) for (number,) in lake.rows("SELECT number FROM schema_migration")} if has_book else set()
    )
    missing = tuple(step.name for number, step in steps if number not in present)
    newer = bool(present - {number for number, _ in steps})
    return SchemaState(max(present, default=0), steps[-1][0], missing, newer)


def _up_to_date(lake: Lake) -> bool:
    # asked for rather than looked up in the list of tables, which takes a tenth of a second to make
    try:
        number = lake.value("SELECT max(number) FROM schema_migration")
        made = lake.value("SELECT max(sha256) FROM mart_set")
    except duckdb.CatalogException:
        return False  # there is no such table yet
    return bool(number == _steps()[-1][0] and made == digest(marts()))


def _steps() -> list[tuple[int, Traversable]]:
    folder = files("warehouse") / "migrations"
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return [(int(f.name.split("_")[0]), f) for f in found]


def _apply(con: duckdb.DuckDBPyConnection, *, steps: Sequence[tuple[int, Traversable]]) -> None:
    for number, step in steps:
        for statement in _statements(step):
            if not _OPTION.search(statement):
                con.execute(statement)
        con.execute("INSERT INTO schema_migration VALUES (?, ?)", [number, step.name])


def _set_options(con: duckdb.DuckDBPyConnection) -> None:
    """Set what any migration sets, in their order: the last word counts, however often it is said."""
    for _, step in _steps():
        for statement in filter(_OPTION.search, _statements(step)):
            con.execute(statement)


def _statements(step: Traversable) -> list[str]:
    return [one.query for one in duckdb.extract_statements(step.read_text(encoding="utf-8"))]


def _begin_statistics(con: duckdb.DuckDBPyConnection, *, catalog: str) -> None:
    """Write a row to every table that none was ever written to, and take it out again before anybody sees it.

    DuckLake keeps statistics of a table from its first row on, and looks for them in vain at every scan of a
    table without (about 100 ms each, where a scan with takes 10).
    """
    for (table,) in con.execute(_UNWRITTEN.format(catalog=catalog)).fetchall():
        columns = con.execute(f'DESCRIBE lake."{table}"').fetchall()
        values = ", ".join(_any_value(kind) for _, kind, *_ in columns)
        con.execute(f'INSERT INTO lake."{table}" VALUES ({values})')  # noqa: S608 - our own tables
        con.execute(f'DELETE FROM lake."{table}"')  # noqa: S608 - same


def _any_value(kind: str) -> str:
    """Text that becomes some value of a type."""
    if kind.endswith("[]"):
        return "'[]'"
    if kind == "TIME":
        return "'00:00'"
    return "'2000-01-01'" if kind.startswith(("DATE", "TIMESTAMP")) else "'0'"


def _replace_marts(con: duckdb.DuckDBPyConnection) -> None:
    """Recreate every view, drop what is none any more, and the facts if what they are has changed."""
    wanted = {mart.name for mart in marts()}
    views = con.execute(
        "SELECT view_name FROM duckdb_views() WHERE database_name = 'lake' AND NOT internal"
    ).fetchall()
    for name in {name for (name,) in views} - wanted:
        con.execute(f'DROP VIEW "{name}"')
    define(con)
    if not facts.is_current(con):
        facts.rebuild(con)
    con.execute("DELETE FROM mart_set")
    con.execute("INSERT INTO mart_set VALUES (?)", [digest(marts())])
