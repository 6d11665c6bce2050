"""The landing zone: batches of records as compressed JSON Lines, one folder per run.

A batch is complete or absent. It is written under a temporary name, flushed to the disk, and
renamed; a reader that lists batches at any moment sees only whole ones.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import re
from typing import TYPE_CHECKING

from crawlers.items import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from crawlers.items import Record

SUFFIX = ".jsonl.gz"
_NUMBER = re.compile(r"-(\d{6})\.jsonl\.gz$")


class Landing:
    """Writes the batches of one run.

    Args:
        root: the landing zone; the run's folder is made inside it.
        run_id: name of the run's folder. A run that is taken up again goes on counting.
    """

    def __init__(self, root: Path, run_id: str) -> None:
        self.folder = root / run_id
        self.folder.mkdir(parents=True, exist_ok=True)
        self._next = 1 + max(map(_number, self.folder.glob(f"*{SUFFIX}")), default=0)

    def write(self, source_id: str, records: Sequence[Record]) -> Path:
        """Write one batch and return its path once it is safely on disk.

        Args:
            source_id: the source all records belong to; part of the file name.
            records: at least one record.

        Raises:
            ValueError: there is nothing to write.
            OSError: the disk is full or the folder is gone; nothing was written then.
        """
        if not records:
            raise ValueError("a batch needs at least one record")
        return self.write_packed(source_id, pack(records))

    def write_packed(self, source_id: str, packed: bytes) -> Path:
        """Write a batch that `pack` made, as `write` does."""
        path = self.folder / f"{source_id}-{self._next:06d}{SUFFIX}"
        _put(path, packed)
        self._next += 1
        return path


def batches(root: Path) -> Iterable[Path]:
    """List all complete batches under the landing zone, in a stable order."""
    return sorted(path for path in root.glob(f"*/*{SUFFIX}") if not path.name.startswith("."))


def read_batch(path: Path) -> Iterator[Record]:
    """Read the records of one batch, in the order in which they were written."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield from_json(json.loads(line))


def pack(records: Sequence[Record]) -> bytes:
    """Turn records into the bytes of a batch; the same records give the same bytes."""
    packed = io.BytesIO()
    # mtime=0 and no name: the same records give the same bytes
    with gzip.GzipFile(filename="", fileobj=packed, mode="wb", compresslevel=4, mtime=0) as out:
        for record in records:
            line = json.dumps(to_json(record), ensure_ascii=False, separators=(",", ":"))
            out.write(line.encode("utf-8", "replace") + b"\n")
    return packed.getvalue()


def _number(path: Path) -> int:
    match = _NUMBER.search(path.name)
    return int(match.group(1)) if match else 0


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable; without this a power cut may undo it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_batch(path: Path, records: Sequence[Record]) -> None:
    """Put other records in place of a batch's, whole or not at all; only erasure does this."""
    _put(path, pack(records))


def _put(path: Path, packed: bytes) -> None:
    """Write a file whole or not at all; it is safely on disk when this returns."""
    hidden = path.with_name(f".{path.name}.part")
    with hidden.open("wb") as file:
        file.write(packed)
        file.flush()
        os.fsync(file.fileno())
    hidden.replace(path)
    _sync_folder(path.parent)
