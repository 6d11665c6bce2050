"""Open the lake: DuckLake over a catalog and Parquet files, wherever they are (`warehouse.place`).

Many processes may read while one writes. DuckLake has no primary keys and two appends never
conflict, so everything that must not happen twice happens under one write lock
(`Lake.write`), which dies with its process.
"""

from __future__ import annotations

import importlib.resources
import logging
import os
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import duckdb

from warehouse.access.viewer import SYSTEM, Viewer
from warehouse.errors import LakeError, LakeMissingError
from warehouse.place import LOCK_SECONDS, place_of

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")
Params = Sequence[Any] | Mapping[str, Any]

__all__ = ["LOCK_SECONDS", "Lake", "retry"]
COMMIT_ATTEMPTS = 6
_CHECKED: set[Path] = set()
"""Extensions whose signature this process has checked."""
log = logging.getLogger(__name__)


class Lake:
    """One connection to the lake of one home folder.

    Not thread-safe: give each thread its own `Lake` or its own `cursor()`.

    Args:
        home: the folder everything lives in (`--home`).
        now: the moment that views call "now" (aware); fixed for the connection so that the
            same lake snapshot and the same `now` give the same numbers.
        snapshot: pin reads to this lake snapshot; None reads the newest.
        create: make an empty lake if there is none.
        viewer: in whose name it is written; no wall (`warehouse.access.wall`) stands in front of it.

    Raises:
        LakeMissingError: there is no lake and `create` is False.
    """

    def __init__(
        self,
        home: Path,
        *,
        now: datetime | None = None,
        snapshot: int | None = None,
        create: bool = False,
        viewer: Viewer = SYSTEM,
    ) -> None:
        self.home = home
        self._viewer = viewer
        self.folder = home / "lake"
        place = place_of(home)
        if not place.exists():
            if not create:
                raise LakeMissingError(home)
            place.create()
        self.con = connection(place.extensions)
        self.con.execute("SET TimeZone = 'UTC'")
        # DuckDB 1.5 answers min() and max() of a DuckLake table without files from its statistics, and these
        # remember rows that are gone: an emptied table would still have a newest row.
        self.con.execute("SET disabled_optimizers = 'statistics_propagation'")
        place.attach(self.con, f", SNAPSHOT_VERSION {int(snapshot)}" if snapshot is not None else "", retry)
        self.con.execute("USE lake")
        moment = (now or datetime.now(UTC)).astimezone(UTC)
        self.now = moment
        self.con.execute("SET VARIABLE pati_now = ?::TIMESTAMPTZ", [moment.isoformat()])
        self._lock = place.lock()
        self.catalog = place.catalog

    @property
    def viewer(self) -> Viewer:
        """In whose name this connection reads or writes; see `warehouse.access`."""
        return self._viewer

    @property
    def whole(self) -> Lake:
        """The same lake without a wall in front of it."""
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; idempotent."""
        self.con.close()

    def rows(self, sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
        """Run a query and fetch everything as tuples."""
        return self.con.execute(sql, _bound(params)).fetchall()

    def frame(self, sql: str, params: Params = ()) -> pd.DataFrame:
        """Run a query and fetch everything as a pandas frame."""
        # Through Arrow: duckdb's own way to pandas uses calls that pandas has deprecated.
        table = self.con.execute(sql, _bound(params)).to_arrow_table()
        frame: pd.DataFrame = table.to_pandas(date_as_object=False)
        return frame

    def value(self, sql: str, params: Params = ()) -> Any:  # noqa: ANN401 - one SQL value
        """Run a query and return the first column of the first row, or None."""
        row = self.con.execute(sql, _bound(params)).fetchone()
        return None if row is None else row[0]

    def snapshot(self) -> int:
        """The snapshot this connection reads: the newest, or the pinned one."""
        return int(self.value("SELECT id FROM ducklake_current_snapshot('lake')"))

    def write(self, work: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
        """Do `work` in one transaction under the write lock, all of it or none of it.

        Args:
            work: gets the connection inside an open transaction; may run again after a
                commit conflict, so it must not have effects outside the lake.

        Returns:
            What `work` returned.

        Raises:
            LakeBusyError: the lock stayed taken for `LOCK_SECONDS`.
        """
        with self.locked():
            return retry(lambda: self._transaction(work), "commit")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the write lock (re-entrant within this `Lake`).

        Raises:
            LakeBusyError: it stayed taken for `LOCK_SECONDS`.
        """
        with self._lock.held():
            yield

    def _transaction(self, work: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
        self.con.execute("BEGIN")
        try:
            result = work(self.con)
            self._lock.check()
            self.con.execute("COMMIT")
        except BaseException:
            # A failed COMMIT has already ended the transaction; a ROLLBACK then has nothing to do.
            try:
                self.con.execute("ROLLBACK")
            except duckdb.Error:
                log.debug("nothing to roll back")
            raise
        return result


def _bound(params: Params) -> list[Any] | dict[str, Any]:
    return dict(params) if isinstance(params, Mapping) else list(params)


def retry(work: Callable[[], T], what: str) -> T:
    """Try `work` again after a conflict or a busy catalog, with bounded exponential back-off.

    Raises:
        LakeError: it kept failing; the last cause is chained.
    """
    for attempt in range(1, COMMIT_ATTEMPTS + 1):
        try:
            return work()
        except (duckdb.TransactionException, duckdb.IOException, duckdb.ConstraintException) as err:
            if attempt == COMMIT_ATTEMPTS or not _passing(err):
                raise
            pause = 0.05 * 2**attempt * (0.5 + random.random())  # noqa: S311 - jitter
            log.warning("lake %s: attempt %d failed (%s), again in %.2f s", what, attempt, err, pause)
            time.sleep(pause)
    raise LakeError(f"{what}: tidak berhasil")  # pragma: no cover - the loop returns or raises


def _passing(err: duckdb.Error) -> bool:
    words = str(err).lower()
    return any(sign in words for sign in ("conflict", "locked", "busy", "serialize"))


def connection(extensions: Sequence[str]) -> duckdb.DuckDBPyConnection:
    """A database in memory with our extensions.

    Checking the signature of an extension takes a tenth of a second: the first connection of a process
    does it, the others take the same files.
    """
    config: dict[str, Any] = {"autoinstall_known_extensions": "false"}
    paths = [_extension_file(extension) for extension in extensions]
    if _CHECKED.issuperset(paths):
        config["allow_unsigned_extensions"] = "true"
    if threads := os.environ.get("PATI_THREADS"):
        if not threads.isdecimal() or int(threads) < 1:
            raise LakeError(f"PATI_THREADS={threads} bukan bilangan mulai 1; perbaiki atau kosongkan.")
        config["threads"] = threads
    con = duckdb.connect(config=config)
    for path in paths:
        con.execute(f"LOAD '{path}'")
    _CHECKED.update(paths)
    return con


def _extension_file(name: str) -> Path:
    """The signed extension binary inside its PyPI package: nothing is downloaded at run time."""
    try:
        package = Path(str(importlib.resources.files(f"duckdb_extension_{name}")))
    except ModuleNotFoundError:
        raise LakeError(
            f"Ekstensi DuckDB '{name}' belum dipasang; pasang pati-maju[scale] untuk gudang data di "
            "PostgreSQL dan penyimpanan objek."
        ) from None
    path = package / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
    if not path.exists():
        raise LakeError(
            f"Ekstensi DuckDB '{name}' untuk versi {duckdb.__version__} tidak ditemukan di {package}; "
            "jalankan `make install` untuk memasang versi yang cocok."
        )
    return path
