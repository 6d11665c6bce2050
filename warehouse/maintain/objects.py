"""A folder of backups: every content once, under its SHA-256, and one list per backup.

``objects/ab/ab12…`` holds contents, ``backups/<moment>.json`` the lists. A list is written last,
so that a backup is complete or does not exist; what an interrupted one copied is used by the next.
Contents are only added, so a backup costs what changed since the last one.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warehouse.errors import LakeError

FORMAT = 1
_MOMENT = "%Y%m%dT%H%M%S.%fZ"
_BLOCK = 1024 * 1024


class BackupError(LakeError):
    """A backup is missing, incomplete or damaged; the text is one Indonesian sentence."""


@dataclass(frozen=True, slots=True)
class Content:
    """One file of a backup.

    Attributes:
        sha256: of its bytes, and the name under which they lie.
        size: in bytes.
        changed: time of change in nanoseconds, by which the next backup knows it unchanged.
    """

    sha256: str
    size: int
    changed: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one backup holds.

    Attributes:
        made_at: when (aware, UTC).
        snapshot: the lake's version in it; None without a lake.
        schema: number of the lake's newest migration.
        counts: rows by table at that version.
        files: by path relative to the home folder.
        left_out: what of the home folder is not in it, with the reason.
    """

    made_at: datetime
    snapshot: int | None
    schema: int | None
    counts: Mapping[str, int]
    files: Mapping[str, Content]
    left_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Under which it is listed; sorts by time."""
        return self.made_at.astimezone(UTC).strftime(_MOMENT)


class Store:
    """The contents and lists of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._objects, self._lists = folder / "objects", folder / "backups"

    def path(self, sha256: str) -> Path:
        """Where a content lies, or would lie."""
        return self._objects / sha256[:2] / sha256

    def put(self, source: Path, known: Content | None) -> tuple[Content, bool]:
        """Copy a file in unless its content is there.

        Args:
            source: the file.
            known: what the last backup knew of the same path.

        Returns:
            The content, and whether its bytes were new.

        Raises:
            FileNotFoundError: the file is gone.
        """
        state = source.stat()
        if known and (known.size, known.changed) == (state.st_size, state.st_mtime_ns):
            there = self.path(known.sha256)
            if there.exists() and there.stat().st_size == known.size:
                return known, False
        self._objects.mkdir(parents=True, exist_ok=True)
        draft = self._objects / f".{secrets.token_hex(8)}.part"
        try:
            sha256, size = copied(source, draft)
            target = self.path(sha256)
            new = not (target.exists() and target.stat().st_size == size)
            if new:
                target.parent.mkdir(exist_ok=True)
                draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
        return Content(sha256, size, state.st_mtime_ns), new

    def save(self, manifest: Manifest) -> Path:
        """Write the list of a backup; from this moment on the backup exists."""
        self._lists.mkdir(parents=True, exist_ok=True)
        path = self._lists / f"{manifest.name}.json"
        facts = {"format": FORMAT, **asdict(manifest), "made_at": manifest.made_at.isoformat()}
        draft = path.with_suffix(".part")
        os.sync()  # no list may outlive, in a power cut, the contents that it names
        with draft.open("w", encoding="utf-8") as file:
            json.dump(facts, file, ensure_ascii=False, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        return path

    def manifests(self) -> list[Manifest]:
        """All complete backups, oldest first."""
        return [self._read(path) for path in sorted(self._lists.glob("*.json"))]

    def newest_at(self) -> datetime | None:
        """When the newest complete backup was made (aware), by its name alone; None: there is none."""
        names = sorted(path.stem for path in self._lists.glob("*.json"))
        return datetime.strptime(names[-1], _MOMENT).replace(tzinfo=UTC) if names else None

    def manifest(self, name: str | None = None) -> Manifest:
        """One backup by the beginning of its name, or the newest.

        Raises:
            BackupError: there is none.
        """
        found = [one for one in self.manifests() if name is None or one.name.startswith(name)]
        if found:
            return found[-1]
        if not self.folder.is_dir():
            raise BackupError(f"Folder cadangan {self.folder} tidak ada; periksa alamatnya.")
        if name is not None:
            raise BackupError(f"Cadangan '{name}' tidak ada di {self.folder}; lihat isi folder backups/.")
        raise BackupError(
            f"Tidak ada cadangan yang selesai di {self.folder}; yang terputus dilanjutkan dengan perintah "
            "`pati lake backup` yang sama."
        )

    def damaged(self, manifest: Manifest) -> Iterator[tuple[str, str]]:
        """Yield files of a backup whose content is missing or is not what it was, with the reason."""
        for name, content in sorted(manifest.files.items()):
            path = self.path(content.sha256)
            if not path.exists():
                yield name, "tidak ada"
            elif path.stat().st_size != content.size:
                yield name, f"panjangnya {path.stat().st_size} byte, seharusnya {content.size}"
            elif digest(path) != content.sha256:
                yield name, "isinya berubah (SHA-256 lain)"

    def prune(self, keep: int) -> tuple[int, int]:
        """Keep the newest backups, delete older lists and contents that no list names.

        Returns:
            Lists and contents deleted.
        """
        lists = sorted(self._lists.glob("*.json"))
        old = lists[:-keep]
        for path in old:
            path.unlink()
        needed = {content.sha256 for one in self.manifests() for content in one.files.values()}
        gone = [path for path in self._objects.rglob("*") if path.is_file() and path.name not in needed]
        for path in gone:
            path.unlink()
        return len(old), len(gone)

    @staticmethod
    def _read(path: Path) -> Manifest:
        try:
            facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            if facts.pop("format") != FORMAT:
                raise BackupError(
                    f"Daftar cadangan {path} dibuat versi lain; pasang versi Pati Maju yang lebih baru."
                )
            facts["made_at"] = datetime.fromisoformat(facts["made_at"])
            facts["files"] = {name: Content(**one) for name, one in facts["files"].items()}
            return Manifest(**facts)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise BackupError(
                f"Daftar cadangan {path} rusak ({type(error).__name__}); pindahkan berkas itu, lalu ulangi."
            ) from error


def copied(source: Path, target: Path) -> tuple[str, int]:
    """Copy a file, safely on disk when this returns; its SHA-256 and size, worked out on the way."""
    sha, size = hashlib.sha256(), 0
    with source.open("rb") as read, target.open("wb") as written:
        while block := read.read(_BLOCK):
            sha.update(block)
            written.write(block)
            size += len(block)
        written.flush()
        os.fsync(written.fileno())
    return sha.hexdigest(), size


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
