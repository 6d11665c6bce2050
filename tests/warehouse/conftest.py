"""A small lake with known content."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config import Config, load_config
from pipelines.dimensions import complaint_rows
from tests.lakes import new_lake
from tests.warehouse.complaint_world import World, made
from warehouse import Lake
from warehouse.store import sync_dimensions

NOW = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)  # Monday 07.00 WIB


@pytest.fixture(scope="session")
def cfg() -> Config:
    return load_config()


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory, cfg: Config) -> Path:
    """A migrated lake without rows; tests copy it, which is much quicker than making one."""
    home = tmp_path_factory.mktemp("empty") / "home"
    with new_lake(home, NOW) as opened:
        sync_dimensions(opened, complaint_rows(cfg))
    return home


@pytest.fixture
def lake(tmp_path: Path, empty_home: Path) -> Iterator[Lake]:
    shutil.copytree(empty_home, tmp_path, dirs_exist_ok=True)
    with Lake(tmp_path, now=NOW) as opened:
        yield opened


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory, cfg: Config) -> Iterator[World]:
    """Hundreds of random histories, read only."""
    with made(tmp_path_factory.mktemp("histories"), cfg) as found:
        yield found
