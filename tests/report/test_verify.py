"""A ledger is asked again: it holds on its snapshot, and whatever is changed names its sentences."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import report_seed as seed
from report_seed import NOW, WEEK, World, at

from config import Config
from dashboard.report import ReportError, WeeklyReport, build_weekly
from dashboard.report import ledger as book
from dashboard.report.verify import verify
from pipelines.cli.show import verdict_lines
from warehouse import Lake, store

NOT_KEPT = 10_000


@pytest.fixture(scope="module")
def made(config: Config, tmp_path_factory: pytest.TempPathFactory) -> tuple[Lake, WeeklyReport]:
    folder = tmp_path_factory.mktemp("verify")
    lake = seed.small(config).build(folder / "home")
    return lake, build_weekly(lake, config, WEEK, folder / "out")


@pytest.fixture
def copied(made: tuple[Lake, WeeklyReport], tmp_path: Path) -> Path:
    """The ledger alone in a folder of its own."""
    return Path(shutil.copy(made[1].ledger, tmp_path))


def test_a_report_holds_on_its_own_snapshot(made: tuple[Lake, WeeklyReport]) -> None:
    lake, report = made
    found = verify(lake.home, report.ledger)
    assert found.holds
    assert found.printed
    assert found.snapshot == report.snapshot
    assert verdict_lines(found)[-1] == "Semua kalimat dan angka sesuai."


@pytest.mark.proof
def test_a_late_complaint_names_the_sentences_it_breaks(config: Config, tmp_path: Path) -> None:
    lake = seed.small(config).build(tmp_path / "home")
    report = build_weekly(lake, config, WEEK, tmp_path / "out")
    late = World(config)
    late.complaint(at(3), title="Aduan susulan")
    late.complaints[0]["doc_id"] = late.documents[0]["doc_id"] = late.labels[0]["doc_id"] = "susulan"
    store.store_batch(lake, seed.Batch({"b2": 1}, "r2", late.documents, late.complaints, [], []), NOW)
    store.add_enrichment(lake, late.labels)
    assert verify(lake.home, report.ledger).holds
    found = verify(lake.home, report.ledger, latest=True)
    assert not found.holds
    broken = dict(found.broken)
    assert broken["A1"].startswith("Masuk 4 aduan")
    assert "I1" not in broken
    lines = verdict_lines(found)
    assert any(line.startswith("[A1] Masuk 4 aduan") for line in lines)
    assert "    week_complaints.n: tertulis 4, sekarang 5" in lines


def test_a_changed_value_in_the_file_names_its_sentence(
    made: tuple[Lake, WeeklyReport], copied: Path
) -> None:
    content = json.loads(copied.read_text(encoding="utf-8"))
    entry = next(one for one in content["entries"] if one["id"] == "A2")
    entry["evidence"][0]["value"] = 4321
    copied.write_text(json.dumps(content), encoding="utf-8")
    found = verify(made[0].home, copied)
    assert found.altered
    assert found.printed is None
    assert [key for key, _ in found.broken] == ["A2"]


def test_a_changed_sentence_in_the_file_is_seen(made: tuple[Lake, WeeklyReport], copied: Path) -> None:
    text = copied.read_text(encoding="utf-8").replace("Masuk 4 aduan", "Masuk 2 aduan")
    copied.write_text(text, encoding="utf-8")
    found = verify(made[0].home, copied)
    assert found.altered
    assert not found.holds
    assert not found.differences


def test_another_pdf_beside_it_is_seen(made: tuple[Lake, WeeklyReport], copied: Path) -> None:
    copied.with_name(made[1].pdf.name).write_bytes(b"%PDF-1.7 lain")
    found = verify(made[0].home, copied)
    assert found.printed is False
    assert not found.holds


def test_a_snapshot_that_was_cleared_away_is_said(made: tuple[Lake, WeeklyReport], copied: Path) -> None:
    content = json.loads(copied.read_text(encoding="utf-8"))
    content["snapshot"] = NOT_KEPT
    copied.write_text(json.dumps(content), encoding="utf-8")
    found = verify(made[0].home, copied)
    assert found.expired
    assert found.snapshot is None
    assert "Potret data laporan ini sudah dihapus menurut aturan retensi." in verdict_lines(found)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"entries": []}', '{"entries": [1], "now": "x"}'])
def test_what_is_no_ledger_is_refused_in_one_sentence(content: str, tmp_path: Path) -> None:
    path = tmp_path / "lain.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ReportError, match="bukan buku bukti"):
        verify(tmp_path, path)
    with pytest.raises(ReportError, match="Tidak ada"):
        verify(tmp_path, tmp_path / "tidak-ada.json")


def test_a_row_that_is_gone_names_its_sentence(made: tuple[Lake, WeeklyReport]) -> None:
    """A removed row leaves no value, which is said in words and is not an error."""
    lake, report = made
    _, entries = book.read(report.ledger)
    one = next(entry for entry in entries if entry.id == "I1")
    gone = [replace(proof, row={"story_id": "tidak-ada"}) for proof in one.evidence]
    found = book.compare(lake, [replace(one, evidence=tuple(gone))])
    assert {difference.entry for difference in found} == {"I1"}
    assert all(difference.found is None for difference in found)
