"""Changing the configuration from the dashboard: one value at a time, checked, copied, noted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from config.writing import Scalar, change_value
from dashboard import data, people
from dashboard.recording import READ_ONLY
from dashboard.settings import SettingsError


def folder() -> Path:
    """The configuration folder that changes are written to."""
    where = data.settings()
    return where.config_dir or where.home / "config"


def change(name: str, place: Sequence[str], value: Scalar) -> None:
    """Put another value at a place of a configuration file.

    Raises:
        AccessError: not by whoever is signed in.
        SettingsError: this dashboard may not write.
        config.ConfigError: the loader refuses the result; nothing was changed.
        OSError: the folder cannot be written to.
    """
    data.admit("settings", name)
    if people.current("settings") is None:
        raise SettingsError(READ_ONLY)
    change_value(folder(), name, place, value, data.settings().writing_at)
    data.reload_config()
    data.note("settings", name, ".".join(place))
