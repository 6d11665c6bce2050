"""Where a lake is and how one gets in: in its home folder, or in PostgreSQL and an object store.

Only what stands here differs between the two sizes; every statement above it is the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Protocol

import duckdb
from filelock import FileLock, Timeout

from warehouse.errors import LakeBusyError, LakeElsewhereError

FILE = "lake.yaml"
CATALOG = "__ducklake_metadata_lake"
LOCK_SECONDS = 600.0
_LOOK_SECONDS = 0.01


class WriteLock(Protocol):
    """Who holds it writes alone; it dies with its process. Re-entrant, not thread-safe."""

    def held(self) -> AbstractContextManager[None]:
        """Hold it during the block.

        Raises:
            LakeBusyError: it stayed taken for `LOCK_SECONDS`.
        """
        ...

    def check(self) -> None:
        """Make sure that it is still held: asked right before a commit.

        Raises:
            LakeError: it was lost.
        """
        ...


class Place(Protocol):
    """Where one lake is."""

    extensions: tuple[str, ...]
    """What DuckDB must have loaded to get in."""
    catalog: str
    """Where DuckLake's own tables are once it is attached, as SQL names them."""

    def exists(self) -> bool:
        """Whether there is a lake."""
        ...

    def create(self) -> None:
        """Make an empty one; repeating it changes nothing."""
        ...

    def attach(self, con: duckdb.DuckDBPyConnection, options: str, retry: Callable[..., object]) -> None:
        """Attach it as ``lake``."""
        ...

    def lock(self) -> WriteLock:
        """A new handle of its write lock."""
        ...


def place_of(home: Path) -> Place:
    """Where the lake of a home folder is.

    Raises:
        ConfigError: ``lake.yaml`` is wrong.
        LakeError: what it needs is not installed, or a secret that it names is missing.
    """
    if not is_elsewhere(home):
        return HomePlace(home)
    from warehouse.remote import RemotePlace  # brings a PostgreSQL driver, and the configuration's reader

    return RemotePlace(home)


def lake_exists(home: Path) -> bool:
    """Whether the home folder has a lake, wherever it is."""
    return place_of(home).exists()


def is_elsewhere(home: Path) -> bool:
    """Whether the lake lies in a database and an object store, not in files of the home folder."""
    return (home / FILE).exists()


def refuse_elsewhere(home: Path, what: str) -> None:
    """Refuse what works on the files of an embedded lake.

    Args:
        home: the home folder.
        what: the operation, as an Indonesian noun phrase, and what does it instead.

    Raises:
        LakeElsewhereError: the lake is in a database and an object store.
    """
    if is_elsewhere(home):
        raise LakeElsewhereError(what)


class HomePlace:
    """A SQLite catalog (WAL) and Parquet files under the home folder."""

    extensions: tuple[str, ...] = ("sqlite_scanner", "ducklake")
    catalog = CATALOG

    def __init__(self, home: Path) -> None:
        self.folder = home / "lake"
        self._catalog = self.folder / "catalog.sqlite"

    def exists(self) -> bool:
        """Whether there is a lake."""
        return self._catalog.exists()

    def create(self) -> None:
        """Make the catalog: WAL before the first ATTACH, or readers and the writer lock each other out."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self.folder / "attach.lock", timeout=LOCK_SECONDS):
            connection = sqlite3.connect(self._catalog)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.close()

    def attach(self, con: duckdb.DuckDBPyConnection, options: str, retry: Callable[..., object]) -> None:
        """Attach it as ``lake``; the very first time creates the catalog's own tables."""
        # Overriding lets a home folder be moved: the catalog knows files relative to the data path.
        data = f"DATA_PATH {quoted(str(self.folder / 'parquet'))}, OVERRIDE_DATA_PATH true{options}"
        attach = f"ATTACH {quoted(f'ducklake:sqlite:{self._catalog}')} AS lake ({data})"
        with FileLock(self.folder / "attach.lock", timeout=LOCK_SECONDS):  # two processes may race for it
            retry(lambda: con.execute(attach), "attach")

    def lock(self) -> FileWriteLock:
        """A new handle of its write lock."""
        return FileWriteLock(self.folder)


class FileWriteLock:
    """An operating-system lock on a file.

    Whoever waits holds the turn: a writer that comes again at once waits behind it. By the lock
    alone, which is looked at now and then, two busy writers would keep out a third for minutes.
    """

    def __init__(self, folder: Path) -> None:
        self._lock = FileLock(folder / "writer.lock")
        self._turn = FileLock(folder / "turn.lock")

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold it during the block."""
        try:
            with nullcontext() if self._lock.is_locked else _taken(self._turn):
                _taken(self._lock)
        except Timeout:
            raise LakeBusyError(Path(self._lock.lock_file), LOCK_SECONDS) from None
        try:
            yield
        finally:
            self._lock.release()

    def check(self) -> None:
        """Nothing can take it away from a living process."""


def _taken(lock: FileLock) -> AbstractContextManager[object]:
    return lock.acquire(timeout=LOCK_SECONDS, poll_interval=_LOOK_SECONDS)


def quoted(text: str) -> str:
    """A text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"
