"""A short soak: every kind of fault once, in the last hours of two weeks of the newsroom."""

from __future__ import annotations

import random
from datetime import UTC
from itertools import pairwise
from pathlib import Path

import pytest

from samples.server import Newsroom
from samples.world import World
from tests.soak.__main__ import plan, plot, unseen
from tests.soak.disk import small_disk
from tests.soak.life import FAULTS, HOUR, Hour, Life, free_port
from warehouse.maintain.restore import verified

SEED = 7
MOST_STATE_BYTES = 60 * 1024**2
MOST_MEGABYTES = 900


def test_the_plan_leaves_a_quiet_hour_after_each_fault() -> None:
    planned = list(plan(4000, random.Random(SEED)))  # noqa: S311
    assert set(planned) == {"", *FAULTS}
    assert all(not (one and other) for one, other in pairwise(planned))
    assert 80 < sum(map(bool, planned)) < 240


@pytest.mark.proof
def test_every_fault_is_survived_and_shown(tmp_path: Path) -> None:
    faults = ["", "kill_job", "network", "clock_forward", "kill_all", "disk_full", "quarantine", ""]
    with (
        Newsroom(World(weeks=2, scale=0.3), free_port()) as room,
        small_disk(tmp_path / "disk", 400) as disk,
    ):
        life = Life(room, (disk or tmp_path / "plain") / "home", disk, random.Random(SEED))  # noqa: S311
        end = room.world.now
        for n, fault in enumerate(faults):
            hour = life.live(end - (len(faults) - n) * HOUR, fault)
            print(hour)  # noqa: T201 - what is looked at when it fails
        for n in range(2):
            life.live(end + n * HOUR)
        found, quiet = life.documents(), life.hours[-1]
        assert list(verified(life.folder)) == []
        plot(life.hours, tmp_path / "soak.png")
        calm = Life(room, tmp_path / "calm" / "disk" / "home", None, random.Random(SEED))  # noqa: S311
        calm.live(end + HOUR)
        wanted = calm.documents()
    assert unseen(life.hours, disk=disk is not None) == []
    assert quiet.seen == (), "afterwards nothing is wrong any more"
    assert max(found.values()) == 1, "nothing is there twice"
    assert set(wanted) - set(found) == set(), "nothing was lost"
    assert quiet.state_bytes < MOST_STATE_BYTES
    assert max(hour.megabytes for hour in life.hours) < MOST_MEGABYTES
    assert (tmp_path / "soak.png").stat().st_size > 10_000


def test_an_unseen_fault_is_found() -> None:
    at = World(weeks=1, scale=0.01).now.astimezone(UTC)
    seen = Hour(at, "network", ("network_away",), 1, 1, 1, 1, 1)
    blind = Hour(at, "kill_job", ("network_away",), 1, 1, 1, 1, 1)
    full = Hour(at, "disk_full", (), 1, 1, 1, 1, 1)
    assert unseen([seen, blind, full], disk=True) == [blind, full]
    assert unseen([seen, blind, full], disk=False) == [blind]
