"""Put a backup back, verified byte by byte and row by row, or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.errors import LakeError
from warehouse.lake import Lake
from warehouse.maintain.backup import CATALOG, table_counts
from warehouse.maintain.objects import BackupError, Content, Manifest, Store, copied, digest

DRAFT = ".pemulihan"
"""Ending of the folder in which a restore works until everything is verified."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: the backup, files copied, and files an interrupted one had copied already."""

    manifest: Manifest
    n_copied: int
    n_there: int


def restore(
    store: Store, manifest: Manifest, home: Path, on_file: Callable[[int], None] = lambda _: None
) -> Restored:
    """Restore a backup into a folder that does not exist yet. Killed, the same call goes on.

    Args:
        store: the folder of backups.
        manifest: which one.
        home: where to; it appears when everything is there and verified.
        on_file: told how many files are still to be copied, before each.

    Raises:
        BackupError: the place is taken, or the backup is damaged; the place is left as it was.
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise BackupError(f"{home} sudah ada isinya dan tidak ditimpa; sebutkan folder lain dengan --into.")
    draft = home.with_name(f".{home.name}{DRAFT}")
    draft.mkdir(parents=True, exist_ok=True)
    there = 0
    for left, (name, content) in zip(
        range(len(manifest.files), 0, -1), sorted(manifest.files.items()), strict=True
    ):
        on_file(left)
        there += _put(store, draft, name, content)
    for name in _strangers(draft, manifest):  # of another backup whose restore was interrupted
        (draft / name).unlink()
    if CATALOG in manifest.files:
        check_counts(draft, manifest)
    _tidy(draft)
    if home.exists():
        home.rmdir()  # empty, as was checked
    draft.rename(home)
    return Restored(manifest, len(manifest.files) - there, there)


def _put(store: Store, draft: Path, name: str, content: Content) -> bool:
    """Bring one file; True if it was there already."""
    target = draft / name
    if not target.resolve().is_relative_to(draft.resolve()):
        raise BackupError(f"Cadangan menyebut berkas di luar folder data ({name}); daftarnya rusak.")
    if target.exists() and target.stat().st_size == content.size and digest(target) == content.sha256:
        return True
    source = store.path(content.sha256)
    if not source.exists():
        raise BackupError(f"Isi {name} tidak ada di cadangan; periksa dengan `pati lake verify`.")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    sha256, size = copied(source, part)
    if (sha256, size) != (content.sha256, content.size):
        part.unlink()
        raise BackupError(f"Isi {name} di cadangan rusak (SHA-256 lain); pakai cadangan lain dengan --at.")
    part.replace(target)
    os.utime(target, ns=(content.changed, content.changed))
    return False


def _strangers(draft: Path, manifest: Manifest) -> list[str]:
    found = (path.relative_to(draft).as_posix() for path in draft.rglob("*") if path.is_file())
    return [name for name in found if name not in manifest.files]


def check_counts(home: Path, manifest: Manifest) -> None:
    """Open the lake of a restored home and count.

    Raises:
        BackupError: it is not the lake that was backed up.
    """
    try:
        with Lake(home) as lake:
            snapshot, counts = lake.snapshot(), table_counts(lake)
    except duckdb.Error as error:
        raise BackupError(f"Gudang data di {home} tidak dapat dibuka: {error}") from error
    wrong = [name for name, n in manifest.counts.items() if counts.get(name) != n]
    if wrong or snapshot != manifest.snapshot:
        names = ", ".join(wrong) or "tidak ada"
        raise BackupError(
            f"Gudang data di {home} tidak sama dengan saat dicadangkan "
            f"(versi {snapshot}, bukan {manifest.snapshot}; tabel berbeda: {names})."
        )


def _tidy(draft: Path) -> None:
    """Leave nothing behind that counting made."""
    for name in ("attach.lock", "turn.lock", "writer.lock", "files.lock"):
        (draft / "lake" / name).unlink(missing_ok=True)


def verified(home: Path) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the lake of a home folder: file or table, and the reason.

    Every Parquet file that the catalog names is read to its end; every table is counted and every
    mart is asked.

    Raises:
        LakeMissingError: there is no lake.
    """
    from warehouse.forget.catalog import catalog, data_files, delete_files

    with catalog(home) as con:
        for (said,) in con.execute("PRAGMA integrity_check").fetchall():
            if said != "ok":
                yield CATALOG, str(said)
        named = [file.path for file in data_files(con, home)] + delete_files(con, home)
    with duckdb.connect() as reader:
        for path in named:
            name = path.relative_to(home).as_posix()
            if not path.exists():
                yield name, "tidak ada"
                continue
            try:
                reader.execute("SELECT count(COLUMNS(*)) FROM read_parquet(?)", [str(path)]).fetchall()
            except duckdb.Error as error:
                yield name, str(error).splitlines()[0]
    yield from _answers(home)


def _answers(home: Path) -> Iterator[tuple[str, str]]:
    try:
        with Lake(home) as lake:
            views = lake.rows(
                "SELECT view_name FROM duckdb_views() WHERE database_name = 'lake' ORDER BY view_name"
            )
            table_counts(lake)
            for (view,) in views:
                try:
                    lake.rows(f'SELECT count(*) FROM "{view}"')  # noqa: S608 - names of the lake
                except duckdb.Error as error:
                    yield view, str(error).splitlines()[0]
    except (duckdb.Error, LakeError) as error:
        yield "gudang data", str(error).splitlines()[0]
