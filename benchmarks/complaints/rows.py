"""Made-up complaints with made-up personal data, as many as wanted, the same for the same seed."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

HEADER = (
    "id",
    "tanggal",
    "kanal",
    "nama",
    "nik",
    "no_wa",
    "kecamatan",
    "kategori",
    "laporan",
    "opd",
    "status",
)
_PLACES = (
    "Gabus",
    "Juwana",
    "Tayu",
    "Winong",
    "Kayen",
    "Sukolilo",
    "Dukuhseti",
    "Jakenan",
    "Trangkil",
    "Pati",
)
_NAMES = ("Suparjo", "Sumiyati", "Ngadimin", "Kasminah", "Wagiman", "Rusmiyati", "Tukijan", "Sulastri")
_OPENINGS = (
    "Jalan kabupaten di depan balai desa {place} rusak parah dan berlubang sejak musim hujan tahun lalu.",
    "Lampu penerangan jalan umum di perempatan pasar {place} mati sudah tiga minggu dan belum diganti.",
    "Air PDAM di wilayah {place} keruh dan berbau, sering mati pada pagi hari saat warga membutuhkan.",
    "Sampah menumpuk di tepi jalan raya {place} dan tidak diangkut petugas sejak Senin minggu lalu.",
    "Pelayanan KTP di kantor kecamatan {place} lambat, antrean mengular dan jaringan sering putus.",
    "Saluran irigasi di {place} tersumbat sehingga sawah warga kebanjiran setiap kali hujan deras.",
)  # fmt: skip
_MIDDLES = (
    "Sudah kami sampaikan kepada perangkat desa tetapi sampai hari ini belum ada tindak lanjut sama sekali.",
    "Anak sekolah dan pedagang yang lewat setiap pagi sering terjatuh, mohon segera ditangani.",
    "Kami mohon dinas terkait turun ke lapangan supaya melihat sendiri keadaannya.",
)
_PERSONAL = (
    "Bisa hubungi {phone} atas nama Pak {name}.",
    "NIK saya {nik}, alamat RT 03 RW 02.",
    "Laporan dari Bu {name}, WA {phone}, email {mail}.",
    "Terima kasih atas perhatiannya.",
)
_STATUSES = (
    "Diproses",
    "Selesai",
    "Terverifikasi",
    "Disposisi",
    "Ditutup oleh Sistem",
    "Diarsipkan oleh Admin",
)


def rows(count: int, seed: int = 20260928) -> Iterator[tuple[str, ...]]:
    """Make rows of about 300 characters of text each, three of four with personal data in it.

    The numbers are in ranges that nobody holds: NIK 3318000000000000 and up, phones 0812 0000.
    """
    chance = random.Random(seed)  # noqa: S311 - the same file every time
    start = datetime(2026, 1, 1)  # noqa: DTZ001 - as a spreadsheet writes it
    for number in range(count):
        place, name = chance.choice(_PLACES), chance.choice(_NAMES)
        nik, phone = f"331800000{number % 10_000_000:07d}", f"08120000{number % 10_000:04d}"
        facts = {
            "place": place,
            "name": name,
            "nik": nik,
            "phone": phone,
            "mail": f"warga{number}@surel.example",
        }
        text = " ".join(
            part.format(**facts)
            for part in (chance.choice(_OPENINGS), *chance.sample(_MIDDLES, 2), chance.choice(_PERSONAL))
        )
        at = start + timedelta(minutes=chance.randrange(300 * 1440))
        yield (f"ADU{number:08d}", f"{at:%d/%m/%Y %H:%M}", "WhatsApp", f"{name} {number % 997}", nik, phone,
               place, "Infrastruktur", text, "DPUTR", chance.choice(_STATUSES))  # fmt: skip


def write_csv(path: Path, count: int) -> None:
    """Write them as a spreadsheet in an Indonesian locale saves a CSV."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADER)
        writer.writerows(rows(count))


def write_xlsx(path: Path, count: int) -> None:
    """Write them as a workbook, every cell as text."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Aduan")
    sheet.append(("REKAP ADUAN",))
    sheet.append(HEADER)
    for row in rows(count):
        sheet.append(row)
    book.save(path)
