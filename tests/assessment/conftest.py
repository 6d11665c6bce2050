"""A lake with a few documents, opened by two analysts, leadership and an office."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.lakes import new_lake
from tests.warehouse.rows import complaint, document, enrich, labels, load
from warehouse import Lake
from warehouse.access import viewer_of

NOW = datetime(2026, 11, 16, tzinfo=UTC)
As = Callable[..., Lake]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once; each test writes to a copy."""
    folder = tmp_path_factory.mktemp("assessment") / "home"
    with new_lake(folder, NOW) as lake:
        news = [document(f"d{i}", title=f"Berita {i}") for i in range(6)]
        gone = [document("gone", text="", flags=["erased"]), document("k1", kind="complaint")]
        load(lake, "a", [*news, *gone], [complaint("k1")])
        enrich(lake, [labels(one["doc_id"]) for one in [*news, *gone]])
    return folder


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    shutil.copytree(filled, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def opened(home: Path) -> Iterator[As]:
    """The lake in somebody's name, so many hours after `NOW`."""
    lakes: list[Lake] = []

    def open_as(user: str, role: str = "analis", hours: int = 0) -> Lake:
        lakes.append(Lake(home, now=NOW + timedelta(hours=hours), viewer=viewer_of(user, role)))
        return lakes[-1]

    yield open_as
    for lake in lakes:
        lake.close()
