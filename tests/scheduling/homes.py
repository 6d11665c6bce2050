"""Homes with a schedule of their own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from config.schedule import JOBS
from pipelines.settings import Settings

NOW = datetime(2026, 11, 16, 3, 7, tzinfo=UTC)
"""A Monday, 10.07 WIB."""


def home(folder: Path, jobs: dict[str, Any], now: datetime | None = NOW, **rest: Any) -> Settings:
    """A home whose schedule has just these jobs, and no sources."""
    config = folder / "config"
    config.mkdir(parents=True, exist_ok=True)
    plan = {"jobs": {name: jobs.get(name) for name in JOBS}, "port": 0, **rest}
    (config / "schedule.yaml").write_text(yaml.safe_dump(plan), encoding="utf-8")
    (config / "sources.yaml").write_text("sources: []\n", encoding="utf-8")
    return Settings(folder, config, now)


def later(settings: Settings, much: timedelta) -> Settings:
    """The same home at another moment."""
    assert settings.fixed_now is not None
    return Settings(settings.home, settings.config_dir, settings.fixed_now + much)
