"""The guide for a first installation, followed to the letter: from an empty folder to a first report.

The newsroom on loopback stands for the internet: the guide's outlet is one of its sites, and after the step
that makes the configuration its addresses are allowed there. Steps that install something are the
environment that the tests run in. Everything else is done as it stands, and prints what the guide shows.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

import pytest
import yaml
from pypdfium2 import PdfDocument

from samples.media import load_media
from samples.server import Newsroom
from samples.world import World
from tests.dashboard.server import free_port, wait_for
from tests.docs.reading import ROOT, Block, blocks
from tests.docs.showing import difference, matches
from tests.docs.test_running import HOME, perform, waits
from tests.pipelines.conftest import PATI

GUIDE = ROOT / "docs" / "panduan" / "instalasi.md"
OUTLET = "kabarlereng"
INVENTED = f"https://{OUTLET}.example"
"""The outlet's address in the guide."""
_STEP = re.compile(r"(\d+)\. ")


def steps() -> list[Block]:
    """The block of each numbered step."""
    return [one for one in blocks(GUIDE) if _STEP.match(one.heading)]


def test_at_most_ten_steps_of_one_command_each() -> None:
    found = steps()
    numbers = [int(_STEP.match(one.heading).group(1)) for one in found]  # type: ignore[union-attr]
    assert numbers == list(range(1, len(found) + 1))
    assert len(found) <= 10
    assert {one.heading: len(one.said) for one in found if len(one.said) != 1} == {}
    assert all(one.mark for one in found), "each step is run, installs, or asks for a service"
    text = GUIDE.read_text(encoding="utf-8")
    for part in re.split(r"^## (?=\d+\. )", text, flags=re.MULTILINE)[1:]:
        assert "*Kalau lain:*" in part.partition("\n## ")[0], f"what if step {part[:2]} says something else?"


@dataclass(frozen=True)
class Folder:
    """The empty folder, the newsroom, and the environment of the one who follows the guide."""

    path: Path
    room: Newsroom
    environment: dict[str, str]

    def there(self, text: str) -> str:
        """The guide's words with the newsroom's address."""
        return text.replace(INVENTED, self.room.outlet_url(OUTLET, "/").rstrip("/"))

    def allow(self) -> None:
        """Let the crawler reach loopback, and hurry: what no installation on the internet needs."""
        file = self.path / HOME / "config" / "crawl.yaml"
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
        found |= {
            "allow_hosts": ["*.localhost"], "allow_ports": [self.room.base_port], "delay_seconds": 0.0,
            "concurrency_per_host": 4,
        }  # fmt: skip
        file.write_text(yaml.safe_dump(found), encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    with Newsroom(World(weeks=6, media=load_media(newcomers=True))) as room:
        now = room.world.now.astimezone(UTC).isoformat()
        yield Folder(tmp_path_factory.mktemp("pati"), room, {**os.environ, "PATI_NOW": now})


@pytest.mark.proof
def test_the_guide_leads_to_a_scheduled_system_with_a_first_report(folder: Folder) -> None:
    left_out = []
    for block in steps():
        ((command, shown),) = block.said
        if block.mark != "uji" or waits(command):
            left_out.append(block.heading)
            continue
        done = perform(folder.there(command), folder.path, folder.environment)
        printed = done.stdout.replace(f"{folder.path}/", "")
        assert done.returncode == 0, f"{block}: {command}\n{done.stdout}"
        assert matches(folder.there(shown), printed), f"{block}\n{difference(folder.there(shown), printed)}"
        if command.startswith("pati init"):
            folder.allow()
    assert all(one.split(".")[0] in ("1", "2", "3", "4", "9", "10") for one in left_out)
    the_report_is_there(folder)
    the_scheduler_has_worked(folder)
    the_dashboard_opens(folder)


def the_report_is_there(folder: Folder) -> None:
    """A PDF with the outlet's articles in it."""
    (pdf,) = (folder.path / HOME / "reports").glob("laporan-*-W??.pdf")
    with PdfDocument(pdf) as report:
        words = "".join(page.get_textpage().get_text_range() for page in report)
    assert "Kabar Lereng" in words


def the_scheduler_has_worked(folder: Folder) -> None:
    """Its own book says so; nothing to look at while the scheduler is not merged."""
    if waits("pati schedule"):
        return
    done = perform("pati schedule --list --json", folder.path, folder.environment)
    jobs = {row["job"]: row["outcome"] for row in json.loads(done.stdout)}
    assert jobs["run"] == jobs["report"] == jobs["backup"] == "ok"
    assert (folder.path / f"{HOME}-cadangan").is_dir()


def the_dashboard_opens(folder: Folder) -> None:
    """`pati dashboard`, as the service or a second terminal would start it, answers on loopback."""
    port = free_port()
    process = subprocess.Popen(
        [PATI, "dashboard", "--port", str(port)], cwd=folder.path, env=folder.environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        wait_for(f"http://localhost:{port}/_stcore/health")
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=60)
