"""Pictures of every page, on a laptop and on a phone: `python -m dashboard.screenshots --url URL --out DIR`.

Needs a running dashboard, playwright (a development dependency) and Chromium.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGES: Final = {
    "ringkasan": "",
    "berita": "berita",
    "dokumen": "berita?tampil=Dokumen",
    "media_sosial": "media_sosial",
    "peta": "peta",
    "opd": "opd",
    "aduan": "aduan",
    "laporan": "laporan",
    "smart_city": "smart_city?dimensi=Smart+Living&indikator=Impact",
    "quick_win": "smart_city?tampilan=Quick+win",
    "koreksi": "koreksi",
    "sumber": "sumber",
    "pengaturan": "pengaturan",
}
"""Name of the picture: path in the dashboard."""

_EVERYBODY: Final = (
    "ringkasan", "berita", "dokumen", "media_sosial", "peta", "opd", "aduan", "quick_win", "sumber",
)  # fmt: skip
OFFICE: Final = "OPD: DPUTR"
"""The office whose pictures are taken."""

SEEN: Final[dict[str, tuple[str, ...]]] = {
    "Pimpinan": (*_EVERYBODY, "laporan", "smart_city"),
    "Analis": (*_EVERYBODY, "laporan", "smart_city", "koreksi"),
    OFFICE: _EVERYBODY,
    "Admin": (*_EVERYBODY, "laporan", "smart_city", "koreksi", "pengaturan"),
}
"""Role, as the demo calls it: pages it has."""

FIRST_PAINT_MS: Final = 60_000
BEGIN_MS: Final = 15_000
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
    role: str | None = None,
) -> list[Path]:
    """Photograph every page on every device.

    Args:
        url: address of a running dashboard, e.g. ``http://localhost:8501``.
        out: folder for the PNG files; made if missing.
        devices: screens.
        browser: path of Chromium; found on the PATH if not given.
        pages: name of the picture and path in the dashboard.
        role: as whom, of a demo's choice (`SEEN`); None: as the dashboard lets people in.

    Returns:
        The files, named ``<page>-<device>.png``, or ``<page>-<role>-<device>.png``.

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
                    target = out / "-".join(filter(None, (name, slug(role), f"{device.name}.png")))
                    _photograph(page, f"{url.rstrip('/')}/{path}", target, device, role)
                    files.append(target)
                page.close()
            chromium.close()
    except Error as err:
        raise ScreenshotError(f"{url} could not be photographed: {err.message.splitlines()[0]}") from err
    return files


def settle(page: Page) -> None:
    """Wait until a Streamlit page has drawn everything and stopped running."""
    page.wait_for_selector("[data-testid=stApp] h1", timeout=FIRST_PAINT_MS)
    _rest(page)


def _rest(page: Page) -> None:
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=FIRST_PAINT_MS)
    page.wait_for_function(
        "document.querySelectorAll('[data-testid=stSkeleton]').length === 0", timeout=FIRST_PAINT_MS
    )
    page.wait_for_function(_CLEARED, timeout=FIRST_PAINT_MS)
    page.wait_for_timeout(700)  # charts fade in


_CLEARED: Final = """() => {
  const now = document.querySelector("[data-testid=stMain]").scrollHeight;
  if (now !== window.tall) [window.tall, window.since] = [now, performance.now()];
  return !document.querySelector("[data-stale=true]") && performance.now() - window.since > 500;
}"""
"""What the run before had drawn is gone, and the page has been as tall as it is for half a second."""

_WATCH: Final = """() => {
  window.begun = false;
  const app = document.querySelector("[data-testid=stApp]");
  new MutationObserver(() => {
    if (app.getAttribute("data-test-script-state") !== "notRunning") window.begun = true;
  }).observe(app, {attributes: true});
}"""
"""A run of a page that is over before anybody looked is seen too."""


def _begun(page: Page) -> None:
    """Wait until the page draws itself again since `_WATCH`; one that has nothing to change does not."""
    from playwright.sync_api import TimeoutError as TooLate

    with suppress(TooLate):
        page.wait_for_function("window.begun", timeout=BEGIN_MS)


def slug(role: str | None) -> str:
    """How a role stands in the name of a file: ``opd`` for ``OPD: DPUTR``."""
    return (role or "").partition(":")[0].lower()


def _photograph(page: Page, address: str, target: Path, device: Device, role: str | None) -> None:
    page.set_viewport_size({"width": device.width, "height": device.height})
    page.goto(address, timeout=FIRST_PAINT_MS)
    settle(page)
    if role is not None:
        _look_as(page, role)
    # The page scrolls inside itself: a window as tall as its content shows all of it.
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": device.width, "height": min(max(height, device.height), TALLEST)})
    page.wait_for_timeout(500)
    page.screenshot(path=str(target))


def _look_as(page: Page, role: str) -> None:
    """Choose a role in the demo's sidebar, which is put away on a phone and is put away again."""
    opener = page.get_by_test_id("stExpandSidebarButton")
    folded = opener.is_visible()
    if folded:
        opener.click()
    choice = page.get_by_test_id("stSidebar").get_by_role("combobox")
    choice.click()
    choice.fill(role)
    option = page.get_by_role("option", name=role, exact=True)
    option.wait_for()  # Enter before the list is narrowed takes whoever stands first
    page.evaluate(_WATCH)
    option.click()
    _begun(page)
    _rest(page)  # a page that is not for the role is a sentence without a title
    if folded:
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
        page.wait_for_timeout(500)  # it slides out


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m dashboard.screenshots", description=__doc__)
    parser.add_argument("--url", required=True, help="address of the running dashboard")
    parser.add_argument("--out", required=True, type=Path, help="folder for the pictures")
    parser.add_argument("--browser", help="path of Chromium")
    parser.add_argument("--role", choices=SEEN, help="as whom, if the dashboard is a demo")
    chosen = parser.parse_args(arguments)
    try:
        pages = {name: PAGES[name] for name in SEEN[chosen.role]} if chosen.role else PAGES
        for path in take(chosen.url, chosen.out, browser=chosen.browser, pages=pages, role=chosen.role):
            sys.stdout.write(f"{path}\n")
    except ScreenshotError as err:
        sys.stderr.write(f"{err}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
