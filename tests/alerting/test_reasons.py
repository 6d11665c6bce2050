"""Sentences, links, and what is compared with what: tables."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pipelines.alerting import reasons
from pipelines.alerting.cover import Cover, arrange
from pipelines.alerting.notices import of_event
from pipelines.alerting.reasons import Weight
from warehouse.queries import Week, weeks_before

LAST = Week(date(2026, 11, 9))
RISES = [
    pytest.param(
        (12, 4.0, 1, 14, 0.0004),
        "Sampah: 12 laporan dalam seminggu, biasanya sekitar 4,0; kebetulan semata sekitar sekali dalam "
        "2.500 minggu; 14 salinan tidak dihitung.",
        id="with copies",
    ),
    pytest.param(
        (1200, 4.04, 2, 0, 1e-9),
        "Sampah: 1.200 laporan dalam dua minggu, biasanya sekitar 4,0; kebetulan semata lebih jarang dari "
        "sekali dalam 10.000 minggu.",
        id="hardly ever",
    ),
]


@pytest.mark.parametrize(("numbers", "said"), RISES)
def test_why_a_rise(numbers: tuple[int, float, int, int, float], said: str) -> None:
    n, usual, window, copies, chance = numbers
    assert reasons.rise("Sampah", "laporan", n, usual, window, copies, chance) == said


WITHOUT = [
    pytest.param(
        14, 11, [Weight("dari Kanal", 9), Weight("dari Kecamatan Tayu", 5), Weight("dari Warta", 2)], 14,
        "Tanpa 5 aduan dari Kecamatan Tayu ini bukan peringatan (batas 11).",
        id="the smallest group that suffices",
    ),
    pytest.param(
        14, 6, [Weight("dari Kanal", 4), Weight("dari Warta", 3)], 20,
        "Tetap peringatan tanpa satu sumber atau kecamatan mana pun; baru bukan bila berkurang 9 (batas 6); "
        "salinannya 6, tidak ikut membuatnya.",
        id="no group suffices",
    ),
    pytest.param(
        14, 13, [], 14, "Baru bukan peringatan bila berkurang 2 (batas 13).", id="nothing to take apart"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("n", "least", "weights", "total", "said"), WITHOUT)
def test_without_what(n: int, least: int, weights: list[Weight], total: int, said: str) -> None:
    assert reasons.without(n, least, "aduan", weights, total) == said


def test_an_item_that_two_sources_have_stands_with_neither() -> None:
    rows = [
        {"item": "s1", "source_name": "A", "kecamatan": "Tayu"},
        {"item": "s1", "source_name": "B", "kecamatan": "Tayu"},
        {"item": "d1", "source_name": "A", "kecamatan": "Pati"},
        {"item": "d2", "source_name": "C", "kecamatan": None},
    ]
    found = {one.what: one.n for one in reasons.weights(rows, by_place=True)}
    assert found == {"dari A": 1, "dari C": 1, "dari Kecamatan Tayu": 1, "dari Kecamatan Pati": 1}
    assert not [one for one in reasons.weights(rows, by_place=False) if "Kecamatan" in one.what]


@pytest.mark.parametrize(
    ("voices", "said"),
    [
        (2, "Tanpa 14 salinan satu teks ini bukan peringatan: hanya 2 media menulis sendiri (batas 5)."),
        (6, "Bukan karena salinan: 6 media menulis sendiri (batas 5)."),
    ],
)
def test_copies_of_a_release(voices: int, said: str) -> None:
    assert reasons.without_copies(voices, 14, 5) == said


def test_all_sources_in_trouble_in_one_sentence() -> None:
    rows = [
        {"name": name, "verdict": verdict}
        for name, verdict in (("A", "hilang"), ("B", "sepi"), ("C", "sepi"))
    ]
    said = reasons.troubled(rows)
    assert said.startswith("3 sumber terganggu: A (tidak dapat dihubungi")
    assert "B, C (memuat jauh lebih sedikit" in said


LINKS = [
    ("surge", "sampah", "Sampah", "/berita?tampil=Dokumen&topik=Sampah&dari=2026-11-09&sampai=2026-11-15"),
    ("surge_kecamatan", "x@Tayu", "Air di rumah di Tayu",
     "/berita?tampil=Dokumen&topik=Air+di+rumah&dari=2026-11-09&sampai=2026-11-15&kecamatan=Tayu"),
    ("fall_opd", "dputr", "DPUTR", "/aduan?masuk=2026-11-09&hingga=2026-11-15"),
    ("widespread", "s-1", "Judul", "/cerita?id=s-1"),
    ("silent_source", "sumber", "Sumber data", "/sumber"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "subject", "label", "path"), LINKS)
def test_links(rule: str, subject: str, label: str, path: str) -> None:
    event: dict[str, Any] = {
        "alert_id": "a-1", "position": 3, "event": "closed", "rule": rule, "subject": subject,
        "subject_label": label, "window_start": LAST.monday, "window_end": LAST.sunday, "reason": "Ramai.",
        "counterfactual": "", "actor": None, "note": None,
    }  # fmt: skip
    notice = of_event(event, "https://dasbor.example/")
    assert notice.link == f"https://dasbor.example{path}"
    assert notice.key == "a-1:3"
    assert notice.body.splitlines()[0].startswith("Sudah reda")


def cover(*reached: str) -> Cover:
    """One row of 0 and 1 for each source, weeks up to the last."""
    table = np.array([[mark == "1" for mark in row] for row in reached])
    names = tuple(f"s{n}" for n in range(len(reached)))
    return Cover(names, tuple(weeks_before(LAST, table.shape[1])), table)


def exposure(of: Cover, per_source: dict[str, int]) -> list[float]:
    counts = pd.DataFrame(
        {"family": [0], "subject": ["sampah"], "week": [pd.Timestamp(LAST.monday)], "n": [3]}
    )
    by_source = pd.DataFrame(
        {"family": 0, "subject": "sampah", "source_id": list(per_source), "n": list(per_source.values())}
    )
    return [round(float(value), 2) for value in arrange(counts, by_source, of).panel.exposure[0]]


def test_a_dead_source_takes_its_past_along() -> None:
    found = cover("11111111", "11111110")
    assert found.compared.tolist() == [True, False]
    assert {name for name, _ in found.gone()} == {"s1"}
    assert exposure(found, {"s0": 70, "s1": 30}) == [1.0] * 8


def test_one_that_came_back_counts_less_in_the_weeks_it_was_away() -> None:
    found = cover("11111111", "11110011")
    assert found.gone() == [("s1", LAST.shift(-3).monday), ("s1", LAST.shift(-2).monday)]
    # s1 brought 30 in six weeks, s0 80 in eight: a third of what a whole week has
    values = exposure(found, {"s0": 80, "s1": 30})
    assert values[:4] + values[6:] == [1.0] * 6
    assert values[4:6] == pytest.approx([10 / 15] * 2, abs=0.02)


def test_a_new_source_has_no_past_yet() -> None:
    found = cover("11111111", "00000111")
    assert found.compared.tolist() == [True, False]
    assert exposure(found, {"s0": 80, "s1": 30}) == [1.0] * 8
