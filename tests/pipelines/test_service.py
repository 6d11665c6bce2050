"""`pati service`: two units of one's own account that start what a terminal would."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import pytest

from pipelines.run import RunError
from pipelines.service import DASHBOARD, SCHEDULE, environment_of, install, quoted, remove, units
from pipelines.settings import Settings
from tests.pipelines.systemd import of_unit, stand_in


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    return tmp_path / "config" / "systemd" / "user"


def test_what_is_installed_starts_this_program_on_this_home(place: Path, tmp_path: Path) -> None:
    log = stand_in(tmp_path / "bin")
    home = tmp_path / "rumah kita"
    done = install(Settings(home), 8600)
    assert (done.folder, done.lingers) == (place, True)
    pati = str(Path(sys.executable).with_name("pati"))
    wanted = {SCHEDULE: [pati, "schedule"], DASHBOARD: [pati, "dashboard", "--port", "8600"]}
    for name, command in wanted.items():
        text = (place / name).read_text()
        assert [shlex.split(line) for line in of_unit(text, "ExecStart")] == [command]
        assert f'"PATI_HOME={home}"' in of_unit(text, "Environment")
        assert of_unit(text, "WorkingDirectory") == [str(home.parent)]
        assert of_unit(text, "Restart") == ["always"]
        assert of_unit(text, "WantedBy") == ["default.target"]
    assert log.read_text().splitlines() == [
        "systemctl --user daemon-reload",
        f"systemctl --user enable {SCHEDULE} {DASHBOARD}",
        f"systemctl --user restart {SCHEDULE} {DASHBOARD}",
        "loginctl enable-linger",
    ]


def test_removing_leaves_nothing_but_the_data(place: Path, tmp_path: Path) -> None:
    log = stand_in(tmp_path / "bin")
    install(Settings(tmp_path / "rumah"), 8501)
    assert remove()
    assert list(place.iterdir()) == []
    assert f"systemctl --user disable --now {SCHEDULE} {DASHBOARD}" in log.read_text()
    assert not remove()


def test_without_a_systemd_of_this_account_nothing_is_left_behind(place: Path, tmp_path: Path) -> None:
    stand_in(tmp_path / "bin", refuses="Failed to connect to bus: No medium found.")
    with pytest.raises(RunError, match=r"Failed to connect to bus.*dua terminal"):
        install(Settings(tmp_path / "rumah"), 8501)
    assert list(place.iterdir()) == []


def test_without_systemd_at_all(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RunError, match="tidak ada systemd"):
        install(Settings(tmp_path / "rumah"), 8501)
    assert not place.exists()


def test_an_account_that_may_not_linger_is_told(place: Path, tmp_path: Path) -> None:
    stand_in(tmp_path / "bin", lingers=False)
    assert not install(Settings(tmp_path / "rumah"), 8501).lingers


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("pati", '"pati"'),
        ("dua kata", '"dua kata"'),
        ("100%", '"100%%"'),
        ("$HOME", '"$$HOME"'),
        ('a"b', r'"a\"b"'),
        ("a\\b", r'"a\\b"'),
    ],
)
def test_nothing_in_a_word_is_expanded(word: str, written: str) -> None:
    assert quoted(word) == written


def test_settings_of_the_terminal_go_along_but_not_its_secrets(tmp_path: Path) -> None:
    here = {
        "PATI_FAST": "1",
        "PATI_THREADS": "",
        "PATI_NOW": "2026-01-01T00:00+07:00",
        "YOUTUBE_API_KEY": "x",
    }
    home = tmp_path / "rumah"
    assert environment_of(Settings(home, home / "config"), here) == {"PATI_HOME": str(home), "PATI_FAST": "1"}
    elsewhere = environment_of(Settings(home, tmp_path / "lain"), {})
    assert elsewhere == {"PATI_HOME": str(home), "PATI_CONFIG": str(tmp_path / "lain")}


def test_a_percent_sign_in_a_path_stays_one(tmp_path: Path) -> None:
    text = units(Path("/opt/50%/pati"), tmp_path / "a%b", {"PATI_HOME": "a%b$c"}, 1)[SCHEDULE]
    assert 'ExecStart="/opt/50%%/pati" "schedule"' in text
    assert 'Environment="PATI_HOME=a%%b$c"' in text
