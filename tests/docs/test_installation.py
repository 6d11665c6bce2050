"""The guide for a first installation, followed to the letter: from an empty folder to a first report.

The newsroom on loopback stands for the internet: the guide's outlet is one of its sites, and after the step
that makes the configuration its addresses are allowed there. Steps that install something are the
environment that the tests run in; systemd is a stand-in that notes how it was called, and what it was to
start is started by hand. Everything else is done as it stands, and prints what the guide shows. Then the
marked blocks of all other pages are run on a copy of what came of it.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from samples.media import load_media
from samples.server import Newsroom
from samples.world import World
from tests.dashboard.server import free_port, wait_for
from tests.docs.following import GUIDE, HOME, Folder, environment_of, steps
from tests.docs.reading import PAGES, blocks
from tests.pipelines.systemd import of_unit, stand_in

INSTALLS = 4
"""The first steps, which the tests' own environment stands for."""
MARKED = [page for page in PAGES if page != GUIDE and any(one.mark == "uji" for one in blocks(page))]


def test_at_most_ten_steps_of_one_command_each() -> None:
    found = steps()
    assert list(found) == list(range(1, len(found) + 1))
    assert INSTALLS < len(found) <= 10
    assert {number: len(one.said) for number, one in found.items() if len(one.said) != 1} == {}
    assert [one.mark for one in found.values()][:INSTALLS] == ["pasang"] * INSTALLS
    assert all(one.mark in ("uji", "layanan") for number, one in found.items() if number > INSTALLS)
    text = GUIDE.read_text(encoding="utf-8")
    for part in re.split(r"^## (?=\d+\. )", text, flags=re.MULTILINE)[1:]:
        assert "*Kalau lain:*" in part.partition("\n## ")[0], f"what if step {part[:2]} says something else?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    """The folder in which the guide was followed from its first step to its last."""
    path, tools = tmp_path_factory.mktemp("pati"), tmp_path_factory.mktemp("tools")
    stand_in(tools)
    with Newsroom(World(weeks=6, media=load_media(newcomers=True))) as room:
        folder = Folder(path, room, environment_of(room, tools / "config", tools))
        for block in steps().values():
            folder.follow(block)
        yield folder


@pytest.mark.proof
def test_each_step_says_what_the_guide_says(folder: Folder) -> None:
    assert not folder.wrong, "\n".join(folder.wrong)
    assert len(folder.left_out) == INSTALLS


@pytest.mark.proof
def test_the_first_report_is_there(folder: Folder) -> None:
    (pdf,) = (folder.path / HOME / "reports").glob("laporan-????-W??.pdf")
    with PdfDocument(pdf) as report:
        words = "".join(page.get_textpage().get_text_range() for page in report)
    assert "Kabar Lereng" in words


@pytest.mark.proof
def test_it_is_scheduled(folder: Folder) -> None:
    jobs = json.loads(folder.perform("pati schedule --list --json").stdout)
    outcomes = {row["job"]: row["outcome"] for row in jobs}
    assert outcomes["run"] == outcomes["report"] == outcomes["backup"] == "ok"
    assert (folder.path / f"{HOME}-cadangan").is_dir()


@pytest.mark.proof
def test_the_service_that_was_installed_serves_the_dashboard(folder: Folder) -> None:
    (unit,) = Path(folder.environment["XDG_CONFIG_HOME"]).rglob("pati-dashboard.service")
    text, port = unit.read_text(encoding="utf-8"), free_port()
    (line,) = of_unit(text, "ExecStart")
    told = dict(shlex.split(one)[0].split("=", 1) for one in of_unit(text, "Environment"))
    command = [word if word != "8501" else str(port) for word in shlex.split(line)]
    process = subprocess.Popen(
        command, cwd=of_unit(text, "WorkingDirectory")[0], env={**os.environ, **told}, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(f"http://localhost:{port}/_stcore/health")
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=60)


@pytest.mark.proof
@pytest.mark.parametrize("page", MARKED, ids=lambda page: page.stem)
def test_what_another_page_shows_is_what_is_printed(page: Path, folder: Folder, tmp_path: Path) -> None:
    shutil.copytree(folder.path / HOME, tmp_path / HOME)
    reader = replace(folder, path=tmp_path, wrong=[], left_out=[])
    for block in blocks(page):
        if block.mark:
            reader.follow(block)
    assert not reader.wrong, "\n".join(reader.wrong)
