"""A small lake with known content."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config import Config, load_config
from pipelines.dimensions import complaint_rows
from warehouse import Lake
from warehouse.migrate import migrate
from warehouse.store import sync_dimensions

NOW = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)  # Monday 07.00 WIB


@pytest.fixture(scope="session")
def cfg() -> Config:
    return load_config()


@pytest.fixture
def lake(tmp_path: Path, cfg: Config) -> Iterator[Lake]:
    with Lake(tmp_path, now=NOW, create=True) as opened:
        migrate(opened)
        sync_dimensions(opened, complaint_rows(cfg))
        yield opened
