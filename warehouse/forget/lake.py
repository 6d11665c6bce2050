"""Erase in every version of the lake: rewritten files, inlined rows, statistics, free pages.

The new files are on disk before one transaction of the catalog points to them and changes all
that the catalog itself holds; the old ones are deleted after it. Killed at any moment, the same
call does the rest. Rows, their order and their numbers stay, so that every snapshot still counts
the same.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from warehouse.errors import LakeError
from warehouse.forget.catalog import Inlined, catalog, data_files, inlined, inlined_rows
from warehouse.forget.parquet import Rewritten, changes_of, rewrite
from warehouse.forget.rows import Plan

PATIENCE_SECONDS = 60.0
_NO_TEXT = "min_value = NULL, max_value = NULL, extra_stats = NULL"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was changed.

    Attributes:
        n_files: Parquet files of the lake.
        n_rewritten: of these, written again.
        n_file_rows: their rows that changed, all versions counted.
        n_inlined_rows: rows of the catalog that changed.
        n_statistics: statistics emptied.
        n_orphans: Parquet files deleted that no snapshot knew.
    """

    n_files: int = 0
    n_rewritten: int = 0
    n_file_rows: int = 0
    n_inlined_rows: int = 0
    n_statistics: int = 0
    n_orphans: int = 0


def forget(
    home: Path, plan: Plan, *, dry_run: bool = False, on_file: Callable[[int], None] = lambda _: None
) -> Forgotten:
    """Carry out a plan in every version of the lake.

    Args:
        home: folder of the lake.
        plan: what to erase.
        dry_run: count only.
        on_file: told the number of files still to be read, before each.

    Raises:
        LakeMissingError: there is no lake.
        LakeBusyError: somebody kept the write lock.
        LakeError: a reader kept the catalog's old pages; the same call again does the rest.
    """
    with catalog(home, write=not dry_run) as con:
        files = data_files(con, home)
        done = Forgotten(n_files=len(files))
        new: dict[int, Rewritten] = {}
        for left, file in zip(range(len(files), 0, -1), files, strict=True):
            on_file(left)
            table = file.table
            changes = changes_of(file.path, lambda row, table=table: plan.row(table, row))  # type: ignore[misc]
            if changes:
                done = replace(
                    done, n_rewritten=done.n_rewritten + 1, n_file_rows=done.n_file_rows + len(changes)
                )
                if not dry_run:
                    new[file.id] = rewrite(file.path, changes)
        if dry_run:
            rows = sum(len(_inlined_changes(con, one, plan)) for one in inlined(con))
            return replace(done, n_inlined_rows=rows)
        con.execute("BEGIN IMMEDIATE")
        try:
            done = _commit(con, plan, new, done)
            con.execute("COMMIT")
        except BaseException:
            con.execute("ROLLBACK")
            raise
        done = replace(done, n_orphans=_clear(con, home))
        _compact(con)
    return done


def _commit(con: sqlite3.Connection, plan: Plan, new: dict[int, Rewritten], done: Forgotten) -> Forgotten:
    for file_id, one in new.items():
        con.execute(
            "UPDATE ducklake_data_file SET path = CASE WHEN path_is_relative THEN ? ELSE ? END, "
            "file_size_bytes = ?, footer_size = ? WHERE data_file_id = ?",
            (one.path.name, str(one.path), one.size, one.footer, file_id),
        )
        for facts in one.columns:
            con.execute(
                f"UPDATE ducklake_file_column_stats SET {_NO_TEXT}, "  # noqa: S608 - names of ours
                "value_count = ?, null_count = ? WHERE data_file_id = ? AND column_id = ?",
                (facts.n_values, facts.n_null, file_id, facts.column_id),
            )
            con.execute(
                f"UPDATE ducklake_table_column_stats SET {_NO_TEXT}, contains_null = 1 "  # noqa: S608 - same
                "WHERE column_id = ? AND table_id = "
                "(SELECT table_id FROM ducklake_data_file WHERE data_file_id = ?)",
                (facts.column_id, file_id),
            )
    rows = 0
    for table in inlined(con):
        for number, cells in _inlined_changes(con, table, plan).items():
            rows += 1
            for name, value in cells.items():
                written = "[" + ", ".join(value) + "]" if isinstance(value, list) else value
                con.execute(f'UPDATE "{table.name}" SET "{name}" = ? WHERE rowid = ?', (written, number))  # noqa: S608 - names of the catalog
                _forget_statistics(con, table.table_id, name)
    return replace(
        done,
        n_inlined_rows=rows,
        n_statistics=_statistics(con, plan) + sum(len(o.columns) for o in new.values()),
    )


def _inlined_changes(con: sqlite3.Connection, table: Inlined, plan: Plan) -> dict[int, dict[str, object]]:
    found = ((number, plan.row(table.table, row)) for number, row in inlined_rows(con, table.name))
    return {number: cells for number, cells in found if cells}


def _forget_statistics(con: sqlite3.Connection, table_id: int, column: str) -> None:
    con.execute(
        f"UPDATE ducklake_table_column_stats SET {_NO_TEXT}, contains_null = 1 "  # noqa: S608 - names of ours
        "WHERE table_id = ?1 AND column_id IN (SELECT column_id FROM ducklake_column c "
        "WHERE c.table_id = ?1 AND (c.column_name = ?2 OR c.parent_column IN (SELECT column_id FROM "
        "ducklake_column p WHERE p.table_id = ?1 AND p.column_name = ?2)))",
        (table_id, column),
    )


def _statistics(con: sqlite3.Connection, plan: Plan) -> int:
    """Empty what statistics still say of somebody: the least or greatest value may be gone since."""
    emptied = 0
    for table in ("ducklake_file_column_stats", "ducklake_table_column_stats"):
        query = (
            f"SELECT rowid, min_value, max_value FROM {table} "  # noqa: S608 - names of ours
            "WHERE coalesce(min_value, max_value) IS NOT NULL"
        )
        for number, least, most in con.execute(query).fetchall():
            if any(text is not None and plan.redact(text) != text for text in (least, most)):
                con.execute(f"UPDATE {table} SET {_NO_TEXT} WHERE rowid = ?", (number,))  # noqa: S608 - same
                emptied += 1
    return emptied


def _clear(con: sqlite3.Connection, home: Path) -> int:
    """Delete Parquet files that no snapshot knows: the old versions, and what a crash left behind."""
    known = {file.path.resolve() for file in data_files(con, home)}
    names = {Path(path).name for (path,) in con.execute("SELECT path FROM ducklake_delete_file")}
    con.execute("DELETE FROM ducklake_files_scheduled_for_deletion")
    deleted = 0
    for path in sorted((home / "lake" / "parquet").rglob("*.parquet")):
        if path.resolve() not in known and path.name not in names:
            path.unlink()
            deleted += 1
    return deleted


def _compact(con: sqlite3.Connection) -> None:
    """Leave no old page behind: not in free pages, not in the write-ahead log."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            con.execute("VACUUM")
            if con.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0:
                return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
        if time.monotonic() > until:
            raise LakeError(
                "Katalog gudang data masih dibaca proses lain, sehingga halaman lamanya belum dapat dibuang; "
                "tutup dasbor lalu jalankan perintah yang sama sekali lagi."
            )
        time.sleep(0.5)
