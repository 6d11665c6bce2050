"""`pati complaints due`: per office, as a person types it; sent once a day through a real web hook."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.alerting.test_delivery import Hook, hook
from tests.alerting.world import FIRST, Weeks, moment, opened
from warehouse import Lake, queries

__all__ = ["hook"]
PATI = Path(sys.executable).parent / "pati"
NOW = moment(FIRST, 7, 1)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("due") / "home"
    weeks = Weeks()
    for day, office in enumerate(("dputr", "dlh", "dputr", "dputr", "dlh", "dputr", "dputr")):
        weeks.complaint(FIRST, day=day, office=office)
    with opened(home, FIRST) as lake:
        weeks.write(lake)
    return home


def pati(home: Path, *words: str, to: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PATI, "--home", home, "complaints", "due", *words],
        env={**os.environ, "PATI_NOW": NOW.isoformat(), "PATI_ALERT_TO": to}, text=True, capture_output=True,
        timeout=120, check=False,
    )  # fmt: skip


def test_each_office_with_what_is_due(home: Path) -> None:
    with Lake(home, now=NOW) as lake:
        known = {one.opd_id: one for one in queries.due_by_office(lake)}
    assert set(known) == {"dputr", "dlh"}
    assert sum(one.n_overdue for one in known.values()) > 0
    found = json.loads(pati(home, "--json").stdout)
    assert {one["opd_id"]: one["n_overdue"] for one in found["due"]} == {
        key: one.n_overdue for key, one in known.items()
    }
    lines = {line.split()[0]: line.split()[-3:] for line in pati(home).stdout.splitlines()[1:]}
    assert lines == {
        str(one.opd_short).split()[0]: [str(one.n_today), str(one.n_next), str(one.n_overdue)]
        for one in known.values()
    }
    only = json.loads(pati(home, "--opd", "dlh", "--json").stdout)["due"]
    assert [one["opd_id"] for one in only] == ["dlh"]


def test_it_is_sent_once_a_day(home: Path, hook: Hook) -> None:
    first = pati(home, "--send", to=hook.url)
    assert first.returncode == 0, first.stderr
    assert "1 pesan terkirim." in first.stdout
    again = pati(home, "--send", to=hook.url)
    assert "Tidak ada pesan baru" in again.stdout
    (got,) = hook.got
    assert got["title"] == "Tenggat aduan 09-03-2026"
    assert "terlambat." in got["message"]
    assert got["message"].count("jatuh tempo hari ini") == 2
    assert "/aduan" in got["message"]
    assert pati(home, "--opd", "dlh", "--send", to=hook.url).returncode == 0
    assert hook.got[1]["message"].count("jatuh tempo hari ini") == 1


def test_what_goes_wrong_is_said(home: Path, hook: Hook) -> None:
    unknown = pati(home, "--opd", "siapa")
    assert (unknown.returncode, "OPD 'siapa' tidak dikenal" in unknown.stderr) == (2, True)
    wrong = pati(home, "--send", to="bukan-alamat")
    assert wrong.returncode == 1
    assert "tidak dikenali" in wrong.stdout
    assert "belum ada penerima" in pati(home, "--send").stdout
    nowhere = pati(home / "lain")
    assert (nowhere.returncode, nowhere.stderr.count("\n")) == (1, 1)
