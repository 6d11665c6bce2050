"""The text of a WhatsApp export: a text file, or an archive that holds one beside photos and videos."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from crawlers.extract.encoding import decode
from crawlers.files.problem import FileProblemError

if TYPE_CHECKING:
    from pathlib import Path

_MOST = 50 * 1024 * 1024  # bytes of text: years of a busy number
_MOST_PARTS = 20_000


def chat_text(path: Path) -> str:
    """Read an export; nothing but its text is unpacked, and nothing is written.

    Raises:
        FileProblemError: it is no export, or swells beyond reason.
        OSError: it cannot be opened.
    """
    with path.open("rb") as file:
        start = file.read(4)
    if start != b"PK\x03\x04":
        if path.stat().st_size > _MOST:
            raise FileProblemError("too_large", "Berkas percakapan lebih besar dari 50 MB.")
        return decode(path.read_bytes())
    try:
        with zipfile.ZipFile(path) as archive:
            return decode(_unpacked(archive, _chat(archive)))
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise FileProblemError("not_a_chat", "Berkas ZIP rusak atau terkunci sandi.") from error


def _chat(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Find the chat: `_chat.txt` on iOS, the only text file at the top on Android."""
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS:
        raise FileProblemError("too_large", f"Berkas ZIP memuat lebih dari {_MOST_PARTS} berkas.")
    texts = [part for part in parts if part.filename.lower().endswith(".txt") and "/" not in part.filename]
    named = [part for part in texts if part.filename == "_chat.txt"] or texts
    if len(named) != 1:
        found = "tidak memuat berkas .txt" if not named else f"memuat {len(named)} berkas .txt"
        raise FileProblemError("not_a_chat", f"Berkas ZIP {found}; ekspor WhatsApp memuat tepat satu.")
    return named[0]


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    with archive.open(part) as file:
        body = file.read(_MOST + 1)  # the directory of a zip may lie about sizes
    if len(body) > _MOST:
        raise FileProblemError("too_large", "Percakapan di dalam berkas ZIP lebih besar dari 50 MB.")
    return body
