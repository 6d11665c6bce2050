"""Situations of numbers and the sentence an Indonesian editor would let pass: stories, complaints, tone."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.report import city_sentences as city
from dashboard.report import sentences as s
from dashboard.report import tones as t
from dashboard.report.tones import Judged

MINUS = "\N{MINUS SIGN}"


def judged(name: str, net: float, spread: float, first: int, last: int) -> Judged:
    return Judged(name, net, net - spread, net + spread, 40, first, last)


NEWS = [
    (
        s.volume(0, 0, 0),
        "Tidak ada artikel berita tentang pelayanan publik Pati yang terpantau pada minggu ini.",
    ),
    (s.volume(1, 1, 1), "Terpantau satu artikel berita dari satu media, yang membentuk satu cerita."),
    (s.volume(2, 1, 2), "Terpantau 2 artikel berita dari 2 media, yang membentuk satu cerita."),
    (s.volume(1244, 980, 14), "Terpantau 1.244 artikel berita dari 14 media, yang membentuk 980 cerita."),
    (
        s.top_issue("Rob di Juwana", 12, 9, 3, "DPUTR"),
        (
            "Isu terbanyak dibahas: “Rob di Juwana” (12 artikel dari 9 media, 3 di antaranya salinan). OPD "
            "terkait: DPUTR."
        ),
    ),
    (
        s.top_issue("Rob di Juwana", 2, 2, 1, "DPUTR"),
        (
            "Isu terbanyak dibahas: “Rob di Juwana” (2 artikel dari 2 media, satu di antaranya salinan). OPD "
            "terkait: DPUTR."
        ),
    ),
    (
        s.top_issue("Rob di Juwana", 1, 1, 0, None),
        (
            "Isu terbanyak dibahas: “Rob di Juwana” (satu artikel dari satu media). OPD terkait belum dapat "
            "ditentukan."
        ),
    ),
    (
        s.issue_volume(3, 3, 0, 0, is_new=True),
        "Diberitakan dalam 3 artikel dari 3 media; mulai muncul minggu ini.",
    ),
    (
        s.issue_volume(1, 1, 0, 0, is_new=True),
        "Diberitakan dalam satu artikel dari satu media; mulai muncul minggu ini.",
    ),
    (
        s.issue_volume(5, 4, 1, 2, is_new=False),
        (
            "Diberitakan dalam 5 artikel dari 4 media (satu salinan); meningkat dari 2 artikel pada minggu "
            "sebelumnya."
        ),
    ),
    (
        s.issue_volume(5, 4, 3, 1, is_new=False),
        (
            "Diberitakan dalam 5 artikel dari 4 media (3 salinan); meningkat dari satu artikel pada minggu "
            "sebelumnya."
        ),
    ),
    (
        s.issue_volume(2, 2, 0, 1_250, is_new=False),
        "Diberitakan dalam 2 artikel dari 2 media; mereda dari 1.250 artikel pada minggu sebelumnya.",
    ),
    (
        s.issue_volume(2, 2, 0, 2, is_new=False),
        "Diberitakan dalam 2 artikel dari 2 media; sama banyak dengan minggu sebelumnya.",
    ),
    (
        s.issue_volume(2, 1, 0, 0, is_new=False),
        (
            "Diberitakan dalam 2 artikel dari satu media; muncul kembali setelah tidak diberitakan minggu "
            "sebelumnya."
        ),
    ),
    (s.alerts(0, ""), "Tidak ada peringatan dini pada minggu ini."),
    (s.alerts(1, "Banjir: 9 laporan."), "Ada satu peringatan dini. Banjir: 9 laporan."),
    (s.alerts(3, "Banjir: 9 laporan."), "Ada 3 peringatan dini. Yang terbesar: Banjir: 9 laporan."),
    (s.quick_win("SIPIPA", 0, 0, 0), "SIPIPA: tidak disebut."),
    (s.quick_win("SIPIPA", 1, 1, 0), "SIPIPA: disebut dalam satu dokumen dari satu cerita."),
    (s.quick_win("SIPIPA", 12, 3, 0), "SIPIPA: disebut dalam 12 dokumen dari 3 cerita."),
    (
        s.quick_win("SIPIPA", 12, 3, 1),
        "SIPIPA: disebut dalam 12 dokumen dari 3 cerita. Termasuk satu advertorial.",
    ),
    (
        s.quick_win("SIPIPA", 1_200, 300, 25),
        "SIPIPA: disebut dalam 1.200 dokumen dari 300 cerita. Termasuk 25 advertorial.",
    ),
    (
        s.quick_win("SIPIPA", 2, 1, 2),
        "SIPIPA: disebut dalam 2 dokumen dari satu cerita. Seluruhnya advertorial.",
    ),
    (
        city.quick_win_step("SIPIPA", "Uji coba di 3 pasar", date(2026, 11, 9), "overdue"),
        "SIPIPA, tahapan Uji coba di 3 pasar: lewat tenggat Senin, 9 November 2026.",
    ),
    (
        city.quick_win_step("SIPIPA", "Peluncuran", date(2026, 11, 20), "open"),
        "SIPIPA, tahapan Peluncuran: jatuh tempo Jumat, 20 November 2026.",
    ),
    (
        city.worksheet("Smart City 2026, Smart Living", 3, 2, 0, 1),
        (
            "Smart City 2026, Smart Living: 3 indikator diisi orang, 2 diterima peninjau; satu paket bukti "
            "diterbitkan."
        ),
    ),
    (
        city.worksheet("SPBE 2026", 4, 0, 1, 0),
        "SPBE 2026: 4 indikator diisi orang, belum ada yang diterima, satu dikembalikan peninjau.",
    ),
    (
        city.worksheet("SPBE 2026", 0, 0, 0, 2),
        "SPBE 2026: belum ada indikator yang diisi; 2 paket bukti diterbitkan.",
    ),
]

COMPLAINTS = [
    (s.complaints_received(0, 0, 0, 0), "Tidak ada aduan yang masuk pada minggu ini."),
    (s.complaints_received(1, 0, 0, 0), "Masuk satu aduan, yang belum dijawab."),
    (
        s.complaints_received(1, 1, 0, 0),
        "Masuk satu aduan, yang sudah dijawab tetapi belum dinyatakan selesai.",
    ),
    (s.complaints_received(1, 1, 1, 0), "Masuk satu aduan, yang sudah dijawab dan dinyatakan selesai."),
    (s.complaints_received(1, 0, 1, 0), "Masuk satu aduan, yang dinyatakan selesai."),
    (
        s.complaints_received(1, 0, 0, 1),
        "Masuk satu aduan, yang diarsipkan, tidak layak, atau bukan wewenang.",
    ),
    (
        s.complaints_received(2, 0, 0, 0),
        "Masuk 2 aduan: belum satu pun dijawab dan belum ada yang dinyatakan selesai.",
    ),
    (
        s.complaints_received(2, 1, 1, 0),
        "Masuk 2 aduan: satu sudah dijawab dan satu dinyatakan selesai.",
    ),
    (s.complaints_received(34, 20, 8, 0), "Masuk 34 aduan: 20 sudah dijawab dan 8 dinyatakan selesai."),
    (
        s.complaints_received(34, 34, 34, 0),
        "Masuk 34 aduan: semuanya sudah dijawab dan semuanya dinyatakan selesai.",
    ),
    (
        s.complaints_received(1_234, 1_000, 900, 34),
        (
            "Masuk 1.234 aduan: 1.000 sudah dijawab, 900 dinyatakan selesai, dan 34 diarsipkan, tidak layak, "
            "atau bukan wewenang."
        ),
    ),
    (
        s.complaints_received(34, 20, 0, 5),
        (
            "Masuk 34 aduan: 20 sudah dijawab, belum ada yang dinyatakan selesai, dan 5 diarsipkan, tidak "
            "layak, atau bukan wewenang."
        ),
    ),
    (
        s.complaints_received(34, 0, 0, 1),
        (
            "Masuk 34 aduan: belum satu pun dijawab, belum ada yang dinyatakan selesai, dan satu diarsipkan, "
            "tidak layak, atau bukan wewenang."
        ),
    ),
    (s.overdue(0, 5), "Tidak ada aduan terbuka yang melewati tenggat."),
    (s.overdue(0, 1), "Tidak ada aduan terbuka yang melewati tenggat."),
    (s.overdue(1, 1), "Aduan itu sudah melewati tenggat langkah yang ditunggu."),
    (s.overdue(5, 5), "Seluruh antrean sudah melewati tenggat langkah yang ditunggu."),
    (s.overdue(1, 7), "Dari antrean itu, satu sudah melewati tenggat langkah yang ditunggu."),
    (s.overdue(1_200, 1_500), "Dari antrean itu, 1.200 sudah melewati tenggat langkah yang ditunggu."),
    (
        s.first_reply(120, 30, 5),
        (
            "Dari 120 aduan dalam 12 minggu penuh terakhir, 30 belum dijawab; separuhnya dijawab "
            "dalam 5 hari "
            "kerja."
        ),
    ),
    (
        s.first_reply(1_120, 1, 1),
        (
            "Dari 1.120 aduan dalam 12 minggu penuh terakhir, satu belum dijawab; separuhnya dijawab dalam 1 "
            "hari kerja."
        ),
    ),
    (
        s.first_reply(8, 0, None),
        (
            "Dari 8 aduan dalam 12 minggu penuh terakhir, semuanya sudah dijawab atau ditutup; waktu sampai "
            "jawaban pertama belum dapat dihitung."
        ),
    ),
    (
        s.first_reply(1, 1, None),
        (
            "Satu-satunya aduan dalam 12 minggu penuh terakhir belum dijawab; waktu sampai jawaban pertama "
            "belum dapat dihitung."
        ),
    ),
    (
        s.first_reply(1, 0, None),
        (
            "Satu-satunya aduan dalam 12 minggu penuh terakhir sudah dijawab atau ditutup; waktu sampai "
            "jawaban pertama belum dapat dihitung."
        ),
    ),
    (s.queue(0, 0, None), "Tidak ada aduan yang masih terbuka."),
    (s.queue(1, 0, 3.0), "Antrean berisi satu aduan terbuka; umurnya belum lebih dari 14 hari."),
    (s.queue(1, 1, 30.0), "Antrean berisi satu aduan terbuka; umurnya lebih dari 14 hari."),
    (
        s.queue(12, 0, 4.0),
        "Antrean berisi 12 aduan terbuka (median umur 4 hari); tidak ada yang berumur lebih dari 14 hari.",
    ),
    (
        s.queue(12, 1, 4.0),
        "Antrean berisi 12 aduan terbuka (median umur 4 hari); satu di antaranya berumur lebih dari 14 hari.",
    ),
    (s.queue(12, 5, None), "Antrean berisi 12 aduan terbuka; 5 di antaranya berumur lebih dari 14 hari."),
    (
        s.queue(1200, 1200, 99.0),
        "Antrean berisi 1.200 aduan terbuka (median umur 99 hari); seluruhnya berumur lebih dari 14 hari.",
    ),
    (s.attention(None, 4, 9), ""),
    (s.attention("DPUTR", 0, 9), ""),
    (
        s.attention("DPUTR", 1, 1),
        "Mohon arahan kepada DPUTR atas satu aduan terbuka yang berumur lebih dari 14 hari.",
    ),
    (
        s.attention("DPUTR", 9, 9),
        (
            "Mohon arahan kepada DPUTR untuk menindaklanjuti 9 aduan terbuka, yang seluruhnya berumur lebih "
            "dari 14 hari."
        ),
    ),
    (
        s.attention("DPUTR", 1, 9),
        (
            "Mohon arahan kepada DPUTR untuk mendahulukan satu aduan yang terbuka lebih dari 14 hari (dari 9 "
            "aduan terbuka)."
        ),
    ),
    (
        s.attention("DPUTR", 4, 9),
        (
            "Mohon arahan kepada DPUTR untuk mendahulukan 4 aduan yang terbuka lebih dari 14 hari (dari 9 "
            "aduan terbuka)."
        ),
    ),
]

CLEAR = judged("DPUTR", -0.5, 0.1, 1, 1)
TONES = [
    (t.tone("Artikel", 0, 0, 0, None), "Tidak ada artikel yang menilai layanan pemerintah daerah."),
    (
        t.tone("Artikel", 3, 2, 1, None),
        (
            "Artikel yang menilai layanan: 3 bernada negatif, 2 netral, dan 1 positif; data belum "
            "cukup untuk "
            "menyimpulkan tone."
        ),
    ),
    (
        t.tone("Artikel", 30, 5, 5, -0.625),
        (
            f"Tone layanan dalam artikel cenderung negatif (tone bersih {MINUS}0,62): 30 bernada negatif, 5 "
            "netral, dan 5 positif."
        ),
    ),
    (
        t.tone("Artikel", 5, 5, 30, 0.625),
        (
            "Tone layanan dalam artikel cenderung positif (tone bersih +0,62): 5 bernada negatif, 5 netral, "
            "dan 30 positif."
        ),
    ),
    (
        t.tone("Aduan", 5, 2_000, 5, 0.0),
        (
            "Tone layanan dalam aduan berimbang (tone bersih 0,00): 5 bernada negatif, 2.000 netral, dan 5 "
            "positif."
        ),
    ),
    (
        t.tone("Artikel", 12, 0, 0, -1.0),
        (
            f"Tone layanan dalam artikel cenderung negatif (tone bersih {MINUS}1,00): 12 bernada negatif, 0 "
            "netral, dan 0 positif."
        ),
    ),
    (
        t.tone("Artikel", 12, 3, 9, -0.125),
        (
            f"Tone layanan dalam artikel berimbang (tone bersih {MINUS}0,12): 12 bernada negatif, 3 netral, "
            "dan 9 positif."
        ),
    ),
    (t.tone_counts(3, 0, 1), "3 negatif · 1 positif"),
    (t.tone_counts(0, 0, 0), "tidak menilai layanan"),
    (t.tone_counts(1_000, 1, 2), "1.000 negatif · 1 netral · 2 positif"),
    (t.lowest_opd([], 4), "Tone layanan per OPD selama empat minggu: data belum cukup."),
    (
        t.lowest_opd([judged("DLH", 0.1, 0.3, 1, 1)], 4),
        "Tidak ada OPD dengan tone layanan negatif selama empat minggu (dari satu OPD yang datanya cukup).",
    ),
    (
        t.lowest_opd([judged("DLH", 0.1, 0.3, 1, 2), judged("DPUTR", 0.3, 0.3, 1, 2)], 4),
        "Tidak ada OPD dengan tone layanan negatif selama empat minggu (dari dua OPD yang datanya cukup).",
    ),
    (
        t.lowest_opd([judged("DLH", -0.1, 0.3, 1, 2), judged("DPUTR", 0.3, 0.3, 1, 2)], 4),
        (
            "Belum ada OPD yang tone layanannya jelas negatif selama empat minggu (dari dua OPD yang datanya "
            "cukup)."
        ),
    ),
    (
        t.lowest_opd([CLEAR], 4),
        (
            f"Hanya satu OPD yang datanya cukup selama empat minggu: DPUTR (tone bersih {MINUS}0,50, rentang "
            f"95% {MINUS}0,60 sampai {MINUS}0,40, dari 40 dokumen); tonenya jelas negatif."
        ),
    ),
    (
        t.lowest_opd([CLEAR, judged("DLH", 0.1, 0.1, 2, 2)], 4),
        (
            f"Tone layanan paling negatif selama empat minggu: DPUTR (tone bersih {MINUS}0,50, rentang 95% "
            f"{MINUS}0,60 sampai {MINUS}0,40, dari 40 dokumen)."
        ),
    ),
    (
        t.lowest_opd([judged("DPUTR", -0.5, 0.3, 1, 2), judged("DLH", -0.4, 0.3, 1, 2)], 4),
        (
            "OPD dengan tone layanan paling negatif selama empat minggu belum dapat dibedakan: rentang nilai "
            "DPUTR dan DLH bertumpang tindih."
        ),
    ),
    (
        t.lowest_opd([judged(name, -0.5, 0.3, 1, 13) for name in "ABCDEFGHIJKLM"], 4),
        (
            "OPD dengan tone layanan paling negatif selama empat minggu belum dapat dibedakan: rentang nilai "
            "ke-13 OPD yang datanya cukup bertumpang tindih."
        ),
    ),
    (
        t.lowest_opd(
            [
                judged("DLH", -0.4, 0.3, 1, 2),
                judged("DPUTR", -0.5, 0.3, 1, 2),
                judged("DKP", 0.6, 0.1, 3, 3),
            ],
            4,
        ),
        (
            "OPD dengan tone layanan paling negatif selama empat minggu belum dapat dibedakan di "
            "antara DPUTR "
            "dan DLH karena rentang nilainya bertumpang tindih (dari tiga OPD yang datanya cukup)."
        ),
    ),
    (
        t.lowest_opd(
            [*(judged(name, -0.5, 0.3, 1, 7) for name in "ABCDEFG"), judged("Z", 0.6, 0.1, 8, 8)], 12
        ),
        (
            "OPD dengan tone layanan paling negatif selama dua belas minggu belum dapat dibedakan di "
            "antara A, "
            "B, C, D, E, dan dua OPD lain karena rentang nilainya bertumpang tindih (dari delapan OPD yang "
            "datanya cukup)."
        ),
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), [*NEWS, *COMPLAINTS, *TONES])
def test_sentence(sentence: str, expected: str) -> None:
    assert sentence == expected


def test_a_sentence_never_begins_with_a_digit() -> None:
    """A rule of the Indonesian spelling; a line of counts is no sentence."""
    for sentence, _ in (*NEWS, *COMPLAINTS, *TONES):
        assert " · " in sentence or not sentence[:1].isdigit(), sentence
