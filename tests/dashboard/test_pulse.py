"""The line that says that the system is silent."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dashboard.pulse import NAME, silent_line
from pipelines.scheduling import book
from pipelines.scheduling.heartbeat import beat
from tests.scheduling.homes import home

NOW = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)


def ago(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


@pytest.mark.parametrize(
    ("at", "run_at", "silent"),
    [
        pytest.param(ago(0), ago(1), None, id="at work"),
        pytest.param(ago(7), ago(8), "16 Nov 2026 02.00", id="everything stands still"),
        pytest.param(ago(0), ago(6), "16 Nov 2026 04.00", id="it beats, but no run succeeds"),
        pytest.param(ago(-2), ago(-2), None, id="a clock that is ahead"),
    ],
)
def test_silence_is_seen(tmp_path: Path, at: datetime, run_at: datetime, silent: str | None) -> None:
    settings = home(tmp_path, {"run": {"minutes": [5]}}, now=at, heartbeat={"silent_hours": 6})
    book.write(tmp_path, book.ended(book.Book(since=run_at), "run", book.Tried(run_at, 1, "ok", ""), None))
    beat(settings)
    said = silent_line(tmp_path, NOW)
    assert said is None if silent is None else silent in (said or "")


@pytest.mark.parametrize("text", [None, "", "{}", '{"at": "kemarin", "run_at": null}', "[1]"])
def test_without_a_heartbeat_nothing_is_said(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "state").mkdir()
        (tmp_path / "state" / NAME).write_text(text, encoding="utf-8")
    assert silent_line(tmp_path, NOW) is None


def test_a_system_that_never_succeeded_is_silent_since_it_was_started(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    facts = {"at": NOW.isoformat(), "run_at": None, "since": ago(9).isoformat(), "silent_hours": 6}
    (tmp_path / "state" / NAME).write_text(json.dumps(facts), encoding="utf-8")
    assert silent_line(tmp_path, NOW) is not None
