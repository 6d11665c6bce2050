"""The places under a home folder where texts may lie, and what is left out and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NAMES = {
    "lake": "gudang data",
    "landing": "hasil pengumpulan",
    "state": "ingatan perayap",
    "logs": "log",
    "reports": "laporan",
    "certificates": "berita acara penghapusan",
    "raw": "berkas mentah",
    "inbox": "kotak masuk",
    "config": "konfigurasi",
    "fixtures": "contoh halaman",
}
OTHER = "berkas lain"
SECRETS = "keys"
_IDLE = (".lock",)


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be looked at, or one that is left out with its reason."""

    place: str
    path: Path
    skipped: str | None = None


def files(home: Path) -> Iterator[Found]:
    """Every file under a home folder, in a stable order; links are named and not followed."""
    for path in sorted(home.rglob("*")):
        top = path.relative_to(home).parts[0]
        place = NAMES.get(top, OTHER) if path.parent != home else OTHER
        if path.is_symlink():
            yield Found(place, path, "tautan ke luar folder data")
        elif path.is_dir():
            continue
        elif top == SECRETS:
            yield Found(place, path, "kunci rahasia, bukan teks warga")
        elif path.suffix in _IDLE and path.stat().st_size == 0:
            continue
        else:
            yield Found(place, path)


def pages_outside(path: Path) -> bytes:
    """Bytes of a SQLite file that belong to no row: free pages, and its write-ahead log."""
    data = path.read_bytes()
    size = int.from_bytes(data[16:18], "big")
    size = 65536 if size == 1 else size
    trunk = int.from_bytes(data[32:36], "big")
    parts, seen = [], set()
    while trunk and trunk not in seen and trunk * size <= len(data):
        seen.add(trunk)
        page = data[(trunk - 1) * size : trunk * size]
        count = min(int.from_bytes(page[4:8], "big"), size // 4 - 2)
        leaves = [int.from_bytes(page[8 + 4 * n : 12 + 4 * n], "big") for n in range(count)]
        parts += [page[8 + 4 * count :], *(data[(n - 1) * size : n * size] for n in leaves if n)]
        trunk = int.from_bytes(page[:4], "big")
    log = path.with_name(path.name + "-wal")
    if log.exists():
        parts.append(log.read_bytes())
    return b"\x00".join(parts)
