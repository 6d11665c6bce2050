"""Three homes: none at all, an empty lake, a small lake with hostile rows. Read only, made once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dashboard.failing import failing_lake
from tests.dashboard.seed import NOW, empty_lake, seeded_lake
from warehouse import Lake
from warehouse.reading import open_reading


@pytest.fixture(autouse=True, scope="module")
def _open() -> Iterator[None]:
    """These tests are about pages, not about who may see them (see tests/access): anybody is admin."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATI_ACCESS", "open")
        yield


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("homes")
    found = {name: root / name for name in ("none", "empty", "seeded")}
    empty_lake(found["empty"])
    seeded_lake(found["seeded"])
    return found


@pytest.fixture(scope="session")
def failing(homes: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in a bad week: 48 sources, none of them well."""
    home = tmp_path_factory.mktemp("failing") / "home"
    failing_lake(home, homes["seeded"])
    return home


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bundled configuration, nobody to record for, no index; the moment of the seeded lake."""
    for name in ("PATI_CONFIG", "PATI_HOME", "PATI_WORDS", "PATI_RECORDER", "PATI_MASKER"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("PATI_NOW", NOW.isoformat())


@pytest.fixture(scope="module")
def lake(homes: dict[str, Path]) -> Iterator[Lake]:
    """The seeded lake as the dashboard reads it."""
    opened, _ = open_reading(homes["seeded"], NOW)
    with opened:
        yield opened
