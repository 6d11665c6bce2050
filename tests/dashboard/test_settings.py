from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.settings import SettingsError, read_settings


def test_settings_come_from_the_environment(tmp_path: Path) -> None:
    found = read_settings(
        {
            "PATI_HOME": str(tmp_path),
            "PATI_CONFIG": str(tmp_path / "c"),
            "PATI_NOW": "2026-11-16T07:00+07:00",
        }
    )
    assert (found.home, found.config_dir) == (tmp_path, tmp_path / "c")
    assert found.now == datetime(2026, 11, 16, tzinfo=UTC)


def test_a_config_folder_in_the_home_is_used(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    assert read_settings({"PATI_HOME": str(tmp_path)}).config_dir == tmp_path / "config"


def test_without_settings_there_is_a_default_home_and_a_clock() -> None:
    before = datetime.now(UTC)
    found = read_settings({})
    assert found.home.is_absolute()
    assert found.config_dir is None
    assert found.now <= before
    assert (before - found.now).total_seconds() < 601
    assert (found.now.minute % 10, found.now.second, found.now.microsecond) == (0, 0, 0)


@pytest.mark.parametrize("text", ["besok", "2026-11-16T07:00"])
def test_a_moment_without_zone_or_sense_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="PATI_NOW"):
        read_settings({"PATI_NOW": text})
