"""What can go wrong with the lake, in words a person can act on (Bahasa Indonesia)."""

from __future__ import annotations

from pathlib import Path


class LakeError(Exception):
    """Base of all errors of the lake; the text is one sentence for a person."""


class LakeMissingError(LakeError):
    """There is no lake at this place yet."""

    def __init__(self, home: Path) -> None:
        self.home = home
        super().__init__(f"Belum ada data di {home}: jalankan `pati run` (atau `pati demo`) lebih dulu.")


class LakeElsewhereError(LakeError):
    """An operation on the files of an embedded lake was asked of one in a database and an object store."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Gudang data ini ada di PostgreSQL dan penyimpanan objek (lake.yaml): {what}.")


class LakeBusyError(LakeError):
    """Another process kept the write lock for longer than we were willing to wait.

    Args:
        lock: the file of the lock, or the name of one in a database.
        seconds: how long we waited.
    """

    def __init__(self, lock: Path | str, seconds: float) -> None:
        super().__init__(
            f"Proses lain masih menulis ke gudang data ({lock}) setelah {seconds:.0f} detik; "
            "tunggu sampai selesai lalu ulangi."
        )
