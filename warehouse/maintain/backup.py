"""Back up a home folder while the pipeline works, so that what is restored fits together.

Order matters. The crawlers' memory comes first: older than the rest it only makes them look again,
newer it would make them skip what is not there. Then the lake's catalog, under the write lock for
the moment of one copy; then the files it names, which nobody may delete meanwhile; then the landing
zone, which may be newer than the lake: the next run loads what is missing.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from warehouse.errors import LakeBusyError, LakeMissingError
from warehouse.forget.catalog import catalog, data_files, delete_files
from warehouse.lake import Lake
from warehouse.maintain.locks import files_kept
from warehouse.maintain.objects import BackupError, Content, Manifest, Store
from warehouse.place import refuse_elsewhere

LEFT_OUT = {
    "keys": "kunci rahasia tidak pernah dicadangkan; simpan sendiri di tempat lain",
    "inbox": "berkas dari warga apa adanya, belum disamarkan",
    "raw": "berkas asli terenkripsi; tanpa kuncinya tidak berguna",
    "logs": "catatan kerja",
    "access": "akun yang dinonaktifkan tidak boleh hidup lagi bersama data lama; salin tersendiri",
}
"""Folders of a home that are never backed up, with the reason."""
_CACHE = "dapat dibuat lagi"
_IDLE = (".lock", ".part")
_DATABASE_PARTS = ("-wal", "-shm", "-journal")
CATALOG = "lake/catalog.sqlite"


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup did: its list, files copied and their bytes, files that were there already."""

    manifest: Manifest
    n_new: int
    n_bytes: int
    n_known: int


def back_up(
    home: Path,
    folder: Path,
    now: datetime,
    *,
    landing: Callable[[Path], bool] = lambda _: True,
    on_file: Callable[[int], None] = lambda _: None,
) -> BackedUp:
    """Make a backup; no lake may be open in this process. Killed, the same call goes on.

    Args:
        home: what to back up.
        folder: where to; it may hold earlier backups.
        now: when (aware); the name of the backup, unless the clock stands before the last backup:
            then the moment after that one, so that the newest by name is always the last made.
        landing: which batches of the landing zone to take.
        on_file: told how many files are still to be copied, before each.

    Raises:
        LakeMissingError: there is no lake.
        LakeElsewhereError: the lake is in a database and an object store.
        BackupError: the folder lies inside the home folder.
        LakeBusyError: another backup is being made there, or somebody kept the write lock.
    """
    refuse_elsewhere(
        home,
        "cadangkan dengan pg_dump dan versi objek di penyimpanan itu (docs/sizing.md); "
        "folder data disalin dengan alat cadangan biasa",
    )
    if not (home / CATALOG).exists():
        raise LakeMissingError(home)
    if folder.resolve().is_relative_to(home.resolve()):
        raise BackupError(
            f"Folder cadangan {folder} ada di dalam folder data; pilih tempat di luar folder data."
        )
    folder.mkdir(parents=True, exist_ok=True)
    store = Store(folder)
    lock = FileLock(folder / "backup.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise LakeBusyError(Path(lock.lock_file), 0) from None
    try:
        with files_kept(home), _aside(folder) as aside:
            return _Backup(home, store, aside, now, on_file).run(landing)
    finally:
        lock.release()


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """A place for copies of databases; what a killed backup left there is removed first."""
    aside = folder / ".salinan"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    try:
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


class _Backup:
    def __init__(
        self, home: Path, store: Store, aside: Path, now: datetime, on_file: Callable[[int], None]
    ) -> None:
        self._home, self._store, self._aside, self._now = home, store, aside, now
        self._on_file = on_file
        before = store.manifests()
        self._known = before[-1].files if before else {}
        if before:
            self._now = max(now, before[-1].made_at + timedelta(microseconds=1))
        self._files: dict[str, Content] = {}
        self._left_out: dict[str, str] = {}
        self._new = self._bytes = 0

    def run(self, landing: Callable[[Path], bool]) -> BackedUp:
        around = list(self._around())
        for path in around:  # memory before everything that it remembers
            if path.suffix == ".sqlite":
                self._database(path)
        lake = self._catalog()
        batches = [path for path in _files(self._home / "landing") if landing(path)]
        plain = [path for path in around if path.suffix != ".sqlite"]
        every = [*lake, *plain, *batches]
        for left, path in zip(range(len(every), 0, -1), every, strict=True):
            self._on_file(left)
            self._take(path, self._name(path))
        snapshot, schema, counts = self._lake_facts()
        manifest = Manifest(self._now, snapshot, schema, counts, self._files, self._left_out)
        self._store.save(manifest)
        return BackedUp(manifest, self._new, self._bytes, len(self._files) - self._new)

    def _around(self) -> Iterator[Path]:
        """Files of the home folder around the lake and the landing zone."""
        for top in sorted(self._home.iterdir()):
            if top.name in LEFT_OUT:
                self._left_out[top.name] = LEFT_OUT[top.name]
            elif top.name.startswith("."):
                self._left_out[top.name] = "berkas sementara"
            elif top.is_symlink():
                self._left_out[top.name] = "tautan ke luar folder data"
            elif top.name not in ("lake", "landing"):
                yield from _files(top)

    def _catalog(self) -> list[Path]:
        """Copy the catalog; the files of the lake that the copy names."""
        copy = self._aside / "catalog.sqlite"
        with catalog(self._home, write=True) as con, closing(sqlite3.connect(copy)) as target:
            con.backup(target)
        with closing(sqlite3.connect(copy)) as con:
            rows = con.execute("SELECT path FROM ducklake_files_scheduled_for_deletion").fetchall()
            con.execute("DELETE FROM ducklake_files_scheduled_for_deletion")
            con.commit()
            files = [file.path for file in data_files(con, self._home)] + delete_files(con, self._home)
            self._snapshot = int(con.execute("SELECT max(snapshot_id) FROM ducklake_snapshot").fetchone()[0])
        if rows:
            self._left_out["lake/parquet (berkas lama)"] = f"{len(rows)} berkas yang segera dihapus"
        others = {top.name for top in (self._home / "lake").iterdir()} - {"parquet"}
        for name in sorted(others):
            if not name.startswith("catalog.sqlite") and not name.endswith(_IDLE):
                self._left_out[f"lake/{name}"] = _CACHE
        self._take(copy, CATALOG)
        return files

    def _database(self, path: Path) -> None:
        copy = self._aside / path.name
        with (
            closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=60)) as con,
            closing(sqlite3.connect(copy)) as target,
        ):
            con.backup(target)
        self._take(copy, self._name(path))
        copy.unlink()

    def _name(self, path: Path) -> str:
        return path.relative_to(self._home).as_posix()

    def _take(self, path: Path, name: str) -> None:
        try:
            content, new = self._store.put(path, self._known.get(name))
        except FileNotFoundError:
            if name.startswith("lake/"):
                raise
            return  # a log rotated, a draft renamed: it was no more at the moment of the backup
        self._files[name] = content
        self._new += new
        self._bytes += content.size * new

    def _lake_facts(self) -> tuple[int, int, dict[str, int]]:
        """Version, schema and rows by table of the copied catalog, told by the lake itself."""
        with Lake(self._home, snapshot=self._snapshot) as lake:
            return self._snapshot, schema_of(lake), table_counts(lake)


def _files(top: Path) -> list[Path]:
    found = [top] if top.is_file() else sorted(path for path in top.rglob("*") if path.is_file())
    return [
        path
        for path in found
        if not path.name.endswith((*_IDLE, *_DATABASE_PARTS)) and not path.name.startswith(".")
    ]


def schema_of(lake: Lake) -> int:
    """Number of the newest migration of a lake."""
    return int(lake.value("SELECT max(number) FROM schema_migration"))


def table_counts(lake: Lake) -> dict[str, int]:
    """Rows of every table, by name."""
    names = lake.rows(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = 'lake' ORDER BY table_name"
    )
    return {name: int(lake.value(f'SELECT count(*) FROM "{name}"')) for (name,) in names}  # noqa: S608 - names of the lake
