from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import Config, load_config
from warehouse import Lake

sys.path.insert(0, str(Path(__file__).parent))

import seed


@pytest.fixture(scope="session")
def config() -> Config:
    return load_config()


@pytest.fixture(scope="session")
def busy_lake(config: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """Read-only by agreement: a test that writes builds its own."""
    with seed.busy(config).build(tmp_path_factory.mktemp("busy")) as lake:
        yield lake
