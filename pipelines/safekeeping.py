"""Back up a home folder and restore it: what `warehouse.maintain` needs to know of the landing zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from crawlers.landing import SUFFIX
from pipelines.progress import Progress
from pipelines.settings import Settings
from warehouse import Lake
from warehouse.maintain.backup import BackedUp, back_up
from warehouse.maintain.objects import Store
from warehouse.maintain.restore import Restored, restore
from warehouse.store import loaded_batches


def back_up_home(
    settings: Settings, folder: Path, progress: Progress, *, landing: bool = True, keep: int | None = None
) -> tuple[BackedUp, int]:
    """Make a backup and drop the oldest ones.

    Args:
        settings: of this installation.
        folder: where to.
        progress: is told how many files are done.
        landing: take all batches of the landing zone; False: only those that are not in the lake
            yet, which nothing else holds.
        keep: how many backups stay; None: what the configuration says.

    Returns:
        The backup, and how many were dropped.

    Raises:
        LakeError: see `warehouse.maintain.backup.back_up`.
    """
    progress.begin("Mencadangkan", None)
    done = back_up(
        settings.home,
        folder,
        settings.now(),
        landing=(lambda _: True) if landing else _waiting(settings),
        on_file=lambda _: progress.advance(),
    )
    dropped, _ = Store(folder).prune(keep or settings.config.retention.backups.keep)
    return done, dropped


def backup_folder(settings: Settings) -> Path:
    """Where the scheduler's backups go: as ``schedule.yaml`` says, else beside the home folder."""
    named = settings.config.schedule.backup.folder
    if named is None:
        return settings.home.with_name(f"{settings.home.name}-cadangan")
    return settings.home / Path(named).expanduser()


def newest_backup(settings: Settings) -> datetime | None:
    """When the newest of the scheduler's backups was made (aware); None: there is none that can be read."""
    try:
        return Store(backup_folder(settings)).newest_at()
    except (OSError, ValueError):
        return None


def restore_home(folder: Path, home: Path, progress: Progress, at: str | None = None) -> Restored:
    """Restore a backup into a new home folder.

    Raises:
        BackupError: there is no such backup, it is damaged, or the place is taken.
    """
    store = Store(folder)
    manifest = store.manifest(at)
    progress.begin("Memulihkan", len(manifest.files))
    return restore(store, manifest, home, lambda _: progress.advance())


def _waiting(settings: Settings) -> Callable[[Path], bool]:
    with Lake(settings.home) as lake:
        known = loaded_batches(lake)

    def waiting(path: Path) -> bool:
        name = path.relative_to(settings.landing).as_posix()
        return name.endswith(SUFFIX) and name not in known

    return waiting
