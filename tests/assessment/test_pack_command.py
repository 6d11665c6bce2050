"""`pati assess pack` and the real erasure: packs made afterwards forget, packs handed out are listed."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.assessment.hostile import IMPACT, NOW, TICKET, evidence_home
from tests.pipelines.conftest import Home
from warehouse import Lake
from warehouse.access import viewer_of
from warehouse.access.audit import entries
from warehouse.queries.assessment import evidence_marks, issued_packs
from warehouse.store.evidence import mark_evidence

pytestmark = [pytest.mark.slow, pytest.mark.proof]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    folder = evidence_home(tmp_path / "home")
    (tmp_path / "key").write_text("33" * 32)
    names = {"PATI_NOW": NOW.isoformat(), "PATI_KEY_FILE": str(tmp_path / "key")}
    return Home(folder, {**os.environ, **names})


def issued(home: Home, out: Path) -> dict[str, Any]:
    done = home.pati(
        "assess", "pack", "--dimension", "living", "--indicator", "impact", "--year", "2026", "--by", "ana",
        "--role", "analis", "--out", str(out), "--json",
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def listed(pack: dict[str, Any]) -> set[str]:
    with (Path(pack["folder"]) / "dokumen.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["Id"] for row in csv.DictReader(file)}


def test_a_person_who_leaves_is_gone_from_later_packs_and_earlier_ones_are_named(
    home: Home, tmp_path: Path
) -> None:
    with Lake(home.path, now=NOW, viewer=viewer_of("ana", "analis")) as lake:
        mark_evidence(lake, IMPACT, ["k6"], "pinned", "Ia menelepon dua kali")
    first = issued(home, tmp_path / "luar")
    assert "k6" in listed(first)
    with Lake(home.path, now=NOW) as lake:
        [noted] = issued_packs(lake, ("k6",))
        assert (noted.pack_id, noted.person, noted.role) == (first["pack"], "ana", "analis")
        assert noted.manifest_sha256 == first["manifest_sha256"]
    [booked] = entries(home.path, event="exported")
    assert (booked.user, booked.about) == ("ana", first["pack"])
    erased = json.loads(home.pati("privacy", "erase", "--subject", TICKET, "--json").stdout)
    assert [note for note in erased["notes"] if first["pack"] in note]
    with Lake(home.path, now=NOW) as lake:
        assert "k6" not in set(evidence_marks(lake, "smart_city", 2026, "impact", "living")["doc_id"])
        assert not lake.rows("FROM evidence_event WHERE comment LIKE '%menelepon%'")
    second = issued(home, tmp_path / "luar")
    assert listed(second) == listed(first) - {"k6"}
    for path in Path(second["folder"]).iterdir():
        assert b"menelepon" not in path.read_bytes()
    for pack in (first, second):
        done = subprocess.run(
            [sys.executable, "-I", Path(pack["folder"]) / "verify.py"],
            timeout=60,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0
    assert first["pack"] in home.pati("assess", "packs").stdout


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--year", "2026", "--out", "{home}/paket"], 1, "di luar"),
        (["--year", "2026", "--dimension", "livin", "--out", "{out}"], 2, "Dimensi 'livin'"),
        (["--year", "2026", "--role", "opd:dputr", "--out", "{out}"], 1, "tidak berhak"),
        (["--year", "2026", "--role", "bupati", "--out", "{out}"], 2, "Peran 'bupati'"),
    ],
)
def test_wrong_requests_are_refused_in_one_sentence(
    home: Home, tmp_path: Path, arguments: list[str], status: int, said: str
) -> None:
    told = [word.format(home=home.path, out=tmp_path / "luar") for word in arguments]
    done = home.pati("assess", "pack", "--by", "ana", *told, check=False)
    assert (done.returncode, said in done.stderr) == (status, True), done.stderr
    with Lake(home.path, now=NOW) as lake:
        assert issued_packs(lake) == []
