"""Cases 47 and 48: tables and spreadsheets that are none, or too much."""

import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from config import Config, load_config
from crawlers.files import read_file
from crawlers.items import Document, Rejection
from tests.hostile.stories import NOW

HEADER = "id,tanggal,kanal,nama,nik,no_wa,kecamatan,laporan,status"
ROWS = (
    "T1,25/09/2024,WhatsApp,Warga A,3318000000000000,081200000001,Gabus,Jalan rusak,Diproses",
    "T2,05/09/2024,WhatsApp,Warga B,3318000000000000,081200000002,Tayu,Lampu mati,Selesai",
)
LATER = NOW + timedelta(days=30)


@pytest.fixture(scope="module")
def config() -> Config:
    return load_config()


def table(*rows: str, header: str = HEADER) -> str:
    return "\n".join((header, *rows)) + "\n"


def read(path: Path, config: Config, form: str = "complaint_csv") -> list[Document | Rejection]:
    return list(read_file(path, form, "aduan", now=LATER, complaints=config.complaints))


PLAIN = table(*ROWS)
GOOD_CSV: dict[str, bytes] = {
    "comma": PLAIN.encode(),
    "semicolon and BOM": ("\ufeff" + PLAIN.replace(",", ";")).encode(),
    "sep= line": ("sep=;\n" + PLAIN.replace(",", ";")).encode(),
    "UTF-16 with tabs": PLAIN.replace(",", "\t").encode("utf-16"),
    "cp1252": PLAIN.replace("Jalan", "Jum\u2019at jalan").encode("cp1252"),
    "title rows": ("REKAP ADUAN,,\nPeriode: September,,\n\n" + PLAIN).encode(),
    "trailing commas": PLAIN.replace("\n", ",,\n").encode(),
    "NUL and CRLF": PLAIN.replace("\n", "\r\n").replace("rusak", "ru\0sak").encode(),
}


@pytest.mark.parametrize("body", GOOD_CSV.values(), ids=GOOD_CSV)
def test_47_dialects(tmp_path: Path, config: Config, body: bytes) -> None:
    path = tmp_path / "aduan.csv"
    path.write_bytes(body)
    got = [d for d in read(path, config) if isinstance(d, Document)]
    assert [d.external_id for d in got] == ["T1", "T2"]
    # the 25th shows that the day comes first; midnight in Pati is 17:00 UTC of the day before
    assert [d.published_at for d in got] == [datetime(2024, 9, day, 17, tzinfo=UTC) for day in (24, 4)]
    assert got[0].text.lower().endswith("jalan rusak")
    assert "3318" not in repr(got), "numbers of reporters are not read at all"
    assert "0812" not in repr(got)


OPEN = 'T9,25/09/2024,WhatsApp,X,1,2,Pati,"tanpa tutup,Selesai'
BAD_ROWS: dict[str, tuple[str, int, str]] = {
    "unclosed quote": (
        table(ROWS[0], 'T9,25/09/2024,WhatsApp,X,1,2,Pati,"tanpa tutup,Selesai', ROWS[1]),
        3,
        "bad_row",
    ),
    "too many columns": (table(ROWS[0], ROWS[1] + ",lebih,lagi"), 3, "bad_row"),
    "cell of 200 KB": (table(ROWS[0], ROWS[1].replace("Lampu mati", "x" * 200_000)), 3, "bad_row"),
    "no text": (table(ROWS[0], ROWS[1].replace("Lampu mati", "")), 3, "no_text"),
    "ticket damaged by Excel": (table("3.31801E+15" + ROWS[0][2:], ROWS[1]), 2, "damaged_number"),
    "unknown status": (table(ROWS[0], ROWS[1].replace("Selesai", "Entahlah")), 3, "unknown_status"),
}


@pytest.mark.parametrize(("body", "line", "reason"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_47_bad_rows_are_named_by_line(
    tmp_path: Path, config: Config, body: str, line: int, reason: str
) -> None:
    path = tmp_path / "aduan.csv"
    path.write_text(body)
    got = read(path, config)
    assert [(r.key, r.reason) for r in got if isinstance(r, Rejection)] == [(f"aduan.csv:{line}", reason)]
    rest = 2 if "T9" in body else 1
    assert len([d for d in got if isinstance(d, Document)]) == rest


def test_47_a_quote_never_closed_in_a_table_of_two_columns(tmp_path: Path, config: Config) -> None:
    path = tmp_path / "aduan.csv"
    path.write_text('tanggal,laporan\n25/09/2024,"Jalan rusak\n26/09/2024,Lampu mati\n27/09/2024,Air keruh\n')
    got = read(path, config)
    assert [(r.key, r.reason) for r in got if isinstance(r, Rejection)] == [("aduan.csv:2", "bad_row")]
    assert [d.text for d in got if isinstance(d, Document)] == ["Lampu mati", "Air keruh"]


NO_TABLES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "blanks": (b"\n \n", "empty"),
    "HTML named .csv": (b"<html><table><tr><td>id</td></tr></table></html>", "not_a_table"),
    "no header": (b"a,b\n1,2\n", "no_header"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "no_header"),
}


@pytest.mark.parametrize(("body", "reason"), NO_TABLES.values(), ids=NO_TABLES)
def test_47_files_that_are_no_tables(tmp_path: Path, config: Config, body: bytes, reason: str) -> None:
    path = tmp_path / "aduan.csv"
    path.write_bytes(body)
    assert [r.reason for r in read(path, config) if isinstance(r, Rejection)] == [reason]


def test_47_a_header_alone_is_a_table_without_rows(tmp_path: Path, config: Config) -> None:
    path = tmp_path / "aduan.csv"
    path.write_text(HEADER + "\n")
    assert read(path, config) == []


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (("13/08/2024", "05/09/2024"), ("2024-08-13", "2024-09-05")),
        (("9/25/2024", "9/5/2024"), ("2024-09-25", "2024-09-05")),
        (("13/08/2024", "9/25/2024", "05/09/2024"), ("2024-08-13", "2024-09-25")),  # the third is refused
        (("2024-09-05", "45540", "05-Sep-24", "Kamis 5 Sep 2024"), ("2024-09-05",) * 4),
    ],
)
def test_47_the_column_decides_the_order_of_dates(
    tmp_path: Path, config: Config, dates: tuple[str, ...], days: tuple[str | None, ...]
) -> None:
    path = tmp_path / "aduan.csv"
    path.write_text(
        table(*(f"T{n},{day},Laporan {n}" for n, day in enumerate(dates)), header="id,tanggal,laporan")
    )
    got = [d.published_at for d in read(path, config) if isinstance(d, Document)]
    assert [d and (d + timedelta(hours=7)).date().isoformat() for d in got] == list(days)


def test_47_the_same_export_twice_gives_the_same_ids(tmp_path: Path, config: Config) -> None:
    path = tmp_path / "aduan.csv"
    path.write_text(PLAIN + table("25/09/2024,Tanpa tiket", header="tanggal,laporan").split("\n", 1)[1])
    first = {d.doc_id for d in read(path, config) if isinstance(d, Document)}
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert {d.doc_id for d in read(path, config) if isinstance(d, Document)} == first


COLUMNS = ["Tracking ID", "Tanggal Laporan Masuk", "Isi Laporan Awal", "Status Laporan"]
Change = Callable[[Any], None]


def workbook(path: Path, change: Change | None = None) -> Path:
    """A small LAPOR! export; `change` does something to its sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Laporan SP4N-LAPOR!"], ["Periode", "September 2024"], COLUMNS,
                [9876543, date(2024, 9, 5), "Lampu jalan mati", "Diproses"],
                [9876544, 45541, "Jalan rusak", "Diproses"]):  # fmt: skip
        sheet.append(row)
    if change:
        change(sheet)
    book.save(path)
    return path


def rewrite(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """Change the XML inside a spreadsheet."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return path


def ids(path: Path, config: Config) -> list[str | None]:
    return [d.external_id for d in read(path, config, "sp4n_xlsx") if isinstance(d, Document)]


def test_48_title_rows_and_numbers_as_dates(tmp_path: Path, config: Config) -> None:
    got = read(workbook(tmp_path / "l.xlsx"), config, "sp4n_xlsx")
    assert [(d.external_id, d.published_at) for d in got if isinstance(d, Document)] == [
        ("9876543", datetime(2024, 9, 4, 17, tzinfo=UTC)), ("9876544", datetime(2024, 9, 5, 17, tzinfo=UTC)),
    ]  # fmt: skip


def test_48_hidden_rows_are_rows(tmp_path: Path, config: Config) -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[5].hidden = True

    assert ids(workbook(tmp_path / "l.xlsx", hide), config) == ["9876543", "9876544"]


def test_48_merged_cells_count_for_every_row(tmp_path: Path, config: Config) -> None:
    def merge(sheet: Any) -> None:
        sheet.append([9876545, None, "Tiga", "Diproses"])
        sheet.merge_cells("B5:B6")

    got = [
        d for d in read(workbook(tmp_path / "l.xlsx", merge), config, "sp4n_xlsx") if isinstance(d, Document)
    ]
    assert got[1].published_at == got[2].published_at is not None


def far(reference: str) -> Change:
    def change(sheet: Any) -> None:
        sheet[reference] = "jauh"

    return change


BODY = b"</sheetData>"
MERGED = b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
SHEET = "xl/worksheets/sheet1.xml"
LAUGH = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'


def cut(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-200])
    return path


def other_zip(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../etc/passwd", "x")
    return path


VAST: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a cell in the last corner": (lambda p: workbook(p, far("XFD1048576")), "too_large"),
    "one area over everything": (
        lambda p: rewrite(
            workbook(p), SHEET, BODY, BODY + b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
        "too_large",
    ),
    "a cell of 120 million characters": (
        lambda p: rewrite(workbook(p), SHEET, b"<v>9876543</v>", b"<v>" + b"9" * 120_000_000 + b"</v>"),
        "too_large",
    ),
    "entities": (lambda p: rewrite(workbook(p), SHEET, b"<worksheet", LAUGH + b"<worksheet"), "not_a_table"),
    "torn zip": (lambda p: cut(workbook(p)), "not_a_table"),
    "zip of something else": (other_zip, "not_a_table"),
}


@pytest.mark.parametrize(("make", "reason"), VAST.values(), ids=VAST)
def test_48_spreadsheets_that_are_too_much(
    tmp_path: Path, config: Config, make: Callable[[Path], Path], reason: str
) -> None:
    started = datetime.now(UTC)
    (got,) = read(make(tmp_path / "l.xlsx"), config, "sp4n_xlsx")
    assert isinstance(got, Rejection)
    assert got.reason == reason
    assert (datetime.now(UTC) - started).total_seconds() < 20
    assert list(tmp_path.iterdir()) == [tmp_path / "l.xlsx"]
