"""Instruments as files: what the bundled ones say, how a home adds or replaces one, how broken ones are refused."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from config import ConfigError, load_config

SOUND = """\
id: contoh
name: Instrumen Contoh
short: Contoh
basis: Peraturan Contoh
kepastian: pasti
scales:
  - id: tingkat
    name: Tingkat
    least: 1
    most: 3
    kepastian: pasti
    source: Peraturan Contoh
    levels:
      - {level: 1, name: Awal}
      - {level: 2, name: Tengah}
      - {level: 3, name: Akhir}
groups:
  - {id: layanan, name: Layanan, kepastian: pasti}
  - {id: aduan, name: Aduan, parent: layanan, kepastian: pasti}
  - {id: lain, kepastian: belum_diketahui}
indicators:
  - {id: a, number: 1, name: Satu, group: aduan, scale: tingkat, evidence: [I3], kepastian: pasti}
  - {id: b, number: 2, name: Dua, group: layanan, scale: tingkat, kepastian: perlu_verifikasi}
  - {id: c, number: 3, scale: tingkat, survey: true, kepastian: belum_diketahui}
weights:
  - id: lama
    years: [2024]
    of: {a: 40, b: 30.5, c: 29.5}
    groups:
      layanan: 70.5
    kepastian: pasti
    source: Peraturan Contoh
  - id: baru
    years: [2025, 2026]
    of:
      a: 20
      b: 20
      c: 60
    kepastian: perlu_verifikasi
    source: Peraturan Contoh
dimensions:
  - id: living
    programmes:
      - {id: satu, name: Satu, kepastian: pasti}
      - {id: dua, name: Dua, kepastian: pasti}
predicates:
  - {least: 2.5, name: Baik}
  - {least: 1, name: Cukup}
"""


class Case(NamedTuple):
    """One edit that breaks the sound file, and where and how it must be refused."""

    what: str
    find: str
    replace: str
    line: int
    words: str


CASES = [
    Case("weights of a year too large", "a: 20", "a: 30", 35, "jumlah bobot 'baru' adalah 110, seharusnya 100"),
    Case("weights of a year too small", "c: 60", "c: 59.9", 35, "adalah 99.9"),
    Case("weights in one line", "b: 30.5", "b: 30", 28, "jumlah bobot 'lama' adalah 99.5"),
    Case("group weight that is not its members'", "layanan: 70.5", "layanan: 71", 30, "tertulis 71, tetapi jumlah indikatornya 70.5"),
    Case("weight of an unknown indicator", "      b: 20", "      bb: 20", 37, "indikator 'bb' tidak terdaftar"),
    Case("weight left out", "a: 20\n      b: 20\n", "a: 40\n", 35, "tidak menyebut 1 indikator: 'b'"),
    Case("weight of an unknown group", "layanan: 70.5", "layananx: 70.5", 30, "maksudnya 'layanan'"),
    Case("weight of nothing", "a: 20", "a: 0", 36, "harus lebih dari 0"),
    Case("negative weight", "a: 20", "a: -20", 36, "harus lebih dari 0"),
    Case("weight over 100", "c: 60", "c: 160", 38, "paling banyak 100"),
    Case("weight in words", "c: 60", "c: enam puluh", 38, "harus berupa angka"),
    Case("one year, two sets", "[2025, 2026]", "[2025, 2024]", 34, "tahun 2024 sudah memakai bobot 'lama'"),
    Case("no such year", "[2024]", "[24]", 27, "paling sedikit 2015"),
    Case("set twice", "id: baru", "id: lama", 33, "'lama' dipakai dua kali"),
    Case("set without a source", "    source: Peraturan Contoh\n  - id: baru", "  - id: baru", 26, "'source' wajib diisi"),
    Case("unknown scale", "aduan, scale: tingkat", "aduan, scale: tinkat", 22, "skala 'tinkat'"),
    Case("unknown group", "group: layanan, scale", "group: layan, scale", 23, "maksudnya 'layanan'"),
    Case("unknown parent", "parent: layanan", "parent: layananx", 19, "kelompok 'layananx' tidak terdaftar"),
    Case("group in itself", "parent: layanan", "parent: aduan", 19, "di dalam dirinya sendiri"),
    Case("groups in a circle", "{id: layanan, name", "{id: layanan, parent: aduan, name", 18, "di dalam dirinya sendiri"),
    Case("indicator twice", "{id: b, number: 2", "{id: a, number: 2", 23, "id 'a' dipakai dua kali"),
    Case("number twice", "number: 2", "number: 1", 23, "nomor indikator 1 dipakai dua kali"),
    Case("number zero", "number: 1", "number: 0", 22, "paling sedikit 1"),
    Case("invented name", "{id: c, number: 3", "{id: c, number: 3, name: Tiga", 24, "ditandai belum_diketahui"),
    Case("name left out", "name: Dua, group", "group", 23, "isi 'name', atau tulis kepastian"),
    Case("group name left out", "name: Aduan, parent", "parent", 19, "isi 'name'"),
    Case("evidence in place of a survey", "survey: true", "survey: true, evidence: [I9]", 24, "kosongkan 'evidence'"),
    Case("no such number of ours", "[I3]", "[I16]", 22, "tidak sesuai pola"),
    Case("certainty misspelt", "kepastian: perlu_verifikasi}", "kepastian: perlu_verifikas}", 23, "maksudnya 'perlu_verifikasi'"),
    Case("scale upside down", "most: 3", "most: 1", 10, "harus lebih besar daripada 'least'"),
    Case("level twice", "{level: 2", "{level: 1", 15, "tingkat 1 ditulis dua kali"),
    Case("level off the scale", "{level: 3", "{level: 4", 16, "di luar 1 sampai 3"),
    Case("level without a name", "{level: 2, name: Tengah}", "{level: 2}", 15, "'name' wajib diisi"),
    Case("level in words", "{level: 2", "{level: dua", 15, "bilangan bulat"),
    Case("unknown dimension", "id: living", "id: livin", 42, "maksudnya 'living'"),
    Case("programme twice", "{id: dua, name", "{id: satu, name", 45, "id 'satu' dipakai dua kali"),
    Case("predicates out of order", "least: 1, name: Cukup", "least: 3, name: Cukup", 48, "urut dari yang tertinggi"),
    Case("another id than the file", "id: contoh", "id: contoh_lain", 1, "samakan keduanya"),
    Case("unknown key", "basis:", "dasar:", 4, "kunci 'dasar' tidak dikenal"),
    Case("key twice", "short: Contoh", "short: Contoh\nshort: Lagi", 4, "ditulis dua kali"),
    Case("no indicators", "indicators:\n", "indikator:\n", 21, "tidak dikenal; mungkin maksudnya 'indicators'"),
    Case("years out of order", "kepastian: pasti\nscales", "valid_from: 2026-01-01\nvalid_to: 2025-01-01\nkepastian: pasti\nscales", 6, "lebih awal daripada"),
]  # fmt: skip


def put(folder: Path, name: str, text: str) -> Path:
    (folder / "instruments").mkdir(exist_ok=True)
    (folder / "instruments" / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("case", CASES, ids=[case.what for case in CASES])
def test_a_broken_instrument_is_refused_with_line_and_reason(case: Case, tmp_path: Path) -> None:
    broken = SOUND.replace(case.find, case.replace, 1)
    assert broken != SOUND
    with pytest.raises(ConfigError) as refused:
        load_config(put(tmp_path, "contoh.yaml", broken))
    said = str(refused.value)
    assert said.startswith(f"instruments/contoh.yaml baris {case.line}: "), said
    assert case.words in said
    assert refused.value.key
    assert "\n" not in said


def test_a_home_adds_an_instrument_by_adding_a_file(tmp_path: Path) -> None:
    ours, bundled = load_config(put(tmp_path, "contoh.yaml", SOUND)), load_config()
    assert {one.id for one in ours.instruments} - {one.id for one in bundled.instruments} == {"contoh"}
    added = ours.instrument_by_id("contoh")
    assert [added.weights_in(year) and added.weights_in(year).id for year in (2023, 2024, 2026)] == [  # type: ignore[union-attr]
        None, "lama", "baru",
    ]  # fmt: skip
    assert added.indicator_by_id("c").label == "Indikator 3 (nama belum diketahui)"


def test_a_home_replaces_an_instrument_of_the_same_name(tmp_path: Path) -> None:
    ours = load_config(put(tmp_path, "pemdi.yaml", SOUND.replace("id: contoh", "id: pemdi", 1)))
    assert len(ours.instruments) == len(load_config().instruments)
    assert len(ours.instrument_by_id("pemdi").indicators) == 3


def test_the_bundled_instruments_are_as_published() -> None:
    found = {one.id: one for one in load_config().instruments}
    city = found["smart_city"]
    assert [len(one.programmes) for one in city.dimensions] == [3] * 6
    weights = city.weights_in(2022)
    assert weights is not None
    assert list(weights.of.values()) == [10, 20, 30, 20, 20]
    assert city.weights_in(2023) is None  # which year Sleman's list belongs to is not known
    spbe = found["spbe"].weights_in(2023)
    assert spbe is not None
    domains = [one.id for one in found["spbe"].groups if one.parent is None]
    assert [spbe.groups[name] for name in domains] == [13, 25, 16.5, 45.5]
    assert len(found["spbe"].indicators) == 47
    assert found["spbe"].indicator_by_id("i42").name == "Layanan Pengaduan Pelayanan Publik"
    assert (len(found["pemdi"].groups), len(found["pemdi"].indicators)) == (9, 35)
    assert all(
        one.name is None for one in found["pemdi"].indicators
    )  # no source names them: none is invented
    assert found["pemdi"].weights_in(2026) is None


def test_what_monitoring_must_not_feed_has_no_evidence() -> None:
    city = load_config().instrument_by_id("smart_city")
    assert city.indicator_by_id("output").evidence == ()
    assert city.indicator_by_id("baseline").evidence == ()
