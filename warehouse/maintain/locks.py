"""Who may take files of the lake away: nobody while a backup reads them.

Lock order, everywhere: first this one, then the write lock of the lake.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from warehouse.errors import LakeBusyError
from warehouse.lake import LOCK_SECONDS

BACKUP_SECONDS = 6 * 3600.0
"""How long an erasure waits for a backup to end: it must happen, and a backup takes minutes."""


@contextmanager
def files_kept(home: Path, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """No file of the lake is deleted by anybody else during the block.

    The lock is the operating system's and dies with its process.

    Args:
        home: folder of the lake, which exists.
        seconds: how long to wait; 0: not at all.

    Raises:
        LakeBusyError: somebody else kept the lock.
    """
    lock = FileLock(home / "lake" / "files.lock")
    try:
        lock.acquire(timeout=seconds)
    except Timeout:
        raise LakeBusyError(Path(lock.lock_file), seconds) from None
    try:
        yield
    finally:
        lock.release()
