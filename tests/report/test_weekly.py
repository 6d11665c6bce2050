"""Whole reports on small lakes: the PDF, the ledger, and that nothing from outside gets in."""

from __future__ import annotations

import ctypes
import hashlib
import html
import json
import re
from datetime import timedelta
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
import report_seed as seed
from report_seed import NOW, WEEK, World, at

from config import Config
from dashboard.report import WeeklyReport, build_weekly
from dashboard.report import ledger as book
from dashboard.report.answers import pick, repeat
from warehouse import Lake, store
from warehouse.queries import recent_response, week_complaints, week_stories, week_total


def text_of(report: WeeklyReport) -> str:
    """All text a reader can select, in one line, soft breaks removed."""
    document = pypdfium2.PdfDocument(report.pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    joined = "\n".join(pages).replace("\ufffe", "").replace("\u200b", "")
    return re.sub(r"\s+", " ", joined)


def make(world: World, tmp_path: Path) -> tuple[Lake, WeeklyReport]:
    lake = world.build(tmp_path / "home")
    return lake, build_weekly(lake, world.config, WEEK, tmp_path / "out")


@pytest.fixture(scope="module")
def busy_report(busy_lake: Lake, config: Config, tmp_path_factory: pytest.TempPathFactory) -> WeeklyReport:
    return build_weekly(busy_lake, config, WEEK, tmp_path_factory.mktemp("out"))


def test_the_text_holds_the_numbers_of_the_queries(busy_report: WeeklyReport, busy_lake: Lake) -> None:
    text = text_of(busy_report)
    news, complaints = week_total(busy_lake, WEEK, ["news"]), week_complaints(busy_lake, WEEK)
    assert f"Terpantau {news.n} artikel berita dari {news.n_sources} media" in text
    assert f"membentuk {news.n_stories} cerita" in text
    assert f"Masuk {complaints.n} aduan" in text
    assert f"Antrean berisi {complaints.queue_open} aduan terbuka" in text
    assert 0 < complaints.queue_overdue < complaints.queue_open
    assert f"Dari antrean itu, {complaints.queue_overdue} sudah melewati tenggat" in text
    reply = recent_response(busy_lake)
    assert reply is not None
    assert f"Dari {reply.n} aduan dalam 12 minggu penuh terakhir, {reply.n_waiting} belum dijawab" in text
    assert "Senin, 9 November 2026 s.d. Minggu, 15 November 2026 (2026-W46)" in text


def test_a_story_of_own_texts_stands_before_a_copied_press_release(
    busy_report: WeeklyReport, busy_lake: Lake
) -> None:
    rows = week_stories(busy_lake, WEEK)
    assert list(rows["story_id"][:2]) == ["rob", "sipipa"]
    assert list(rows["n_copies"][:2]) == [0, 2]
    text = text_of(busy_report)
    assert text.index("1. Rob merendam") < text.index("2. Lelang ikan digital")
    assert "3 artikel dari 3 media (2 salinan); mulai muncul minggu ini." in text


def test_all_twelve_sections_stand_in_their_order(busy_report: WeeklyReport, config: Config) -> None:
    text = text_of(busy_report)
    titles = [section.title for section in config.report.sections]
    assert len(titles) == 12
    places = [text.index(title) for title in titles]
    assert places == sorted(places)


def test_it_stays_within_its_pages(busy_report: WeeklyReport, config: Config) -> None:
    document = pypdfium2.PdfDocument(busy_report.pdf)
    assert len(document) == busy_report.pages
    assert 2 <= busy_report.body_pages <= config.report.max_pages
    assert busy_report.body_pages < busy_report.pages
    assert document[0].get_size() == pytest.approx((595.28, 841.89), abs=0.1)
    document.close()


def test_the_pdf_says_what_it_is(busy_report: WeeklyReport, config: Config) -> None:
    document = pypdfium2.PdfDocument(busy_report.pdf)
    metadata = document.get_metadata_dict()
    assert metadata["Title"].startswith(config.report.title)
    assert metadata["CreationDate"].startswith("D:20261116")
    assert document.is_tagged()
    document.close()
    assert b"/Lang(id)" in busy_report.pdf.read_bytes()


def test_links_of_the_pdf_can_be_followed(busy_report: WeeklyReport) -> None:
    """Every link is an address that stands in the lake, and lies on text that can be selected."""
    document = pypdfium2.PdfDocument(busy_report.pdf)
    found = {}
    for page in document:
        start, link = ctypes.c_int(0), pypdfium2.raw.FPDF_LINK()
        textpage = page.get_textpage()
        while pypdfium2.raw.FPDFLink_Enumerate(page, start, link):
            action = pypdfium2.raw.FPDFLink_GetAction(link)
            length = pypdfium2.raw.FPDFAction_GetURIPath(document, action, None, 0)
            buffer = ctypes.create_string_buffer(length)
            pypdfium2.raw.FPDFAction_GetURIPath(document, action, buffer, length)
            box = pypdfium2.raw.FS_RECTF()
            assert pypdfium2.raw.FPDFLink_GetAnnotRect(link, box)
            shown = textpage.get_text_bounded(box.left, box.bottom, box.right, box.top)
            found.setdefault(buffer.value.decode(), []).append(shown.strip())
    document.close()
    assert {"https://warta-satu.example/2026/11/rob-0", "https://warta.example/a"} <= set(found)
    assert all(url.startswith("https://warta") for url in found)
    assert all(text for texts in found.values() for text in texts)


def test_the_same_snapshot_gives_the_same_bytes(
    busy_report: WeeklyReport, config: Config, tmp_path: Path, busy_lake: Lake
) -> None:
    with Lake(busy_lake.home, now=NOW, snapshot=busy_report.snapshot) as again:
        second = build_weekly(again, config, WEEK, tmp_path)
    assert second.snapshot == busy_report.snapshot
    assert second.pdf.read_bytes() == busy_report.pdf.read_bytes()
    assert second.ledger.read_bytes() == busy_report.ledger.read_bytes()
    assert second.html.read_bytes() == busy_report.html.read_bytes()
    assert second.xlsx.read_bytes() == busy_report.xlsx.read_bytes()
    assert second.docx.read_bytes() == busy_report.docx.read_bytes()
    assert second.summary_pdf.read_bytes() == busy_report.summary_pdf.read_bytes()
    assert second.summary_png.read_bytes() == busy_report.summary_png.read_bytes()


@pytest.mark.proof
def test_a_later_write_changes_nothing_at_the_old_snapshot(config: Config, tmp_path: Path) -> None:
    lake, first = make(seed.small(config), tmp_path)
    late = World(config)
    late.complaint(at(3), title="Aduan susulan")
    late.complaints[0]["doc_id"] = late.documents[0]["doc_id"] = late.labels[0]["doc_id"] = "susulan"
    store.store_batch(lake, seed.Batch({"b2": 1}, "r2", late.documents, late.complaints, [], []), NOW)
    store.add_enrichment(lake, late.labels)
    with Lake(lake.home, now=NOW, snapshot=first.snapshot) as old:
        again = build_weekly(old, config, WEEK, tmp_path / "again")
        _, entries = book.read(first.ledger)
        assert book.compare(old, entries) == []
    assert again.sha256 == first.sha256
    broken = {difference.entry for difference in book.compare(lake, entries)}
    assert {"R0", "R3", "A1", "A2", "S.complaint"} <= broken
    assert not broken & {"R1", "R2", "I1", "S.news"}


def test_the_other_files_say_what_the_ledger_says(busy_report: WeeklyReport) -> None:
    head, entries = book.read(busy_report.ledger)
    others = (busy_report.docx, busy_report.summary_pdf, busy_report.summary_png)
    for path in (busy_report.html, busy_report.xlsx, *others):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == head["files_sha256"][path.name]
    web = html.unescape(busy_report.html.read_text(encoding="utf-8")).replace("\u200b", "")
    for entry in entries:
        if re.fullmatch(r"[AR][1-6]", entry.id):
            assert entry.text in web, entry.id
    sheets = openpyxl.load_workbook(busy_report.xlsx).sheetnames
    assert sheets[0] == "Laporan"
    assert {"Statistik Umum", "Grafik dokumen per minggu", "Peta aduan per kecamatan"} <= set(sheets)


def test_every_ledger_value_is_what_its_query_answers(busy_report: WeeklyReport, busy_lake: Lake) -> None:
    head, entries = book.read(busy_report.ledger)
    assert head["week"] == "2026-W46"
    assert head["pdf_sha256"] == busy_report.sha256
    assert head["snapshot"] == busy_report.snapshot
    assert len(entries) > 40
    # pick/repeat once by hand for one sentence, then all of them.
    queue = next(entry for entry in entries if entry.id == "A2")
    assert [pick(repeat(busy_lake, proof), proof) for proof in queue.evidence] == [
        proof.value for proof in queue.evidence
    ]
    assert book.compare(busy_lake, entries) == []


def test_every_sentence_with_a_mark_is_in_the_ledger(busy_report: WeeklyReport) -> None:
    _, entries = book.read(busy_report.ledger)
    text = unhyphenated(text_of(busy_report))
    sentences = [entry for entry in entries if re.fullmatch(r"[A-Z]\d+[a]?", entry.id)]
    for entry in sentences:
        if entry.id in ("R0", "D0", "L0", "U0"):
            continue  # numbers without a sentence
        # A recommendation is a row of a table: office, action, deadline or state.
        parts = re.split(r": | Tenggat | Keadaan: ", entry.text) if entry.id[0] in "UV" else [entry.text]
        for part in parts:
            assert unhyphenated(part.removesuffix(".")) in text, entry.id
        assert entry.evidence, entry.id


def unhyphenated(text: str) -> str:
    """PDFium cannot tell a hyphen at the end of a line from a word division."""
    return re.sub(r"[\s-]", "", text)


def test_an_empty_lake_makes_an_honest_report(config: Config, tmp_path: Path) -> None:
    _, report = make(World(config), tmp_path)
    text = text_of(report)
    assert "Tidak ada artikel berita tentang pelayanan publik Pati yang terpantau" in text
    assert "Tidak ada aduan yang masuk pada minggu ini." in text
    assert "Belum ada data minggu sebelumnya sebagai pembanding." in text
    for title in ("Lima Isu Teratas", "Tone Layanan per OPD", "Bukti Smart City"):
        assert title not in text


def test_a_week_with_one_document(tiny_lake: Lake, config: Config, tmp_path: Path) -> None:
    text = text_of(build_weekly(tiny_lake, config, WEEK, tmp_path))
    assert "Terpantau satu artikel berita dari satu media, yang membentuk satu cerita." in text
    assert "1. Satu-satunya berita" in text
    assert "OPD terkait belum dapat ditentukan" in text


def test_sources_that_are_down_withhold_the_comparison(config: Config, tmp_path: Path) -> None:
    world = seed.small(config)
    world.down = ("warta_satu", "warta_dua")
    _, report = make(world, tmp_path)
    text = text_of(report)
    assert "ditahan karena hanya 50% sumber aktif yang dapat dijangkau" in text
    assert "Warta Dua (hilang), Warta Satu (hilang)" in text
    assert "Sumber yang bermasalah" in text
    assert "Jumlah artikel naik" not in text
    # Complaints do not come from those sources.
    assert "Jumlah aduan sama dengan minggu sebelumnya (4)" in text


HOSTILE = (
    '#panic("x")', '#import "/etc/passwd": *', '#eval("1+1")',
    "= Judul *tebal* _miring_ `kode` $x^2$ @ref <label>",
    "<script>alert(1)</script> <b>tebal</b> &amp; </text></svg>", '=HYPERLINK("http://jahat.example";"klik")',
    "@SUM(1+1)*cmd|' /C calc'!A0", "W" * 100, "p" * 3000, "kanan \u202eke kiri\u202c \x00\x07 👍🏽",
    '"],"kind":"panic"', "\\#\\u{41} \\ // komentar /* x */", "", "   ",
)  # fmt: skip


def test_hostile_texts_are_printed_and_never_run(config: Config, tmp_path: Path) -> None:
    names = {"warta_satu": '#panic("sumber") ' + "S" * 90, "warta_dua": "</text><script>"}
    addresses = ("javascript:alert(1)", 'https://a.example/"#eval("1")', "file:///etc/passwd")
    world = World(config, names=names)
    for n, text in enumerate(HOSTILE):
        for source in ("warta_satu", "warta_dua"):
            world.article(at(n % 7), text, source=source, story=f"s{n:02d}", text=text,
                          url=addresses[n % 3],
                          kecamatan=["Juwana", "K" * 100], sentiment="negatif")  # fmt: skip
        world.complaint(at(n % 7), title=text, topic="#topik " + "T" * 100,
                        opd_ids=[text[:60].replace("\x00", "") or "x"])  # fmt: skip
        world.alerts.append(
            store.AlertEvent(
                f"a{n:02d}", "opened", NOW, "surge", f"s{n:02d}", WEEK.monday, WEEK.sunday, 9.0, 1.0, text
            )
        )
    hostile = config.model_copy(
        update={"report": config.report.model_copy(update={"top_issues": 20, "max_pages": 20})}
    )
    world.config = hostile
    lake, report = make(world, tmp_path)
    text = text_of(report).replace(" ", "")
    for shown in ('#panic("x")', '#eval("1+1")', "<script>alert(1)</script>", "W" * 100, "*tebal*"):
        assert shown.replace(" ", "") in text
    assert b"javascript:" not in report.pdf.read_bytes()
    assert b"file:///" not in report.pdf.read_bytes()
    _, entries = book.read(report.ledger)
    assert book.compare(lake, entries) == []
    assert nothing_overflows(report)


def nothing_overflows(report: WeeklyReport) -> bool:
    """No character stands outside the type area (19 mm at the sides)."""
    document = pypdfium2.PdfDocument(report.pdf)
    margin = 19 / 25.4 * 72 - 1
    for page in document:
        width, _ = page.get_size()
        textpage = page.get_textpage()
        for n in range(textpage.count_chars()):
            if chr(pypdfium2.raw.FPDFText_GetUnicode(textpage, n)).isspace():
                continue  # a space at the end of a line may hang
            left, _, right, _ = textpage.get_charbox(n)
            if right > left and (left < margin or right > width - margin):
                return False
    document.close()
    return True


def test_the_busy_report_does_not_overflow(busy_report: WeeklyReport) -> None:
    assert nothing_overflows(busy_report)


def test_an_event_within_the_compared_weeks_is_noted(tiny_lake: Lake, config: Config, tmp_path: Path) -> None:
    event = config.calendar.breaks[0].model_copy(
        update={"label": "Peristiwa uji", "start": WEEK.monday - timedelta(days=10), "end": None}
    )
    calendar = config.calendar.model_copy(update={"breaks": (event,)})
    report = build_weekly(tiny_lake, config.model_copy(update={"calendar": calendar}), WEEK, tmp_path)
    assert "“Peristiwa uji” (30 Oktober 2026) jatuh pada minggu-minggu yang dibandingkan" in text_of(report)


def test_a_section_switched_off_is_gone(tiny_lake: Lake, config: Config, tmp_path: Path) -> None:
    sections = tuple(
        section.model_copy(update={"enabled": section.id in ("identitas", "ringkasan")})
        for section in config.report.sections
    )
    short = config.report.model_copy(update={"sections": sections})
    report = build_weekly(tiny_lake, config.model_copy(update={"report": short}), WEEK, tmp_path)
    assert report.pages == report.body_pages == 1
    assert "Lampiran" not in text_of(report)


def test_the_ledger_is_plain_json_with_its_fingerprint_in_print(busy_report: WeeklyReport) -> None:
    content = json.loads(busy_report.ledger.read_text(encoding="utf-8"))
    assert content["fingerprint"][:16] in text_of(busy_report)
    assert not list(busy_report.pdf.parent.glob("*.tmp"))
