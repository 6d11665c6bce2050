"""Erase in a lake in a database and an object store: the newest version is changed, all earlier ones go.

Files in an object store cannot be written again under the versions that name them, so those versions end:
nothing can be asked of them any more, and a report made from one cannot be printed again. Numbers of the
newest version stay as they are. Killed at any moment, the same call does the rest. What the administrators
of both keep beside (backups, versions of a bucket, the database's own log) is theirs to clear.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.lake import Lake, retry
from warehouse.place import place_of
from warehouse.remote import RemotePlace

if TYPE_CHECKING:
    import psycopg

    from warehouse.forget.lake import Forgotten, Words

AT_ONCE = 5_000
"""Rows read at once."""
_COLUMNS = """
SELECT table_name, column_name FROM duckdb_columns()
WHERE database_name = 'lake' AND schema_name = 'main' AND contains(data_type, 'VARCHAR')
  AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE database_name = 'lake')
ORDER BY table_name, column_index
"""
_STATISTICS = ("ducklake_file_column_stats", "ducklake_table_column_stats")
_EMPTY_TEXTS = """
UPDATE {table} AS s SET min_value = NULL, max_value = NULL, extra_stats = NULL
FROM ducklake_column c
WHERE c.table_id = s.table_id AND c.column_id = s.column_id AND c.column_type = 'varchar'
  AND coalesce(s.min_value, s.max_value) IS NOT NULL
"""


def every_row_elsewhere(
    home: Path, tables: Collection[str], columns: Collection[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """As `every_row`: rows of the oldest version kept, and all that were written since."""
    with Lake(home) as lake:
        first = lake.value("SELECT min(snapshot_id) FROM ducklake_snapshots('lake')")
        last = lake.snapshot()
        for table in sorted(set(tables) & set(words_of(lake))):
            wanted = [name for name in words_of(lake)[table] if name in columns]
            listed = ", ".join(f'"{name}"' for name in wanted)
            written = f"ducklake_table_insertions('lake', 'main', '{table}', {first}, {last})"
            now = f'"{table}"'
            for source in (now,) if first == last else (f"{now} AT (VERSION => {first})", written, now):
                try:
                    found = lake.con.execute(f"SELECT {listed} FROM {source}")  # noqa: S608 - names of the lake
                except duckdb.CatalogException:
                    continue  # that version had no such table, or not this column
                while rows := found.fetchmany(AT_ONCE):
                    for row in rows:
                        yield table, dict(zip(wanted, row, strict=True))


def words_of(lake: Lake) -> dict[str, list[str]]:
    """Columns that hold texts or lists of texts, by table."""
    found: dict[str, list[str]] = {}
    for table, column in lake.rows(_COLUMNS):
        found.setdefault(table, []).append(column)
    return found


def forget_elsewhere(
    home: Path, plan: Words, *, dry_run: bool, on_file: Callable[[int], None], nothing: Forgotten
) -> Forgotten:
    """Carry out a plan.

    Args:
        home: folder whose ``lake.yaml`` names the lake.
        plan: what to erase.
        dry_run: count only.
        on_file: told the number of tables still to be read, before each.
        nothing: what is answered when nothing was to be changed.

    Raises:
        LakeBusyError: somebody kept the write lock.
    """
    with Lake(home) as lake, lake.locked():
        changes: dict[str, dict[int, dict[str, Any]]] = {}
        words = words_of(lake)
        for left, (table, columns) in zip(range(len(words), 0, -1), words.items(), strict=True):
            on_file(left)
            if found := _changes(lake, table, columns, plan):
                changes[table] = found
        done = replace(nothing, n_file_rows=sum(map(len, changes.values())), n_files=_files(lake))
        if dry_run:
            return done
        if changes:
            lake.write(lambda con: _change(con, changes))
        gone = _end_versions(lake, list(words))
        place = place_of(home)
        assert isinstance(place, RemotePlace)  # noqa: S101 - whoever called has asked
        with place.connected() as con:
            emptied = _clear_catalog(con)
    return replace(done, n_rewritten=len(changes), n_orphans=gone, n_statistics=emptied)


def _files(lake: Lake) -> int:
    return int(lake.value("SELECT coalesce(sum(file_count), 0) FROM ducklake_table_info('lake')"))


def _changes(lake: Lake, table: str, columns: list[str], plan: Words) -> dict[int, dict[str, Any]]:
    listed = ", ".join(f'"{name}"' for name in columns)
    found = lake.con.execute(f'SELECT rowid, {listed} FROM "{table}"')  # noqa: S608 - names of the lake
    changed = {}
    while rows := found.fetchmany(AT_ONCE):
        for number, *cells in rows:
            if new := plan.row(table, dict(zip(columns, cells, strict=True))):
                changed[int(number)] = new
    return changed


def _change(con: duckdb.DuckDBPyConnection, changes: dict[str, dict[int, dict[str, Any]]]) -> None:
    for table, rows in changes.items():
        for number, cells in rows.items():
            to = ", ".join(f'"{name}" = ?' for name in cells)
            con.execute(f'UPDATE "{table}" SET {to} WHERE rowid = ?', [*cells.values(), number])  # noqa: S608 - same


def _end_versions(lake: Lake, tables: list[str]) -> int:
    """Only the newest version stays, in files that hold nothing else; how many files were deleted."""
    for table in tables:
        retry(
            lambda table=table: lake.rows(  # type: ignore[misc]
                "CALL ducklake_rewrite_data_files('lake', ?, delete_threshold => 0)", [table]
            ),
            "rewrite",
        )
    newest = lake.snapshot()
    old = [n for (n,) in lake.rows("SELECT snapshot_id FROM ducklake_snapshots('lake')") if n != newest]
    if old:
        lake.rows("CALL ducklake_expire_snapshots('lake', versions => ?)", [old])
    gone = len(lake.rows("CALL ducklake_cleanup_old_files('lake', cleanup_all => true)"))
    # under the write lock nobody alive is writing one that no version names yet
    now = datetime.now(UTC)
    return gone + len(lake.rows("CALL ducklake_delete_orphaned_files('lake', older_than => ?)", [now]))


def _clear_catalog(con: psycopg.Connection) -> int:
    """Take out of the catalog what no version shows any more; how many statistics were emptied.

    Rows that are over, and the least and greatest text of every column: they may be of somebody who is gone,
    and none of our columns of texts is read by its order.
    """
    for (name,) in con.execute("SELECT DISTINCT table_name FROM ducklake_inlined_data_tables").fetchall():
        con.execute(f'DELETE FROM "{name}" WHERE end_snapshot IS NOT NULL'.encode())  # noqa: S608 - a name of the catalog
        con.execute(f'VACUUM FULL "{name}"'.encode())
    emptied = 0
    for table in _STATISTICS:
        emptied += con.execute(_EMPTY_TEXTS.format(table=table).encode()).rowcount
        con.execute(f"VACUUM FULL {table}".encode())
    return emptied
