"""A new version of the program meets the lake of the old one: look first, back up, migrate, verify, go back.

The program itself is replaced by whoever installs it; what is upgraded here is the lake, which no older
program can read afterwards. So a backup is made and checked first, and what fails is taken back from it.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from itertools import count
from pathlib import Path
from typing import Final

import duckdb

from config import ConfigError
from dashboard import format as fmt
from pipelines.faults import GIB
from pipelines.progress import Progress
from pipelines.run import RunError, alone, open_lake
from pipelines.safekeeping import back_up_home, backup_folder, restore_home
from pipelines.scheduling.book import put
from pipelines.scheduling.lock import alone as no_scheduler
from pipelines.scheduling.numbers import free_bytes
from pipelines.settings import Settings
from warehouse import Lake, LakeError
from warehouse.errors import LakeMissingError
from warehouse.maintain.backup import table_counts
from warehouse.maintain.files import disk
from warehouse.maintain.objects import Manifest, Store
from warehouse.maintain.restore import verified
from warehouse.migrate import SchemaState, schema_state

log = logging.getLogger(__name__)
FOLDER: Final = "upgrade"
"""Inside the folder of backups: those made before an upgrade."""
KEPT: Final = 3
SPARE_BYTES: Final = 256 * 1024**2
UNTOUCHED: Final = ("document", "complaint", "label_correction", "landing_batch", "rejected", "report")
"""Tables in which a migration neither adds nor takes rows; those that an old lake has are counted."""


class UpgradeError(RunError):
    """An upgrade did not succeed; the text is Indonesian and says in what state the data is now."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an upgrade would do.

    Attributes:
        program: version of the program.
        schema: of the lake; None: there is no lake.
        config_problem: what no longer parses; None: nothing.
        free_bytes: on the disk of the home folder.
        needed_bytes: what a backup may take.
        folder: where the backup would go.
        rollback: name of the backup that `--rollback` would restore; None: there is none.
    """

    program: str
    schema: SchemaState | None
    config_problem: str | None
    free_bytes: int | None
    needed_bytes: int
    folder: Path
    rollback: str | None

    @property
    def obstacles(self) -> list[str]:
        """Why it cannot be done, in Indonesian sentences."""
        found = [self.config_problem] if self.config_problem else []
        if self.schema and self.schema.newer:
            found.append(
                f"Gudang data memakai skema nomor {self.schema.present}, lebih baru daripada program ini "
                f"({self.schema.known}); pasang versi Pati Maju yang lebih baru."
            )
        if self.steps and self.free_bytes is not None and self.free_bytes < self.needed_bytes:
            found.append(
                f"Ruang disk tinggal {fmt.number(self.free_bytes / GIB, 1)} GB; cadangan sebelum naik "
                f"versi dapat "
                f"memerlukan {fmt.number(self.needed_bytes / GIB, 1)} GB. Kosongkan ruang lebih dulu."
            )
        return found

    @property
    def steps(self) -> tuple[str, ...]:
        """Migrations that would be applied."""
        return self.schema.missing if self.schema and not self.schema.newer else ()


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade did: migrations applied, and the backup made before (None: nothing was to be done)."""

    applied: tuple[str, ...]
    backup: str | None


@dataclass(frozen=True, slots=True)
class RolledBack:
    """What was put back: the backup's name, and where the data that stood there lies now."""

    backup: str
    aside: Path


def plan(settings: Settings) -> Plan:
    """Look, without changing anything.

    Raises:
        LakeError: the lake cannot be opened.
    """
    problem = None
    try:
        settings.config  # noqa: B018 - what no longer parses is part of the answer
    except ConfigError as error:
        problem = f"Konfigurasi perlu disesuaikan: {error}"
    try:
        with Lake(settings.home, now=settings.now()) as lake:
            schema = schema_state(lake)
    except LakeMissingError:
        schema = None
    folder = (
        _folder(settings) if problem is None else settings.home.with_name(f"{settings.home.name}-cadangan")
    )
    made = _newest(folder)
    size = disk(settings.home)[1] if schema else 0
    return Plan(
        _version(), schema, problem, free_bytes(settings.home), size + SPARE_BYTES, folder,
        made.name if made else None,
    )  # fmt: skip


def upgrade(settings: Settings, progress: Progress) -> Upgraded:
    """Bring the lake to the schema of this program: backup, migration, check; what fails is taken back.

    Raises:
        RunError: somebody works on the home folder, or something stands in the way.
        UpgradeError: it failed; the sentence says whether the old state is back.
    """
    with _quiet(settings):
        todo = plan(settings)
        if todo.obstacles:
            raise RunError(" ".join(todo.obstacles))
        if not todo.steps:
            return Upgraded((), None)
        folder = _folder(settings)
        made, _ = back_up_home(settings, folder, progress, keep=KEPT)
        if damaged := list(Store(folder).damaged(made.manifest)):
            name, why = damaged[0]
            raise UpgradeError(
                f"Cadangan sebelum naik versi rusak ({name}: {why}); gudang data belum diubah. Periksa "
                f"disk {folder}."
            )
        progress.begin("Menaikkan versi gudang data", len(todo.steps))
        try:
            open_lake(settings).close()
            progress.advance(len(todo.steps))
            _check(settings, made.manifest)
        except Exception as error:
            log.exception("upgrade failed")
            raise _taken_back(settings, folder, made.manifest, error, progress) from error
        return Upgraded(todo.steps, made.manifest.name)


def rollback(settings: Settings, progress: Progress) -> RolledBack:
    """Put the newest backup made by an upgrade back into place; what is there now is kept aside.

    Interrupted, the same call goes on.

    Raises:
        RunError: somebody works on the home folder, or no upgrade ever made a backup.
        LakeError: the backup is damaged; nothing was changed.
    """
    with _quiet(settings):
        folder = _folder(settings)
        made = _newest(folder)
        if made is None:
            raise RunError(
                f"Belum ada cadangan dari `pati upgrade` di {folder}; pulihkan cadangan biasa dengan "
                "`pati lake restore`."
            )
        return _put_back(settings, folder, made, progress)


def _taken_back(
    settings: Settings, folder: Path, made: Manifest, error: Exception, progress: Progress
) -> UpgradeError:
    why = " ".join(str(error).split())[:300].rstrip(".")
    try:
        back = _put_back(settings, folder, made, progress)
    except (LakeError, OSError, duckdb.Error) as second:
        return UpgradeError(
            f"Naik versi gagal ({why}) dan keadaan lama belum kembali ({second}). Jangan jalankan apa "
            "pun lain; kosongkan ruang disk bila penuh, lalu jalankan `pati upgrade --rollback`."
        )
    return UpgradeError(
        f"Naik versi gagal: {why}. Keadaan sebelumnya sudah dikembalikan dari cadangan {back.backup}; "
        f"tidak ada data "
        f"yang hilang. Pasang kembali versi program yang lama; yang gagal disimpan di {back.aside}."
    )


def _put_back(settings: Settings, folder: Path, made: Manifest, progress: Progress) -> RolledBack:
    """Exchange what a backup holds for what is there, folder by folder; each step can be repeated."""
    home = settings.home
    fresh, mark = home.with_name(f"{home.name}.pulih"), home.with_name(f"{home.name}.pulih.json")
    aside = _begun(mark) if fresh.exists() else None
    if aside is None:
        shutil.rmtree(
            fresh, ignore_errors=True
        )  # of a call that was interrupted before it exchanged anything
        restore_home(folder, fresh, progress, made.name)
        aside = _unused(home.with_name(f"{home.name}-sebelum-{made.name}"))
        aside.mkdir()
        put(mark, {"aside": str(aside)})
    for restored in sorted(fresh.iterdir()):
        now = home / restored.name
        if now.exists() and not (aside / restored.name).exists():
            now.rename(aside / restored.name)
        restored.rename(now)
    fresh.rmdir()
    mark.unlink()
    return RolledBack(made.name, aside)


def _begun(mark: Path) -> Path | None:
    """Where an interrupted exchange puts what was there; None: none was interrupted."""
    try:
        return Path(json.loads(mark.read_text(encoding="utf-8"))["aside"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _unused(wanted: Path) -> Path:
    """The name, or the first like it that is free."""
    names = (wanted if n == 1 else wanted.with_name(f"{wanted.name}-{n}") for n in count(1))
    return next(name for name in names if not name.exists())


def _check(settings: Settings, before: Manifest) -> None:
    """Raise unless the migrated lake is whole and no row of what people and sources gave is gone."""
    wrong = list(verified(settings.home))
    if wrong:
        raise UpgradeError(f"pemeriksaan menemukan {len(wrong)} kerusakan, yang pertama {wrong[0][0]}")
    with Lake(settings.home, now=settings.now()) as lake:
        after = table_counts(lake)
    for name in UNTOUCHED:
        if name in before.counts and name in after and after[name] != before.counts[name]:
            raise UpgradeError(f"tabel {name} berisi {after[name]} baris, sebelumnya {before.counts[name]}")


@contextmanager
def _quiet(settings: Settings) -> Iterator[None]:
    """Neither a scheduler nor a run works on the home folder during the block."""
    with no_scheduler(settings), alone(settings):
        yield


def _folder(settings: Settings) -> Path:
    return backup_folder(settings) / FOLDER


def _newest(folder: Path) -> Manifest | None:
    return found[-1] if folder.is_dir() and (found := Store(folder).manifests()) else None


def _version() -> str:
    try:
        return version("pati-maju")
    except PackageNotFoundError:
        return "dari kode sumber"
