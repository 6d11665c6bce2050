"""A small disk of its own, so that it can be full: a tmpfs where that may be mounted."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILLER = "penuh"
BLOCK = 256 * 1024


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path | None]:
    """A mounted file system of that size for the duration of the block; None if it may not be mounted."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "pati-soak", folder],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], capture_output=True, check=True)


def fill(disk: Path) -> None:
    """Take all the room that is left."""
    with (disk / FILLER).open("ab", buffering=0) as file:
        for size in (BLOCK, 4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue


def empty(disk: Path) -> None:
    """Give it back."""
    (disk / FILLER).unlink(missing_ok=True)
