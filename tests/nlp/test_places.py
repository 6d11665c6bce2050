from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from config import Config
    from nlp import Analyzer

P, G = "pati_only", "general"

# (text, scope, relevant, kecamatan): every row of the ambiguity notes, and both sides of each rule.
TABLE: list[tuple[str, str, bool, tuple[str, ...]]] = [
    # the word "pati" in its other senses
    ("Resep kue dari pati kentang dan tepung terigu", G, False, ()),
    ("Kapolri lantik sejumlah pati Polri di Mabes", G, False, ()),
    ("Mutasi pati TNI: 60 perwira tinggi bergeser", G, False, ()),
    ("Ngomongke pati geni lan sangkan paran pati", G, False, ()),
    ("Kisah Pati Unus menyerang Malaka", G, False, ()),
    ("Harga sewa lahan se-eks Karesidenan Pati naik, terutama di Kudus", G, False, ()),
    ("Situs Patiayam di Kudus ramai peneliti", G, False, ()),
    ("Warga Patikraja Banyumas panen durian", G, False, ()),
    ("Longsor di Gunungpati Semarang tutup jalan", G, False, ()),
    ("Longsor di Gunung Pati, Kota Semarang", G, False, ()),
    ("Bupati Kudus resmikan pasar, warga simpati", G, False, ()),
    ("Kirab kepatihan dan para patih di Solo", G, False, ()),
    ("Empati dan simpati untuk korban gempa", G, False, ()),
    ("Persipa Pati menang dua gol tanpa balas", G, True, ()),
    ("Jalan rusak di Kabupaten Pati dikeluhkan", G, True, ()),
    ("Warga Pati keluhkan jalan rusak", G, True, ()),
    ("PATI - Hujan deras mengguyur sejak sore", G, True, ()),
    ("Info lengkap di patikab.go.id", G, True, ()),
    ("Ramai tagar #PatiMelawan di media sosial", G, True, ()),
    ("Mutasi pati di #jakarta", G, False, ()),
    # kecamatan names that are words or places elsewhere
    ("Gembong narkoba dibekuk di Jakarta", G, False, ()),
    ("Gembong narkoba dibekuk polisi", P, True, ()),
    ("Warga Kecamatan Gembong Pati gotong royong", G, True, ("Gembong",)),
    ("Jalan di Gembong rusak parah", P, True, ("Gembong",)),
    ("Harga emas batangan hari ini", G, False, ()),
    ("Pantura Batangan macet panjang", P, True, ("Batangan",)),
    ("Manfaat ikan gabus untuk luka operasi", G, False, ()),
    ("Banjir di Kecamatan Gabus Grobogan", G, False, ()),
    ("Banjir rendam sawah di Gabus, Pati", G, True, ("Gabus",)),
    ("Warga Sukolilo Surabaya protes proyek", G, False, ()),
    ("Jalan Sukolilo Kabupaten Pati rusak", G, True, ("Sukolilo",)),
    ("Kebakaran di Margorejo Surabaya", G, False, ()),
    ("Warga Kayen Kidul Kediri panen raya", G, False, ()),
    ("Pasar Kayen becek", P, True, ("Kayen",)),
    ("Desa Winong Purworejo juara lomba", G, False, ()),
    ("Puskesmas Winong antre panjang", P, True, ("Winong",)),
    ("Puskesmas Jakenan kehabisan obat", P, True, ("Jakenan",)),
    ("Puskesmas Jaken kehabisan obat", P, True, ("Jaken",)),
    # names that are nearly unique
    ("Banjir rob rendam Juwana", G, True, ("Juwana",)),
    ("Oleh-oleh Bandeng Juwana khas Semarang", G, False, ()),
    ("Panen tebu di Trangkil dimulai", G, True, ("Trangkil",)),
    ("Festival di Tayu dan Dukuhseti", G, True, ("Tayu", "Dukuhseti")),
    ("Warga Tambakromo Cepu Blora antre air", G, False, ()),
    # desa
    ("Air masuk rumah di Gadingrejo", P, True, ("Juwana",)),
    ("Jalan Prawoto berlubang", P, True, ("Sukolilo",)),
    ("Jembatan Desa Sidomulyo ambrol", P, True, ()),
    ("Jembatan Desa Sidomulyo Kecamatan Jakenan ambrol", P, True, ("Jakenan",)),
    ("Jembatan Desa Tlogorejo ambrol", P, True, ()),
    ("Desa Tlogorejo dan Desa Blingijati kebanjiran", P, True, ("Winong",)),
    ("Desa Winong belum teraliri air", P, True, ()),
    ("Desa Margorejo Kecamatan Wedarijaksa banjir", P, True, ("Wedarijaksa",)),
    ("Wisata Jimbaran Bali ramai", G, False, ()),
    ("Bus jurusan Purwokerto mogok", P, True, ()),
    ("Jalan Desa Pekalongan, Winong ambles", P, True, ("Winong",)),
    ("Pemerintah larang bakar sampah", P, True, ()),
    ("Jalan Desa Larangan rusak", P, True, ("Tambakromo",)),
    ("Kades Puri janji perbaiki jalan", P, True, ("Pati",)),
    ("Sumur warga kering sejak Juli", P, True, ()),
    ("Bakaran Kulon dan Bakaranwetan terendam", P, True, ("Juwana",)),
    ("Desa Bendar, Bajomulyo dan Kudukeras terendam", P, True, ("Juwana",)),
    # landmarks
    ("Lampu di Pasar Puri mati", P, True, ("Pati",)),
    ("Jalur ke Jolong licin", P, True, ("Gembong",)),
    ("Sungai Silugonggo meluap", P, True, ()),
    # neighbours
    ("Warga Jekulo Kudus keluhkan truk dari Pati", G, False, ()),
    ("Pemkab Rembang perbaiki jalan menuju Pati", G, False, ()),
    ("Pria asal Pati ditangkap polisi", G, True, ()),
]


@pytest.mark.parametrize(("text", "scope", "relevant", "kecamatan"), TABLE)
def test_ambiguity(
    analyzer: Analyzer, text: str, scope: str, relevant: bool, kecamatan: tuple[str, ...]
) -> None:
    [found] = analyzer.analyze([text], ["social"], [scope])
    assert (found.relevant, found.kecamatan) == (relevant, kecamatan), found.why


def test_every_strong_kecamatan_is_a_cue_and_every_prefixed_one_is_found(
    analyzer: Analyzer, config: Config
) -> None:
    names = [kecamatan.name for kecamatan in config.kecamatan]
    with_prefix = [f"Kantor Kecamatan {name}, Kabupaten Pati, tutup" for name in names]
    found = analyzer.analyze(with_prefix, ["social"] * len(names), [G] * len(names))
    assert [result.kecamatan for result in found] == [(name,) for name in names]
    strong = [
        kecamatan.name for kecamatan in config.kecamatan if kecamatan.strong and kecamatan.name != "Pati"
    ]
    found = analyzer.analyze(
        [f"Lampu di {name} mati" for name in strong], ["social"] * len(strong), [G] * len(strong)
    )
    assert [result.kecamatan for result in found] == [(name,) for name in strong]


def test_every_desa_settles_its_kecamatan_unless_its_name_is_shared(
    analyzer: Analyzer, config: Config
) -> None:
    homes: dict[str, set[str]] = {}
    for kecamatan in config.kecamatan:
        for desa in kecamatan.desa:
            for name in desa.names:
                homes.setdefault(name, set()).add(kecamatan.name)
    assert sum(len(kecamatan.desa) for kecamatan in config.kecamatan) == 406
    names = sorted(homes)
    texts = [f"Jembatan di Desa {name} ambrol" for name in names]
    for name, found in zip(
        names, analyzer.analyze(texts, ["complaint"] * len(names), [P] * len(names)), strict=True
    ):
        shared = len(homes[name]) > 1
        expected = () if shared else tuple(homes[name])
        assert found.kecamatan == expected, (name, found.why)
        assert len(found.desa) == 1


def test_a_news_text_is_placed_where_its_lead_says(analyzer: Analyzer) -> None:
    body = "JUWANA - Rob merendam rumah warga. " + "Petugas berjaga siang malam di sana. " * 12
    [found] = analyzer.analyze([body + "Korban dirawat di Kecamatan Tayu."], ["news"], [P], ["Rob di Juwana"])
    assert found.kecamatan == ("Juwana",)
