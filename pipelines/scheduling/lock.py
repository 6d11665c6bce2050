"""One scheduler for each home folder: a lock of the operating system, which dies with its process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from filelock import FileLock, Timeout

from pipelines.run import RunError
from pipelines.settings import Settings

LOCK: Final = "schedule.lock"
LOCK_SECONDS: Final = 1.0
"""Whoever asks whether a scheduler is alive holds the lock for a moment."""


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Keep other schedulers out of the home folder; the lock dies with its process.

    Raises:
        RunError: one is at work.
    """
    lock = _lock(settings)
    try:
        lock.acquire(timeout=LOCK_SECONDS)
    except Timeout:
        raise RunError(
            f"`pati schedule` sudah berjalan di {settings.home}; satu cukup. Lihat keadaannya dengan "
            f"`pati status`."
        ) from None
    try:
        yield
    finally:
        lock.release()


def is_alive(settings: Settings) -> bool:
    """Whether a scheduler is at work on the home folder."""
    if not settings.home.is_dir():
        return False
    lock = _lock(settings)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


def _lock(settings: Settings) -> FileLock:
    settings.home.mkdir(parents=True, exist_ok=True)
    return FileLock(settings.home / LOCK)
