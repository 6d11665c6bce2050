"""Commands that are named to people in need exist."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from pipelines.cli.app import complete
from tests.conftest import ROOT

SAYING = [
    ROOT / "pipelines" / "faults.py",
    ROOT / "pipelines" / "upgrading.py",
    ROOT / "dashboard" / "pulse.py",
    *sorted((ROOT / "pipelines" / "doctor").glob("*.py")),
    *sorted((ROOT / "pipelines" / "scheduling").glob("*.py")),
]
NAMED = re.compile(r"`pati ([^`]+)`")


def unknown(said: str) -> str | None:
    """What of a command line there is not; None: all of it is there."""
    words = [word for word in said.split() if not word.startswith("{")]
    command: Any = get_command(complete())
    while words and hasattr(command, "commands") and not words[0].startswith("-"):
        if words[0] not in command.commands:
            return words[0]
        command = command.commands[words.pop(0)]
    known = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
    return next((word for word in words if word.startswith("--") and word not in known), None)


def test_what_there_is_not_is_seen() -> None:
    assert unknown("schedule --now backup") == "--now"
    assert unknown("lake terbang") == "terbang"
    assert unknown("lake backup FOLDER") is None


@pytest.mark.parametrize("path", SAYING, ids=lambda path: path.stem)
def test_every_command_that_is_named_exists(path: Path) -> None:
    text = re.sub(r'"\s*\n\s*f?"', "", path.read_text(encoding="utf-8"))  # one sentence on several lines
    said = NAMED.findall(text)
    assert [one for one in said if unknown(one)] == []
