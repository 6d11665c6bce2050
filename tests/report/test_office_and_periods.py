"""Reports of an office, a month and a quarter on a small lake: all files, and nobody else's complaints."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
import report_seed as seed
from looking import SIDE, page_flaws, sheet_flaws, text_of, web_flaws
from report_seed import NOW, WEEK, World, at
from typer.testing import CliRunner, Result

from config import Config
from config.zones import WIB
from dashboard.report import ReportError
from dashboard.report.more import Built, build_office, build_period
from dashboard.report.verify import verify
from warehouse import Lake
from warehouse.access import AccessError, Viewer
from warehouse.access.wall import WalledLake
from warehouse.queries import CalendarPeriod, office_queue, office_week

KINDS = {".bukti.json", ".pdf", ".html", ".xlsx", ".docx"}
OCTOBER = CalendarPeriod.parse("2026-10")
THIRD = CalendarPeriod.parse("2026-Q3")
OTHERS = ("Zamrudin", "Gunungwungkal", "T99123")
"""Stand in the complaint of another office only."""


@pytest.fixture(scope="module")
def world(config: Config) -> World:
    world = seed.busy(config)
    world.complaint(at(3), title=f"{OTHERS[0]} melapor", opd_ids=["dlh"], kecamatan=[OTHERS[1]])
    world.complaints[-1]["ticket_id"] = OTHERS[2]
    world.complaint(at(0, week=WEEK.shift(-11)), title="Jalan berlubang di Tayu", opd_ids=["dputr"])
    world.complaints[-1]["ticket_id"] = "T00417"  # the oldest: it stands first in the queue
    return world


@pytest.fixture(scope="module")
def lake(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    with world.build(tmp_path_factory.mktemp("lain")) as opened:
        yield opened


@pytest.fixture(scope="module")
def office(lake: Lake, config: Config, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_office(lake, config, "dputr", WEEK, tmp_path_factory.mktemp("opd"))


@pytest.fixture(scope="module")
def month(lake: Lake, config: Config, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_period(lake, config, OCTOBER, tmp_path_factory.mktemp("bulan"))


@pytest.fixture(scope="module")
def quarter(lake: Lake, config: Config, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_period(lake, config, THIRD, tmp_path_factory.mktemp("triwulan"))


def received(world: World, opd_id: str | None, first: str, last: str) -> list[str]:
    """Complaints that came in on some days (WIB), counted from what was put into the lake."""
    offices = {row["doc_id"]: row["opd_ids"] for row in world.labels}
    return [
        row["doc_id"]
        for row in world.complaints
        if first <= row["received_at"].astimezone(WIB).date().isoformat() <= last
        and (opd_id is None or opd_id in offices[row["doc_id"]])
    ]


def sound(built: Built) -> str:
    """The text of a report of which all files are there and none has a flaw."""
    assert set(built.files) == KINDS
    assert all(path.stat().st_size for path in built.files.values())
    assert page_flaws(built.files[".pdf"], SIDE) == []
    assert web_flaws(built.files[".html"].read_text(encoding="utf-8")) == []
    assert sheet_flaws(built.files[".xlsx"]) == []
    return text_of(built.files[".pdf"])


def test_the_report_of_an_office(office: Built, world: World) -> None:
    text = sound(office)
    assert office.report == f"opd-dputr-{WEEK.iso}"
    assert office.pages <= 2
    assert "Laporan Mingguan DPUTR" in text
    this = received(world, "dputr", WEEK.monday.isoformat(), WEEK.sunday.isoformat())
    assert f"Masuk {len(this)} aduan:" in text
    assert "T00417" in text
    assert "Rob merendam permukiman di Bajomulyo" in text


def test_nothing_of_another_offices_complaint_is_in_any_file(office: Built, world: World) -> None:
    offices = {row["doc_id"]: row["opd_ids"] for row in world.labels}
    others = [row["doc_id"] for row in world.complaints if "dputr" not in offices[row["doc_id"]]]
    assert len(others) > 20
    contents = [path.read_bytes() for kind, path in office.files.items() if kind in (".html", ".bukti.json")]
    for kind in (".xlsx", ".docx"):
        with ZipFile(office.files[kind]) as packed:
            contents += [packed.read(name) for name in packed.namelist()]
    contents.append(text_of(office.files[".pdf"]).encode())
    for word in (*OTHERS, *(f'"{key}"' for key in others)):
        assert not [one for one in contents if word.encode() in one], word


def test_the_queue_of_an_office_holds_its_own_only(office: Built, world: World) -> None:
    entries = json.loads(office.files[".bukti.json"].read_text(encoding="utf-8"))["entries"]
    queue = {
        proof["row"]["doc_id"] for one in entries if one["id"].startswith("Q") for proof in one["evidence"]
    }
    assert queue
    assert queue <= {row["doc_id"] for row in world.labels if "dputr" in row["opd_ids"]}


@pytest.mark.proof
def test_an_office_cannot_ask_for_anothers_report(lake: Lake) -> None:
    walled = WalledLake(lake, Viewer("dlh.admin", "opd", "dlh"))
    try:
        with pytest.raises(AccessError):
            office_week(walled, "dputr", WEEK)
        with pytest.raises(AccessError):
            office_queue(walled, "dputr")
    finally:
        walled.close()


@pytest.mark.proof
def test_an_office_without_anything_gets_a_report_that_says_so(
    lake: Lake, config: Config, tmp_path: Path
) -> None:
    text = sound(build_office(lake, config, "bpn", WEEK, tmp_path))
    assert "Tidak ada aduan yang masuk pada minggu ini." in text
    assert "Tidak ada aduan yang masih terbuka." in text
    assert "Tidak ada tindakan yang diminta dari angka minggu ini." in text


@pytest.mark.proof
def test_an_unknown_office_is_one_sentence(lake: Lake, config: Config, tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"^Tidak ada OPD dengan id 'entah' di opd\.yaml\.$"):
        build_office(lake, config, "entah", WEEK, tmp_path)
    assert not list(tmp_path.iterdir())


def test_the_report_of_a_month(month: Built, world: World) -> None:
    text = sound(month)
    assert month.report == "monthly-2026-10"
    n, before = (
        len(received(world, None, *days))
        for days in (("2026-10-01", "2026-10-31"), ("2026-09-01", "2026-09-30"))
    )
    assert f"Masuk {n} aduan:" in text
    assert f"{n} pada Oktober 2026, {before} pada September 2026" in text
    assert "Laporan Bulanan Monitoring Media dan Aduan" in text


@pytest.mark.proof
def test_the_report_of_a_quarter(quarter: Built, world: World) -> None:
    text = sound(quarter)
    assert quarter.report == "quarterly-2026-Q3"
    assert f"Masuk {len(received(world, None, '2026-07-01', '2026-09-30'))} aduan:" in text
    assert "Belum ada data Triwulan II 2026 yang lengkap sebagai pembanding." in text
    assert re.search(r"Pada akhir Triwulan III 2026 ada \d+ aduan terbuka; ", text)  # beside nothing


@pytest.mark.proof
@pytest.mark.parametrize("name", ["office", "month", "quarter"])
def test_verify_accepts_it_and_names_what_was_changed(
    name: str, request: pytest.FixtureRequest, lake: Lake, tmp_path: Path
) -> None:
    built: Built = request.getfixturevalue(name)
    found = verify(lake.home, built.files[".bukti.json"])
    assert found.holds
    assert found.printed
    content = json.loads(built.files[".bukti.json"].read_text(encoding="utf-8"))
    entry = next(one for one in content["entries"] if one["id"] == "R3")
    proof = next(one for one in entry["evidence"] if isinstance(one["value"], int))
    proof["value"] += 1
    changed = tmp_path / "lain.bukti.json"
    changed.write_text(json.dumps(content), encoding="utf-8")
    assert [key for key, _ in verify(lake.home, changed).broken] == ["R3"]


def test_a_month_that_is_not_over_is_one_sentence(lake: Lake, config: Config, tmp_path: Path) -> None:
    assert NOW.month == 11
    with pytest.raises(ReportError, match=r"^November 2026 belum selesai; laporannya dibuat setelah hari"):
        build_period(lake, config, CalendarPeriod.parse("2026-11"), tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.fixture
def pati(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command line on this lake, at the same moment."""
    from pipelines.cli import show
    from pipelines.cli.app import app

    if not any(group.name == "report" for group in app.registered_groups):
        show.register(app)
    monkeypatch.setenv("PATI_NOW", NOW.isoformat())
    return lambda *words: CliRunner().invoke(app, ["--home", str(lake.home), "report", *words])


@pytest.mark.proof
def test_the_commands_take_the_last_complete_period(pati: Callable[..., Result], tmp_path: Path) -> None:
    for words, report in (
        (("opd", "--opd", "dputr"), f"opd-dputr-{WEEK.iso}"),
        (("monthly",), "monthly-2026-10"),
        (("quarterly",), "quarterly-2026-Q3"),
    ):
        done = pati(*words, "--out", str(tmp_path), "--json")
        assert done.exit_code == 0, done.output
        assert json.loads(done.stdout)["report"] == report
        assert {path.name for path in tmp_path.glob(f"laporan-{report}*")} == {
            f"laporan-{report}{kind}" for kind in KINDS
        }


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("monthly", "--month", "2026-13"), 2,
         "'2026-13' bukan bulan atau triwulan; tulis seperti 2026-10 atau 2026-Q3."),
        (("monthly", "--month", "oktober"), 2,
         "'oktober' bukan bulan atau triwulan; tulis seperti 2026-10 atau 2026-Q3."),
        (("monthly", "--month", "2026-Q3"), 2, "'2026-Q3' bukan bulan, misalnya 2026-10."),
        (("monthly", "--month", "0000-01"), 2,
         "'0000-01' bukan bulan atau triwulan; tulis seperti 2026-10 atau 2026-Q3."),
        (("monthly", "--month", "2026-11"), 1,
         "November 2026 belum selesai; laporannya dibuat setelah hari terakhirnya."),
        (("quarterly", "--quarter", "2026-10"), 2, "'2026-10' bukan triwulan, misalnya 2026-Q3."),
        (("quarterly", "--quarter", "2026-Q5"), 2,
         "'2026-Q5' bukan bulan atau triwulan; tulis seperti 2026-10 atau 2026-Q3."),
        (("quarterly", "--quarter", "2026-Q4"), 1,
         "Triwulan IV 2026 belum selesai; laporannya dibuat setelah hari terakhirnya."),
        (("opd", "--opd", "dputr", "--week", "2026-W99"), 2, "2026-W99"),
    ],
)  # fmt: skip
def test_a_wrong_name_is_one_sentence(
    pati: Callable[..., Result], tmp_path: Path, words: tuple[str, ...], status: int, sentence: str
) -> None:
    done = pati(*words, "--out", str(tmp_path))
    assert done.exit_code == status
    assert sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not list(tmp_path.iterdir())
