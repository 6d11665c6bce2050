"""Lock files that several processes hold together, and keep out whoever wants to hold them alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def shared(path: Path, *, wait: bool = False) -> Iterator[bool]:
    """Hold a lock file together with others that share it.

    The lock is the one that `filelock.FileLock` takes alone (flock), and dies with its process.

    Args:
        path: the file.
        wait: until nobody holds it alone.

    Yields:
        False if somebody holds it alone (never when waiting).
    """
    import fcntl  # not on Windows, where stages are not run in parts

    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True
