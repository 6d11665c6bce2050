"""Somebody who reads a page and does what it says, in a folder of theirs."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from samples.server import Newsroom
from tests.docs.reading import ROOT, Block, blocks
from tests.docs.showing import difference, matches
from tests.pipelines.conftest import PATI

GUIDE = ROOT / "docs" / "panduan" / "instalasi.md"
HOME = "pati-home"
OUTLET = "kabarlereng"
INVENTED = f"https://{OUTLET}.example"
"""The outlet's address in the guide."""
_STEP = re.compile(r"(\d+)\. ")


def steps() -> dict[int, Block]:
    """Number of each step of the guide → its block."""
    found = [(_STEP.match(one.heading), one) for one in blocks(GUIDE)]
    return {int(seen.group(1)): one for seen, one in found if seen}


@dataclass(frozen=True)
class Folder:
    """Where the guide is followed.

    Attributes:
        path: the folder, empty at first.
        room: what stands for the internet.
        environment: of whoever follows.
        wrong: what did not go, or did not print, as a page says.
        left_out: commands of steps that install.
    """

    path: Path
    room: Newsroom
    environment: dict[str, str]
    wrong: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def perform(self, command: str) -> subprocess.CompletedProcess[str]:
        """Run one command as it stands: no terminal to be asked, both outputs in one."""
        name, *rest = shlex.split(command)
        assert name == "pati", f"only `pati` is run from a page: {command}"
        return subprocess.run(
            [PATI, *rest], cwd=self.path, env={**self.environment, "COLUMNS": "200"}, text=True, timeout=800,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip

    def follow(self, block: Block) -> None:
        """Do what a block says and look at what comes."""
        for command, words in block.said:
            if block.mark not in ("uji", "layanan"):
                self.left_out.append(command)
                continue
            done, shown = self.perform(self._there(command)), self._there(words)
            printed = done.stdout.replace(f"{self.path}/", "")
            if done.returncode or not matches(shown, printed):
                seen = f"status {done.returncode}\n{difference(shown, printed)}"
                self.wrong.append(f"{block}: {command}: {seen}")
            if command.startswith("pati init"):
                self._allow_loopback()

    def _there(self, text: str) -> str:
        """The page's words with the newsroom's address."""
        return text.replace(INVENTED, self.room.outlet_url(OUTLET, "/").rstrip("/"))

    def _allow_loopback(self) -> None:
        """What no installation on the internet needs: the crawler may reach loopback, and hurry."""
        file = self.path / HOME / "config" / "crawl.yaml"
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
        found |= {
            "allow_hosts": ["*.localhost"], "allow_ports": [self.room.base_port], "delay_seconds": 0.0,
            "concurrency_per_host": 4,
        }  # fmt: skip
        file.write_text(yaml.safe_dump(found), encoding="utf-8")


def environment_of(room: Newsroom, folder: Path, tools: Path) -> dict[str, str]:
    """The environment of whoever follows: the newsroom's moment, services of their own, `tools` first."""
    return {
        **os.environ, "PATI_NOW": room.world.now.isoformat(), "XDG_CONFIG_HOME": str(folder),
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
    }  # fmt: skip
