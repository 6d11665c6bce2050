from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import Config, load_config
from warehouse import Lake

sys.path.insert(0, str(Path(__file__).parent))

import report_seed as seed


@pytest.fixture(scope="session")
def config() -> Config:
    return load_config()


@pytest.fixture(scope="session")
def busy_lake(config: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """Read-only by agreement: a test that writes builds its own."""
    with seed.busy(config).build(tmp_path_factory.mktemp("busy")) as lake:
        yield lake


@pytest.fixture(scope="session")
def tiny_lake(config: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """One article and nothing else; read-only by agreement."""
    world = seed.World(config)
    world.article(
        seed.at(2), "Satu-satunya berita", story="tunggal", opd_ids=[], opd_scores=[], sentiment=None
    )
    with world.build(tmp_path_factory.mktemp("tiny")) as lake:
        yield lake
