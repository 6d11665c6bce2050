"""Whatever moment the process dies at, running again ends in the same lake."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pipelines.conftest import PATI, Home
from tests.pipelines.content import content, difference

pytestmark = pytest.mark.proof

KILLS = 10
SEED = 20261116


def test_ten_kills_change_nothing(make_home: Callable[[Path], Home], finished: Home, tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    chance = random.Random(SEED)  # noqa: S311 - moments, not secrets
    started = time.monotonic()
    make_home(tmp_path / "measure").pati("run")
    whole = time.monotonic() - started
    killed, span = 0, whole
    for _ in range(KILLS * 3):
        process = subprocess.Popen(
            [PATI, "--home", home.path, "run", "--json"],
            env=home.environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            process.wait(timeout=chance.uniform(0.2, 0.8) * span)
            span *= 0.7  # it got through: next time there is less left to do
        except subprocess.TimeoutExpired:
            # Every other time only the parent: its crawler must notice and stop by itself.
            if killed % 2:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
            process.wait()
            killed += 1
        if killed == KILLS:
            break
    assert killed == KILLS
    home.pati("run")
    assert difference(content(finished.path), content(home.path)) == []
