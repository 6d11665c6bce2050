"""Let the scheduler and the dashboard start by themselves: two services of systemd, of one's own account.

For a laptop or a small machine with one person who looks after it; nothing here needs an administrator. A
server with an account of its own for the program uses the units of `deploy/`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipelines.run import RunError
from pipelines.settings import CONFIG_VAR, FAST_VAR, HOME_VAR, KEY_VAR, Settings

SCHEDULE: Final = "pati-schedule.service"
DASHBOARD: Final = "pati-dashboard.service"
KEPT: Final = (FAST_VAR, KEY_VAR, "PATI_THREADS")
"""Settings of this terminal that the services are given, too."""
WITHOUT: Final = (
    "biarkan `pati schedule` dan `pati dashboard` berjalan di dua terminal, atau lihat panduan operator."
)


@dataclass(frozen=True, slots=True)
class Installed:
    """What `install` did.

    Attributes:
        folder: where the units are.
        lingers: whether they also run while nobody is signed in to the machine.
    """

    folder: Path
    lingers: bool


def install(settings: Settings, port: int) -> Installed:
    """Write the units and start them, now and whenever the machine starts; doing it again renews them.

    Args:
        settings: of the installation that they serve.
        port: of the dashboard, on localhost.

    Raises:
        RunError: there is no systemd for this account; nothing is left behind.
        OSError: the units cannot be written.
    """
    _needed()
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in units(_program(), settings.home, environment_of(settings, os.environ), port).items():
        (folder / name).write_text(text, encoding="utf-8")
    try:
        _systemctl("daemon-reload")
        _systemctl("enable", SCHEDULE, DASHBOARD)
        _systemctl("restart", SCHEDULE, DASHBOARD)
    except RunError:
        for name in (SCHEDULE, DASHBOARD):
            (folder / name).unlink(missing_ok=True)
        raise
    return Installed(folder, _lingers())


def remove() -> bool:
    """Stop the services and take them away; data stays.

    Returns:
        Whether there were any.

    Raises:
        RunError: systemd refuses.
    """
    there = [name for name in (SCHEDULE, DASHBOARD) if (_folder() / name).exists()]
    if there:
        _needed()
        _systemctl("disable", "--now", *there)
        for name in there:
            (_folder() / name).unlink()
        _systemctl("daemon-reload")
    return bool(there)


def units(program: Path, home: Path, environment: Mapping[str, str], port: int) -> dict[str, str]:
    """Name → text of the units. Pure.

    Args:
        program: the `pati` command.
        home: folder of all data.
        environment: settings that both are given.
        port: of the dashboard.
    """
    return {
        SCHEDULE: _unit("penjadwal", [str(program), "schedule"], home, environment),
        DASHBOARD: _unit("dasbor", [str(program), "dashboard", "--port", str(port)], home, environment),
    }


def environment_of(settings: Settings, here: Mapping[str, str]) -> dict[str, str]:
    """What the services are told. Pure.

    Args:
        settings: of the installation.
        here: the environment of this terminal.
    """
    told = {HOME_VAR: str(settings.home)}
    if settings.config_dir not in (None, settings.home / "config"):
        told[CONFIG_VAR] = str(settings.config_dir)
    return told | {name: here[name] for name in KEPT if here.get(name)}


def quoted(word: str) -> str:
    """A word as a command line of a unit has it: nothing in it is expanded. Pure."""
    inside = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{inside}"'


def _unit(title: str, command: Sequence[str], home: Path, environment: Mapping[str, str]) -> str:
    told = "".join(
        f"Environment={quoted(f'{name}={value}').replace('$$', '$')}\n" for name, value in environment.items()
    )
    folder = str(home.parent).replace("%", "%%")
    return f"""# Ditulis oleh `pati service`; perintah itu menulisnya lagi.
[Unit]
Description=Pati Maju: {title}

[Service]
ExecStart={" ".join(map(quoted, command))}
WorkingDirectory={folder}
{told}UMask=0077
Restart=always
RestartSec=30
KillMode=mixed
TimeoutStopSec=90
Nice=5
NoNewPrivileges=true

[Install]
WantedBy=default.target
"""


def _program() -> Path:
    """The `pati` beside the Python that runs this."""
    return Path(sys.executable).absolute().with_name("pati")


def _folder() -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"


def _needed() -> None:
    if shutil.which("systemctl") is None:
        raise RunError(f"Di mesin ini tidak ada systemd; {WITHOUT}")


def _systemctl(*words: str) -> None:
    done = subprocess.run(  # noqa: S603 - our own words
        ["systemctl", "--user", *words],  # noqa: S607 - the machine's own
        text=True, capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode:
        said = next(iter(done.stderr.strip().splitlines()), f"kode {done.returncode}")
        raise RunError(f"systemd untuk akun ini tidak dapat dipakai ({said.rstrip('.')}); {WITHOUT}")


def _lingers() -> bool:
    if shutil.which("loginctl") is None:
        return False
    done = subprocess.run(["loginctl", "enable-linger"], capture_output=True, check=False)  # noqa: S607 - same
    return done.returncode == 0
