"""Files of an import as they came: kept only if the configuration says so, encrypted, for a time.

A kept file is one Fernet token (AES-128-CBC with HMAC-SHA256, library `cryptography`) of a JSON
line with its name and its bytes. Its name on disk says when it was kept and a keyed digest of its
content, so that the same file is kept once; it says nothing of what is inside.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.settings import Settings, secret_key

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

SUFFIX = ".raw"
_MOMENT = "%Y%m%dT%H%M%SZ"
log = logging.getLogger(__name__)


class RawFileError(Exception):
    """A kept file cannot be opened; the text is one Indonesian sentence."""


@dataclass(frozen=True, slots=True)
class RawFile:
    """A kept file.

    Attributes:
        path: where it lies, encrypted.
        kept_at: since when (aware, UTC).
        expires_at: after this moment the next run deletes it.
        size: of the encrypted file in bytes.
    """

    path: Path
    kept_at: datetime
    expires_at: datetime
    size: int


def keep(settings: Settings, file: Path) -> Path | None:
    """Keep a file if the configuration says so; returns where, or None if it is not to be kept."""
    if not settings.config.privacy.raw_files.keep:
        return None
    data, key = file.read_bytes(), secret_key(settings.raw_key_file)
    mark = hmac.new(key, data, hashlib.sha256).hexdigest()[:16]
    known = sorted(settings.raw.glob(f"*-{mark}{SUFFIX}"))
    if known:
        return known[0]
    settings.raw.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = settings.raw / f"{settings.now():{_MOMENT}}-{mark}{SUFFIX}"
    draft = path.with_name(f".{path.name}.part")
    draft.touch(mode=0o600)
    with draft.open("wb") as out:
        out.write(_fernet(key).encrypt(json.dumps({"name": file.name}).encode() + b"\n" + data))
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
    return path


def kept(settings: Settings) -> Iterator[RawFile]:
    """List the kept files, oldest first."""
    days = timedelta(days=settings.config.privacy.raw_files.days)
    for path in sorted(settings.raw.glob(f"*{SUFFIX}")):
        at = datetime.strptime(path.name.split("-")[0], _MOMENT).replace(tzinfo=UTC)
        yield RawFile(path, at, at + days, path.stat().st_size)


def opened(settings: Settings, path: Path) -> tuple[str, bytes]:
    """Decrypt a kept file.

    Returns:
        Its name when it was imported, and its bytes.

    Raises:
        RawFileError: the key is gone or another one, or the file is damaged.
    """
    from cryptography.fernet import InvalidToken

    if not settings.raw_key_file.exists():
        raise RawFileError(f"Kunci {settings.raw_key_file} tidak ada; pulihkan dari cadangan.")
    try:
        plain = _fernet(secret_key(settings.raw_key_file)).decrypt(path.read_bytes())
    except InvalidToken:
        raise RawFileError(f"{path.name} rusak, atau dikunci dengan kunci lain.") from None
    head, _, data = plain.partition(b"\n")
    return str(json.loads(head)["name"]), data


def expire(settings: Settings) -> int:
    """Delete kept files whose time is over, or all if none is to be kept any more; returns how many."""
    rule, gone = settings.config.privacy.raw_files, 0
    for one in kept(settings):
        if not rule.keep or one.expires_at <= settings.now():
            one.path.unlink(missing_ok=True)
            gone += 1
    if gone:
        log.info("%d raw files deleted", gone)
    return gone


def _fernet(key: bytes) -> Fernet:
    from cryptography.fernet import Fernet

    return Fernet(base64.urlsafe_b64encode(key))
