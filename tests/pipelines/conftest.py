"""A small newsroom on loopback and homes that point at it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

import pytest

from samples.files import write_inbox
from samples.newsroom_config import write_config
from samples.server import Newsroom
from samples.world import World

PATI = Path(sys.executable).parent / "pati"


@dataclass(frozen=True)
class Home:
    """A home folder whose sources are the newsroom's, and how to run `pati` on it."""

    path: Path
    environment: dict[str, str]

    def pati(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [PATI, "--home", self.path, *arguments],
            env=self.environment, text=True, capture_output=True, timeout=300, check=False,
        )  # fmt: skip
        if check:
            assert done.returncode == 0, done.stderr + done.stdout
        return done


@pytest.fixture(scope="session")
def room() -> Iterator[Newsroom]:
    """Two weeks of the newsroom, a part of its everyday texts."""
    with Newsroom(World(weeks=2, scale=0.3)) as running:
        yield running


@pytest.fixture(scope="session")
def make_home(room: Newsroom) -> Callable[[Path], Home]:
    def make(path: Path) -> Home:
        write_config(room.base_port, path / "config")
        write_inbox(room.world, path / "inbox")
        # One key for all homes: pseudonyms, and with them contents, can then be compared.
        key = path.parent / "pseudonym.key"
        key.write_text("33" * 32)
        names = {
            "PATI_NOW": room.world.now.astimezone(UTC).isoformat(),
            "PATI_KEY_FILE": str(key),
            "YOUTUBE_API_KEY": "newsroom",
        }
        return Home(path, {**os.environ, **names})

    return make


@pytest.fixture(scope="session")
def finished(make_home: Callable[[Path], Home], tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home on which `pati run` has run once, undisturbed."""
    home = make_home(tmp_path_factory.mktemp("finished") / "home")
    home.pati("run")
    return home
