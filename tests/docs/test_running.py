"""Blocks of the documents that are marked are run in order, and print what the page shows."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.docs.commands import COMING, root
from tests.docs.reading import PAGES, ROOT, blocks
from tests.docs.showing import difference, matches
from tests.pipelines.conftest import PATI, Home

pytestmark = pytest.mark.proof

OWN_TEST = ROOT / "docs" / "panduan" / "instalasi.md"
"""Begins in an empty folder: `test_installation.py`."""
RUN = [page for page in PAGES if page != OWN_TEST and any(one.mark == "uji" for one in blocks(page))]
HOME = "pati-home"


def perform(command: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run one command as a person in that folder would: no terminal to be asked, both outputs in one."""
    name, *rest = shlex.split(command)
    assert name == "pati", f"only `pati` is run from a page: {command}"
    return subprocess.run(
        [PATI, *rest], cwd=folder, env={**environment, "COLUMNS": "200"}, text=True, timeout=300,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip


def waits(command: str) -> bool:
    """Whether a command belongs to a branch that is not merged yet."""
    first = re.match(r"pati (\w+)", command)
    return bool(first) and first.group(1) in COMING and first.group(1) not in root().commands


@pytest.mark.parametrize("page", RUN, ids=lambda page: page.stem)
def test_what_a_page_shows_is_what_is_printed(page: Path, finished: Home, tmp_path: Path) -> None:
    shutil.copytree(finished.path, tmp_path / HOME)
    environment = {**os.environ, **finished.environment}
    wrong = []
    for block in blocks(page):
        for command, shown in block.said if block.mark == "uji" else ():
            if waits(command):
                continue
            done = perform(command, tmp_path, environment)
            if done.returncode or not matches(shown, done.stdout.replace(f"{tmp_path}/", "")):
                seen = difference(shown, done.stdout)
                wrong.append(f"{block}: {command}: status {done.returncode}\n{seen}")
    assert not wrong, "\n".join(wrong)
