"""Erase in every version of the lake: rewritten files, inlined rows, statistics, free pages.

The new files are on disk before one transaction of the catalog points to them and changes all
that the catalog itself holds; the old ones are deleted after it. Killed at any moment, the same
call does the rest. Rows, their order and their numbers stay, so that every snapshot still counts
the same.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from warehouse.errors import LakeError, LakeMissingError
from warehouse.forget.catalog import DataFile, Inlined, catalog, data_files, inlined, inlined_rows
from warehouse.forget.parquet import Rewritten, rewrite
from warehouse.maintain.files import schedule
from warehouse.maintain.locks import BACKUP_SECONDS, files_kept
from warehouse.place import is_elsewhere

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
        compacted: no old page of the catalog is left.
    """

    n_files: int = 0
    n_rewritten: int = 0
    n_file_rows: int = 0
    n_inlined_rows: int = 0
    n_statistics: int = 0
    n_orphans: int = 0
    compacted: bool = True


class Words(Protocol):
    """What is to be taken out; `Plan` is the one of an erasure."""

    def changes(self, file: DataFile) -> dict[int, dict[str, Any]]:
        """Which rows of a Parquet file change, by position, and to what."""

    def row(self, table: str, row: Mapping[str, Any]) -> dict[str, Any]:
        """Which cells of a row of the catalog change, and to what."""

    def redact(self, text: str) -> str:
        """A least or greatest value of a column as it may stay; as it is, if it may."""


def forget(
    home: Path,
    plan: Words,
    *,
    dry_run: bool = False,
    on_file: Callable[[int], None] = lambda _: None,
    at_once: bool = True,
) -> Forgotten:
    """Carry out a plan in every version of the lake; waits for a backup that is being made.

    Args:
        home: folder of the lake.
        plan: what to erase.
        dry_run: count only.
        on_file: told the number of files still to be read, before each.
        at_once: the old files and the catalog's old pages go now, whoever reads them; False: the
            files are scheduled for `warehouse.maintain.files.clear`, and pages that readers keep
            stay until the next time.

    Raises:
        LakeMissingError: there is no lake.
        LakeBusyError: somebody kept the write lock.
        LakeError: a reader kept the catalog's old pages; the same call again does the rest.
    """
    if is_elsewhere(home):
        from warehouse.forget.elsewhere import forget_elsewhere  # brings a PostgreSQL driver

        return forget_elsewhere(home, plan, dry_run=dry_run, on_file=on_file, nothing=Forgotten())
    with _open(home, dry_run=dry_run) as con:
        files = data_files(con, home)
        done = Forgotten(n_files=len(files))
        new: dict[int, Rewritten] = {}
        for left, file in zip(range(len(files), 0, -1), files, strict=True):
            on_file(left)
            changes = plan.changes(file)
            if changes:
                done = replace(
                    done, n_rewritten=done.n_rewritten + 1, n_file_rows=done.n_file_rows + len(changes)
                )
                if not dry_run:
                    new[file.id] = rewrite(file.path, changes)
        if dry_run:
            rows = sum(len(_inlined_changes(con, one, plan)) for one in inlined(con))
            return replace(done, n_inlined_rows=rows)
        replaced = () if at_once else tuple(file for file in files if file.id in new)
        done = _transaction(con, home, plan, new, done, replaced)
        if at_once:
            done = replace(done, n_orphans=_clear(con, home))
        compacted = _compact(con, PATIENCE_SECONDS if at_once else 0)
    if at_once and not compacted:
        raise LakeError(
            "Katalog gudang data masih dibaca proses lain, sehingga halaman lamanya belum dapat dibuang; "
            "tutup dasbor lalu jalankan perintah yang sama sekali lagi."
        )
    return replace(done, compacted=compacted)


@contextmanager
def _open(home: Path, *, dry_run: bool) -> Iterator[sqlite3.Connection]:
    if dry_run:
        with catalog(home) as con:
            yield con
        return
    if not (home / "lake").exists():
        raise LakeMissingError(home)
    with files_kept(home, BACKUP_SECONDS), catalog(home, write=True) as con:
        yield con


def _transaction(
    con: sqlite3.Connection,
    home: Path,
    plan: Words,
    new: dict[int, Rewritten],
    done: Forgotten,
    replaced: tuple[DataFile, ...],
) -> Forgotten:
    """All changes of the catalog, or none; `replaced` files are deleted later."""
    con.execute("BEGIN IMMEDIATE")
    try:
        done = _commit(con, plan, new, done)
        for file in replaced:
            schedule(con, home, file.id, file.path)
        con.execute("COMMIT")
    except BaseException:
        con.execute("ROLLBACK")
        raise
    return done


def _commit(con: sqlite3.Connection, plan: Words, new: dict[int, Rewritten], done: Forgotten) -> Forgotten:
    for file_id, one in new.items():
        con.execute(
            "UPDATE ducklake_data_file SET path = replace(path, ?, ?), "
            "file_size_bytes = ?, footer_size = ? WHERE data_file_id = ?",
            (one.old.name, one.path.name, one.size, one.footer, file_id),
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


def _inlined_changes(con: sqlite3.Connection, table: Inlined, plan: Words) -> dict[int, dict[str, object]]:
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


def _statistics(con: sqlite3.Connection, plan: Words) -> int:
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


def _compact(con: sqlite3.Connection, patience: float) -> bool:
    """Leave no old page behind: not in free pages, not in the write-ahead log; False if readers keep some."""
    until = time.monotonic() + patience
    if not patience:
        con.execute("PRAGMA busy_timeout = 2000")
    while True:
        try:
            con.execute("VACUUM")
            if con.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0:
                return True
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
        if time.monotonic() > until:
            return False
        time.sleep(0.5)
