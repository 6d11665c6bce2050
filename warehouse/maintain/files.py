"""Files of the lake that nothing needs any more: deleted when no reader can still be at them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from warehouse.forget.catalog import catalog, data_files, delete_files
from warehouse.maintain.locks import files_kept


@dataclass(frozen=True, slots=True)
class Cleared:
    """Files deleted (or to be deleted, in a dry run), their bytes, and files that still wait."""

    n_files: int = 0
    n_bytes: int = 0
    n_waiting: int = 0


def clear(home: Path, grace: timedelta, *, dry_run: bool) -> Cleared:
    """Delete files that no version names: replaced ones, and what a killed process left behind.

    DuckLake's own clean-up is not used: it deletes younger files than it is told to (1.5.5), and
    a reader that has planned its query would miss them.

    Args:
        home: folder of the lake.
        grace: how long a file must have been unneeded.
        dry_run: count only.

    Raises:
        LakeMissingError: there is no lake.
        LakeBusyError: a backup is being made, or somebody kept the write lock.
    """
    root = home / "lake" / "parquet"
    with files_kept(home, seconds=0), catalog(home, write=not dry_run) as con:
        named = [file.path for file in data_files(con, home)] + delete_files(con, home)
        needed = {path.resolve() for path in named}
        since = _scheduled(con, root)
        limit = datetime.now(UTC) - grace
        gone: list[tuple[Path, int]] = []
        waiting = 0
        for path in sorted(root.rglob("*.parquet")):
            place = path.resolve()
            if place in needed:
                continue
            state = path.stat()
            # What the catalog never knew is a draft of a process at work, or of one that died.
            unneeded = since.get(place) or datetime.fromtimestamp(state.st_mtime, UTC)
            if unneeded <= limit:
                gone.append((path, state.st_size))
            else:
                waiting += 1
        if not dry_run:
            for path, _ in gone:
                path.unlink()
            _forget_schedule(con, root)
    return Cleared(len(gone), sum(size for _, size in gone), waiting)


def disk(home: Path) -> tuple[int, int]:
    """Number of Parquet files of the lake and bytes of its whole folder."""
    found = [path for path in (home / "lake").rglob("*") if path.is_file()]
    sizes = 0
    for path in found:
        try:
            sizes += path.stat().st_size
        except FileNotFoundError:
            continue
    return sum(path.suffix == ".parquet" for path in found), sizes


def schedule(con: sqlite3.Connection, home: Path, file_id: int, path: Path) -> None:
    """Note, inside a transaction of the catalog, that a file was replaced and can go later."""
    name = path.relative_to(home / "lake" / "parquet").as_posix()
    moment = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f+00")
    con.execute(
        "INSERT INTO ducklake_files_scheduled_for_deletion VALUES (?, ?, 1, ?)", (file_id, name, moment)
    )


def _scheduled(con: sqlite3.Connection, root: Path) -> dict[Path, datetime]:
    rows = con.execute(
        "SELECT path, path_is_relative, schedule_start FROM ducklake_files_scheduled_for_deletion"
    ).fetchall()
    return {
        (root / path if relative else Path(path)).resolve(): datetime.fromisoformat(start)
        for path, relative, start in rows
    }


def _forget_schedule(con: sqlite3.Connection, root: Path) -> None:
    """Take files out of the schedule that are not there any more."""
    for (path,) in con.execute(
        "SELECT path FROM ducklake_files_scheduled_for_deletion WHERE path_is_relative"
    ).fetchall():
        if not (root / path).exists():
            con.execute("DELETE FROM ducklake_files_scheduled_for_deletion WHERE path = ?", (path,))
