"""Situations of numbers and the sentence an Indonesian editor would let pass."""

from __future__ import annotations

import pytest

from dashboard.report import sentences as s
from dashboard.report.sentences import Change

ARTICLES = "Jumlah artikel"


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        pytest.param(
            Change(223, 244, 230.5, -0.086),
            "Jumlah artikel turun 9% dari 244 pada minggu sebelumnya dan berada di bawah rata-rata "
            "empat minggu sebelumnya (230,5).",
            id="fall",
        ),
        pytest.param(
            Change(1244, 1000, 900.0, 0.244),
            "Jumlah artikel naik 24% dari 1.000 pada minggu sebelumnya dan berada di atas rata-rata "
            "empat minggu sebelumnya (900,0).",
            id="rise",
        ),
        pytest.param(
            Change(30, 12, 10.0, 1.5),
            "Jumlah artikel naik 150% dari 12 pada minggu sebelumnya dan berada di atas rata-rata "
            "empat minggu sebelumnya (10,0).",
            id="more-than-double",
        ),
        pytest.param(
            Change(20, 20, 18.25, 0.0),
            "Jumlah artikel sama dengan minggu sebelumnya (20) dan berada di atas rata-rata empat "
            "minggu sebelumnya (18,2).",
            id="unchanged",
        ),
        pytest.param(
            Change(12, 12, 12.0, 0.0),
            "Jumlah artikel sama dengan minggu sebelumnya (12) dan setara dengan rata-rata empat "
            "minggu sebelumnya (12,0).",
            id="unchanged-and-at-the-mean",
        ),
        pytest.param(
            Change(12, 12, 12.04, 0.0),
            "Jumlah artikel sama dengan minggu sebelumnya (12) dan setara dengan rata-rata empat "
            "minggu sebelumnya (12,0).",
            id="at-the-mean-as-printed",
        ),
        pytest.param(
            Change(1001, 1000, 1000.0, 0.001),
            "Jumlah artikel hampir sama dengan minggu sebelumnya (1.000) dan berada di atas rata-rata "
            "empat minggu sebelumnya (1.000,0).",
            id="rounds-to-nothing",
        ),
        pytest.param(
            Change(0, 0, 0.0, None),
            "Jumlah artikel sama dengan minggu sebelumnya, yaitu nihil.",
            id="nothing-twice",
        ),
        pytest.param(
            Change(0, 0, 2.5, None),
            "Jumlah artikel sama dengan minggu sebelumnya, yaitu nihil dan berada di bawah rata-rata "
            "empat minggu sebelumnya (2,5).",
            id="nothing-twice-after-something",
        ),
        pytest.param(
            Change(5, 0, 0.0, None),
            "Jumlah artikel naik dari nihil pada minggu sebelumnya menjadi 5.",
            id="from-zero",
        ),
        pytest.param(
            Change(0, 12, 9.0, -1.0),
            "Jumlah artikel turun dari 12 pada minggu sebelumnya menjadi nihil dan berada di bawah "
            "rata-rata empat minggu sebelumnya (9,0).",
            id="to-zero",
        ),
        pytest.param(
            Change(7, 4, 3.5, None),
            "Jumlah artikel naik dari 4 pada minggu sebelumnya menjadi 7 (data belum cukup untuk "
            "persentase) dan berada di atas rata-rata empat minggu sebelumnya (3,5).",
            id="small-n-rise",
        ),
        pytest.param(
            Change(1, 9, 6.0, None),
            "Jumlah artikel turun dari 9 pada minggu sebelumnya menjadi 1 (data belum cukup untuk "
            "persentase) dan berada di bawah rata-rata empat minggu sebelumnya (6,0).",
            id="small-n-fall",
        ),
        pytest.param(
            Change(40, 0, 0.0, None, has_before=False, has_four=False),
            "Belum ada data minggu sebelumnya sebagai pembanding.",
            id="first-week",
        ),
        pytest.param(
            Change(40, 20, 5.0, 1.0, has_four=False),
            "Jumlah artikel naik 100% dari 20 pada minggu sebelumnya.",
            id="too-young-for-a-mean",
        ),
        pytest.param(
            Change(40, 100, 90.0, -0.6, coverage=0.62),
            "Perbandingan dengan minggu sebelumnya ditahan karena hanya 62% sumber aktif yang dapat "
            "dijangkau.",
            id="sources-down",
        ),
        pytest.param(
            Change(90, 100, 90.0, -0.1, coverage=0.7),
            "Jumlah artikel turun 10% dari 100 pada minggu sebelumnya dan setara dengan rata-rata empat "
            "minggu sebelumnya (90,0).",
            id="just-enough-coverage",
        ),
        pytest.param(
            Change(90, 100, 95.0, -0.1, coverage=None),
            "Jumlah artikel turun 10% dari 100 pada minggu sebelumnya dan berada di bawah rata-rata empat "
            "minggu sebelumnya (95,0).",
            id="coverage-does-not-matter",
        ),
    ],
)
def test_change(numbers: Change, expected: str) -> None:
    assert s.change(ARTICLES, numbers) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            s.volume(0, 0, 0),
            "Tidak ada artikel berita tentang pelayanan publik Pati yang terpantau pada minggu ini.",
        ),
        (s.volume(1, 1, 1), "Terpantau 1 artikel berita dari 1 media, yang membentuk 1 cerita."),
        (
            s.volume(1244, 980, 14),
            "Terpantau 1.244 artikel berita dari 14 media, yang membentuk 980 cerita.",
        ),
        (
            s.top_issue("Rob di Juwana", 12, 9, 3, "DPUTR"),
            (
                "Isu terbanyak dibahas: “Rob di Juwana” (12 artikel dari 9 media, 3 di antaranya "
                "salinan). OPD terkait: DPUTR."
            ),
        ),
        (
            s.top_issue("Rob di Juwana", 2, 2, 0, None),
            (
                "Isu terbanyak dibahas: “Rob di Juwana” (2 artikel dari 2 media). OPD terkait belum "
                "dapat ditentukan."
            ),
        ),
        (s.issue_volume(3, 3, 0, 0, is_new=True), "3 artikel dari 3 media; mulai muncul minggu ini."),
        (
            s.issue_volume(5, 4, 1, 2, is_new=False),
            "5 artikel dari 4 media (1 salinan); meningkat dari 2 artikel pada minggu sebelumnya.",
        ),
        (
            s.issue_volume(2, 2, 0, 5, is_new=False),
            "2 artikel dari 2 media; mereda dari 5 artikel pada minggu sebelumnya.",
        ),
        (
            s.issue_volume(2, 2, 0, 2, is_new=False),
            "2 artikel dari 2 media; sama banyak dengan minggu sebelumnya.",
        ),
        (
            s.issue_volume(2, 1, 0, 0, is_new=False),
            "2 artikel dari 1 media; muncul kembali setelah tidak diberitakan minggu sebelumnya.",
        ),
        (s.complaints_received(0, 0, 0, 0), "Tidak ada aduan yang masuk pada minggu ini."),
        (
            s.complaints_received(1, 0, 0, 0),
            "Masuk 1 aduan: belum satu pun dijawab dan belum ada yang dinyatakan selesai.",
        ),
        (
            s.complaints_received(1, 1, 0, 0),
            "Masuk 1 aduan: 1 sudah dijawab dan belum ada yang dinyatakan selesai.",
        ),
        (s.complaints_received(34, 20, 8, 0), "Masuk 34 aduan: 20 sudah dijawab dan 8 dinyatakan selesai."),
        (
            s.complaints_received(34, 34, 34, 0),
            "Masuk 34 aduan: semuanya sudah dijawab dan semuanya dinyatakan selesai.",
        ),
        (
            s.complaints_received(34, 20, 0, 5),
            (
                "Masuk 34 aduan: 20 sudah dijawab, belum ada yang dinyatakan selesai, dan 5 "
                "diarsipkan, tidak layak, atau bukan wewenang."
            ),
        ),
        (s.overdue(0, 5), "Tidak ada aduan terbuka yang melewati tenggat."),
        (s.overdue(5, 5), "Seluruh antrean sudah melewati tenggat langkah yang ditunggu."),
        (s.overdue(1_200, 1_500), "Dari antrean itu, 1.200 sudah melewati tenggat langkah yang ditunggu."),
        (
            s.first_reply(120, 30, 5),
            (
                "Dari 120 aduan dalam 12 minggu penuh terakhir, 30 belum dijawab; separuhnya dijawab dalam 5 "
                "hari kerja."
            ),
        ),
        (
            s.first_reply(8, 0, None),
            (
                "Dari 8 aduan dalam 12 minggu penuh terakhir, semuanya sudah dijawab atau ditutup; waktu "
                "sampai jawaban pertama belum dapat dihitung."
            ),
        ),
        (s.queue(0, 0, None), "Tidak ada aduan yang masih terbuka."),
        (s.queue(1, 0, 3.0), "Antrean berisi 1 aduan terbuka; umurnya belum lebih dari 14 hari."),
        (s.queue(1, 1, 30.0), "Antrean berisi 1 aduan terbuka; umurnya lebih dari 14 hari."),
        (
            s.queue(12, 0, 4.0),
            (
                "Antrean berisi 12 aduan terbuka (median umur 4 hari); tidak ada yang berumur lebih "
                "dari 14 hari."
            ),
        ),
        (
            s.queue(12, 5, None),
            "Antrean berisi 12 aduan terbuka; 5 di antaranya berumur lebih dari 14 hari.",
        ),
        (
            s.queue(1200, 1200, 99.0),
            (
                "Antrean berisi 1.200 aduan terbuka (median umur 99 hari); seluruhnya berumur lebih "
                "dari 14 hari."
            ),
        ),
        (s.tone("Artikel", 0, 0, 0, None), "Tidak ada artikel yang menilai layanan pemerintah daerah."),
        (
            s.tone("Artikel", 3, 2, 1, None),
            (
                "Artikel yang menilai layanan: 3 bernada negatif, 2 netral, dan 1 positif; data belum "
                "cukup untuk menyimpulkan tone."
            ),
        ),
        (
            s.tone("Artikel", 30, 5, 5, -0.625),
            (
                "Tone layanan dalam artikel cenderung negatif (tone bersih \N{MINUS SIGN}0,62): "
                "30 bernada negatif, 5 netral, dan 5 positif."
            ),
        ),
        (
            s.tone("Artikel", 5, 5, 30, 0.625),
            (
                "Tone layanan dalam artikel cenderung positif (tone bersih +0,62): 5 bernada negatif, "
                "5 netral, dan 30 positif."
            ),
        ),
        (
            s.tone("Artikel", 5, 20, 5, 0.0),
            (
                "Tone layanan dalam artikel berimbang (tone bersih 0,00): 5 bernada negatif, 20 "
                "netral, dan 5 positif."
            ),
        ),
        (s.worst_opd(None, None, 0, 4, 0), "Tone layanan per OPD selama 4 minggu: data belum cukup."),
        (
            s.worst_opd(None, None, 0, 4, 3),
            "Tidak ada OPD dengan tone layanan negatif selama 4 minggu (dari 3 OPD yang datanya cukup).",
        ),
        (
            s.worst_opd("DPUTR", -0.5, 40, 4, 3),
            (
                "Tone layanan paling negatif selama 4 minggu: DPUTR "
                "(tone bersih \N{MINUS SIGN}0,50 dari 40 dokumen)."
            ),
        ),
        (s.sources(0, 0, []), "Belum ada sumber aktif; laporan ini tidak memuat pemantauan media."),
        (s.sources(14, 14, []), "Seluruh 14 sumber aktif berfungsi baik."),
        (
            s.sources(14, 13, [("Warta Satu", "hilang")]),
            (
                "13 dari 14 sumber aktif berfungsi baik; bermasalah: Warta Satu (hilang). Angka dapat "
                "lebih rendah daripada keadaan sebenarnya."
            ),
        ),
        (
            s.sources(14, 9, [("A", "hilang"), ("B", "rusak"), ("C", "sepi"), ("D", "sepi"), ("E", "sepi")]),
            (
                "9 dari 14 sumber aktif berfungsi baik; bermasalah: A (hilang), B (rusak), C (sepi), "
                "dan 2 lainnya. Angka dapat lebih rendah daripada keadaan sebenarnya."
            ),
        ),
        (
            s.sources(2, 0, [("A", "hilang"), ("B", "rusak")]),
            (
                "Tidak satu pun dari 2 sumber aktif berfungsi baik; bermasalah: A (hilang), B (rusak). "
                "Angka dapat lebih rendah daripada keadaan sebenarnya."
            ),
        ),
        (s.alerts(0, ""), "Tidak ada peringatan dini pada minggu ini."),
        (s.alerts(1, "Banjir: 9 laporan."), "Ada satu peringatan dini. Banjir: 9 laporan."),
        (s.alerts(3, "Banjir: 9 laporan."), "Ada 3 peringatan dini; yang terbesar: Banjir: 9 laporan."),
        (s.attention(None, 4, 9), ""),
        (s.attention("DPUTR", 0, 9), ""),
        (
            s.attention("DPUTR", 1, 1),
            "Mohon arahan kepada DPUTR atas satu aduan terbuka yang berumur lebih dari 14 hari.",
        ),
        (
            s.attention("DPUTR", 9, 9),
            (
                "Mohon arahan kepada DPUTR untuk menindaklanjuti 9 aduan terbuka, yang seluruhnya "
                "berumur lebih dari 14 hari."
            ),
        ),
        (
            s.attention("DPUTR", 4, 9),
            (
                "Mohon arahan kepada DPUTR untuk mendahulukan 4 aduan yang terbuka lebih dari 14 hari "
                "(dari 9 aduan terbuka)."
            ),
        ),
        (s.quick_win("SIPIPA", 0, 0, 0), "SIPIPA: tidak disebut."),
        (s.quick_win("SIPIPA", 12, 3, 0), "SIPIPA: disebut dalam 12 dokumen dari 3 cerita."),
        (
            s.quick_win("SIPIPA", 12, 3, 2),
            "SIPIPA: disebut dalam 12 dokumen dari 3 cerita. Termasuk 2 advertorial.",
        ),
        (
            s.quick_win("SIPIPA", 2, 1, 2),
            "SIPIPA: disebut dalam 2 dokumen dari 1 cerita. Seluruhnya advertorial.",
        ),
        (s.tone_counts(3, 0, 1), "3 negatif · 1 positif"),
        (s.tone_counts(0, 0, 0), "tidak menilai layanan"),
        (s.undated(0), ""),
        (
            s.undated(3),
            (
                "3 dokumen tidak memiliki tanggal yang dapat dipercaya sehingga tidak dihitung pada "
                "minggu mana pun."
            ),
        ),
        (
            s.structural_break("Protes Agustus"),
            (
                "Catatan: “Protes Agustus” jatuh pada minggu-minggu yang dibandingkan; baca perubahan "
                "dengan hati-hati."
            ),
        ),
    ],
)
def test_sentence(sentence: str, expected: str) -> None:
    assert sentence == expected
