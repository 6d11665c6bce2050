"""`make screenshots`: the pictures of README and docs, from the demo's home folder."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

from PIL import Image
from pypdfium2 import PdfDocument

from dashboard.screenshots import take
from pipelines.serving import dashboard_command
from pipelines.settings import Settings
from tests.conftest import ROOT

PORT = 8599
START_SECONDS = 60
TALL = {"laptop": 1000, "ponsel": 1400}
"""Height kept of a picture, in its own pixels, by device."""


def main() -> None:
    """Serve the dashboard of a finished demo, photograph it, and render the report's first page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=ROOT / "demo-home")
    parser.add_argument("--now", default="2026-11-16T07:00+07:00")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    newest = max((options.home / "reports").glob("*.pdf"))
    with PdfDocument(newest) as report:
        report[0].render(scale=1.6).to_pil().save(options.out / "laporan.png", optimize=True)
    environment = {**Settings.load(options.home).environment(), "PATI_NOW": options.now}
    server = subprocess.Popen(dashboard_command(PORT), env=environment)
    try:
        wait_for(f"http://localhost:{PORT}/_stcore/health")
        with tempfile.TemporaryDirectory() as folder:
            for picture in take(f"http://localhost:{PORT}", Path(folder)):
                first_screen(picture, options.out / picture.name)
    finally:
        server.terminate()
        server.wait()


def first_screen(picture: Path, target: Path) -> None:
    """Keep what a person sees before scrolling: whole pages are too long for a document."""
    with Image.open(picture) as whole:
        height = min(whole.height, TALL[picture.stem.rpartition("-")[2]])
        whole.crop((0, 0, whole.width, height)).quantize(128).save(target, optimize=True)


def wait_for(url: str) -> None:
    """Return when the address answers; give up after `START_SECONDS`."""
    for _ in range(START_SECONDS):
        try:
            with urllib.request.urlopen(url):  # noqa: S310 - our own server on localhost
                return
        except URLError:
            time.sleep(1)
    sys.exit(f"the dashboard did not start within {START_SECONDS} s")


if __name__ == "__main__":
    main()
