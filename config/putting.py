"""Put a changed file into a configuration folder: tried by the real loader first, then in one move."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from config.instrument_checks import FOLDER
from config.loader import BUNDLED, FILES, load_config

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

HISTORY = "riwayat"
"""Folder of earlier files inside the configuration folder; the loader looks at files only."""


def put_file(
    folder: Path, name: str, change: Callable[[str], str], *, keep_at: datetime | None = None
) -> Path:
    """Change one file of a folder, or a copy of the bundled one if the folder has none.

    Args:
        folder: the configuration folder; made if it is not there.
        name: of the file, e.g. ``alerts.yaml``.
        change: makes the new text of the old one.
        keep_at: the moment under which the folder's own file before is kept; None keeps none.

    Returns:
        The file that was written.

    Raises:
        ConfigError: the result would not be a right configuration; nothing was changed.
        OSError: the folder cannot be written to.
    """
    path = folder / name
    own = path.exists()
    text = (path if own else BUNDLED / name).read_text(encoding="utf-8")
    changed = change(text)
    _check(folder, name, changed)
    folder.mkdir(parents=True, exist_ok=True)
    if own and keep_at is not None:
        kept = folder / HISTORY
        kept.mkdir(exist_ok=True)
        (kept / f"{keep_at:%Y%m%dT%H%M%S%f}-{name}").write_text(text, encoding="utf-8")
    draft = folder / f".{name}.baru"  # the loader does not look at names with a leading dot
    with draft.open("w", encoding="utf-8") as file:
        file.write(changed)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return path


def _check(folder: Path, name: str, text: str) -> None:
    """Load the whole configuration as it would be."""
    with tempfile.TemporaryDirectory() as trial:
        for file in FILES:
            if file != name and (folder / file).exists():
                shutil.copyfile(folder / file, Path(trial) / file)
        if (folder / FOLDER).is_dir():
            shutil.copytree(folder / FOLDER, Path(trial) / FOLDER)
        (Path(trial) / name).write_text(text, encoding="utf-8")
        load_config(Path(trial))
