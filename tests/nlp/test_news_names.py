"""Whose names go from news and whose stay. All names are invented; places and offices are not."""

from __future__ import annotations

import time

import pytest

from config import Config
from nlp.privacy import Masker

# Each name in brackets must become [NAMA]; everything else must stay.
CASES = [
    # after a verb of speech
    "“Air masuk dapur,” kata {Sumirah}, pedagang bumbu.",
    "“Kapan dikeruk?” ujar {Karjono Umpamawan}.",
    "“Gelap sekali,” keluh {Ngatini Fiktifah} sambil menunjuk tiang.",
    "“Janji lagi,” sindir {Bambang Wisesa Tiruanto}.",
    "“Jempol,” puji {Wagiyem Contohwati} riang.",
    '"Saya kaget," tuturnya {Sarwiti Fiktifwan}.',
    "“Kami capek,” protes {Rasmadi}.",
    "“Dua jam menunggu,” ucap Mbah {Sarpan} pelan.",
    "Hal serupa dirasakan {Painem}.",
    "Menurut {Parjiman Rekayanto}, perwakilan pedagang, atapnya bocor.",
    "Menurut {Sumarni}, harga pupuk naik.",
    # before a description
    "{Sutrisno}, petambak bandeng, bercerita soal tanggul.",
    "Itulah yang membuat {Painem Samaranti}, warga Desa Kayen, tertawa.",
    "{Wakijan Semujaya}, perantau, sengaja mengambil cuti.",
    "{Jumadi Contohman}, paman korban, berterima kasih.",
    "{Rubiyah Rekayati}, wali murid, mengaku senang.",
    "{Muntamah Andaikanto}, kerabat korban, berharap ada keadilan.",
    "{Nur Wachid Misalkanto}, ketua kelompok tani, lega.",
    "{Tukiman Semujaya}, ketua RT, datang lebih dulu.",
    "{Agus Prihanto Contohman}, yang mengajak dua anaknya, pulang basah.",
    "Kisah {Yuliatin Rekayati}, penjahit sepatu dari Sukobubuk",
    "{Juwari} yang bekerja di luar kota sengaja pulang.",
    "{Riska}, lulusan SMK, melamar lima kali.",
    # with an age
    "{Kasmi} (52), pemilik warung, menaikkan kulkas.",
    "{Karsiman} (61) tidur di teras.",
    "Mbah {Kasmirah}, 81 tahun, tersenyum.",
    "Korban, {Eko Wibisana Misalkanto} (27), dirawat di RSUD Soewondo.",
    # after what the person is
    "Pedagang warteg, {Ponirah Samaranti}, menyiasati harga.",
    "Warga yang mengurus surat, {Lasmini Karangansih}, mengaku jengkel.",
    "Seorang wali murid, {Rini Larasati Fiktifah}, menuturkan anaknya malu.",
    "Penjual jamu bernama {Tumiyem} senang.",
    "Petugas mendatangi rumah {Darsuki Samaranto} di Desa Kembang.",
    "Bantuan untuk keluarga {Painem Fiktifah} sudah tiba.",
    "Jumlahnya dihitung Disnaker Pati {Rasidin Contohman}, perwakilan buruh, setelah rapat.",
    "Pemohon, {Rukmini}, menilai layanan lebih cepat.",
    "Rumah Mbah {Karsi} rampung.",
    # with a verb
    "{Dwi Astutik Fiktifah} mengaku antre sejak subuh.",
    "Di Desa Luwang, Kecamatan Tayu, {Sukarmin Tiruanto} masih menekuni pekerjaannya.",
    "{Lasmini Karangansih} menelepon ambulans tiga kali.",
    "{Paijo Umpamawan} sudah dua kali mengganti saringan.",
    "Warga sekitar, {Suparmi Samaranti}, menyayangkan.",
    # once found, found everywhere
    "{Sarwiti Fiktifwan} mengaku lega. Kini {Sarwiti} menabung, dan anak {Fiktifwan} sekolah.",
    "“Ya,” kata {Karjono Umpamawan}. Rumah itu milik {Karjono Umpamawan} dan {Karjono} tinggal di sana.",
    # offices keep their holders' names
    "Kepala DPUTR Pati Karjono Umpamawan mengatakan jalan diperbaiki.",
    "Camat Juwana Sarwiti Fiktifwan meninjau tanggul.",
    "Kapolsek Tayu AKP Jumadi Contohman menyebut dua saksi diperiksa.",
    "Kapolresta Pati, Kombes Pol Jumadi Contohman, mengimbau warga.",
    "Kepala Desa Bendar, Tukiman Semujaya, mengaku sudah lapor.",
    "Bupati Pati Karjono Umpamawan mengatakan perbaikan dimulai. “Besok,” kata Karjono.",
    "“Sudah diukur,” kata Ketua Komisi C DPRD Pati, Wakijan Semujaya.",
    "“Sudah diukur,” kata Wakijan Semujaya, Kepala Dishub Pati.",
    "Wakijan Semujaya selaku kepala desa meminta warga bersabar.",
    "“Kami siap,” ujar Sekda Pati Rubiyah Rekayati, S.E., M.M.",
    "Ketua DPRD Pati Rubiyah Rekayati memimpin sidang.",
    # places, offices, organisations, titles, ordinary words
    "“Sudah dicek,” kata Camat Juwana.",
    "“Air surut,” ujar Kepala Pelaksana BPBD Pati.",
    "“Panen turun,” keluh Petani Kayen.",
    "Desa Bendar, warga diminta waspada.",
    "Jalan Panglima Sudirman, jalur utama kota, tergenang.",
    "Sungai Silugonggo meluap dan merendam tambak.",
    "Pasar Puri mengalami kebakaran kecil.",
    "Persipa Pati berharap menang, Minggu (2/8/2026).",
    "Waduk Gembong, warga sekitar, dan wisatawan.",
    "Satrio Pasar mengatur retribusi kios.",
    "Juwana, warga mengaku air naik.",
    "RSUD Soewondo menambah poliklinik (12).",
    "Selasa, warga berharap jalan diperbaiki.",
    "Gerakan Pramuka Kwarcab Pati menggelar kemah.",
    "SMK Tunas Harapan mengirim siswa.",
    "Masjid Agung Baitunnur menyelenggarakan salat gerhana.",
    "PT Dua Kelinci menambah buruh.",
    "Festival Kopi Jollong dibuka di Gembong.",
    "Banjir merendam Jalan Kartini dan Stadion Joyokusumo.",
    "Kabupaten Rembang mengirim bantuan, katanya.",
    "Syekh Jangkung, tokoh legenda, dikenang dalam haul.",
    "Warga Minta Lampu Jalan, Kata Camat Segera Dipasang",
]


def _expected(case: str) -> tuple[str, str]:
    plain = case.replace("{", "").replace("}", "")
    masked = "".join(
        "[NAMA]" + piece.split("}", 1)[1] if at else piece for at, piece in enumerate(case.split("{"))
    )
    return plain, masked


@pytest.mark.parametrize("kind", ["news", "video"])
@pytest.mark.parametrize("case", CASES)
def test_whose_names_go(masker: Masker, case: str, kind: str) -> None:
    text, expected = _expected(case)
    found = masker.mask(text, kind)
    assert found.text == expected
    assert found.counts.get("[NAMA]", 0) == case.count("{")
    assert masker.mask(expected, kind).text == expected


def test_the_table_is_long_enough() -> None:
    assert len(CASES) >= 60
    assert sum("{" not in case for case in CASES) >= 25


def test_officials_on_the_list_stay(config: Config) -> None:
    text = "“Besok,” kata Karjono Umpamawan. Karjono mengatakan alat sudah tiba."
    official = {"name": "Karjono Umpamawan", "role": "Kepala Dinas Contoh", "valid_from": "2025-01-02"}
    privacy = type(config.privacy).model_validate({**config.privacy.model_dump(), "officials": [official]})
    listed = Masker(config.model_copy(update={"privacy": privacy}))
    assert listed.mask(text, "news").text == text
    assert "Karjono" not in Masker(config).mask(text, "news").text


def test_a_title_hides_whom_its_article_names(masker: Masker) -> None:
    title, article = "Radio Tua Sarwiti Fiktifwan", "“Ini hidup saya,” kata Sarwiti Fiktifwan, penjahit."
    assert masker.mask(title, "news").text == title
    assert masker.mask(title, "news", same=[article]).text == "Radio Tua [NAMA]"


@pytest.mark.parametrize(
    "piece", ["Slamet ", "kata Slamet, ", "A. ", "Siti, warga ", "Camat, ", "(52), Budi "]
)
def test_time_grows_with_the_text_not_faster(masker: Masker, piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        best = 9.0
        for _ in range(2):
            start = time.process_time()
            masker.mask(text, "news")
            best = min(best, time.process_time() - start)
        return best

    small, large = seconds(20_000), seconds(160_000)
    # eight times the text; a quadratic search would take sixty-four times as long
    assert large < 25 * small + 0.1
