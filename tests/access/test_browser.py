"""In a real browser: local accounts, and a real OpenID provider on loopback."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dashboard import screenshots
from pipelines.serving import MASKER, WORDS
from tests.access.conftest import OTHERS, PASSWORD, WORD, Place
from tests.dashboard.server import free_port, needs_browser, served, wait_for
from warehouse.access.accounts import set_enabled
from warehouse.access.audit import entries

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [needs_browser, pytest.mark.browser, pytest.mark.slow]
TOLD = {"PATI_ACCESS": "sign_in", "PATI_WORDS": WORDS, "PATI_MASKER": MASKER}
PATIENCE = 60_000
DISCOVERY = "/.well-known/openid-configuration"
ROLES = """\
oidc:
  enabled: true
  roles:
    - {email: ana@contoh.go.id, role: analis}
    - {group: admin-dlh, role: "opd:dlh"}
"""


@pytest.fixture
def page() -> Iterator[Page]:
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, screenshots.BROWSERS)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        made = browser.new_page(viewport={"width": 1280, "height": 900})
        made.set_default_timeout(PATIENCE)
        yield made
        browser.close()


def enter(page: Page, user: str, password: str = PASSWORD) -> None:
    page.get_by_label("Nama akun").fill(user)
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_role("button", name="Masuk").click()


def test_an_office_signs_in_sees_its_own_and_nothing_else(place: Place, page: Page) -> None:
    from playwright.sync_api import expect

    with served(place.home, **TOLD) as url:
        page.goto(f"{url}/aduan_riwayat?id=k3")
        enter(page, "dpu.admin", "bukan kata sandinya")
        expect(page.get_by_text("Nama akun atau kata sandi salah.")).to_be_visible(timeout=PATIENCE)
        enter(page, "dpu.admin")
        expect(page.get_by_text("bukan urusan OPD Anda")).to_be_visible(timeout=PATIENCE)
        assert WORD not in page.content()
        assert entries(place.home, 1, user="dpu.admin", event="refused")[0].about == "k3"
        set_enabled(place.home, "dpu.admin", enabled=False)
        try:
            page.get_by_role("link", name="Ringkasan").first.click()
            expect(page.get_by_role("heading", name="Masuk")).to_be_visible(timeout=PATIENCE)
        finally:
            set_enabled(place.home, "dpu.admin", enabled=True)
        page.goto(f"{url}/aduan_riwayat?id=k3")  # a reload is a new session: nobody is signed in
        expect(page.get_by_role("heading", name="Masuk")).to_be_visible(timeout=PATIENCE)
        enter(page, "dlh.admin")
        expect(page.get_by_text(f"Petugas ke {WORD}").first).to_be_visible(timeout=PATIENCE)
        page.goto(f"{url}/aduan?periode=Semua+waktu")
        enter(page, "dlh.admin")
        expect(page.get_by_role("heading", name="Daftar aduan")).to_be_visible(timeout=PATIENCE)
        screenshots.settle(page)
        rows = taken(page, "daftar-aduan.csv")
    assert len(rows) == len({*OTHERS, "k1"})
    assert all("Nomor" not in row for row in rows), "an office does not take out who asked"
    assert entries(place.home, 1, user="dlh.admin", event="exported")[0].about == "daftar-aduan.csv"


def taken(page: Page, name: str) -> list[dict[str, str]]:
    """The rows of a file, got by clicking."""
    button = page.locator(f".st-key-unduh_{name.replace('.', '-')} button")
    for menu in page.get_by_role("button", name="Unduh").all():
        menu.click()
        screenshots.settle(page)
        if button.is_visible():
            break
        page.keyboard.press("Escape")
    with page.expect_download() as told:
        button.click()
    return list(csv.DictReader(told.value.path().read_text(encoding="utf-8-sig").splitlines()))


PEOPLE = {
    "u1": {"email": "Ana@contoh.go.id", "email_verified": True},
    "u2": {"email": "x@contoh.go.id", "email_verified": True, "groups": ["admin-dlh"]},
    "u3": {"email": "ana@contoh.go.id", "email_verified": False},
}


@contextmanager
def provider() -> Iterator[str]:
    """An OpenID provider in a process of its own, with the people above; its address."""
    port = free_port()
    told = [
        part for sub, more in PEOPLE.items() for part in ("--user-claims", json.dumps({"sub": sub, **more}))
    ]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--host", "localhost", *told]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://localhost:{port}"
    try:
        wait_for(f"{address}{DISCOVERY}")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.mark.proof
def test_through_an_openid_provider(place: Place, page: Page, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    (tmp_path / "access.yaml").write_text(ROLES, encoding="utf-8")
    port, secrets = free_port(), tmp_path / "secrets.toml"
    more = {**TOLD, "PATI_CONFIG": str(tmp_path), "STREAMLIT_SECRETS_FILES": str(secrets)}
    with provider() as address:
        secrets.write_text(
            f'[auth]\nredirect_uri = "http://localhost:{port}/oauth2callback"\ncookie_secret = "{"s" * 40}"\n'
            f'client_id = "pati"\nclient_secret = "{"r" * 20}"\n'
            f'server_metadata_url = "{address}{DISCOVERY}"\n',
            encoding="utf-8",
        )
        with served(place.home, port, **more) as url:
            for sub, said in (
                ("u1", r"ana@.?contoh\.go\.id, Analis"),
                ("u2", r"x@.?contoh\.go\.id, OPD: DLH"),
                ("u3", "belum diberi peran"),
            ):
                page.goto(url)
                door = page.get_by_role("button", name="Masuk lewat akun dinas")
                door.click()
                page.locator("input[name=sub]").first.fill(sub)
                page.locator("input[name=sub]").first.press("Enter")
                expect(page.get_by_text(re.compile(said)).first).to_be_visible(timeout=PATIENCE)
                page.get_by_role("button", name="Keluar").click()
                page.get_by_role("button", name="End session").click()  # the provider's own page
                expect(door).to_be_visible(timeout=PATIENCE)
    booked = [(one.user, one.event) for one in entries(place.home, 20) if "@" in one.user][::-1]
    assert ("ana@contoh.go.id", "sign_in") in booked
    assert ("x@contoh.go.id", "sign_out") in booked
    assert booked[-1] == ("ana@contoh.go.id", "refused")
