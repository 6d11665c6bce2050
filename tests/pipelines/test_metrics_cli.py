"""`pati metrics`: what a number means, and the documents behind it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from config import load_config
from pipelines.dimensions import complaint_rows
from tests.lakes import new_lake
from tests.pipelines.conftest import PATI
from tests.warehouse.town import NOW, town
from warehouse.metrics import metrics
from warehouse.store import sync_dimensions


def pati(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PATI, *arguments], text=True, capture_output=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("town")
    with new_lake(found, NOW) as lake:
        sync_dimensions(lake, complaint_rows(load_config()))
        town().write(lake)
    return found


def test_every_number_is_listed() -> None:
    listed = json.loads(pati("metrics", "list", "--json").stdout)
    assert [one["id"] for one in listed] == list(metrics())


def test_an_indicator_by_its_code() -> None:
    shown = pati("metrics", "show", "I10")
    assert shown.returncode == 0
    assert "Nada bersih layanan" in shown.stdout
    assert "mart_tone.net_tone" in shown.stdout


def test_a_number_that_does_not_exist() -> None:
    shown = pati("metrics", "show", "i10_nett_tone")
    assert shown.returncode == 2
    assert "mungkin maksudnya 'i10_net_tone'" in shown.stderr


def test_the_documents_behind_a_row(home: Path) -> None:
    found = pati(
        "metrics",
        "drill",
        "i14_gov_voice",
        "period_kind=week",
        "period=2026-10-26",
        "opd_id=*",
        "--home",
        home,
        "--json",
    )
    assert found.returncode == 0, found.stderr
    assert len(json.loads(found.stdout)) == 12


def test_a_row_that_is_not_named_fully(home: Path) -> None:
    found = pati("metrics", "drill", "articles", "--home", home)
    assert found.returncode == 2
    assert "pati metrics show articles" in found.stderr


def test_the_documentation_is_written_and_checked(tmp_path: Path) -> None:
    out = tmp_path / "metrics.md"
    assert pati("metrics", "docs", "--check", "--out", out).returncode == 1
    assert pati("metrics", "docs", "--out", out).returncode == 0
    assert pati("metrics", "docs", "--check", "--out", out).returncode == 0
