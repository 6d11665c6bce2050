import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.settings import Settings, SettingsError, new_run_id


def test_arguments_win_over_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATI_HOME", str(tmp_path / "env"))
    assert Settings.load().home == tmp_path / "env"
    assert Settings.load(home=tmp_path / "arg").home == tmp_path / "arg"


def test_a_config_folder_in_the_home_is_found(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    assert Settings.load(home=tmp_path).config_dir == tmp_path / "config"


def test_a_missing_config_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="tidak ada"):
        Settings.load(home=tmp_path, config_dir=tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "problem"), [("kemarin", "bukan waktu"), ("2026-11-16T07:00", "zona waktu")]
)
def test_an_unreadable_clock_is_an_error(monkeypatch: pytest.MonkeyPatch, text: str, problem: str) -> None:
    monkeypatch.setenv("PATI_NOW", text)
    with pytest.raises(SettingsError, match=problem):
        Settings.load()


def test_the_clock_can_stand_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATI_NOW", "2026-11-16T07:00+07:00")
    assert Settings.load().now() == datetime(2026, 11, 16, tzinfo=UTC)


def test_the_key_is_made_once_and_private(tmp_path: Path) -> None:
    key = Settings(tmp_path).pseudonym_key()
    assert len(key) == 32
    assert Settings(tmp_path).pseudonym_key() == key
    path = tmp_path / "keys" / "pseudonym.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["pseudonym.key"]


def test_a_broken_key_is_not_silently_replaced(tmp_path: Path) -> None:
    Settings(tmp_path).pseudonym_key()
    (tmp_path / "keys" / "pseudonym.key").write_text("xyz")
    with pytest.raises(SettingsError, match="rusak"):
        Settings(tmp_path).pseudonym_key()


def test_run_ids_sort_by_time() -> None:
    ids = [new_run_id() for _ in range(3)]
    assert [i[:12] for i in ids] == sorted(i[:12] for i in ids)


def test_the_clock_of_a_demo_stands_still_unless_the_environment_says_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "clock.txt").write_text("2026-11-16T07:00+07:00\n", encoding="utf-8")
    monkeypatch.delenv("PATI_NOW", raising=False)
    assert Settings.load(tmp_path).now() == datetime(2026, 11, 16, tzinfo=UTC)
    monkeypatch.setenv("PATI_NOW", "2026-01-01T00:00+00:00")
    assert Settings.load(tmp_path).now() == datetime(2026, 1, 1, tzinfo=UTC)
