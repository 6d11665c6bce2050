"""A day of the soak with every kind of fault in it (`make test-soak-day`); the weeks are `make test-soak`."""

from __future__ import annotations

import os
import random
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC
from itertools import pairwise
from pathlib import Path

import pytest

from samples.world import World
from tests.soak.__main__ import SEED, WEEK, plan, soak, unseen, wrong
from tests.soak.drawing import draw
from tests.soak.life import FAULTS, Hour

HOURS = int(os.environ.get("PATI_SOAK_WEEKS") or 0) * WEEK or 18
AT = World(weeks=1, scale=0.01).now.astimezone(UTC)
QUIET = Hour(AT, "", (), "", 300.0, 150.0, 40, 10_000, 90_000, 1.0)


def test_the_plan_has_every_fault_and_a_quiet_hour_after_each() -> None:
    for hours in (18, WEEK, 26 * WEEK):
        planned = list(plan(hours, random.Random(SEED)))  # noqa: S311 - moments, not secrets
        assert len(planned) == hours
        assert set(planned) == {"", *FAULTS}
        assert all(not (one and other) for one, other in pairwise(planned))
        assert not planned[-1]
    assert 60 < sum(map(bool, planned)) < 180


def test_an_unseen_fault_is_found() -> None:
    seen = replace(QUIET, fault="network", seen=("network_away",))
    blind = replace(QUIET, fault="kill_job", seen=("network_away",))
    full = replace(QUIET, fault="disk_full")
    assert unseen([seen, blind, full], disk=True) == [blind, full]
    assert unseen([seen, blind, full], disk=False) == [blind]


@pytest.mark.parametrize(
    ("hour", "found", "said"),
    [
        (QUIET, Counter(a=1, b=1), ""),
        (QUIET, Counter(a=2, b=1), "more than once"),
        (QUIET, Counter(a=1), "1 documents were lost: ['b']"),
        (replace(QUIET, seen=("killed",)), Counter(a=1, b=1), "still wrong"),
        (replace(QUIET, megabytes=5000.0), Counter(a=1, b=1), "a job took 5000 MB"),
        (replace(QUIET, scheduler_megabytes=800.0), Counter(a=1, b=1), "gained 650 MB"),
        (replace(QUIET, state_bytes=10**9), Counter(a=1, b=1), "1000000000 bytes"),
        (replace(QUIET, lake_files=9999), Counter(a=1, b=1), "9999 files"),
        (replace(QUIET, fault="network"), Counter(a=1, b=1), "network was not shown"),
    ],
)
def test_what_is_wrong_is_said(hour: Hour, found: Counter[str], said: str) -> None:
    told = wrong([QUIET, hour], found, Counter(a=1, b=1), disk=True)
    assert len(told) == bool(said)
    assert said in "".join(told)


@pytest.mark.proof
@pytest.mark.timeout(3600)
@pytest.mark.skipif("PATI_SOAK_WEEKS" not in os.environ, reason="takes minutes: `make test-soak-day`")
@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked and looked at as Linux has them")
def test_a_day_with_every_fault_is_survived_and_shown(tmp_path: Path) -> None:
    figures, hours, said = soak(HOURS, tmp_path, scale=0.3)
    assert said == [], figures
    assert len(hours) == HOURS + 2
    assert set(figures["faults"]) == set(FAULTS)
    assert figures["documents"] > 3
    assert set(figures["shown"]) >= set(figures["faults"]) - {"disk_full"}
    draw(hours, tmp_path / "soak.png")
    assert (tmp_path / "soak.png").stat().st_size > 10_000
