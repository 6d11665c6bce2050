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
from typing import TYPE_CHECKING

import pytest

from dashboard import screenshots
from pipelines.serving import dashboard_command
from tests.dashboard.seed import NOW

if TYPE_CHECKING:
    from playwright.sync_api import Browser

needs_browser = pytest.mark.skipif(
    not any(map(shutil.which, screenshots.BROWSERS)), reason="Chromium is not installed"
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, screenshots.BROWSERS)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(home: Path, port: int | None = None, **more: str) -> Iterator[str]:
    """Serve a home folder at the moment `NOW`; `more` are further environment variables.

    Args:
        home: the folder.
        port: one that is free; None: any.
        more: see above.

    Yields:
        Its address.
    """
    port = port or free_port()
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
        wait_for(f"{url}/_stcore/health")
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(url: str) -> None:
    """Wait until a server of ours answers."""
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own server
                return
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.2)
