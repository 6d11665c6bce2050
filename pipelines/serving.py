"""Start the dashboard as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

from pipelines.run import RunError
from pipelines.settings import Settings

MASKER = "pipelines.notes:masker"
"""The dashboard may not import language work: it is told by name where to find what masks notes."""


DEMO = "DEMO.txt"
"""In a home whose data is made up."""
WORDS = "pipelines.searching:words_of"
"""Same for what reads questions to the search index."""


AGREEMENT = "nlp.corpus.agreement:agreements"
"""Same for what measures how far two readers of a text agree."""


LOCAL = "localhost"
SENDER = "pipelines.report_sending.words:send_in_words"
"""Same for what sends a report."""


def dashboard_command(port: int, address: str = LOCAL) -> list[str]:
    """The command that serves the dashboard, on localhost only unless told otherwise.

    Streamlit collects garbage of all generations after every run of a page and looks which files changed:
    over half of the processor time of a page whose answers are known. Python collects by itself, and the
    program does not change while it runs.
    """
    return [
        sys.executable, "-m", "streamlit", "run", str(files("dashboard") / "app.py"),
        "--server.port", str(port), "--server.address", address, "--server.headless", "true",
        "--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none",
        "--runner.postScriptGC", "false",
    ]  # fmt: skip


def dashboard_environment(settings: Settings, recorder: str | None = None) -> dict[str, str]:
    """What the dashboard's process is told.

    A home that `pati demo` made is shown without signing in, as long as nobody has an account in it.

    Args:
        settings: of this process.
        recorder: in whose name events of complaints are recorded; None: the account's own.
    """
    told = {"PATI_WORDS": WORDS, "PATI_MASKER": MASKER, "PATI_AGREEMENT": AGREEMENT, "PATI_SENDER": SENDER}
    told |= {"PATI_ACCESS": access_of(settings.home)}
    return settings.environment() | told | ({"PATI_RECORDER": recorder} if recorder else {})


def mark_demo(home: Path) -> None:
    """Note that everything in this home is made up."""
    (home / DEMO).write_text(
        "Semua data di folder ini buatan; dasbornya dibuka tanpa masuk.\n", encoding="utf-8"
    )


def access_of(home: Path) -> str:
    """How the dashboard of a home lets people in: ``demo`` or ``sign_in``."""
    return "demo" if (home / DEMO).exists() else "sign_in"


def serve_dashboard(settings: Settings, port: int, recorder: str | None = None, address: str = LOCAL) -> None:
    """Serve until the process is interrupted.

    Args:
        settings: of this process.
        port: on localhost.
        recorder: in whose name events of complaints are recorded; None: the account's own.
        address: what to listen on.

    Raises:
        RunError: it ended by itself, e.g. because the port is taken.
    """
    environment = dashboard_environment(settings, recorder)
    process = subprocess.Popen(dashboard_command(port, address), env=environment)  # noqa: S603 - a command of ours
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
