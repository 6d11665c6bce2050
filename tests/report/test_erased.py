"""Erasure wins over time travel: a ledger kept elsewhere names what was erased, and still holds."""

from __future__ import annotations

from pathlib import Path

import pytest
import report_seed as seed
from report_seed import WEEK, at

from config import Config
from dashboard.report import build_weekly
from dashboard.report.erased import explains
from dashboard.report.ledger import Difference
from dashboard.report.verify import verify
from pipelines.cli.show import verdict_lines
from warehouse.forget import Plan, forget


@pytest.mark.proof
def test_erased_words_are_named_as_erased_at_the_old_snapshot_and_now(config: Config, tmp_path: Path) -> None:
    world = seed.small(config)
    gone = world.article(at(3), "Pesan berantai hoaks", story="pesan", sentiment="positif")
    world.article(at(4), "Pesan berantai itu", source="warta_dua", story="pesan")
    lake = world.build(tmp_path / "home")
    report = build_weekly(lake, config, WEEK, tmp_path / "out")
    lake.close()
    forget(tmp_path / "home", Plan({gone}, lambda text: text))
    for latest in (False, True):
        found = verify(tmp_path / "home", report.ledger, latest=latest)
        assert found.holds
        assert {"I1", "K1"} <= set(found.erased)
        lines = verdict_lines(found)
        assert "[I1] Teks di baliknya sudah dihapus menurut hukum atau retensi." in lines
        assert lines[-1] == "Semua kalimat dan angka yang tidak dihapus sesuai."
        assert not any("Pesan berantai" in line for line in lines)  # what was erased is not said again


@pytest.mark.parametrize(
    ("field", "row", "written", "found", "explained"),
    [
        ("title", {"story_id": "a"}, "Judul", "", True),
        ("title", {"story_id": "a"}, "Judul", "Lain", False),
        ("title", {"story_id": "b"}, "Judul", "", False),
        ("url", {"story_id": "a"}, "https://a.example", None, True),
        ("n", {"story_id": "a"}, 3, 2, False),
        ("n", {"item": "a"}, 3, None, True),
        ("n", {"item": "b"}, 3, None, False),
        ("n", {"opd_id": "a"}, 3, None, False),
        ("*item", {}, ["a", "b"], ["b"], True),
        ("*item", {}, ["a", "b"], ["a"], False),
        ("*item", {}, ["a", "b"], ["b", "a"], False),
        ("*item", {}, ["b"], ["b", "c"], False),
        ("reason", {"alert_id": "x"}, "Kata Budi", "Kata [NAMA]", True),
        ("reason", {"alert_id": "x"}, "Kata [NAMA]", "Lain [NAMA]", False),
        ("opd_short", {"story_id": "a"}, "DLH", "DKP", False),
    ],
)
def test_only_words_that_are_gone_are_explained(
    field: str, row: dict[str, object], written: object, found: object, explained: bool
) -> None:
    one = Difference("I1", "…", "q", field, written, found, row)
    assert explains(one, frozenset({"a"})) is explained
