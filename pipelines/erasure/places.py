"""The places under a home folder where texts may lie, and what is left out and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warehouse.search.folder import CURRENT, root

NAMES = {
    "lake": "gudang data",
    "landing": "hasil pengumpulan",
    "state": "ingatan perayap",
    "logs": "log",
    "reports": "laporan",
    "certificates": "berita acara penghapusan",
    "raw": "berkas mentah",
    "inbox": "kotak masuk",
    "imports": "baris impor yang ditolak",
    "config": "konfigurasi",
    "fixtures": "contoh halaman",
}
OTHER = "berkas lain"
SECRETS = "keys"
STAFF = "access"
_IDLE = (".lock",)
RAW = NAMES["raw"]
INDEX = "indeks pencarian"


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
        if path.is_relative_to(root(home)):
            # one thing in many packed files: read through the file that names the one in force
            if path.name == CURRENT:
                yield Found(INDEX, path)
            continue
        place = NAMES.get(top, OTHER) if path.parent != home else OTHER
        if path.is_symlink():
            yield Found(place, path, "tautan ke luar folder data")
        elif path.is_dir():
            continue
        elif top == SECRETS:
            yield Found(place, path, "kunci rahasia, bukan teks warga")
        elif top == STAFF:
            yield Found(place, path, "akun pegawai dan catatan akses, bukan teks warga")
        elif path.suffix in _IDLE and path.stat().st_size == 0:
            continue
        else:
            yield Found(place, path)
