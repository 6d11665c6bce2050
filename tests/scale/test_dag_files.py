"""The DAG file as Airflow reads it: quick, a DAG of each kind for each tenant, a pool for each task."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dags.stages import pools
from samples.newsroom_config import write_config
from tests.scale.airflow import ROOT

# What the module hands to Airflow is noted on its way; Airflow's own list of DAGs is nobody's business.
_READ = """
import json, time
import airflow.sdk as sdk
made, real = [], sdk.dag
def noting(**words):
    decorate = real(**words)
    def wrap(function):
        define = decorate(function)
        def call():
            made.append(define())
            return made[-1]
        return call
    return wrap
sdk.dag = noting
began = time.perf_counter()
import dags.airflow_dags
seconds = time.perf_counter() - began
print(json.dumps({"seconds": seconds, "dags": {d.dag_id: {t.task_id: {
    "pool": t.pool, "queue": t.queue, "retries": t.retries, "after": sorted(t.upstream_task_ids),
    "outlets": [a.name for a in t.outlets], "inlets": [a.name for a in t.inlets]} for t in d.tasks}
    for d in made}}))
"""
KINDS = ("hourly", "index", "weekly_report", "report_delivery", "maintenance", "training")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("deployment")
    for name in ("kudus", "pati"):
        write_config(8080, folder / "tenants" / name / "config")
    return folder


@pytest.fixture(scope="module")
def read(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    environment = {
        **os.environ, "PATI_HOME": str(root), "PYTHONPATH": str(ROOT),
        "AIRFLOW_HOME": str(tmp_path_factory.mktemp("airflow")),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", _READ], env=environment, capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_it_is_read_in_two_seconds(read: dict[str, Any]) -> None:
    assert read["seconds"] < 2


def test_every_tenant_has_every_dag(read: dict[str, Any]) -> None:
    assert set(read["dags"]) == {f"pati_{kind}_{name}" for kind in KINDS for name in ("kudus", "pati")}


def test_every_pool_is_made(read: dict[str, Any], root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATI_HOME", str(root))
    used = {task["pool"] for dag in read["dags"].values() for task in dag.values()}
    assert used - {"default_pool"} == set(pools())


def test_stages_are_in_order_and_are_tried_again(read: dict[str, Any]) -> None:
    tasks = read["dags"]["pati_hourly_pati"]
    collecting = sorted(name for name in tasks if name.startswith("collect_"))
    assert len(collecting) > 10
    assert all(tasks[name]["after"] == ["begin"] for name in collecting)
    assert all(tasks[name]["queue"] == "collect" for name in collecting)
    assert tasks["load"]["after"] == collecting
    assert [tasks[name]["after"] for name in ("enrich", "link", "watch")] == [["load"], ["enrich"], ["link"]]
    assert all(task["retries"] >= 3 for dag in read["dags"].values() for task in dag.values())


def test_what_is_read_was_made_by_somebody(read: dict[str, Any]) -> None:
    tasks = [task for dag in read["dags"].values() for task in dag.values()]
    made = {name for task in tasks for name in task["outlets"]}
    wanted = {name for task in tasks for name in task["inlets"]}
    assert wanted <= made
    assert not {name for name in wanted if "kudus" in name} & {name for name in wanted if "pati_pati" in name}


def test_the_settings_we_recommend_exist() -> None:
    from airflow.configuration import conf

    text = (ROOT / "deploy" / "airflow" / "airflow.env").read_text("utf-8")
    names = [line.partition("=")[0] for line in text.splitlines() if line.startswith("AIRFLOW__")]
    assert names
    for name in names:
        _, section, key = name.lower().split("__")
        assert key in conf.configuration_description[section]["options"], name
