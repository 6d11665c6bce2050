"""Log files: JSON lines under the home folder, without personal data and without secrets."""

from __future__ import annotations

import json
import logging
import logging.handlers
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

KEEP_BYTES, KEEP_FILES = 5_000_000, 5
HIDDEN: Final = "[RAHASIA]"
SHORTEST: Final = 6
"""A shorter secret would also be found inside ordinary words."""
_LONG: Final = r"[\w.-]*(?:token|secret|password|passwd|sandi|api[_-]?key|apikey|signature|credential)[\w.-]*"
_SHORT: Final = r"key|sig|auth|pwd|code|session|sessionid"
_PATTERNS: Final = (
    # Authorization: Bearer abc; also as a dict or a JSON object is printed
    (
        re.compile(
            r"(?i)((?:proxy-)?authorization|x-api-key|cookie|set-cookie)(['\"]?\s*[:=]\s*['\"]?)[^'\"\r\n,}]+"
        ),
        rf"\1\2{HIDDEN}",
    ),
    (re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}"), rf"\1 {HIDDEN}"),
    # scheme://user:password@host; where apprise puts its tokens elsewhere, they are known by value
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://)[^\s/?#@'\"]*:[^\s/?#@'\"]*@"), rf"\1{HIDDEN}@"),
    (
        re.compile(rf"(?i)(?<![\w.-])({_LONG})(['\"]?\s*[=:]\s*['\"]?)(?!\[)[^\s&'\",;}}\])<>]+"),
        rf"\1\2{HIDDEN}",
    ),
    (re.compile(rf"(?i)(?<![\w.-])({_SHORT})=(?!\[)[^\s&'\",;}}\])<>]+"), rf"\1={HIDDEN}"),
)
_RUN: ContextVar[str] = ContextVar("run_id", default="")
_STAGE: ContextVar[str] = ContextVar("stage", default="")


def redactor(secrets: Iterable[str] = ()) -> Callable[[str], str]:
    """A function that takes secrets out of a text: those known by value, and what looks like one.

    Args:
        secrets: values that must not be written; one with spaces counts as several.
    """
    values = {part for value in secrets for part in (value, *value.split()) if len(part) >= SHORTEST}
    # the longest first: a secret may be the beginning of another
    known = re.compile("|".join(map(re.escape, sorted(values, key=len, reverse=True)))) if values else None

    def redact(text: str) -> str:
        if known is not None:
            text = known.sub(HIDDEN, text)
        for pattern, instead in _PATTERNS:
            text = pattern.sub(instead, text)
        return text

    return redact


@contextmanager
def working(run_id: str, stage: str) -> Iterator[None]:
    """Lines logged during the block say which run and which stage they are of."""
    run, at = _RUN.set(run_id), _STAGE.set(stage)
    try:
        yield
    finally:
        _STAGE.reset(at)
        _RUN.reset(run)


class JsonLines(logging.Formatter):
    """One JSON object per record; every text goes through a masker first.

    Args:
        mask: removes personal data from a text.
        redact: removes secrets from a text.
    """

    def __init__(self, mask: Callable[[str], str], redact: Callable[[str], str] | None = None) -> None:
        super().__init__()
        self._mask, self._redact = mask, redact or redactor()

    def format(self, record: logging.LogRecord) -> str:
        """Turn a record into one line."""
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self._clean(record.getMessage()),
        }
        entry |= {name: value for name, value in (("run_id", _RUN.get()), ("stage", _STAGE.get())) if value}
        if record.exc_info:
            entry["error"] = self._clean(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)

    def _clean(self, text: str) -> str:
        # secrets first: a mask inside one would leave the rest of it readable
        return self._mask(self._redact(text))


def to_file(
    folder: Path,
    name: str,
    mask: Callable[[str], str],
    level: int = logging.INFO,
    secrets: Iterable[str] = (),
) -> Path:
    """Send this process's log to `folder/name.log`, rotated; replaces earlier handlers.

    Args:
        folder: of log files.
        name: of the file.
        mask: removes personal data from a text.
        level: from which on lines are kept.
        secrets: values that must not be written.

    Returns:
        The path of the log file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.log"
    handler = logging.handlers.RotatingFileHandler(
        path, maxBytes=KEEP_BYTES, backupCount=KEEP_FILES, encoding="utf-8"
    )
    handler.setFormatter(JsonLines(mask, redactor(secrets)))
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(level)
    return path
