"""Start the dashboard as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files

from pipelines.run import RunError
from pipelines.settings import Settings

MASKER = "pipelines.notes:masker"
"""The dashboard may not import language work: it is told by name where to find what masks notes."""


def dashboard_command(port: int) -> list[str]:
    """The command that serves the dashboard on localhost only."""
    return [
        sys.executable, "-m", "streamlit", "run", str(files("dashboard") / "app.py"),
        "--server.port", str(port), "--server.address", "localhost", "--server.headless", "true",
        "--browser.gatherUsageStats", "false",
    ]  # fmt: skip


def dashboard_environment(settings: Settings, recorder: str | None) -> dict[str, str]:
    """What the dashboard's process is told.

    Args:
        settings: of this process.
        recorder: the unit in whose name events of complaints are recorded; None: nobody may.
    """
    writing = {"PATI_RECORDER": recorder, "PATI_MASKER": MASKER} if recorder else {}
    return settings.environment() | writing


def serve_dashboard(settings: Settings, port: int, recorder: str | None = None) -> None:
    """Serve until the process is interrupted.

    Args:
        settings: of this process.
        port: on localhost.
        recorder: the unit in whose name events of complaints are recorded; None: nobody may.

    Raises:
        RunError: it ended by itself, e.g. because the port is taken.
    """
    environment = dashboard_environment(settings, recorder)
    process = subprocess.Popen(dashboard_command(port), env=environment)  # noqa: S603 - a command of ours
    try:
        code = process.wait()
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        return
    if code:
        raise RunError(
            f"Dasbor berhenti dengan kode {code}; mungkin porta {port} sudah dipakai: coba --port lain."
        )
