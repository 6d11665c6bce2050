"""Situations of numbers of a month, a quarter or one office, and the sentence an editor would let pass."""

from __future__ import annotations

import pytest

from dashboard.report import period_sentences as p
from dashboard.report import sentences as s
from dashboard.report.period_sentences import PeriodChange
from warehouse.queries import CalendarPeriod

MINUS = "\N{MINUS SIGN}"
OCTOBER = CalendarPeriod.parse("2026-10")
JANUARY = CalendarPeriod.parse("2026-01")
THIRD = CalendarPeriod.parse("2026-Q3")
FIRST = CalendarPeriod.parse("2026-Q1")

CHANGES = {
    "rise": (
        OCTOBER, PeriodChange(341, 300, 11.0, 10.0, 0.1),
        ("Jumlah artikel per hari naik 10% (rata-rata 10,0 menjadi 11,0): 341 pada Oktober 2026, "
        "300 pada September 2026."),
    ),
    "fall": (
        OCTOBER, PeriodChange(155, 300, 5.0, 10.0, -0.5),
        ("Jumlah artikel per hari turun 50% (rata-rata 10,0 menjadi 5,0): 155 pada Oktober 2026, "
        "300 pada September 2026."),
    ),
    "more-but-fewer-a-day": (
        CalendarPeriod.parse("2026-03"), PeriodChange(300, 280, 9.677, 10.0, -0.0323),
        ("Jumlah artikel per hari turun 3% (rata-rata 10,0 menjadi 9,7): 300 pada Maret 2026, "
        "280 pada Februari 2026."),
    ),
    "over-new-year": (
        JANUARY, PeriodChange(1240, 1200, 40.0, 38.71, 0.0333),
        ("Jumlah artikel per hari naik 3% (rata-rata 38,7 menjadi 40,0): 1.240 pada Januari 2026, "
        "1.200 pada Desember 2025."),
    ),
    "unchanged": (
        OCTOBER, PeriodChange(310, 300, 10.0, 10.0, 0.0),
        "Jumlah artikel per hari hampir tidak berubah: 310 pada Oktober 2026, 300 pada September 2026.",
    ),
    "rounds-to-nothing": (
        OCTOBER, PeriodChange(3101, 3000, 100.03, 100.0, 0.0003),
        "Jumlah artikel per hari hampir tidak berubah: 3.101 pada Oktober 2026, 3.000 pada September 2026.",
    ),
    "means-round-to-the-same": (
        OCTOBER, PeriodChange(32, 30, 1.032, 1.0, 0.0323),
        ("Jumlah artikel per hari naik 3% (rata-rata tetap sekitar 1,0): 32 pada Oktober 2026, "
        "30 pada September 2026."),
    ),
    "tenfold": (
        OCTOBER, PeriodChange(3720, 12, 120.0, 0.4, 299.0),
        ("Jumlah artikel per hari naik sedikitnya sepuluh kali lipat (rata-rata 0,4 menjadi 120,0): "
        "3.720 pada Oktober 2026, 12 pada September 2026."),
    ),
    "small": (
        OCTOBER, PeriodChange(4, 3, 0.129, 0.1, None),
        "Jumlah artikel: 4 pada Oktober 2026, 3 pada September 2026 (data belum cukup untuk persentase).",
    ),
    "one-of-one": (
        OCTOBER, PeriodChange(1, 1, 0.03, 0.03, None),
        "Jumlah artikel: 1 pada Oktober 2026, 1 pada September 2026 (data belum cukup untuk persentase).",
    ),
    "from-zero": (
        OCTOBER, PeriodChange(14, 0, 0.45, 0.0, None),
        "Jumlah artikel naik dari nihil pada September 2026 menjadi 14 pada Oktober 2026.",
    ),
    "to-zero": (
        OCTOBER, PeriodChange(0, 14, 0.0, 0.47, -1.0),
        "Jumlah artikel turun dari 14 pada September 2026 menjadi nihil pada Oktober 2026.",
    ),
    "zero-again": (
        OCTOBER, PeriodChange(0, 0, 0.0, 0.0, None),
        "Jumlah artikel nihil, sama seperti pada September 2026.",
    ),
    "quarter-rise": (
        THIRD, PeriodChange(1840, 1456, 20.0, 16.0, 0.25),
        ("Jumlah artikel per hari naik 25% (rata-rata 16,0 menjadi 20,0): 1.840 pada Triwulan III 2026, "
        "1.456 pada Triwulan II 2026."),
    ),
    "quarter-over-new-year": (
        FIRST, PeriodChange(90, 184, 1.0, 2.0, -0.5),
        ("Jumlah artikel per hari turun 50% (rata-rata 2,0 menjadi 1,0): 90 pada Triwulan I 2026, "
        "184 pada Triwulan IV 2025."),
    ),
    "nothing-before": (
        OCTOBER, PeriodChange(310, 12, 10.0, 0.4, None, has_before=False),
        "Belum ada data September 2026 yang lengkap sebagai pembanding.",
    ),
    "quarter-nothing-before": (
        THIRD, PeriodChange(310, 0, 3.4, 0.0, None, has_before=False),
        "Belum ada data Triwulan II 2026 yang lengkap sebagai pembanding.",
    ),
    "low-coverage": (
        OCTOBER, PeriodChange(100, 300, 3.2, 10.0, -0.68, coverage=0.55),
        ("Perbandingan dengan September 2026 ditahan karena pada bulan laporan hanya 55% sumber yang dapat "
        "dijangkau."),
    ),
    "quarter-low-coverage": (
        THIRD, PeriodChange(100, 300, 1.1, 3.3, -0.68, coverage=0.2),
        ("Perbandingan dengan Triwulan II 2026 ditahan karena pada triwulan laporan hanya 20% sumber yang "
        "dapat dijangkau."),
    ),
    "no-coverage": (
        OCTOBER, PeriodChange(100, 300, 3.2, 10.0, -0.68, coverage=0.0),
        (
            "Perbandingan dengan September 2026 ditahan karena pada bulan laporan tidak ada sumber yang "
            "dapat dijangkau."
        ),
    ),
    "no-coverage-before": (
        OCTOBER, PeriodChange(300, 100, 9.7, 3.3, 1.9, coverage_before=0.0),
        (
            "September 2026 tidak dipakai sebagai pembanding karena tidak ada sumber yang dapat dijangkau "
            "waktu itu."
        ),
    ),
    "low-coverage-before": (
        OCTOBER, PeriodChange(300, 100, 9.7, 3.3, 1.9, coverage_before=0.4),
        ("September 2026 tidak dipakai sebagai pembanding karena hanya 40% sumber yang dapat dijangkau waktu "
        "itu."),
    ),
    "coverage-not-known": (
        OCTOBER, PeriodChange(341, 300, 11.0, 10.0, 0.1, coverage=None, coverage_before=None),
        ("Jumlah artikel per hari naik 10% (rata-rata 10,0 menjadi 11,0): 341 pada Oktober 2026, "
        "300 pada September 2026."),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("period", "numbers", "expected"), CHANGES.values(), ids=CHANGES)
def test_a_period_beside_the_one_before(period: CalendarPeriod, numbers: PeriodChange, expected: str) -> None:
    assert p.change("Jumlah artikel", numbers, period) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (p.period_title(OCTOBER), "Oktober 2026 (1\N{EN DASH}31 Okt 2026)"),
        (p.period_title(THIRD), "Triwulan III 2026 (1 Jul \N{EN DASH} 30 Sep 2026)"),
        (p.backlog(None, 0, 0, OCTOBER), "Pada akhir Oktober 2026 tidak ada aduan terbuka."),
        (
            p.backlog(None, 22, 13, OCTOBER),
            (
                "Pada akhir Oktober 2026 ada 22 aduan terbuka; 13 di antaranya berumur lebih dari 14 hari."
            ),
        ),
        (p.backlog(0, 0, 0, OCTOBER), "Pada akhir Oktober 2026 tidak ada aduan terbuka."),
        (
            p.backlog(7, 0, 0, OCTOBER),
            "Pada akhir Oktober 2026 tidak ada aduan terbuka, turun dari 7 pada akhir September 2026.",
        ),
        (
            p.backlog(0, 1, 0, OCTOBER),
            (
                "Pada akhir Oktober 2026 ada satu aduan terbuka, naik dari nihil pada akhir September 2026; "
                "tidak ada yang berumur lebih dari 14 hari."
            ),
        ),
        (
            p.backlog(2, 1, 1, OCTOBER),
            (
                "Pada akhir Oktober 2026 ada satu aduan terbuka, turun dari 2 pada akhir September 2026; "
                "umurnya lebih dari 14 hari."
            ),
        ),
        (
            p.backlog(9, 9, 9, OCTOBER),
            (
                "Pada akhir Oktober 2026 ada 9 aduan terbuka, sama banyak dengan akhir September 2026; "
                "seluruhnya berumur lebih dari 14 hari."
            ),
        ),
        (
            p.backlog(40, 52, 1, THIRD),
            (
                "Pada akhir Triwulan III 2026 ada 52 aduan terbuka, naik dari 40 pada akhir Triwulan II "
                "2026; satu di antaranya berumur lebih dari 14 hari."
            ),
        ),
        (
            p.backlog(1200, 1100, 30, JANUARY),
            (
                "Pada akhir Januari 2026 ada 1.100 aduan terbuka, turun dari 1.200 pada akhir Desember "
                "2025; 30 di antaranya berumur lebih dari 14 hari."
            ),
        ),
        (
            p.readings(0, 0, None, OCTOBER),
            "Oktober 2026 belum dipantau saat itu; kelengkapan isinya tidak diketahui.",
        ),
        (
            p.readings(0, 4, 0.0, OCTOBER),
            "Sepanjang bulan laporan, tidak satu pun dari 4 pembacaan mingguan sumber berhasil.",
        ),
        (
            p.readings(80, 80, 1.0, OCTOBER),
            "Sepanjang bulan laporan, seluruh 80 pembacaan mingguan sumber berhasil.",
        ),
        (
            p.readings(1180, 1240, 0.9516, THIRD),
            "Sepanjang triwulan laporan, 95% pembacaan mingguan sumber berhasil (1.180 dari 1.240).",
        ),
        (p.unsure(0), ""),
        (p.unsure(1), "Tidak termasuk satu aduan yang saat selesainya tidak tercatat."),
        (p.unsure(2), "Tidak termasuk 2 aduan yang saat selesainya tidak tercatat."),
        (
            p.office_documents("DPUTR", 0, 0, 0, 4),
            "Tidak ada dokumen yang menyangkut DPUTR selama empat minggu.",
        ),
        (
            p.office_documents("DPUTR", 1, 0, 0, 4),
            (
                "Satu dokumen menyangkut DPUTR selama empat minggu; tidak ada artikel berita di antaranya."
            ),
        ),
        (
            p.office_documents("DPUTR", 1, 1, 1, 4),
            "Satu artikel berita menyangkut DPUTR selama empat minggu, yang membentuk satu cerita.",
        ),
        (
            p.office_documents("DPUTR", 6, 6, 2, 4),
            "Sebanyak 6 artikel berita menyangkut DPUTR selama empat minggu, yang membentuk 2 cerita.",
        ),
        (
            p.office_documents("DPUTR", 120, 1, 1, 4),
            (
                "Sebanyak 120 dokumen menyangkut DPUTR selama empat minggu, di antaranya satu artikel "
                "berita yang membentuk satu cerita."
            ),
        ),
        (
            p.office_documents("DPUTR", 1200, 1000, 400, 4),
            (
                "Sebanyak 1.200 dokumen menyangkut DPUTR selama empat minggu, di antaranya 1.000 artikel "
                "berita yang membentuk 400 cerita."
            ),
        ),
        (p.office_week_change(0, 0), "Jumlah aduannya sama dengan minggu sebelumnya."),
        (p.office_week_change(5, 5), "Jumlah aduannya sama dengan minggu sebelumnya."),
        (p.office_week_change(1, 0), "Jumlah aduannya naik dari nihil pada minggu sebelumnya menjadi 1."),
        (p.office_week_change(0, 3), "Jumlah aduannya turun dari 3 pada minggu sebelumnya menjadi nihil."),
        (p.office_week_change(12, 8), "Jumlah aduannya naik dari 8 pada minggu sebelumnya menjadi 12."),
        (
            p.office_tone("DLH", 0, (0, 0, 0), None, (None, None)),
            "Tidak ada dokumen yang menilai layanan DLH selama empat minggu.",
        ),
        (
            p.office_tone("DLH", 3, (1, 2, 0), None, (None, None)),
            (
                "Dokumen yang menilai layanan DLH: 1 negatif, 2 netral, dan 0 positif; data belum cukup "
                "untuk menyimpulkan tone."
            ),
        ),
        (
            p.office_tone("DLH", 40, (24, 10, 6), -0.45, (-0.66, -0.2)),
            (
                "Tone layanan DLH selama empat minggu: 24 negatif, 10 netral, dan 6 positif (tone bersih "
                f"{MINUS}0,45, rentang 95% {MINUS}0,66 sampai {MINUS}0,20, dari 40 dokumen)."
            ),
        ),
        (s.complaints_received(0, 0, 0, 0, "Oktober 2026"), "Tidak ada aduan yang masuk pada Oktober 2026."),
        (
            s.volume(0, 0, 0, "Oktober 2026"),
            "Tidak ada artikel berita tentang pelayanan publik Pati yang terpantau pada Oktober 2026.",
        ),
    ],
)  # fmt: skip
def test_sentence(sentence: str, expected: str) -> None:
    assert sentence == expected
