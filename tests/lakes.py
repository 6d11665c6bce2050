"""A migrated lake without a row: made once in each process, copied for every test that wants its own."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path

from warehouse import Lake
from warehouse.migrate import migrate


@cache
def _template() -> Path:
    home = Path(tempfile.mkdtemp(prefix="pati-lake-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    with Lake(home, create=True) as lake:
        migrate(lake)
    return home


def new_lake(home: Path, now: datetime | None = None) -> Lake:
    """Open a lake of the current schema at `home`: a new one, or the one that a test made there before.

    Args:
        home: as of `Lake`.
        now: as of `Lake`.
    """
    if not (home / "lake").exists():
        shutil.copytree(_template() / "lake", home / "lake")
    return Lake(home, now=now)
