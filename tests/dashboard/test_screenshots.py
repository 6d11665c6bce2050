from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import screenshots
from tests.dashboard.server import needs_browser, served


@pytest.fixture
def address(homes: dict[str, Path]) -> Iterator[str]:
    with served(homes["seeded"]) as url:
        yield url


@pytest.mark.proof
@needs_browser
@pytest.mark.browser
@pytest.mark.slow
def test_nothing_hostile_runs_and_nothing_overflows_in_a_real_browser(address: str) -> None:
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, screenshots.BROWSERS)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        page = browser.new_page(viewport={"width": 390, "height": 844})
        outside: list[str] = []
        dialogs: list[str] = []
        page.on(
            "request",
            lambda r: None if r.url.startswith((address, "data:", "blob:", "ws:")) else outside.append(r.url),
        )
        page.on("dialog", lambda d: (dialogs.append(d.message), d.dismiss()))
        for path in [
            *screenshots.PAGES.values(),
            "cerita?id=s1",
            "video?id=v1",
            "aduan_riwayat?id=k-markdown",
        ]:
            page.goto(f"{address}/{path}")
            screenshots.settle(page)
            assert page.evaluate("window.pwned") is None
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
            assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
            hrefs = page.evaluate("[...document.querySelectorAll('a')].map(a => a.href)")
            assert all(href.startswith((address, "https://warta.example/")) for href in hrefs if href)
        browser.close()
    assert (outside, dialogs) == ([], [])


@needs_browser
@pytest.mark.browser
@pytest.mark.slow
def test_a_page_is_photographed_as_wide_as_the_device(address: str, tmp_path: Path) -> None:
    phone = screenshots.DEVICES[1]
    files = screenshots.take(address, tmp_path, [phone], pages={"sumber": "sumber"})
    assert [file.name for file in files] == ["sumber-ponsel.png"]
    for file in files:
        head = file.read_bytes()[:24]
        assert head.startswith(b"\x89PNG")
        assert int.from_bytes(head[16:20], "big") == phone.width


@pytest.mark.proof
@needs_browser
@pytest.mark.browser
@pytest.mark.slow
def test_a_demo_is_photographed_as_the_role_asked_for(homes: dict[str, Path], tmp_path: Path) -> None:
    with served(homes["seeded"], PATI_ACCESS="demo") as url:
        for role in ("Admin", screenshots.OFFICE):
            screenshots.take(url, tmp_path, pages={"pengaturan": "pengaturan"}, role=role)
    admin, office = (tmp_path / f"pengaturan-{role}-ponsel.png" for role in ("admin", "opd"))
    assert (tmp_path / "pengaturan-opd-laptop.png").exists()
    # An office is told in a sentence that this page is not for it: as tall as the screen, and no more.
    tall = [int.from_bytes(file.read_bytes()[20:24], "big") for file in (admin, office)]
    assert tall[0] > tall[1] == screenshots.DEVICES[1].height


@needs_browser
@pytest.mark.browser
def test_a_dashboard_that_does_not_answer_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert screenshots.main(["--url", "http://localhost:9", "--out", str(tmp_path)]) == 1
    message = capsys.readouterr().err
    assert "http://localhost:9 could not be photographed" in message
    assert message.count("\n") == 1


def test_without_a_browser_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert screenshots.main(["--url", "http://localhost:9", "--out", str(tmp_path)]) == 1
    assert "Chromium" in capsys.readouterr().err
