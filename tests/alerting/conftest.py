"""A lake of thirty ordinary weeks; tests copy it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipelines.progress import Silent
from pipelines.stages import watch
from tests.alerting.world import FIRST, Weeks, opened, settings

WEEKS = 30


@pytest.fixture(scope="session")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("ordinary") / "home"
    weeks = Weeks(1)
    for n in range(WEEKS):
        weeks.ordinary(FIRST.shift(n))
    with opened(home, FIRST.shift(WEEKS - 1)) as lake:
        weeks.write(lake)
        # the rules are tested on the history here, once for all tests
        assert watch.run(lake, settings(home, FIRST.shift(WEEKS - 1)), Silent()).n_new == 0
    return home


@pytest.fixture
def home(ordinary: Path, tmp_path: Path) -> Path:
    shutil.copytree(ordinary, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake with names and nothing else."""
    home = tmp_path_factory.mktemp("empty") / "home"
    opened(home, FIRST).close()
    return home
