"""Acceptance G.1: the report of every week of the newsroom, and of empty, meagre, blind and hostile weeks.

One newsroom is crawled for all of them; whoever changes something has a copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import newsroom_home as town
import pytest
from looking import SIDE, flaws, page_flaws, sheet_flaws, text_of, web_flaws
from newsroom_home import LAST, LATER, NOW, WEEKS
from report_seed import World, at

from config import Config, load_config
from dashboard.report import WeeklyReport, build_weekly
from dashboard.report import ledger as book
from dashboard.report.more import build_office, build_period
from dashboard.report.typst import render
from warehouse import Lake
from warehouse.queries import CalendarPeriod, Week

pytestmark = pytest.mark.proof
LONG_AGO = LAST.shift(-60)

HOSTILE = (
    '#panic("x")', '#import "/etc/passwd": *', '#eval("1+1")', "#set page(margin: 0pt)",
    "= Judul *tebal* _miring_ `kode` $x^2$ @ref <label>",
    "<script>alert(1)</script> <b>tebal</b> &amp; </svg>", '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("http://jahat.example";"klik")', "@SUM(1+1)*cmd|' /C calc'!A0", "+62 812 kali", "-1+1",
    "W" * 200, "p" * 3000, "sangatpanjang-" * 40, "\u202ekanan ke kiri\u202c \u200f\u061c tanda arah",
    "\u062d\u0627\u0634\u064a\u0629 \u0639\u0631\u0628\u064a\u0629", "\ua9a5\ua9a0\ua9b6 kabupaten",
    "\u5df4\u8482\u53bf\u65b0\u95fb", "e\u0301" * 30 + "\u0300" * 60, "\U0001f44d\U0001f3fd gotong royong",
    "\\#\\u{41} \\ // komentar /* x */", "%s %d {0} {{x}}", "'; DROP TABLE document; --", "",
)  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return town.make(tmp_path_factory.mktemp("newsroom") / "home")


@pytest.fixture(scope="module")
def config(home: Path) -> Config:
    return load_config(home / "config")


@pytest.fixture(scope="module")
def lake(home: Path) -> Iterator[Lake]:
    with Lake(home, now=NOW) as opened:
        yield opened


def whole(report: WeeklyReport, config: Config) -> str:
    """The text of a report in which nothing is wrong."""
    assert flaws(report, config.report.max_pages) == []
    return text_of(report.pdf)


@pytest.mark.parametrize("week", WEEKS, ids=lambda week: week.iso)
def test_every_week(lake: Lake, config: Config, week: Week, tmp_path: Path) -> None:
    report = build_weekly(lake, config, week, tmp_path)
    text = whole(report, config)
    assert f"({week.iso})" in text
    assert "artikel berita dari" in text  # the newsroom has no silent week
    if week in WEEKS[::6]:  # each entry asked again; the other weeks ask the same questions
        assert book.compare(lake, book.read(report.ledger)[1]) == []


def test_an_empty_week(lake: Lake, config: Config, tmp_path: Path) -> None:
    text = whole(build_weekly(lake, config, LONG_AGO, tmp_path), config)
    assert "Tidak ada artikel berita tentang pelayanan publik Pati yang terpantau pada minggu ini." in text
    assert "Tidak ada aduan yang masuk pada minggu ini." in text
    assert "Rata-rata 4 minggu" not in text  # no head of a table without rows


def test_a_week_with_one_document(home: Path, config: Config, tmp_path: Path) -> None:
    with town.copied(home, tmp_path) as lake:
        world = World(config)
        world.article(
            at(2, week=LONG_AGO), "Satu-satunya berita minggu itu", source=town.outlets(lake)[0],
            story="tunggal", opd_ids=[], opd_scores=[], sentiment=None,
        )  # fmt: skip
        town.put(lake, config, world)
        text = whole(build_weekly(lake, config, LONG_AGO, tmp_path / "out"), config)
    assert "Terpantau satu artikel berita dari satu media, yang membentuk satu cerita." in text
    assert "1. Satu-satunya berita minggu itu" in text


def test_a_week_with_three_sources_down(home: Path, config: Config, tmp_path: Path) -> None:
    with town.copied(home, tmp_path, LATER) as lake:
        down = town.outlets(lake)[:3]
        town.fail(lake, down)
        text = whole(build_weekly(lake, config, LAST, tmp_path / "out"), config)
    names = {one.id: one.name for one in config.sources if one.id in down}
    assert len(names) == 3
    body, _, annex = text.partition("Sumber yang bermasalah")
    assert all(name in body or name in annex for name in names.values())
    assert all(name in annex for name in names.values())
    assert "sumber dapat dijangkau; angka dapat lebih rendah daripada keadaan sebenarnya." in body


def test_a_week_of_hostile_texts(home: Path, config: Config, tmp_path: Path) -> None:
    """They are printed as text in every file, and nothing of them acts."""
    acting = ("javascript:alert(1)", 'https://a.example/"#eval("1")', "file:///etc/passwd")
    rules = config.report.model_copy(update={"top_issues": 20, "max_pages": 24})
    hostile = config.model_copy(update={"report": rules})
    with town.copied(home, tmp_path) as lake:
        sources = town.outlets(lake)
        world = World(config)
        for n, text in enumerate(HOSTILE):
            for source in sources[:4]:
                world.article(at(n % 7), text, source=source, story=f"s{n:02d}", text=text,
                              url=acting[n % 3], sentiment="negatif",
                              kecamatan=["Juwana", "K" * 100])  # fmt: skip
            world.complaint(at(n % 7), title=text, opd_ids=[text[:60].replace("\x00", "") or "x"])
        town.put(lake, config, world)
        report = build_weekly(lake, hostile, LAST, tmp_path / "out")
    text = whole(report, hostile).replace(" ", "")
    for shown in ('#panic("x")', '#eval("1+1")', "<script>alert(1)</script>", "W" * 120, "*tebal*"):
        assert shown in text
    assert "huruftidakdapatdicetak" in text  # Javanese and Chinese ones are marked, and that is said
    content = report.pdf.read_bytes()
    assert b"javascript:" not in content
    assert b"file:///" not in content


@pytest.mark.parametrize("opd_id", ["dputr", "dishub", "disdikbud"])
def test_the_report_of_an_office_has_two_pages(
    lake: Lake, config: Config, opd_id: str, tmp_path: Path
) -> None:
    built = build_office(lake, config, opd_id, LAST, tmp_path)
    assert built.pages <= 2
    assert page_flaws(built.files[".pdf"], SIDE) == []


@pytest.mark.parametrize("name", ["2026-10", "2026-Q3"])
def test_a_month_and_a_quarter(lake: Lake, config: Config, name: str, tmp_path: Path) -> None:
    built = build_period(lake, config, CalendarPeriod.parse(name), tmp_path)
    assert built.body_pages <= config.report.max_pages
    assert page_flaws(built.files[".pdf"], SIDE) == []
    assert web_flaws(built.files[".html"].read_text(encoding="utf-8")) == []
    assert sheet_flaws(built.files[".xlsx"]) == []


def test_what_does_not_fit_is_seen(tmp_path: Path) -> None:
    """The look itself: a word wider than its column lies on its neighbour, a long one in the margin."""
    wide = {"text": "W" * 40, "url": None, "bar": ()}
    table = {
        "kind": "table", "note": "", "columns": [{"title": "A", "share": 1, "align": "left"}] * 4,
        "rows": [[wide] * 4],
    }  # fmt: skip
    data = {
        "letterhead": ["Uji"], "title": "Uji", "subtitle": "uji", "iso": "x", "classification": "x",
        "signature": "x", "signatory": "x", "date": [2026, 11, 16], "keywords": [],
        "parts": [{"id": "isu", "title": "Uji", "annex": False, "blocks": [table]}],
    }  # fmt: skip
    path = tmp_path / "buruk.pdf"
    path.write_bytes(render(data).pdf)
    found = " ".join(page_flaws(path, SIDE))
    assert "on top of each other" in found
    assert "in the margin" in found
    assert "ink right of the type area" in found
    fine = replace_cells(data, "singkat")
    path.write_bytes(render(fine).pdf)
    assert page_flaws(path, SIDE) == []


def replace_cells(data: dict[str, object], text: str) -> dict[str, object]:
    """The same document with other words in its table."""
    (part,) = data["parts"]  # type: ignore[misc]
    (table,) = part["blocks"]
    cells = [[{"text": text, "url": None, "bar": ()}] * 4]
    return {**data, "parts": [{**part, "blocks": [{**table, "rows": cells}]}]}
