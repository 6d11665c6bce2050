import importlib.util
from pathlib import Path

import pytest

from dags.stages import (
    deployments,
    lanes,
    minute,
    pool_of,
    pools,
    run_stage,
)
from pipelines.run import RunError
from pipelines.settings import Settings
from samples.newsroom_config import write_config


def test_the_dag_file_imports_without_airflow() -> None:
    if importlib.util.find_spec("airflow"):
        pytest.skip("Airflow is installed here")
    from dags import airflow_dags

    assert airflow_dags.dag is None


def test_a_task_runs_the_stage_of_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATI_HOME", str(tmp_path))
    assert run_stage("link") == {
        "stage": "link", "n_in": 0, "n_stored": 0, "n_duplicate": 0, "n_rejected": 0,
        "message": "0 artikel baru atau berubah dari 0; semuanya menjadi 0 cerita.",
    }  # fmt: skip
    with pytest.raises(RunError, match="terbang"):
        run_stage("terbang")


def test_every_lane_has_a_pool_with_one_slot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_config(8080, tmp_path / "config")
    monkeypatch.setenv("PATI_HOME", str(tmp_path))
    found, made = lanes(), pools()
    assert sum(map(len, found.values())) == len(newsroom_sources(tmp_path))
    assert {pool_of(lane) for lane in found} <= set(made)
    assert {made[pool_of(lane)]["slots"] for lane in found} == {1}
    assert {"pati_enrich", "pati_lake"} <= set(made)


def newsroom_sources(home: Path) -> list[str]:
    return [one.id for one in Settings.load(home).config.sources if one.status == "active"]


def test_dags_are_made_for_each_tenant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATI_HOME", str(tmp_path))
    assert deployments() == [None]
    for name in ("pati", "kudus"):
        write_config(8080 if name == "pati" else 8081, tmp_path / "tenants" / name / "config")
    assert deployments() == ["kudus", "pati"]
    assert lanes("pati") == lanes("kudus")
    assert pools(), "hosts are counted over all tenants: one pool for one host"
    assert len(pools()) == len(lanes("pati")) + 2


def test_tenants_begin_at_minutes_of_their_own() -> None:
    assert minute(None) == 5
    found = [minute(f"kab_{number}") for number in range(514)]
    assert set(found) <= set(range(60))
    assert max(map(found.count, range(60))) < 25, "no minute has three times its share"
