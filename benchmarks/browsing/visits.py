"""What a person at a real browser waits for: a first visit, another page, another filter."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from dashboard.screenshots import BROWSERS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATIENCE_MS: Final = 120_000
PAGES: Final = (
    "Isu & berita",
    "Media sosial",
    "Peta",
    "OPD",
    "Aduan per OPD",
    "Sumber & kesehatan",
    "Ringkasan",
)
"""As the menu calls them, in the order they are gone through."""
_DRAWN: Final = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  return app && app.dataset.testScriptState === 'notRunning'
    && document.querySelector('[data-testid=stApp] h1')
    && !document.querySelector('[data-testid=stSkeleton]');
}"""
_WATCH: Final = """() => {
  const app = document.querySelector('[data-testid=stApp]'), began = performance.now();
  const heading = () => document.querySelector('[data-testid=stApp] h1')?.textContent, before = heading();
  let ran = false;
  window.drawn = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('nothing was drawn')), 60000);
    const look = () => {
      const state = app.dataset.testScriptState;
      // a page that is drawn at once never shows that it runs: its heading is another one then
      ran = ran || state !== 'notRunning' || (heading() && heading() !== before);
      if (ran && state === 'notRunning' && !document.querySelector('[data-testid=stSkeleton]')) {
        requestAnimationFrame(() => resolve((performance.now() - began) / 1000));
        watcher.disconnect();
      }
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
  });
}"""
"""From just before a click until the page that it led to stands: the script ran, and everything is drawn."""


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        raise SystemExit("Chromium is not installed (apt install chromium)")
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield made
        made.close()


def first_visits(chromium: Browser, url: str, n: int) -> list[float]:
    """Seconds until the first page stands, in `n` sessions; the browser has its files from one before."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    taken = []
    for _ in range(n + 1):
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        began = time.perf_counter()
        page.goto(url)
        page.wait_for_function(_DRAWN, polling=20)
        taken.append(time.perf_counter() - began)
        page.close()
    context.close()
    return taken[1:]


def opened(chromium: Browser, url: str) -> Page:
    """A page that stands."""
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(PATIENCE_MS)
    page.goto(url)
    page.wait_for_function(_DRAWN)
    return page


def waited(page: Page, act: Callable[[], None]) -> float:
    """Seconds from an act until the page stands again."""
    page.evaluate(_WATCH)
    act()
    return float(page.evaluate("window.drawn"))


def switches(page: Page, names: tuple[str, ...], rounds: int) -> dict[str, list[float]]:
    """Seconds until another page stands, for each page of the menu; the first round is left out."""
    taken: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(rounds + 1):
        for name in names:
            link = page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True)
            taken[name].append(waited(page, link.click))
            page.wait_for_timeout(300)  # nobody clicks again at once
    return {name: one[1:] for name, one in taken.items()}


def filters(page: Page, url: str) -> dict[str, list[float]]:
    """Seconds until the page stands with another filter, each with values nobody has chosen before."""
    taken: dict[str, list[float]] = {}

    def went(path: str) -> None:
        page.goto(f"{url}/{path}")
        page.wait_for_function(_DRAWN)
        page.wait_for_timeout(500)

    def chosen(label: str, value: str) -> float:
        page.get_by_role("combobox", name=label).first.press_sequentially(value)
        return waited(page, page.get_by_role("option").first.click)

    went("peta")
    for value in ("12 minggu", "52 minggu"):
        button = page.get_by_role("radio", name=value, exact=True)
        taken.setdefault("map: weeks", []).append(waited(page, button.click))
        page.wait_for_timeout(300)
    went("")
    for value in ("9–15 Nov 2026", "2–8 Nov 2026", "19–25 Okt 2026"):  # noqa: RUF001 - as the page writes them
        taken.setdefault("overview: week", []).append(chosen("Minggu", value))
        page.wait_for_timeout(300)
    went("aduan")
    for value in ("4 minggu penuh terakhir", "Semua waktu"):
        taken.setdefault("complaints: period", []).append(chosen("Periode", value))
        page.wait_for_timeout(300)
    return taken
