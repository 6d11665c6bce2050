"""axe-core in a real browser, as each role and on a laptop and a phone: nothing serious, nothing sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from dashboard import screenshots
from pipelines.serving import MASKER, WORDS
from tests.access.conftest import Place
from tests.access.test_browser import enter, page
from tests.dashboard.server import needs_browser, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["page"]
pytestmark = [needs_browser, pytest.mark.browser, pytest.mark.slow]
TOLD: Final = {"PATI_ACCESS": "sign_in", "PATI_WORDS": WORDS, "PATI_MASKER": MASKER}
LAPTOP: Final = {"width": 1280, "height": 900}
PHONE: Final = {"width": 390, "height": 844}
BAD: Final = {"serious", "critical"}
ALSO: Final = {"heading-order"}
"""Rules of a lower impact that hold here too: people who listen to a page go from heading to heading."""

LISTED: Final = ("", "berita", "media_sosial", "peta", "opd", "aduan", "smart_city", "sumber")
REACHED: Final = ("berita?tampil=Dokumen", "cerita?id=s1", "video?id=v1")
ASSESSED: Final = ("smart_city?tampilan=Quick+win", "smart_city?tampilan=Paket+bukti")
PAGES: Final = {
    "adm": (*LISTED, *REACHED, "aduan_riwayat?id=k1", "laporan", "koreksi", "pengaturan"),
    "ana": (*LISTED, *REACHED, *ASSESSED, "aduan_riwayat?id=k1", "laporan", "koreksi"),
    "bupati": (*LISTED, *REACHED, *ASSESSED, "laporan"),
    "dpu.admin": (*LISTED, *REACHED, "aduan_riwayat?id=k1"),
}
"""What each account may see, by address."""


def problems(page: Page) -> list[str]:
    """What axe-core finds on the page now: serious and critical ones, and `ALSO`, each with its element."""
    from axe_playwright_python.sync_playwright import Axe

    found: dict[str, Any] = Axe().run(page).response
    assert len(found["passes"]) > 10, "axe-core did not look at the page"
    return [
        f"{one['id']}: {node['html'][:160]} | {'; '.join(m['message'] for m in node['any'] + node['all'])}"
        for one in found["violations"]
        if one["impact"] in BAD or one["id"] in ALSO
        for node in one["nodes"]
    ]


def width(page: Page) -> int:
    """How wide the page really is, with what would have to be scrolled to sideways."""
    inside = "document.querySelector('[data-testid=stMain]').scrollWidth"
    return int(page.evaluate(f"Math.max(document.documentElement.scrollWidth, {inside})"))


def opened(page: Page, address: str, user: str) -> None:
    """A page with a session of its own: whoever opens an address signs in first."""
    page.set_viewport_size(LAPTOP)
    page.goto(address)
    enter(page, user)
    page.get_by_label("Kata sandi").wait_for(state="detached")
    screenshots.settle(page)


def walk(page: Page, url: str, user: str) -> dict[str, list[str]]:
    """What is wrong, by page."""
    wrong: dict[str, list[str]] = {}
    for path in PAGES[user]:
        opened(page, f"{url}/{path}", user)
        found = problems(page)
        page.set_viewport_size(PHONE)
        screenshots.settle(page)
        if (wide := width(page)) > PHONE["width"] + 1:
            found.append(f"{wide} px wide on a phone")
        if found:
            wrong[path] = found
    return wrong


@pytest.mark.proof
def test_everything_an_admin_sees(place: Place, page: Page) -> None:
    with served(place.home, **TOLD) as url:
        page.goto(url)
        screenshots.settle(page)
        assert problems(page) == [], "the door"
        page.evaluate("document.body.append(document.createElement('button'))")
        assert [one.partition(":")[0] for one in problems(page)] == ["button-name"], "mistakes are found"
        assert walk(page, url, "adm") == {}
        assert page.get_by_test_id("stAppDeployButton").count() == 0, "nobody here publishes to a cloud"
        page.set_viewport_size(PHONE)
        page.get_by_test_id("stExpandSidebarButton").click()
        menu = page.get_by_test_id("stSidebarNav")
        menu.get_by_role("link", name="Pengaturan").wait_for()
        page.wait_for_timeout(700)  # it slides in
        assert menu.get_by_role("link").count() == len([path for path in PAGES["adm"] if "?" not in path])
        assert menu.get_by_role("button").count() == 0, "nothing is folded away"
        assert problems(page) == []


@pytest.mark.proof
@pytest.mark.parametrize("user", ["ana", "bupati", "dpu.admin"])
def test_everything_the_others_see(place: Place, page: Page, user: str) -> None:
    with served(place.home, **TOLD) as url:
        assert walk(page, url, user) == {}


@pytest.mark.proof
def test_everything_in_the_dark(place: Place, page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    with served(place.home, **TOLD) as url:
        page.goto(url)
        screenshots.settle(page)
        assert problems(page) == [], "the door"
        assert walk(page, url, "adm") == {}
