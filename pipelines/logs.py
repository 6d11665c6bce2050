"""Log files: JSON lines under the home folder, masked before they are written."""

from __future__ import annotations

import json
import logging
import logging.handlers
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

KEEP_BYTES, KEEP_FILES = 5_000_000, 5


class JsonLines(logging.Formatter):
    """One JSON object per record; every text goes through a masker first.

    Args:
        mask: removes personal data from a text.
    """

    def __init__(self, mask: Callable[[str], str]) -> None:
        super().__init__()
        self._mask = mask

    def format(self, record: logging.LogRecord) -> str:
        """Turn a record into one line."""
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self._mask(record.getMessage()),
        }
        if record.exc_info:
            entry["error"] = self._mask(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


def to_file(folder: Path, name: str, mask: Callable[[str], str], level: int = logging.INFO) -> Path:
    """Send this process's log to `folder/name.log`, rotated; replaces earlier handlers.

    Returns:
        The path of the log file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.log"
    handler = logging.handlers.RotatingFileHandler(
        path, maxBytes=KEEP_BYTES, backupCount=KEEP_FILES, encoding="utf-8"
    )
    handler.setFormatter(JsonLines(mask))
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(level)
    return path
