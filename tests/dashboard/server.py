"""A real dashboard process for tests with a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dashboard import screenshots
from pipelines.serving import dashboard_command
from tests.dashboard.seed import NOW

needs_browser = pytest.mark.skipif(
    not any(map(shutil.which, screenshots.BROWSERS)), reason="Chromium is not installed"
)


@contextmanager
def served(home: Path, **more: str) -> Iterator[str]:
    """Serve a home folder at the moment `NOW`; `more` are further environment variables.

    Yields:
        Its address.
    """
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PATI_HOME": str(home), "PATI_NOW": NOW.isoformat(), **more}
    server = subprocess.Popen(
        dashboard_command(port),
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    url = f"http://localhost:{port}"
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):  # noqa: S310 - our own server
                    break
            except OSError:
                assert time.monotonic() < deadline
                time.sleep(0.2)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)
