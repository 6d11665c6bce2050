"""Streamlit apps as processes of their own: the dashboard of a lake, and the empty one."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks.lake.making import NOW
from pipelines.serving import WORDS, dashboard_command

EMPTY = Path(__file__).with_name("empty.py")
START_SECONDS = 120


@contextmanager
def dashboard(home: Path) -> Iterator[str]:
    """The dashboard of a lake, open to everybody; yields its address."""
    told = {"PATI_HOME": str(home), "PATI_NOW": NOW.isoformat(), "PATI_ACCESS": "open", "PATI_WORDS": WORDS}
    with _serving(None, told) as url:
        yield url


@contextmanager
def empty() -> Iterator[str]:
    """The empty app; yields its address."""
    with _serving(EMPTY, {}) as url:
        yield url


@contextmanager
def _serving(app: Path | None, told: Mapping[str, str]) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = int(probe.getsockname()[1])
    command = dashboard_command(port)
    if app:
        command[command.index("run") + 1] = str(app)
    server = subprocess.Popen(
        command, env={**os.environ, **told}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://localhost:{port}"
    try:
        _wait(f"{url}/_stcore/health")
        yield url
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own server
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
