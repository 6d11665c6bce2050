"""The bundled files: complete, consistent with each other, and with the register of places."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from config import FILES, Config, load_config

if TYPE_CHECKING:
    from pathlib import Path

TOPICS = {
    "governance": "adminduk perizinan pajak_retribusi layanan_aduan kepegawaian "
    "pemerintahan_desa integritas_pungli",
    "branding": "wisata_budaya olahraga wajah_kota investasi",
    "economy": "pasar_harga umkm_koperasi pertanian_pupuk perikanan tenaga_kerja",
    "living": "jalan_jembatan drainase pju lalulintas_parkir kesehatan perumahan air_bersih listrik_telekom",
    "society": "bansos pendidikan ketertiban perempuan_anak",
    "environment": "sampah limbah_polusi banjir_rob bencana_lain",
    None: "politik kriminal kecelakaan lainnya tidak_relevan",
}
# The thirty names that more than one kecamatan has a desa of.
SHARED_NAMES = (
    "Gunungsari Ngawen Sambirejo Tambahmulyo Pohgading Sidomulyo Sidomukti Srikaton Tamansari "
    "Tegalarum Tlogorejo Bumirejo Karangrejo Langenharjo Margomulyo Trimulyo Jimbaran Purwokerto "
    "Margorejo Sukoharjo Kertomulyo Purworejo Sidoharjo Tambaharjo Winong Jetak Mojoagung Pakis "
    "Sumbermulyo Guyangan"
)


@pytest.fixture(scope="module")
def cfg() -> Config:
    return load_config()


def test_every_file_has_a_hash(cfg: Config) -> None:
    instruments = {f"instruments/{one.id}.yaml" for one in cfg.instruments}
    assert set(cfg.hashes) == set(FILES) | instruments
    assert all(re.fullmatch(r"[0-9a-f]{64}", value) for value in cfg.hashes.values())


def test_21_kecamatan_406_desa(cfg: Config) -> None:
    assert len(cfg.kecamatan) == 21
    assert sum(len(item.desa) for item in cfg.kecamatan) == 406
    kelurahan = [d.name for k in cfg.kecamatan for d in k.desa if d.kelurahan]
    assert sorted(kelurahan) == ["Kalidoro", "Parenggan", "Pati Kidul", "Pati Lor", "Pati Wetan"]
    counts = {item.id: len(item.desa) for item in cfg.kecamatan}
    assert (counts["winong"], counts["juwana"], counts["pati"], counts["gembong"]) == (30, 29, 29, 11)


def test_places_agree_with_the_national_register(cfg: Config, shared: Path) -> None:
    rows = (shared / "data/places/wilayah_pati.csv").read_text(encoding="utf-8")
    name_of = dict(line.split(";", 1) for line in rows.splitlines() if line)
    for kecamatan in cfg.kecamatan:
        assert name_of[kecamatan.kemendagri] in kecamatan.names
        theirs = sorted(name for code, name in name_of.items() if code.startswith(kecamatan.kemendagri + "."))
        known = {name for desa in kecamatan.desa for name in desa.names}
        assert len(theirs) == len(kecamatan.desa)
        assert set(theirs) <= known, f"{kecamatan.name}: spelling not in names or aliases"


def test_the_two_code_systems_part_after_15(cfg: Config) -> None:
    by_kemendagri = [item.id for item in sorted(cfg.kecamatan, key=lambda k: k.kemendagri)]
    by_bps = [item.id for item in sorted(cfg.kecamatan, key=lambda k: k.bps)]
    assert len({item.kemendagri for item in cfg.kecamatan}) == 21
    assert len({item.bps for item in cfg.kecamatan}) == 21
    assert by_kemendagri[:15] == by_bps[:15]
    assert by_kemendagri[15:] != by_bps[15:]
    trangkil = cfg.kecamatan_by_id("trangkil")
    margoyoso = cfg.kecamatan_by_id("margoyoso")
    assert (trangkil.kemendagri, trangkil.bps) == ("33.18.21", "3318160")
    assert (margoyoso.kemendagri, margoyoso.bps) == ("33.18.16", "3318170")
    assert by_bps.index("trangkil") == 15


def test_thirty_desa_names_are_shared(cfg: Config) -> None:
    counts = Counter(desa.name for item in cfg.kecamatan for desa in item.desa)
    shared = {name for name, n in counts.items() if n > 1}
    # Langgenharjo is the other spelling of Langenharjo; Sumberejo and Sumberrejo stay apart.
    assert shared == set(SHARED_NAMES.split())
    assert counts["Tlogorejo"] == 3


def test_points_lie_in_the_regency(cfg: Config) -> None:
    for item in cfg.kecamatan:
        assert cfg.regency.box.contains(item.lat, item.lon), item.name
    assert not cfg.regency.box.contains(-7.29, 112.79)  # Sukolilo, Surabaya


def test_known_population_and_the_rest(cfg: Config) -> None:
    known = sum(item.population or 0 for item in cfg.kecamatan)
    assert sum(item.population is None for item in cfg.kecamatan) == 6
    assert known + 353_650 == 1_324_188


def test_ambiguous_kecamatan_need_a_cue(cfg: Config) -> None:
    weak = {item.id for item in cfg.kecamatan if not item.strong}
    assert weak == {
        "pati", "gembong", "batangan", "gabus", "sukolilo", "margorejo", "kayen", "winong", "jaken",
    }  # fmt: skip


def test_place_lists_name_real_desa(cfg: Config) -> None:
    desa = {desa.name for item in cfg.kecamatan for desa in item.desa}
    kecamatan = {item.name for item in cfg.kecamatan}
    assert set(cfg.places.ambiguous_words) <= desa
    assert set(cfg.places.famous_elsewhere) <= desa | kecamatan
    assert {"Larangan", "Degan", "Karang", "Puri", "Raci"} <= set(cfg.places.ambiguous_words)
    assert {"Pekalongan", "Purwokerto", "Brati"} <= set(cfg.places.famous_elsewhere)
    assert set(cfg.places.neighbours) == {"Kudus", "Jepara", "Rembang", "Blora", "Grobogan"}


def test_no_strong_cue_is_another_sense_of_pati(cfg: Config) -> None:
    assert not set(cfg.places.strong_cues) & set(cfg.places.pati_exclusions)
    for phrase in cfg.places.pati_exclusions:
        for cue in cfg.places.strong_cues:
            assert cue not in phrase.split(), (cue, phrase)


def test_topics_are_the_agreed_ones(cfg: Config) -> None:
    expected = {topic: dim for dim, names in TOPICS.items() for topic in names.split()}
    assert {topic.id: topic.dimension for topic in cfg.topics} == expected
    assert [dim.id for dim in cfg.dimensions] == [dim for dim in TOPICS if dim]


def test_topics_have_owners_and_words(cfg: Config) -> None:
    for topic in cfg.topics:
        if topic.dimension:
            assert topic.opd, topic.id
            assert topic.service, topic.id
        if topic.id not in {"lainnya", "tidak_relevan"}:
            assert len(topic.keywords) >= 12, topic.id
        assert len(set(topic.keywords)) == len(topic.keywords), topic.id
        for opd in topic.opd:
            cfg.opd_by_id(opd)
    outside = {topic.id for topic in cfg.topics if not topic.service}
    assert outside == {"politik", "kriminal", "kecelakaan", "tidak_relevan"}


def test_opd_register(cfg: Config) -> None:
    groups = Counter(opd.group for opd in cfg.opd)
    assert groups["kecamatan"] == 21
    assert {opd.id for opd in cfg.opd if opd.group == "rsud"} == {"rsud_soewondo", "rsud_kayen"}
    assert {item.opd for item in cfg.kecamatan} == {o.id for o in cfg.opd if o.group == "kecamatan"}
    for opd in cfg.opd:
        if opd.group in {"opd", "rsud", "bumd"}:
            assert len(opd.keywords) >= 6, opd.id
            assert opd.owns, opd.id
    bapperida = cfg.opd_by_id("bapperida")
    assert "Bappeda" in bapperida.names
    old = next(name for name in bapperida.former if name.name == "Bappeda")
    assert old.valid_on(date(2024, 7, 4))
    assert not old.valid_on(date(2024, 7, 5))
    assert cfg.opd_by_id("pln").vertical
    assert not cfg.opd_by_id("dputr").vertical


@pytest.mark.parametrize(
    ("phrase", "opd"),
    [
        ("tambal sulam", "dputr"),
        ("dalane rusak", "dputr"),
        ("bedah rumah", "disperkim"),
        ("peteng dalane", "dishub"),
        ("limbah tapioka", "dlh"),
        ("ora oleh bantuan", "dinsos"),
        ("banyune mati", "pdam"),
        ("oglangan", "pln"),
        ("sound horeg", "satpolpp"),
        ("e-rdkk", "dispertan"),
        ("perpusling", "arpusda"),
        ("wbs", "inspektorat"),
        ("250 persen", "bpkad"),
        ("ptsl", "bpn"),
    ],
)
def test_phrases_of_the_seed_lexicon(cfg: Config, phrase: str, opd: str) -> None:
    assert phrase in cfg.opd_by_id(opd).keywords


def test_aliases_point_at_one_office(cfg: Config) -> None:
    owners: dict[str, set[str]] = {}
    for opd in cfg.opd:
        for name in opd.names:
            owners.setdefault(name.casefold(), set()).add(opd.id)
    shared = {name: ids for name, ids in owners.items() if len(ids) > 1}
    # The office that was split keeps its old name in both.
    assert shared == {"dishubkominfo": {"dishub", "diskominfo"}}


def test_lexicon_is_rich_enough(cfg: Config) -> None:
    words = cfg.lexicon
    assert len(words.javanese) >= 300
    assert len(words.positive) + len(words.negative) >= 250
    assert not set(words.positive) & set(words.negative)
    assert words.normalise["gk"] == "tidak"
    assert words.normalise["no"] == "nomor"
    for form in ("ora", "mboten", "ndak"):
        assert words.normalise[form] == "tidak"
    assert words.javanese["larang"] == "mahal"
    assert words.javanese["peteng"] == "gelap"
    assert "tapi" in words.clause_breakers
    assert words.negation_scope == 3


@pytest.mark.parametrize("word", ["bali", "tindak", "lemah", "oleh", "lor", "kidul", "siti"])
def test_words_with_another_indonesian_meaning_are_left_alone(cfg: Config, word: str) -> None:
    assert word not in cfg.lexicon.normalise


def test_no_official_is_named(cfg: Config) -> None:
    assert cfg.privacy.officials == ()
    assert "08112660295" in {hotline.digits for hotline in cfg.privacy.hotlines}


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        ("Terverifikasi", "terverifikasi"),
        ("Ditutup oleh Admin", "selesai_admin"),
        ("Ditutup oleh  Sistem ", "selesai_sistem"),
        ("Diarsipkan oleh Admin", "arsip"),
        ("Diarsipkan oleh Sistem", "arsip"),
        ("Ditanggapi oleh Pelapor", "ditanggapi_pelapor"),
        ("Selesai", "selesai_admin"),
        ("Diproses", "diproses"),
        ("Progress", "diproses"),
        ("Disposisi", "didisposisi"),
        ("Dalam Tindakan", "diproses"),
        ("Tidak Layak", "tidak_layak"),
        ("entahlah", None),
    ],
)
def test_status_words(cfg: Config, raw: str, status: str | None) -> None:
    assert cfg.complaints.normalise_status(raw) == status


def test_archived_is_not_resolved(cfg: Config) -> None:
    phase = {status.id: status.phase for status in cfg.complaints.statuses}
    assert len(phase) == 12
    assert phase["arsip"] == "rejected"
    assert {status for status, where in phase.items() if where == "closed"} == {
        "selesai_admin",
        "selesai_sistem",
    }


def test_deadlines(cfg: Config) -> None:
    day = date(2026, 3, 2)
    own = cfg.complaints.deadline("answer", "sp4n", day)
    assert own is not None
    assert (own.id, own.days, own.unit) == ("lapor_jawab", 5, "working")
    general = cfg.complaints.deadline("resolve", "sp4n", day)
    assert general is not None
    assert general.id == "umum_selesai"
    old = cfg.complaints.deadline("answer", "laporbup", date(2022, 10, 1))
    assert old is not None
    assert (old.id, old.unit) == ("laporbup_jawab_2022", "calendar")
    assert cfg.complaints.deadline("auto_close", "laporgub", day) is None


def test_working_days(cfg: Config) -> None:
    assert cfg.calendar.is_working_day(date(2026, 3, 2))
    assert not cfg.calendar.is_working_day(date(2026, 3, 1))  # Sunday
    assert not cfg.calendar.is_working_day(date(2026, 5, 1))  # Labour Day
    with pytest.raises(LookupError, match="2031"):
        cfg.calendar.is_working_day(date(2031, 1, 1))


def test_breaks_of_the_baseline(cfg: Config) -> None:
    starts = {item.id: item.start for item in cfg.calendar.breaks}
    assert starts["protes_2025"] == date(2025, 8, 13)
    assert starts["pbb_batal_2025"] == date(2025, 8, 8)
    assert starts["plt_2026"] == date(2026, 1, 21)


def test_only_our_own_files_are_collected_unasked(cfg: Config) -> None:
    active = [source for source in cfg.sources if source.status == "active"]
    assert active
    assert {found.method for source in active for found in source.discover} == {"folder"}
    for source in cfg.sources:
        if source.kind == "government":
            assert source.opd, source.id
        if source.status == "investigating":
            assert source.note, source.id


def test_quick_wins(cfg: Config) -> None:
    wins = {win.id for win in cfg.quick_wins if win.kind == "quick_win"}
    assert wins == {"sipipa", "satrio_pasar", "pregnancy_tools"}
    assert cfg.quick_win_by_id("sipipa").opd == "dkp"


def test_roads_change_hands_on_a_date(cfg: Config) -> None:
    def keeper(day: date) -> list[str]:
        return [r.authority for r in cfg.roads if "pati-kayen" in r.phrases and r.valid_on(day)]

    assert keeper(date(2023, 6, 1)) == ["dpu_prov"]
    assert keeper(date(2025, 6, 1)) == ["dputr"]


def test_report_has_all_twelve_sections(cfg: Config) -> None:
    assert len(cfg.report.sections) == 12
    assert cfg.report.min_n == 10


def test_lookups_of_unknown_ids_fail(cfg: Config) -> None:
    for lookup in (cfg.source, cfg.opd_by_id, cfg.topic_by_id, cfg.kecamatan_by_id):
        with pytest.raises(KeyError):
            lookup("tiada")
