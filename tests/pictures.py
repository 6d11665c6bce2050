"""`make screenshots`: the pictures of README and docs, from the demo's home folder."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.error import URLError

from PIL import Image
from pypdfium2 import PdfDocument

from dashboard.screenshots import DEVICES, PAGES, SEEN, take
from pipelines.serving import dashboard_command, dashboard_environment
from pipelines.settings import Settings
from tests.conftest import ROOT

PORT = 8599
START_SECONDS = 60
TALL = {"laptop": 1000, "ponsel": 1400}
"""Height kept of a picture, in its own pixels, by device."""
HEAVIEST = 4_000_000
"""Bytes of all pictures together."""
AT_HAND = {
    "Pimpinan": ("ringkasan", "berita", "media_sosial", "peta", "opd", "smart_city", "quick_win"),
    "OPD: DPUTR": ("aduan",),
    "Admin": ("koreksi", "sumber", "pengaturan"),
}
"""Pages photographed on a phone too, each as one role: a phone shows every role the same arrangement."""


def main() -> None:
    """Serve the dashboard of a finished demo, photograph it, and render the report's first page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=ROOT / "demo-home")
    parser.add_argument("--now", default="2026-11-16T07:00+07:00")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    parser.add_argument("--pages", nargs="*", choices=PAGES, default=list(PAGES), help="only these")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    newest = max((options.home / "reports").glob("*.pdf"))
    with PdfDocument(newest) as report:
        report[0].render(scale=1.6).to_pil().save(options.out / "laporan.png", optimize=True)
    environment = {**dashboard_environment(Settings.load(options.home)), "PATI_NOW": options.now}
    server = subprocess.Popen(dashboard_command(PORT), env=environment)
    try:
        wait_for(f"http://localhost:{PORT}/_stcore/health")
        with tempfile.TemporaryDirectory() as folder:
            for picture in taken(f"http://localhost:{PORT}", Path(folder), options.pages):
                first_screen(picture, options.out / picture.name)
    finally:
        server.terminate()
        server.wait()
    (options.out / "README.md").write_text(gallery(options.out), encoding="utf-8")
    if (weight := sum(picture.stat().st_size for picture in options.out.glob("*.png"))) > HEAVIEST:
        sys.exit(f"the pictures weigh {weight} bytes, more than {HEAVIEST}")


def gallery(folder: Path) -> str:
    """A page that shows every picture of a folder under the name of its file, so that none is forgotten."""
    pictures = sorted(folder.glob("*.png"))
    shown = "\n\n".join(f"## {one.stem}\n\n![{one.stem}]({one.name})" for one in pictures)
    return f"# Gambar dasbor\n\nDibuat dengan `make screenshots` dari data contoh.\n\n{shown}\n"


def taken(url: str, folder: Path, wanted: Collection[str]) -> Iterator[Path]:
    """Pictures of the wanted pages: as every role on a laptop, and on a phone as in `AT_HAND`."""
    laptop, phone = DEVICES
    for device, seen in ((laptop, SEEN), (phone, AT_HAND)):
        for role, names in seen.items():
            pages = {name: PAGES[name] for name in names if name in wanted}
            yield from take(url, folder, [device], pages=pages, role=role)


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
