"""LaporGub's pages: read from their words, taken again until they are closed, with all crawl manners."""

from __future__ import annotations

import itertools
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config import load_config
from crawlers.complaints.laporgub import document_of, read_case, ticket_in
from crawlers.items import Document
from pipelines.privacy import scrubber
from samples.laporgub import LaporGubSite, Report, detail
from tests.crawlers.apis import AGENT, LOOPBACK, Desk, source

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 16, 0, tzinfo=UTC)
START = NOW - timedelta(days=20)
URL = "https://laporgub.example/detail/LGWP10000000"
PLAN = "Terima kasih Bapak Sukarmin Contoh, pengadaan sedang disiapkan. Hubungi 081200000001."


def report() -> Report:
    day = START
    return Report(
        "LGWP10000000", day, "Jalan di Bumirejo rusak.\nMohon <segera> diperbaiki.", name="Sukarmin Contoh",
        steps=[
            ("Disposisi", day + timedelta(hours=5), "Dinas Contoh Provinsi", "Mohon ditindaklanjuti."),
            ("Verifikasi", day + timedelta(days=1), "DPU Kabupaten", ""),
            ("Progress", day + timedelta(days=2), "DPU Kabupaten", PLAN),
            ("Selesai", day + timedelta(days=2), "DPU Kabupaten", "Pekerjaan dimulai bulan depan."),
        ],
    )  # fmt: skip


def record(one: Report) -> Document:
    case = read_case(f"<html><body>{detail(one)}</body></html>", URL)
    assert case is not None
    return document_of(case, "lg", URL, load_config().complaints, now=NOW, zone="Asia/Jakarta")


def test_a_page_with_its_way() -> None:
    got = record(report())
    info = got.complaint
    assert info is not None
    assert (got.external_id, got.text) == (
        "LGWP10000000",
        "Jalan di Bumirejo rusak.\nMohon <segera> diperbaiki.",
    )
    assert (info.channel, info.status, info.status_raw, info.agency) == (
        "laporgub", "selesai_admin", "Selesai", "DPU Kabupaten",
    )  # fmt: skip
    assert [(e.status, e.status_raw, e.at, e.actor) for e in info.events] == [
        ("didisposisi", "Disposisi", START + timedelta(hours=5), "Dinas Contoh Provinsi"),
        ("terverifikasi", "Verifikasi", START + timedelta(days=1), "DPU Kabupaten"),
        ("diproses", "Progress", START + timedelta(days=2), "DPU Kabupaten"),
        ("selesai_admin", "Selesai", START + timedelta(days=2), "DPU Kabupaten"),
    ], "a case closed in the same minute as its progress keeps both steps"
    assert [e.note for e in info.events] == [
        "Mohon ditindaklanjuti.",
        None,
        PLAN,
        "Pekerjaan dimulai bulan depan.",
    ]
    clean = scrubber(load_config(), b"k" * 32)(got)
    assert clean.author is not None
    assert clean.author.startswith("u-")
    for secret in ("Sukarmin", "Contoh,", "081200000001"):
        assert secret not in repr(clean.complaint), "replies leak names; they are masked too"


def test_the_real_head_and_dates_in_english_months() -> None:
    page = (
        "<div>LGWP31306404</div><h3>KABUPATEN PATI, 18 May 2023</h3><p>Sungai dangkal</p><div>Disposisi</div>"
        "<div>Senin, 22 Mei 2023 - 07:48 WIB</div><div>Biro Contoh</div><div>Diteruskan</div>"
    )
    case = read_case(page, "https://laporgub.example/detail/LGWP31306404")
    assert case is not None
    got = document_of(case, "lg", URL, load_config().complaints, now=NOW, zone="Asia/Jakarta")
    assert got.published_at == datetime(2023, 5, 17, 17, tzinfo=UTC)
    assert got.complaint is not None
    assert got.complaint.events[0].at == datetime(2023, 5, 22, 0, 48, tzinfo=UTC)


@pytest.mark.parametrize(("flag", "secrecy"), [("Anonim", "anonim"), ("Rahasia", "rahasia"), ("", "publik")])
def test_flags(flag: str, secrecy: str) -> None:
    one = report()
    one.flag = flag
    got = record(one)
    assert got.complaint is not None
    assert got.complaint.confidentiality == secrecy
    assert (got.author is None) == bool(flag)


@pytest.mark.parametrize(
    "page", ["", "<p>Beranda</p>", "<h3>KABUPATEN PATI, 18 Mei 2023</h3><p>Tanpa nomor</p>"]
)
def test_pages_that_are_no_reports(page: str) -> None:
    assert read_case(page, "https://laporgub.example/tentang") is None


def test_a_report_that_nobody_has_looked_at_yet() -> None:
    got = record(Report("LGWP10000000", START, "Lampu mati"))
    assert got.complaint is not None
    assert (got.complaint.status, got.complaint.status_raw, got.complaint.events) == ("baru", "", ())


def test_numbers_in_addresses() -> None:
    assert ticket_in("https://x.example/detail/LGWA12345678?ref=1") == "LGWA12345678"
    assert ticket_in("https://x.example/detail/12345678") is None


@pytest.fixture
def site() -> Iterator[LaporGubSite]:
    with LaporGubSite() as running:
        yield running


@pytest.fixture
def desk(site: LaporGubSite, tmp_path: Path) -> Desk:
    made = Desk(tmp_path, NOW)
    configure(made, site)
    return made


def configure(desk: Desk, site: LaporGubSite, **crawl: Any) -> None:
    entry = source("laporgub", {"laporgub": site.address}) | {"kind": "complaint", "permission": "robots_ok"}
    desk.configure([entry], crawl={**AGENT, **LOOPBACK, **crawl})


def start(desk: Desk, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.crawlers.drive", str(desk.home), desk.now.isoformat(), *more]
    return subprocess.Popen(command, cwd=ROOT)


def crawl(desk: Desk, *more: str) -> dict[str, Any]:
    before = {path.name for path in (desk.home / "landing").glob("*")}
    assert start(desk, *more).wait(timeout=90) == 0
    (found,) = json.loads((desk.home / "reports.json").read_text())
    assert found["n_in"] == found["n_stored"] + found["n_duplicate"] + found["n_rejected"]
    desk.runs = len(before)
    return dict(found)


def tickets(desk: Desk) -> list[str | None]:
    return [document.external_id for document in desk.documents()]


@pytest.mark.proof
@pytest.mark.slow
def test_open_reports_are_looked_at_again_and_closed_ones_never(site: LaporGubSite, desk: Desk) -> None:
    for number in range(12):
        site.report(f"Lampu nomor {number} mati", START + timedelta(hours=number))
    for one in site.reports[:6]:
        one.steps.append(("Selesai", START + timedelta(days=3), "Dinas Contoh", "Sudah dijawab."))
    site.report("Bukan di sini", START, regency="KABUPATEN KUDUS")
    first = crawl(desk)
    assert (first["n_stored"], first["n_rejected"], first["reasons"]) == (12, 1, {"not_about_pati": 1})
    assert sorted(filter(None, tickets(desk))) == [one.ticket for one in site.reports[:12]]
    asked = len(site.details())
    second = crawl(desk)
    assert (second["n_stored"], second["n_rejected"]) == (0, 0)
    assert sorted(site.details()[asked:]) == [one.ticket for one in site.reports[6:12]]
    site.reports[7].steps.append(("Disposisi", NOW - timedelta(hours=1), "Dinas Contoh", "Kami teruskan."))
    site.report("Aduan baru", NOW - timedelta(hours=2))
    third = crawl(desk)
    assert third["n_stored"] == 2
    moved = desk.documents()[12:]
    assert {d.text for d in moved} == {"Lampu nomor 7 mati", "Aduan baru"}
    assert {d.complaint.status for d in moved if d.complaint} == {"didisposisi", "baru"}
    assert len(set(tickets(desk))) == 13
    asked = len(site.details())
    fourth = crawl(desk, "due")
    assert site.details()[asked:] == [], "a scheduled round leaves them alone for half a day"
    assert fourth["n_stored"] == 0


def test_old_open_reports_are_left(site: LaporGubSite, desk: Desk) -> None:
    site.report("Lama sekali", NOW - timedelta(days=200))
    assert crawl(desk)["n_stored"] == 1
    asked = len(site.details())
    assert crawl(desk)["n_stored"] == 0
    assert site.details()[asked:] == []


def test_manners(site: LaporGubSite, desk: Desk) -> None:
    configure(desk, site, delay_seconds=0.5)
    for number in range(3):
        site.report(f"Lampu nomor {number} mati", START)
    crawl(desk)
    assert site.asked[0][0] == "/robots.txt"
    moments = [at for _, at in site.asked[1:]]
    assert min(b - a for a, b in itertools.pairwise(moments)) > 0.2, "not faster than configured"


def test_robots_are_obeyed(site: LaporGubSite, desk: Desk) -> None:
    site.robots = "User-agent: *\nDisallow: /detail/\n"
    site.report("Lampu mati", START)
    found = crawl(desk)
    assert found["n_stored"] == 0
    assert site.details() == []
    assert sum(found["reasons"].values()) == 1


@pytest.mark.parametrize(
    ("status", "broken", "reason"),
    [(503, False, "http_error"), (None, True, "no_case")],
)
def test_refusals_have_reasons_and_nothing_is_lost(
    site: LaporGubSite, desk: Desk, status: int | None, broken: bool, reason: str
) -> None:
    site.report("Lampu mati", START)
    site.status, site.broken = status, broken
    refused = crawl(desk)
    assert (refused["n_stored"], refused["reasons"]) == (0, {reason: 1})
    site.status, site.broken = None, False
    desk.now += timedelta(days=1)
    assert crawl(desk)["n_stored"] == 1


def test_a_pause_that_the_site_asks_for_is_kept(site: LaporGubSite, desk: Desk) -> None:
    site.report("Lampu mati", START)
    site.status, site.wait = 429, 3600
    crawl(desk)
    site.status = None
    asked = len(site.asked)
    crawl(desk)
    assert len(site.asked) == asked
    desk.now += timedelta(hours=2)
    assert crawl(desk)["n_stored"] == 1


def test_a_killed_crawl_is_taken_up(site: LaporGubSite, desk: Desk) -> None:
    for number in range(60):
        site.report(f"Lampu nomor {number} mati", START + timedelta(minutes=number))
    site.delay_seconds = 0.1
    process = start(desk)
    deadline = time.monotonic() + 60
    while not desk.documents() and time.monotonic() < deadline:
        assert process.poll() is None, "it ended before anything was on disk"
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert 0 < len(set(tickets(desk))) < 60
    site.delay_seconds = 0.0
    crawl(desk)
    assert len(set(tickets(desk))) == 60
