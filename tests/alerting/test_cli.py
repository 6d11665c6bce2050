"""`pati alerts` as a person types it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.alerting.world import FIRST, moment
from warehouse import Lake
from warehouse.store import AlertEvent, add_alert_events

PATI = Path(sys.executable).parent / "pati"
AFTER = moment(FIRST, 7, 1)


def pati(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PATI, "--home", home, "alerts", *words],
        env={**os.environ, "PATI_NOW": AFTER.isoformat()}, text=True, capture_output=True, timeout=120,
        check=False,
    )  # fmt: skip


@pytest.fixture
def one(empty: Path, tmp_path: Path) -> Path:
    shutil.copytree(empty, tmp_path / "home")
    with Lake(tmp_path / "home", now=AFTER) as lake:
        event = AlertEvent(
            "a-1", "opened", AFTER, "surge", "sampah", FIRST.monday, FIRST.sunday, 12, 4,
            "Sampah: 12 laporan.", "Tanpa 9 laporan ini bukan peringatan.", (), ("d1", "d2", "d3", "d4"),
        )  # fmt: skip
        add_alert_events(lake, lambda: [event])
    return tmp_path / "home"


@pytest.mark.proof
def test_list_acknowledge_close(one: Path) -> None:
    listed = pati(one, "list").stdout
    assert "a-1  terbuka" in listed
    assert "Tanpa 9 laporan" in listed
    assert "4 dokumen: d1 d2 d3" in listed
    assert pati(one, "ack", "a-1", "--by", "Sari", "--note", "hubungi 081234567890").returncode == 0
    (row,) = json.loads(pati(one, "list", "--json").stdout)["alerts"]
    assert (row["status"], row["actor"], row["note"]) == ("acknowledged", "Sari", "hubungi [HP]")
    assert row["doc_ids"] == ["d1", "d2", "d3", "d4"]
    assert pati(one, "close", "a-1", "--by", "Sari").returncode == 0
    assert "Tidak ada peringatan" in pati(one, "list").stdout
    assert "a-1  ditutup" in pati(one, "list", "--all").stdout
    again = pati(one, "close", "a-1")
    assert again.returncode == 1
    assert "tidak ada atau sudah ditutup" in again.stderr


def test_backtest_without_history_says_so(one: Path) -> None:
    shown = pati(one, "backtest").stdout
    assert "belum dapat diuji" in shown
    assert "Anggaran: 2,0" in shown
