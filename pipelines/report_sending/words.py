"""Sending as the dashboard asks for it: by name, answered in words."""

from __future__ import annotations

from pathlib import Path

from pipelines.report_sending.engine import send_report
from pipelines.run import RunError
from pipelines.settings import Settings
from warehouse import Lake
from warehouse.queries import Week


def send_in_words(
    lake: Lake,
    config_dir: Path | None,
    week: Week,
    person: str,
    *,
    again: bool = False,
    release: bool = False,
) -> str:
    """Send the newest approved edition of a week, as `engine.send_report`.

    Returns:
        What happened, in Indonesian sentences.

    Raises:
        ValueError: it cannot be sent now (one Indonesian sentence).
    """
    settings = Settings(lake.home, config_dir, lake.now)
    try:
        return send_report(lake, settings, week, person, again=again, release=release).message
    except RunError as problem:
        raise ValueError(str(problem)) from None
