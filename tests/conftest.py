"""What all tests share."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# Whole runs label thousands of texts: without the encoder, whose own tests load it themselves.
os.environ["PATI_FAST"] = "1"
# As many workers as cores ask small lakes: threads of one question only get in each other's way.
os.environ["PATI_THREADS"] = "1"
ROOT = Path(__file__).resolve().parent.parent
_MAIN = sys.modules["__main__"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data that is not part of the repository; tests skip without it."""
    folder = Path(os.environ.get("PATI_SHARED") or ROOT.parent / "shared")
    if not (folder / "real").is_dir():
        pytest.skip(f"no real data at {folder}: set PATI_SHARED to the folder that holds real/ and data/")
    return folder


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PATI_HOME", "PATI_CONFIG", "PATI_NOW", "PATI_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _the_main_module_stays() -> Iterator[None]:
    """AppTest leaves the page it ran as ``__main__``: a process spawned later would run that page first.

    A fixture of a module may run a page before any test begins, so it is put back on both sides.
    """
    sys.modules["__main__"] = _MAIN
    yield
    sys.modules["__main__"] = _MAIN
