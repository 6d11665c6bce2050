import importlib.util
from pathlib import Path

import pytest

from dags.stages import HOURLY_STAGES, WEEKLY_STAGES, run_stage
from pipelines.result import STAGES
from pipelines.run import RunError


def test_every_stage_is_scheduled_once_and_in_order() -> None:
    assert HOURLY_STAGES + WEEKLY_STAGES == STAGES


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
