"""The file of secrets: ``NAME=value`` lines that only its owner reads. Values are never shown or logged."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

_OPEN_TO_OTHERS = 0o077


class SecretFileError(Exception):
    """The file cannot be used; the text is one Indonesian sentence without its content."""


def read_secrets(path: Path) -> tuple[dict[str, str], str | None]:
    """The secrets by name, and why the file is not used (one sentence without full stop; None: it is).

    Args:
        path: lines of ``NAME=value``; empty lines and lines that begin with ``#`` are skipped.
    """
    try:
        if stat.S_IMODE(path.stat().st_mode) & _OPEN_TO_OTHERS:
            return {}, f"Berkas {path} dapat dibaca orang lain dan tidak dipakai: jalankan chmod 600 {path}"
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}, None
    except (OSError, UnicodeDecodeError) as error:
        return {}, f"Berkas {path} tidak dapat dibaca ({type(error).__name__})"
    found = {}
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name, sign, value = text.partition("=")
        if not sign or not name.strip().isidentifier():
            return {}, f"Berkas {path} baris {number} bukan NAMA=nilai dan berkas itu tidak dipakai"
        found[name.strip()] = value.strip().strip("\"'")
    return found, None


def with_secret(text: str, name: str, value: str) -> str:
    """The text of the file with another value; an empty one takes the line away. Pure.

    Raises:
        ValueError: name or value would break the file (one Indonesian sentence without the value).
    """
    if not name.isidentifier() or not value.isprintable() or value != value.strip().strip("\"'"):
        raise ValueError(
            "Isinya memuat huruf yang tidak dapat disimpan; salin lagi tanpa baris baru dan kutip."
        )
    kept = [line for line in text.splitlines() if not re.match(rf"\s*{re.escape(name)}\s*=", line)]
    return "".join(f"{line}\n" for line in [*kept, *([f"{name}={value}"] if value else [])])


def change_secret(path: Path, name: str, change: Callable[[str], str]) -> None:
    """Change one secret; the file stays readable by its owner only, and whole whatever happens.

    Args:
        path: the file; made if it is missing.
        name: of the secret.
        change: makes the new value of the old one (empty if there is none).

    Raises:
        SecretFileError: the file cannot be used as it is.
        ValueError: the new value would break it.
        OSError: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with FileLock(path.with_suffix(".lock")):
        found, problem = read_secrets(path)
        if problem:
            raise SecretFileError(f"{problem}.")
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        changed = with_secret(text, name, change(found.get(name, "")))
        draft = path.with_suffix(".baru")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(changed)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
