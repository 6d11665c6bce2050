"""Complaint and social files: the shapes that importers must read."""

from __future__ import annotations

import csv
import itertools
import re
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from samples.dates import SHORT_MONTHS, WIB, short_date
from samples.files import SP4N_COLUMNS, write_inbox
from samples.records import Channel, Complaint
from samples.world import World

ANDROID = re.compile(r"^(\d\d/\d\d/\d\d \d\d\.\d\d) - (?:([^:]+): )?(.*)$")
IPHONE = re.compile(r"^\[(\d\d/\d\d/\d\d \d\d\.\d\d\.\d\d)\] (?:([^:]+): )?(.*)$")


@pytest.fixture(scope="session")
def inbox(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("masuk")
    write_inbox(world, folder)
    return folder


def of(world: World, channel: Channel) -> list[Complaint]:
    return [c for c in world.complaints if c.channel == channel]


def sp4n_rows(path: Path) -> tuple[list[tuple[object, ...]], list[dict[str, object]]]:
    book = load_workbook(path, read_only=True)
    rows: list[tuple[object, ...]] = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    at = next(i for i, row in enumerate(rows) if row[0] == "Tracking ID")
    return rows[:at], [dict(zip(SP4N_COLUMNS, row, strict=True)) for row in rows[at + 1 :]]


def test_sp4n_exports_have_title_rows_then_the_26_columns(inbox: Path, world: World) -> None:
    files = sorted((inbox / "sp4n").glob("*.xlsx"))
    assert len(files) == 2
    seen: dict[object, dict[str, object]] = {}
    for path in files:
        title, rows = sp4n_rows(path)
        assert len(title) == 5
        seen |= {row["Tracking ID"]: row for row in rows}
    truth = {c.ticket: c for c in of(world, "sp4n")}
    assert seen.keys() == truth.keys()
    for ticket, row in seen.items():
        one = truth[str(ticket)]
        dates = {short_date(one.published_at), short_date(one.published_at, english=True)}
        assert row["Tanggal Laporan Masuk"] in dates
        assert row["Isi Laporan Awal"] == one.text
        assert row["Status Laporan"] == one.status
        anonymous = one.confidentiality == "anonim"
        assert (row["Nama Pelapor"] == "Anonim") == anonymous
        assert row["Kecamatan"] == (one.labels.kecamatan or (None,))[0]


def test_the_demos_exports_overlap_and_mix_month_names(full_world: World, tmp_path: Path) -> None:
    write_inbox(full_world, tmp_path)
    first, second = (sp4n_rows(path)[1] for path in sorted((tmp_path / "sp4n").glob("*.xlsx")))
    tickets = [{row["Tracking ID"] for row in rows} for rows in (first, second)]
    assert tickets[0] & tickets[1]
    months = {str(row["Tanggal Laporan Masuk"]).split()[1] for row in (*first, *second)}
    assert {"Agu", "Aug", "Okt", "Oct"} <= months
    assert "Mei" in months | set(SHORT_MONTHS[:1])
    types = {row["Tipe Laporan (Anonim/Rahasia)"] for row in (*first, *second)}
    assert types == {"Publik", "Anonim", "Rahasia"}
    statuses = {row["Status Laporan"] for row in (*first, *second)}
    assert {"Selesai", "Ditutup oleh Sistem", "Diarsipkan oleh Admin"} <= statuses


def read_chat(path: Path, pattern: re.Pattern[str]) -> list[list[str]]:
    """Messages as [stamp, sender, text]; lines without a stamp continue the one before."""
    messages: list[list[str]] = []
    for line in path.read_bytes().decode("utf-8").replace("\r\n", "\n").splitlines():
        match = pattern.match(line)
        if match:
            messages.append([match[1], match[2] or "", match[3]])
        else:
            messages[-1][2] += "\n" + line
    return messages


@pytest.mark.parametrize(
    ("name", "pattern"),
    [("Chat WhatsApp dengan Aduan Pati.txt", ANDROID), ("_chat.txt", IPHONE)],
)
def test_chats_can_be_read_back(inbox: Path, world: World, name: str, pattern: re.Pattern[str]) -> None:
    messages = read_chat(inbox / "whatsapp" / name, pattern)
    assert "dienkripsi secara end-to-end" in messages[0][2]
    assert messages[0][1] == ""
    said: dict[str, str] = {}
    for _, sender, text in messages:
        said[sender] = said.get(sender, "") + " " + " ".join(text.split())
    complaints = of(world, "whatsapp")
    cut = len(complaints) * 3 // 5
    mine = complaints[:cut] if pattern is ANDROID else complaints[cut:]
    assert mine
    for one in mine:
        assert " ".join(one.text.split()) in said[one.reporter]
    assert "Admin Aduan" in said
    first = mine[0].published_at.astimezone(WIB)
    assert messages[1][0].startswith(f"{first:%d/%m/%y %H.%M}")


def test_chats_have_bursts_line_breaks_and_media(inbox: Path) -> None:
    android = read_chat(inbox / "whatsapp" / "Chat WhatsApp dengan Aduan Pati.txt", ANDROID)
    citizens = [m for m in android if m[1] and m[1] != "Admin Aduan"]
    pairs = itertools.pairwise(citizens)
    assert any(a[1] == b[1] and "<Media" not in b[2] for a, b in pairs)
    assert any("\n" in text for _, _, text in citizens)
    assert any(text == "<Media tidak disertakan>" for _, _, text in citizens)
    assert any(sender.startswith("+62 812-0000-") for _, sender, _ in citizens)
    iphone = (inbox / "whatsapp" / "_chat.txt").read_bytes().decode("utf-8")
    assert "\u200egambar tidak disertakan\r\n" in iphone


def test_the_complaint_csv_is_an_indonesian_spreadsheet(inbox: Path, world: World) -> None:
    raw = (inbox / "csv" / "aduan_loket.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines(keepends=True), delimiter=";"))
    truth = of(world, "csv")
    assert [row["id"] for row in rows] == [c.ticket for c in truth]
    assert [row["no_wa"] for row in rows] == [c.phone for c in truth]
    assert rows[0]["laporan"] == 'Air keruh; "sudah" sebulan.\n\nMohon dicek.'
    local = truth[0].published_at.astimezone(WIB)
    assert rows[0]["tanggal"] == f"{local:%d/%m/%Y %H:%M}"
    assert rows[0]["lokasi"].endswith("Kecamatan Gabus")


def test_the_social_csv(inbox: Path, world: World) -> None:
    text = (inbox / "social" / "media_sosial.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines(keepends=True)))
    assert list(rows[0]) == ["platform", "akun", "tanggal", "isi", "suka", "komentar", "url"]
    assert [row["isi"] for row in rows] == [p.text for p in world.posts]
    assert {row["platform"] for row in rows} <= {"facebook", "instagram", "x", "tiktok"}
    assert len({row["url"] for row in rows}) == len(rows)


def test_an_earlier_inbox_holds_less(world: World, tmp_path: Path) -> None:
    moment = world.start + timedelta(weeks=16, days=3)
    write_inbox(world, tmp_path, now=moment)
    chats = list((tmp_path / "whatsapp").glob("*.txt"))
    assert all(path.read_text("utf-8") == "" for path in chats)
    rows = [row for path in (tmp_path / "sp4n").glob("*.xlsx") for row in sp4n_rows(path)[1]]
    early = [c for c in of(world, "sp4n") if c.published_at <= moment]
    assert {row["Tracking ID"] for row in rows} == {c.ticket for c in early}
    assert 0 < len(early) < len(of(world, "sp4n"))


def test_every_personal_value_of_a_complaint_is_in_the_files(inbox: Path, world: World) -> None:
    texts = [p.read_bytes().decode("utf-8") for p in inbox.rglob("*.[ct][sx][vt]")]
    for path in (inbox / "sp4n").glob("*.xlsx"):
        texts += [str(value) for row in sp4n_rows(path)[1] for value in row.values()]
    # exports break long messages between sentences, so white space may differ
    everything = " ".join(" ".join(texts).split())
    complaints = {c.id for c in world.complaints}
    data = [d for d in world.personal_data if d.record_id in complaints]
    assert data
    assert [d for d in data if " ".join(d.value.split()) not in everything] == []
