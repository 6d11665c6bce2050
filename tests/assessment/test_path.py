"""An assessor's path in a real browser: choose, open, pin five, enter, review, issue, check elsewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dashboard import screenshots
from pipelines.serving import MASKER
from tests.assessment.hostile import NOW
from tests.assessment.signed_in import PASSWORD, home_with_accounts
from tests.dashboard.server import needs_browser, served
from warehouse import Lake

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [needs_browser, pytest.mark.browser, pytest.mark.slow, pytest.mark.proof]
PATIENCE = 120_000


@contextmanager
def signed_in(browser: Browser, url: str, user: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(PATIENCE)
    page.goto(f"{url}/smart_city?dimensi=Smart+Living&indikator=Impact")
    page.get_by_label("Nama akun").fill(user)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.get_by_role("heading", name="Smart city").wait_for()
    screenshots.settle(page)
    yield page
    page.close()


def choose(page: Page, label: str, option: str) -> None:
    box = page.get_by_role("combobox", name=label)
    box.click()
    page.get_by_role("option", name=option, exact=True).click()
    screenshots.settle(page)


def assess(page: Page) -> None:
    """Choose, open the documents, pin five, enter a level."""
    from playwright.sync_api import expect

    choose(page, "Dimensi", "Smart Economy")
    expect(page.get_by_text("Belum diisi")).to_be_visible(timeout=PATIENCE)
    choose(page, "Dimensi", "Smart Living")
    choose(page, "Indikator", "Impact")
    expect(page.get_by_text(re.compile("n = 1[0-9] dokumen"))).to_be_visible(timeout=PATIENCE)
    for nth in range(5):
        page.locator("[data-testid=stCheckbox] label").nth(nth).click()
        screenshots.settle(page)
    expect(page.get_by_text("5 dokumen dipilih")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Sematkan").click()
    expect(page.get_by_text("5 dokumen disematkan.")).to_be_visible(timeout=PATIENCE)
    screenshots.settle(page)
    level = page.get_by_label(re.compile("Nilai aspek"))
    level.fill("3.25")
    level.press("Tab")
    page.get_by_label("Alasan", exact=True).fill("Survei warga dan lima berita terlampir")
    page.get_by_role("button", name="Simpan isian").click()
    expect(page.get_by_text("Isian tersimpan; menunggu tinjauan.")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("button", name="Terima isian")).to_have_count(0)


def issued(page: Page, folder: Path) -> Path:
    """The archive of a pack, as it was downloaded."""
    page.get_by_text("Paket bukti", exact=True).first.click()
    page.get_by_role("button", name="Terbitkan paket").click()
    button = page.get_by_role("button", name="Unduh paket (ZIP)")
    button.wait_for()
    screenshots.settle(page)
    with page.expect_download() as waiting:
        button.click()
    archive = folder / waiting.value.suggested_filename
    waiting.value.save_as(archive)
    return archive


def test_an_assessor_s_path_from_the_first_choice_to_a_pack_that_verifies(tmp_path: Path) -> None:
    from playwright.sync_api import expect, sync_playwright

    home = home_with_accounts(tmp_path / "home")
    program = next(filter(None, map(shutil.which, screenshots.BROWSERS)))
    with (
        served(home, PATI_ACCESS="sign_in", PATI_MASKER=MASKER) as url,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        with signed_in(browser, url, "ana") as page:
            assess(page)
        with signed_in(browser, url, "budi") as page:
            page.get_by_role("button", name="Terima isian").click()
            expect(page.get_by_text("Isian diterima.")).to_be_visible(timeout=PATIENCE)
        with signed_in(browser, url, "ana") as page:
            archive = issued(page, tmp_path)
        browser.close()
    with Lake(home, now=NOW) as lake:
        [(score, person, review, reviewer)] = lake.rows(
            "SELECT score, person, review, reviewer FROM mart_assessment"
        )
        [(sha256,)] = lake.rows("SELECT DISTINCT manifest_sha256 FROM evidence_pack")
        pinned = lake.rows("SELECT doc_id FROM mart_evidence WHERE mark = 'pinned' AND marked_by = 'ana'")
    assert (score, person, review, reviewer) == (3.25, "ana", "accepted", "budi")
    assert len(pinned) >= 5
    elsewhere = tmp_path / "mesin-lain"
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(elsewhere)
    [folder] = elsewhere.iterdir()
    check = [sys.executable, "-I", str(folder / "verify.py")]
    done = subprocess.run(check, cwd=elsewhere, text=True, capture_output=True, timeout=60, check=False)
    assert (done.returncode, sha256 in done.stdout) == (0, True), done.stdout + done.stderr
    (folder / "bukti.pdf").write_bytes(b"%PDF-1.7 lain")
    done = subprocess.run(check, cwd=elsewhere, text=True, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout.splitlines()[0]) == (1, "BERUBAH: bukti.pdf")
