"""`make recordings`: run the commands shown in `docs/sources.md` and put down what they print.

Each ```console block holds commands (lines that begin with ``$ ``) and their output. They run
in order in an empty folder beside the offline newsroom, so that a recording can be renewed by
anybody, and a test can see that it still holds.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

import yaml

from samples.media import load_media
from samples.newsroom_config import newsroom_config
from samples.server import Newsroom
from samples.world import World

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "sources.md"
PORT = 8765
"""The port that the page shows."""
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
_BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Said:
    """A command as the page shows it, with what it printed."""

    command: str
    output: str


def recorded(page: str) -> list[Said]:
    """The commands of a page with their recorded output, in order."""
    found = []
    for block in _BLOCK.findall(page):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append(Said(command, output))
    return found


@contextmanager
def newsroom(folder: Path, port: int) -> Iterator[Newsroom]:
    """The small internet that the page's addresses lie in, and an installation that may reach it."""
    world = World(weeks=6, media=load_media(newcomers=True))
    with Newsroom(world, port=port) as room:
        crawl = yaml.safe_load(newsroom_config(room.base_port)["crawl.yaml"])
        crawl["lookback_days"] = 30
        config = folder / "pati-home" / "config"
        config.mkdir(parents=True)
        (config / "crawl.yaml").write_text(yaml.safe_dump(crawl))
        yield room


def perform(command: str, folder: Path, room: Newsroom) -> subprocess.CompletedProcess[str]:
    """Run one command of the page as it stands there."""
    words = shlex.split(command.replace(f":{PORT}", f":{room.base_port}"))
    environment = {
        **os.environ, "COLUMNS": "118", "PATI_NOW": room.world.now.astimezone(UTC).isoformat(),
    }  # fmt: skip
    return subprocess.run(
        [_BIN / words[0], *words[1:]], cwd=folder, env=environment, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=300, check=False,
    )  # fmt: skip


def tidy(output: str, folder: Path, port: int) -> str:
    """Output as the page shows it: no folder and port of this machine, no spaces at line ends."""
    output = output.replace(f"{folder}/", "").replace(f":{port}", f":{PORT}")
    return "".join(f"{line.rstrip()}\n" for line in output.splitlines())


def main() -> None:
    """Record everything again."""
    page = PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name, newsroom(Path(name), PORT) as room:
        folder = Path(name).resolve()

        def again(block: re.Match[str]) -> str:
            said = []
            for one in recorded(block.group(0)):
                done = perform(one.command, folder, room)
                if done.returncode:
                    sys.exit(f"{one.command}: exit status {done.returncode}\n{done.stdout}")
                said.append(f"$ {one.command}\n{tidy(done.stdout, folder, room.base_port)}")
            return "```console\n" + "".join(said) + "```"

        page = _BLOCK.sub(again, page)
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
