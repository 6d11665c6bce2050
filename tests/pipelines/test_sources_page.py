"""`docs/sources.md` says what the commands do: every one of them runs, and prints what is shown."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import pytest
import yaml

from config.sources import SourcesFile
from tests import record_terminal as page

LIKE = 0.9
"""How alike the recorded and the new output must be, without digits; renew with `make recordings`."""


def words(text: str) -> list[str]:
    return re.sub(r"\d+", "0", text).split()


@pytest.mark.proof
@pytest.mark.slow
def test_every_command_of_the_page_runs_and_prints_what_is_shown(tmp_path: Path) -> None:
    said = page.recorded(page.PAGE.read_text(encoding="utf-8"))
    assert {one.command.split()[2] for one in said if one.command.startswith("pati sources")} == {
        "check", "add", "health", "test",
    }  # fmt: skip
    with page.newsroom(tmp_path, 0) as room:
        for one in said:
            done = page.perform(one.command, tmp_path, room)
            assert done.returncode == 0, (one.command, done.stdout)
            new = page.tidy(done.stdout, tmp_path, room.base_port)
            alike = difflib.SequenceMatcher(None, words(one.output), words(new), autojunk=False).ratio()
            assert alike >= LIKE, f"{one.command}: recording is out of date; run `make recordings`"


def test_the_entry_shown_can_be_pasted() -> None:
    check = page.recorded(page.PAGE.read_text(encoding="utf-8"))[0]
    entry = check.output[check.output.index("  - id:") :]
    (source,) = SourcesFile.model_validate({"sources": yaml.safe_load(entry)}).sources
    assert source.status == "investigating"


def test_the_page_names_every_verdict_and_option() -> None:
    text = page.PAGE.read_text(encoding="utf-8")
    for word in ("baik", "sepi", "rusak", "diblokir", "hilang"):
        assert f"| {word} |" in text
    for option in ("--yes", "--activate", "--id", "--name", "--replace", "--accept"):
        assert f"`{option}`" in text or f"{option}`" in text
