"""Pictures of every page, on a laptop and on a phone: `python -m dashboard.screenshots --url URL --out DIR`.

Needs a running dashboard, playwright (a development dependency) and Chromium.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGES: Final = {
    "ringkasan": "",
    "berita": "berita",
    "dokumen": "berita?tampil=Dokumen",
    "video": "berita?tampil=Video",
    "aduan": "aduan",
    "sumber": "sumber",
}
"""Name of the picture: path in the dashboard."""

FIRST_PAINT_MS: Final = 60_000
TALLEST: Final = 6_000
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")


class ScreenshotError(Exception):
    """No picture could be made; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Device:
    """A screen: name for the file, and size in CSS pixels."""

    name: str
    width: int
    height: int


DEVICES: Final = (Device("laptop", 1280, 800), Device("ponsel", 390, 844))


def take(
    url: str,
    out: Path,
    devices: Sequence[Device] = DEVICES,
    browser: str | None = None,
    pages: Mapping[str, str] = PAGES,
) -> list[Path]:
    """Photograph every page on every device.

    Args:
        url: address of a running dashboard, e.g. ``http://localhost:8501``.
        out: folder for the PNG files; made if missing.
        devices: screens.
        browser: path of Chromium; found on the PATH if not given.
        pages: name of the picture and path in the dashboard.

    Returns:
        The files, named ``<page>-<device>.png``.

    Raises:
        ScreenshotError: playwright or Chromium is missing, or the dashboard does not answer.
    """
    try:
        # A development dependency: the dashboard itself runs without it.
        from playwright.sync_api import Error, sync_playwright
    except ImportError as err:
        raise ScreenshotError(
            "playwright is not installed; run `uv sync --group dev` and try again."
        ) from err
    program = browser or next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        raise ScreenshotError("Chromium was not found; install it (apt install chromium) or give --browser.")
    out.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
            )
            for device in devices:
                page = chromium.new_page(viewport={"width": device.width, "height": device.height})
                for name, path in pages.items():
                    target = out / f"{name}-{device.name}.png"
                    _photograph(page, f"{url.rstrip('/')}/{path}", target, device)
                    files.append(target)
                page.close()
            chromium.close()
    except Error as err:
        raise ScreenshotError(f"{url} could not be photographed: {err.message.splitlines()[0]}") from err
    return files


def settle(page: Page) -> None:
    """Wait until a Streamlit page has drawn everything and stopped running."""
    page.wait_for_selector("[data-testid=stApp] h1", timeout=FIRST_PAINT_MS)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=FIRST_PAINT_MS)
    page.wait_for_function(
        "document.querySelectorAll('[data-testid=stSkeleton]').length === 0", timeout=FIRST_PAINT_MS
    )
    page.wait_for_timeout(700)  # charts fade in


def _photograph(page: Page, address: str, target: Path, device: Device) -> None:
    page.set_viewport_size({"width": device.width, "height": device.height})
    page.goto(address, timeout=FIRST_PAINT_MS)
    settle(page)
    # The page scrolls inside itself: a window as tall as its content shows all of it.
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": device.width, "height": min(max(height, device.height), TALLEST)})
    page.wait_for_timeout(500)
    page.screenshot(path=str(target))


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m dashboard.screenshots", description=__doc__)
    parser.add_argument("--url", required=True, help="address of the running dashboard")
    parser.add_argument("--out", required=True, type=Path, help="folder for the pictures")
    parser.add_argument("--browser", help="path of Chromium")
    chosen = parser.parse_args(arguments)
    try:
        for path in take(chosen.url, chosen.out, browser=chosen.browser):
            sys.stdout.write(f"{path}\n")
    except ScreenshotError as err:
        sys.stderr.write(f"{err}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
