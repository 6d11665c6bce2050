"""Writes the complaint and social media files an office would drop into its inbox folder."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from samples.dates import WIB, long_date, short_date
from samples.records import Channel, Complaint, Post
from samples.whatsapp import android, chat, ios
from samples.world import World

SP4N_COLUMNS = (
    "Tracking ID", "Tanggal Laporan Masuk", "Waktu Laporan Masuk", "Nama Pelapor",
    "Klasifikasi Laporan", "ID Kategori", "Kategori", "Judul Laporan", "Isi Laporan Awal",
    "Isi Laporan Akhir", "Tipe Laporan (Anonim/Rahasia)", "Sumber Laporan", "Instansi Induk",
    "ID Instansi Terdisposisi", "Instansi Terdisposisi", "Status Laporan", "Alasan Tunda/Arsip",
    "Provinsi", "Kota/Kabupaten", "Kecamatan", "Kelurahan", "Nomor SK", "Url SK",
    "Url Dokumen Laporan Tahunan", "Laporan yang Masuk melalui Kanal Aduan Setwapres", "Rating",
)  # fmt: skip
COMPLAINT_COLUMNS = (
    "id", "tanggal", "nama", "no_wa", "kategori", "laporan", "lokasi", "opd", "status",
)  # fmt: skip
SOCIAL_COLUMNS = ("platform", "akun", "tanggal", "isi", "suka", "komentar", "url")
KINDS = {"anonim": "Anonim", "rahasia": "Rahasia", "publik": "Publik"}
OVERLAP = timedelta(days=7)


def write_inbox(world: World, folder: Path, now: datetime | None = None) -> tuple[Path, ...]:
    """Write all files as they would look at a moment.

    The two LAPOR! exports overlap by a week, as exports do: rows of that week are in both.

    Args:
        world: whose complaints and posts.
        folder: the inbox; subfolders ``sp4n``, ``whatsapp``, ``csv`` and ``social``.
        now: what came later is left out; the world's now by default.

    Returns:
        The files written.
    """
    moment = now or world.now
    complaints = [c for c in world.complaints if c.published_at <= moment]
    posts = [p for p in world.posts if p.published_at <= moment]

    def of(channel: Channel) -> list[Complaint]:
        return [c for c in complaints if c.channel == channel]

    for name in ("sp4n", "whatsapp", "csv", "social"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    written = []
    half = world.start + (moment - world.start) / 2
    for index, rows in enumerate(
        (
            [c for c in of("sp4n") if c.published_at < half],
            [c for c in of("sp4n") if c.published_at >= half - OVERLAP],
        ),
        start=1,
    ):
        path = folder / "sp4n" / f"laporan_sp4n_lapor_{index}.xlsx"
        write_sp4n(rows, path, moment)
        written.append(path)
    written += _chats(world, of("whatsapp"), folder / "whatsapp")
    path = folder / "csv" / "aduan_loket.csv"
    write_complaints(of("csv"), path)
    social = folder / "social" / "media_sosial.csv"
    write_social(posts, social)
    return (*written, path, social)


def write_sp4n(rows: Sequence[Complaint], path: Path, now: datetime) -> None:
    """Write a SP4N-LAPOR! export: title rows, then the header, then one row per report.

    Args:
        rows: complaints of the channel ``sp4n``.
        path: the workbook.
        now: the time of the export.
    """
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has no worksheet")
    sheet.title = "Laporan"
    for line in (
        ("Data Laporan SP4N-LAPOR!",),
        ("Instansi", "Pemerintah Kabupaten Pati"),
        ("Tanggal Unduh", long_date(now)),
        ("Jumlah Laporan", len(rows)),
        (),
        SP4N_COLUMNS,
    ):
        sheet.append(line)
    for number, complaint in enumerate(rows):
        sheet.append(_sp4n_row(complaint, english=number % 4 == 3))
    book.save(path)


def _sp4n_row(one: Complaint, *, english: bool) -> tuple[str | int | None, ...]:
    local = one.published_at.astimezone(WIB)
    place = one.labels.kecamatan[0] if one.labels.kecamatan else ""
    village = one.labels.desa[0] if one.labels.desa else ""
    archived = one.status.startswith("Diarsipkan")
    return (
        one.ticket,
        short_date(local, english=english),
        f"{local:%H:%M:%S}",
        "Anonim" if one.confidentiality == "anonim" else one.reporter,
        "Aspirasi" if one.labels.sentiment == "positif" else "Pengaduan",
        100 + len(one.category),
        one.category,
        one.title or _first_words(one.text),
        one.text,
        f"{one.text}\n\nMohon tindak lanjut sesuai kewenangan.",
        KINDS[one.confidentiality],
        ("Website", "Aplikasi Mobile", "SMS 1708")[len(one.text) % 3],
        "Pemerintah Kabupaten Pati",
        9000 + len(one.agency) if one.agency else None,
        one.agency or None,
        one.status,
        "Laporan tidak memuat lokasi yang jelas" if archived else None,
        "Jawa Tengah",
        "Kabupaten Pati",
        place or None,
        village or None,
        None,
        None,
        None,
        "Tidak",
        one.rating,
    )


def _first_words(text: str) -> str:
    words = text.split()
    return " ".join(words[:8])


def _chats(world: World, complaints: Sequence[Complaint], folder: Path) -> list[Path]:
    """An older Android export and a newer iPhone one."""
    cut = len(complaints) * 3 // 5
    admin = world.media.complaint_admin
    files = (
        (folder / "Chat WhatsApp dengan Aduan Pati.txt", android, complaints[:cut]),
        (folder / "_chat.txt", ios, complaints[cut:]),
    )
    for path, style, part in files:
        messages = chat(part, world.seed, admin, world.now)
        path.write_text(style(messages), "utf-8")
    return [path for path, _, _ in files]


def write_complaints(rows: Sequence[Complaint], path: Path) -> None:
    """Write a complaints CSV as a spreadsheet in an Indonesian locale saves it.

    Semicolons, byte order mark, day/month/year, phone numbers with their leading zero.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(COMPLAINT_COLUMNS)
        for one in rows:
            local = one.published_at.astimezone(WIB)
            place = [f"Desa {name}" for name in one.labels.desa[:1]]
            place += [f"Kecamatan {name}" for name in one.labels.kecamatan[:1]]
            writer.writerow(
                (
                    one.ticket,
                    f"{local:%d/%m/%Y %H:%M}",
                    one.reporter,
                    one.phone,
                    one.category,
                    f"{one.title}\n\n{one.text}" if one.title else one.text,
                    ", ".join(place),
                    one.agency,
                    one.status,
                )
            )


def write_social(rows: Sequence[Post], path: Path) -> None:
    """Write a social media CSV: commas, ISO dates in WIB without a zone."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(SOCIAL_COLUMNS)
        for one in rows:
            local = one.published_at.astimezone(WIB)
            text = f"{one.title}\n{one.text}" if one.title else one.text
            url = f"https://medsos.example{one.path}"
            writer.writerow(
                (
                    one.platform,
                    f"@{one.account}",
                    f"{local:%Y-%m-%d %H:%M}",
                    text,
                    one.likes,
                    one.comments,
                    url,
                )
            )
