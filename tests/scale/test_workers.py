"""Acceptance: Airflow with two Celery workers, one of them killed, makes the lake that `pati run` makes."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines.demo import earlier_visit, prepare
from pipelines.progress import Silent
from pipelines.result import HOURLY
from pipelines.run import run_stages
from pipelines.scope import Scope
from pipelines.settings import Settings
from samples.server import Newsroom
from samples.world import World as Town
from tests.scale.airflow import Airflow
from tests.scale.same import compared, differences
from tests.scale.services import Services, free_port
from warehouse import Lake

WEEKS = int(os.environ.get("PATI_SCALE_WEEKS") or 4)
SHARE = float(os.environ.get("PATI_SCALE_SHARE") or 0.3)
"""How much of the newsroom: weeks, and the part of its everyday texts."""
MINUTES = 60.0
pytestmark = pytest.mark.timeout(3600)  # on two busy cores Airflow alone takes minutes to come up


@dataclass(frozen=True)
class World:
    """A newsroom and two homes: one to be run by Airflow, one by `pati run`, as often, afterwards.

    Addresses hold the port, so both are read from the same one, one after the other.
    """

    near: Path
    far: Settings
    port: int
    room: Newsroom


@pytest.fixture(scope="module")
def world(services: Services, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder, port = tmp_path_factory.mktemp("homes"), free_port()
    far_home = services.make_home(folder / "far", services.database())
    with Newsroom(Town(weeks=WEEKS, scale=SHARE), port) as room:
        far = prepare(far_home, room)
        earlier_visit(far, room, Silent())
        yield World(folder / "near", far, port, room)


def run_near(world: World, times: int) -> Settings:
    """What Airflow did, by `pati run` on an embedded lake; the same people get the same pseudonyms."""
    near = prepare(world.near, world.room)
    near.key_file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(world.far.key_file, near.key_file)
    earlier_visit(near, world.room, Silent())
    for _ in range(times):
        run_stages(near, HOURLY, scope=Scope(due_only=True))
    return near


@pytest.fixture(scope="module")
def airflow(world: World, services: Services) -> Iterator[Airflow]:
    environment = {
        "PATI_HOME": str(world.far.home), "PATI_RETRY_SECONDS": "3", "PATI_ENRICH_PARTS": "4",
        "PATI_FAST": os.environ.get("PATI_FAST", ""),
        world.far.config.crawl.youtube.api_key_env: "demo-key",
    }  # fmt: skip
    with Airflow(services, environment) as running:
        yield running


def _parsed(airflow: Airflow, dag: str) -> bool:
    return bool(airflow.sql(f"SELECT 1 FROM dag WHERE dag_id = '{dag}'"))  # noqa: S608 - a name of ours


def test_a_worker_is_killed_and_the_lake_is_the_same(airflow: Airflow, world: World) -> None:
    workers = [airflow.add_worker(name) for name in ("satu", "dua")]
    end = time.monotonic() + 120
    while not _parsed(airflow, "pati_hourly"):
        assert time.monotonic() < end, airflow.said()
        time.sleep(0.5)
    # an hour that was missed is run when the DAG is switched on
    airflow.run("dags", "unpause", "pati_hourly")
    killed = None
    end = time.monotonic() + 15 * MINUTES
    while killed is None:
        assert time.monotonic() < end, f"{airflow.tasks('pati_hourly')}\n{airflow.said()}"
        for task, part, state, pid, attempt in airflow.tasks("pati_hourly"):
            if task == "enrich" and state == "running" and pid:
                victim = next((one for one in workers if pid in one.family()), None)
                if victim:
                    victim.kill()
                    killed = (task, part, attempt)
                    break
        time.sleep(0.1)
    runs = airflow.wait_for("pati_hourly", 20 * MINUTES)
    assert set(runs.values()) == {"success"}, f"{runs}\n{airflow.said()}"
    done = airflow.tasks("pati_hourly")
    assert {state for _, _, state, _, _ in done} == {"success"}, f"{done}\n{airflow.said()}"
    tries = {(task, part): n for task, part, _, _, n in done}
    assert any(n > killed[2] for (task, _), n in tries.items() if task == "enrich"), (
        "the lost part was done again"
    )
    airflow.run("dags", "pause", "pati_hourly")
    home = run_near(world, len(runs))
    with (
        Lake(home.home, now=home.now()) as near,
        Lake(world.far.home, now=world.far.now()) as far,
    ):
        assert {"document", "complaint", "enrichment", "story", "story_member"} <= set(compared())
        n = near.value("SELECT count(*) FROM document")
        assert n > 100
        assert far.value("SELECT count(*) FROM document") == n
        assert differences(near, far) == {}
        parts = far.value("SELECT count(*) FROM run WHERE stage = 'enrich' AND status = 'ok'")
        assert parts >= 4


@pytest.mark.parametrize(
    "dag",
    [
        "pati_index",
        "pati_weekly_report",
        "pati_report_delivery",
        "pati_maintenance",
        pytest.param(
            "pati_training",
            marks=pytest.mark.skipif(
                os.environ.get("PATI_SCALE_TRAINING") == "0",
                reason="it trains for minutes; PATI_SCALE_TRAINING=0",
            ),
        ),
        "pati_hourly",
    ],
)
def test_every_dag_passes_by_itself(airflow: Airflow, dag: str) -> None:
    before = airflow.runs(dag)
    said = airflow.run("dags", "test", dag, seconds=1500)
    new = airflow.runs(dag).items() - before.items()
    assert [state for _, state in new] == ["success"], said[-2000:]
    assert {state for _, _, state, _, _ in airflow.tasks(dag)} == {"success"}, said[-2000:]
