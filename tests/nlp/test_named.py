"""Which offices a text names: what I14 counts."""

from __future__ import annotations

import pytest

from nlp import Analyzer

TEXTS = [
    ("Kepala DPUTR berjanji menambal jalan di Juwana bulan ini", ("dputr",)),
    ("Jalan di Juwana berlubang sejak Lebaran, warga mengeluh", ()),
    ("Warga Kecamatan Juwana mengeluh, belum ada tanggapan", ()),
    ("Camat Juwana menemui warga yang mengeluh", ("kec_juwana",)),
    ("Bupati Pati minta Dinas Pekerjaan Umum segera turun", ("dputr", "pemkab")),
    ("Pemkab Pati menyiapkan perbaikan jalan di Tayu", ("pemkab",)),
    ("Aku simpati karo wong Pati", ()),
]


@pytest.mark.parametrize(("text", "named"), TEXTS)
def test_offices_that_are_named(analyzer: Analyzer, text: str, named: tuple[str, ...]) -> None:
    [found] = analyzer.analyze([text], ["news"], ["pati_only"])
    assert found.named_opd == named
