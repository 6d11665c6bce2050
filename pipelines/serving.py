"""Start the dashboard as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files

from pipelines.run import RunError
from pipelines.settings import Settings


def dashboard_command(port: int) -> list[str]:
    """The command that serves the dashboard on localhost only."""
    return [
        sys.executable, "-m", "streamlit", "run", str(files("dashboard") / "app.py"),
        "--server.port", str(port), "--server.address", "localhost", "--server.headless", "true",
        "--browser.gatherUsageStats", "false",
    ]  # fmt: skip


def serve_dashboard(settings: Settings, port: int) -> None:
    """Serve until the process is interrupted.

    Raises:
        RunError: it ended by itself, e.g. because the port is taken.
    """
    process = subprocess.Popen(dashboard_command(port), env=settings.environment())  # noqa: S603 - a command of ours
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
