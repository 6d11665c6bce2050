from __future__ import annotations

from pathlib import Path

import pytest

from config import load_config
from nlp import Analyzer
from nlp.evaluate import compare, examples, figures, main

CONTENT = Path(__file__).parents[2] / "samples" / "content"

ITEMS = """
- id: a
  kind: complaint
  text: "Jalan rusak parah di {desa} {kec}"
  labels: {relevant: true, topic: jalan_jembatan, opd: [dputr], sentiment: negatif, kecamatan: ["{kec}"]}
- id: v
  kind: video
  title: "Jalan rusak di Cluwak, jalan berlubang"
  text: "Liputan warga."
  labels: {relevant: true, topic: jalan_jembatan, opd: [dputr], sentiment: positif, kecamatan: [Cluwak]}
- id: b
  kind: comment
  parent: v
  text: "{a}"
  slots: {a: ["😂😂", "👍"]}
  labels: {relevant: false, topic: tidak_relevan, opd: [], sentiment: null, kecamatan: []}
"""

# What the rules reach on the demo content, less a little. Raise a floor when the figure rises.
FLOORS = {
    "news": {"relevan F1": 0.98, "topik": 0.80, "OPD 1": 0.80, "sentimen F1": 0.55, "kecamatan F1": 0.90},
    "complaint": {
        "relevan F1": 0.98,
        "topik": 0.70,
        "OPD 1": 0.71,
        "sentimen F1": 0.72,
        "kecamatan F1": 0.96,
    },
    "comment": {"relevan F1": 0.97, "topik": 0.50, "OPD 1": 0.54, "sentimen F1": 0.62, "kecamatan F1": 0.95},
    "social": {"relevan F1": 0.97, "topik": 0.62, "OPD 1": 0.61, "sentimen F1": 0.52, "kecamatan F1": 0.97},
}


def test_slots_are_filled_and_misses_listed(tmp_path: Path) -> None:
    (tmp_path / "items.yaml").write_text(ITEMS, encoding="utf-8")
    found = list(examples(tmp_path))
    assert found[0].text == "Jalan rusak parah di Sambiroto Tayu"
    assert found[0].labels["kecamatan"] == ["Tayu"]
    assert found[2].title == "Jalan rusak di Cluwak, jalan berlubang"  # what the comment answers
    results = Analyzer.load(load_config()).analyze(
        [e.text for e in found],
        [e.kind for e in found],
        [e.scope for e in found],
        [e.title for e in found],
    )
    assert [(miss.field, miss.item) for miss in compare(found, results)] == [("news:sentiment", "v")]
    table = figures(found, results)
    assert table["semua"]["relevan F1"] == 1.0
    assert table["semua"]["topik"] == 1.0
    assert table["news"]["sentimen F1"] == 0.0
    assert table["semua"]["n"] == 3


def test_the_command_prints_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "items.yaml").write_text(ITEMS, encoding="utf-8")
    assert main([str(tmp_path), "--misses", "5"]) == 0
    printed = capsys.readouterr().out
    assert "semua" in printed
    assert "news:sentiment v: positif !=" in printed


def test_an_empty_folder_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 1
    assert "tidak ada teks berlabel" in capsys.readouterr().err


@pytest.mark.proof
def test_the_demo_content_stays_above_its_floors() -> None:
    found = list(examples(CONTENT))
    results = Analyzer.load(load_config()).analyze(
        [e.text for e in found],
        [e.kind for e in found],
        [e.scope for e in found],
        [e.title for e in found],
    )
    table = figures(found, results)
    below = {
        (kind, name): round(table[kind][name], 3)
        for kind, floors in FLOORS.items()
        for name, floor in floors.items()
        if table[kind][name] < floor
    }
    assert below == {}
