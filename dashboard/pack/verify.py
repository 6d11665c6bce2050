"""Periksa keutuhan paket bukti ini: python3 verify.py [folder]. Hanya pustaka baku; tidak menulis apa pun.

Status 0: utuh. 1: ada berkas yang berubah, hilang, atau tidak terdaftar. 2: ini bukan folder paket bukti.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path

SUMS, MANIFEST = "SHA256SUMS", "MANIFEST.json"
LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9][A-Za-z0-9._-]*)")


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            found.update(block)
    return found.hexdigest()


def listed(folder: Path) -> dict[str, str]:
    """What SHA256SUMS says: digest by name; ValueError if it is no such list."""
    sums: dict[str, str] = {}
    for line in (folder / SUMS).read_text(encoding="utf-8").splitlines():
        match = LINE.fullmatch(line)
        if not match or match[2] in sums or match[2] == SUMS:
            raise ValueError("baris tidak dikenal di SHA256SUMS: " + repr(line[:80]))
        sums[match[2]] = match[1]
    if MANIFEST not in sums:
        raise ValueError("SHA256SUMS tidak menyebut MANIFEST.json")
    return sums


def problems(folder: Path) -> list[str]:
    """One sentence for each file that is not as it was issued."""
    sums = listed(folder)
    found: list[str] = []
    for name in sorted(sums):
        path = folder / name
        if path.is_symlink() or (path.exists() and not path.is_file()):
            found.append("BUKAN BERKAS BIASA: " + name)
        elif not path.exists():
            found.append("HILANG: " + name)
        elif digest(path) != sums[name]:
            found.append("BERUBAH: " + name)
    extra = {path.name for path in folder.iterdir()} - set(sums) - {SUMS}
    found += ["TIDAK TERDAFTAR: " + ascii(name) for name in sorted(extra)]
    if not any(line.endswith(": " + MANIFEST) for line in found):
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        others = {name: value for name, value in sums.items() if name != MANIFEST}
        for name in sorted(set(told) | set(others)):
            if told.get(name, {}).get("sha256") != others.get(name):
                found.append("MANIFEST.json dan SHA256SUMS berbeda tentang: " + ascii(name))
    return found


def say(line: str) -> None:
    """Print one line."""
    sys.stdout.write(line + "\n")


def main(arguments: list[str]) -> int:
    """Look, say what was found, and tell it by the exit status."""
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    try:
        found = problems(folder)
        seal = digest(folder / MANIFEST) if (folder / MANIFEST).is_file() else "-"
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as err:
        sys.stderr.write("Ini bukan folder paket bukti yang dapat diperiksa: " + ascii(str(err)) + "\n")
        return 2
    for line in found:
        say(line)
    if found:
        say(str(len(found)) + " hal tidak sesuai. Paket ini bukan seperti yang diterbitkan.")
        return 1
    say("Utuh: setiap berkas seperti saat paket diterbitkan.")
    say("Sidik paket (cocokkan dengan catatan penerbit): " + seal)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
