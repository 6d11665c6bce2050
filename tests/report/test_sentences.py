"""Situations of numbers and the sentence an Indonesian editor would let pass: how counts move."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.report import sentences as s
from dashboard.report.sentences import Change
from dashboard.report.words import number_word, series

CHANGES = {
    "fall": (
        Change(223, 244, 230.5, -0.086),
        (
            "Jumlah artikel turun 9%, dari 244 pada minggu sebelumnya menjadi 223, dan berada di bawah "
            "rata-rata empat minggu sebelumnya (230,5)."
        ),
    ),
    "rise": (
        Change(1244, 1000, 900.0, 0.244),
        (
            "Jumlah artikel naik 24%, dari 1.000 pada minggu sebelumnya menjadi 1.244, dan berada di atas "
            "rata-rata empat minggu sebelumnya (900,0)."
        ),
    ),
    "rise-below-the-mean": (
        Change(30, 20, 44.0, 0.5),
        (
            "Jumlah artikel naik 50%, dari 20 pada minggu sebelumnya menjadi 30, dan berada di bawah "
            "rata-rata empat minggu sebelumnya (44,0)."
        ),
    ),
    "fall-above-the-mean": (
        Change(30, 60, 22.75, -0.5),
        (
            "Jumlah artikel turun 50%, dari 60 pada minggu sebelumnya menjadi 30, dan berada di atas "
            "rata-rata empat minggu sebelumnya (22,8)."
        ),
    ),
    "more-than-double": (
        Change(30, 12, 10.0, 1.5),
        (
            "Jumlah artikel naik 150%, dari 12 pada minggu sebelumnya menjadi 30, dan berada di atas "
            "rata-rata empat minggu sebelumnya (10,0)."
        ),
    ),
    "tenfold": (
        Change(1200, 12, 10.0, 99.0),
        (
            "Jumlah artikel naik sedikitnya sepuluh kali lipat, dari 12 pada minggu sebelumnya "
            "menjadi 1.200, "
            "dan berada di atas rata-rata empat minggu sebelumnya (10,0)."
        ),
    ),
    "exactly-tenfold": (
        Change(120, 12, 12.0, 9.0, has_four=False),
        "Jumlah artikel naik sedikitnya sepuluh kali lipat, dari 12 pada minggu sebelumnya menjadi 120.",
    ),
    "nearly-tenfold": (
        Change(119, 12, 12.0, 8.917, has_four=False),
        "Jumlah artikel naik 892%, dari 12 pada minggu sebelumnya menjadi 119.",
    ),
    "large-numbers": (
        Change(1_234_567, 1_134_567, 1_134.5, 0.0881),
        (
            "Jumlah artikel naik 9%, dari 1.134.567 pada minggu sebelumnya menjadi 1.234.567, dan berada di "
            "atas rata-rata empat minggu sebelumnya (1.134,5)."
        ),
    ),
    "mean-with-thousands": (
        Change(1000, 1250, 1234.5, -0.2),
        (
            "Jumlah artikel turun 20%, dari 1.250 pada minggu sebelumnya menjadi 1.000, dan berada di bawah "
            "rata-rata empat minggu sebelumnya (1.234,5)."
        ),
    ),
    "unchanged": (
        Change(20, 20, 18.25, 0.0),
        (
            "Jumlah artikel sama dengan minggu sebelumnya (20) dan berada di atas rata-rata empat minggu "
            "sebelumnya (18,2)."
        ),
    ),
    "unchanged-and-at-the-mean": (
        Change(12, 12, 12.0, 0.0),
        (
            "Jumlah artikel sama dengan minggu sebelumnya (12) dan setara dengan rata-rata empat minggu "
            "sebelumnya (12,0)."
        ),
    ),
    "at-the-mean-as-printed": (
        Change(12, 12, 12.04, 0.0),
        (
            "Jumlah artikel sama dengan minggu sebelumnya (12) dan setara dengan rata-rata empat minggu "
            "sebelumnya (12,0)."
        ),
    ),
    "unchanged-and-few": (
        Change(1, 1, 0.5, None),
        (
            "Jumlah artikel sama dengan minggu sebelumnya (1) dan berada di atas rata-rata empat minggu "
            "sebelumnya (0,5)."
        ),
    ),
    "rounds-to-nothing": (
        Change(1001, 1000, 1000.0, 0.001),
        (
            "Jumlah artikel hampir sama dengan minggu sebelumnya (1.000 menjadi 1.001) dan berada di atas "
            "rata-rata empat minggu sebelumnya (1.000,0)."
        ),
    ),
    "fall-rounds-to-nothing": (
        Change(999, 1000, 999.0, -0.001),
        (
            "Jumlah artikel hampir sama dengan minggu sebelumnya (1.000 menjadi 999) dan setara dengan "
            "rata-rata empat minggu sebelumnya (999,0)."
        ),
    ),
    "nothing-twice": (
        Change(0, 0, 0.0, None),
        "Jumlah artikel sama dengan minggu sebelumnya, yaitu nihil.",
    ),
    "nothing-twice-after-something": (
        Change(0, 0, 2.5, None),
        (
            "Jumlah artikel sama dengan minggu sebelumnya, yaitu nihil, dan berada di bawah rata-rata empat "
            "minggu sebelumnya (2,5)."
        ),
    ),
    "from-zero": (
        Change(5, 0, 0.0, None),
        "Jumlah artikel naik dari nihil pada minggu sebelumnya menjadi 5.",
    ),
    "from-zero-to-one": (
        Change(1, 0, 0.0, None),
        "Jumlah artikel naik dari nihil pada minggu sebelumnya menjadi 1.",
    ),
    "from-zero-after-something": (
        Change(5, 0, 4.0, None),
        (
            "Jumlah artikel naik dari nihil pada minggu sebelumnya menjadi 5 dan berada di atas rata-rata "
            "empat minggu sebelumnya (4,0)."
        ),
    ),
    "to-zero": (
        Change(0, 12, 9.0, -1.0),
        (
            "Jumlah artikel turun dari 12 pada minggu sebelumnya menjadi nihil dan berada di bawah "
            "rata-rata empat minggu sebelumnya (9,0)."
        ),
    ),
    "to-zero-from-few": (
        Change(0, 1, 0.25, None),
        (
            "Jumlah artikel turun dari 1 pada minggu sebelumnya menjadi nihil dan berada di bawah rata-rata "
            "empat minggu sebelumnya (0,2)."
        ),
    ),
    "small-n-rise": (
        Change(7, 4, 3.5, None),
        (
            "Jumlah artikel naik dari 4 pada minggu sebelumnya menjadi 7 (data belum cukup untuk "
            "persentase) dan berada di atas rata-rata empat minggu sebelumnya (3,5)."
        ),
    ),
    "small-n-fall": (
        Change(1, 9, 6.0, None),
        (
            "Jumlah artikel turun dari 9 pada minggu sebelumnya menjadi 1 (data belum cukup untuk "
            "persentase) dan berada di bawah rata-rata empat minggu sebelumnya (6,0)."
        ),
    ),
    "small-n-without-mean": (
        Change(2, 1, 0.0, None, has_four=False),
        "Jumlah artikel naik dari 1 pada minggu sebelumnya menjadi 2 (data belum cukup untuk persentase).",
    ),
    "first-week": (
        Change(40, 0, 0.0, None, has_before=False, has_four=False),
        "Belum ada data minggu sebelumnya sebagai pembanding.",
    ),
    "too-young-for-a-mean": (
        Change(40, 20, 5.0, 1.0, has_four=False),
        "Jumlah artikel naik 100%, dari 20 pada minggu sebelumnya menjadi 40.",
    ),
    "sources-down": (
        Change(40, 100, 90.0, -0.6, coverage=0.62),
        "Perbandingan dengan minggu sebelumnya ditahan karena hanya 62% sumber aktif yang dapat dijangkau.",
    ),
    "all-sources-down": (
        Change(0, 100, 90.0, -1.0, coverage=0.0),
        "Perbandingan dengan minggu sebelumnya ditahan karena tidak ada sumber aktif yang dapat dijangkau.",
    ),
    "sources-down-both-weeks": (
        Change(40, 100, 90.0, -0.6, coverage=0.5, coverage_before=0.5),
        "Perbandingan dengan minggu sebelumnya ditahan karena hanya 50% sumber aktif yang dapat dijangkau.",
    ),
    "missing-week": (
        Change(40, 0, 12.0, None, coverage_before=0.0),
        "Minggu sebelumnya tidak terpantau sehingga tidak dapat dibandingkan.",
    ),
    "week-before-half-seen": (
        Change(40, 11, 12.0, 2.636, coverage_before=0.4),
        (
            "Minggu sebelumnya tidak dipakai sebagai pembanding karena hanya 40% sumber yang dapat "
            "dijangkau waktu itu."
        ),
    ),
    "just-enough-coverage": (
        Change(90, 100, 90.0, -0.1, coverage=0.7, coverage_before=0.7),
        (
            "Jumlah artikel turun 10%, dari 100 pada minggu sebelumnya menjadi 90, dan setara dengan "
            "rata-rata empat minggu sebelumnya (90,0)."
        ),
    ),
    "coverage-does-not-matter": (
        Change(90, 100, 95.0, -0.1, coverage=None, coverage_before=None),
        (
            "Jumlah artikel turun 10%, dari 100 pada minggu sebelumnya menjadi 90, dan berada di bawah "
            "rata-rata empat minggu sebelumnya (95,0)."
        ),
    ),
}


@pytest.mark.parametrize("situation", CHANGES)
def test_change(situation: str) -> None:
    numbers, expected = CHANGES[situation]
    assert s.change("Jumlah artikel", numbers) == expected


BREAK = (
    "Catatan: “Unjuk rasa besar PBB-P2” (13 Agustus 2025) jatuh pada minggu-minggu yang dibandingkan; "
    "baca perubahan dengan hati-hati."
)
FLOOD = (
    "Catatan: “Banjir” (10\N{EN DASH}31 Jan 2026) jatuh pada minggu-minggu yang dibandingkan; "
    "baca perubahan dengan hati-hati."
)
LOW = "angka dapat lebih rendah daripada keadaan sebenarnya."


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (s.structural_break("Unjuk rasa besar PBB-P2", date(2025, 8, 13)), BREAK),
        (s.structural_break("Banjir", date(2026, 1, 10), date(2026, 1, 31)), FLOOD),
        (s.reach(None, None), ""),
        (s.reach(8, 8), ""),
        (s.reach(0, 0), ""),
        (s.reach(5, 8), f"Pada minggu laporan, 5 dari 8 sumber dapat dijangkau; {LOW}"),
        (s.reach(1, 14), f"Pada minggu laporan, satu dari 14 sumber dapat dijangkau; {LOW}"),
        (
            s.reach(0, 14),
            (
                "Tidak satu pun dari 14 sumber dapat dijangkau pada minggu laporan; angka berita tidak "
                "mencerminkan keadaan sebenarnya."
            ),
        ),
        (s.sources(0, 0, []), "Belum ada sumber aktif; laporan ini tidak memuat pemantauan media."),
        (s.sources(1, 1, []), "Satu-satunya sumber aktif berfungsi baik."),
        (s.sources(14, 14, []), "Seluruh 14 sumber aktif berfungsi baik."),
        (
            s.sources(14, 13, [("Warta Satu", "hilang")]),
            (
                "Dari 14 sumber aktif, 13 berfungsi baik; bermasalah: Warta Satu (hilang). Angka dapat "
                "lebih rendah daripada keadaan sebenarnya."
            ),
        ),
        (
            s.sources(14, 9, [("A", "hilang"), ("B", "rusak"), ("C", "sepi"), ("D", "sepi"), ("E", "sepi")]),
            (
                "Dari 14 sumber aktif, 9 berfungsi baik; bermasalah: A (hilang), B (rusak), C (sepi), "
                "dan dua "
                "lainnya. Angka dapat lebih rendah daripada keadaan sebenarnya."
            ),
        ),
        (
            s.sources(2, 1, [("A", "hilang")]),
            (
                "Dari 2 sumber aktif, satu berfungsi baik; bermasalah: A (hilang). Angka dapat lebih rendah "
                "daripada keadaan sebenarnya."
            ),
        ),
        (
            s.sources(2, 0, [("A", "hilang"), ("B", "rusak")]),
            (
                "Tidak satu pun dari 2 sumber aktif berfungsi baik; bermasalah: A (hilang), B (rusak). "
                "Angka dapat lebih rendah daripada keadaan sebenarnya."
            ),
        ),
        (
            s.sources(1, 0, [("A", "hilang")]),
            (
                "Satu-satunya sumber aktif tidak berfungsi baik; bermasalah: A (hilang). Angka dapat lebih "
                "rendah daripada keadaan sebenarnya."
            ),
        ),
        (s.undated(0), ""),
        (
            s.undated(1),
            (
                "Satu dokumen tidak memiliki tanggal yang dapat dipercaya sehingga tidak dihitung pada "
                "minggu "
                "mana pun."
            ),
        ),
        (
            s.undated(1300),
            (
                "Sebanyak 1.300 dokumen tidak memiliki tanggal yang dapat dipercaya sehingga tidak dihitung "
                "pada minggu mana pun."
            ),
        ),
        (number_word(0), "nol"),
        (number_word(12), "dua belas"),
        (number_word(13), "13"),
        (number_word(1234), "1.234"),
        (series([]), ""),
        (series(["A"]), "A"),
        (series(["A", "B"]), "A dan B"),
        (series(["A", "B", "C"]), "A, B, dan C"),
    ],
)
def test_what_the_numbers_rest_on(sentence: str, expected: str) -> None:
    assert sentence == expected
