from pathlib import Path
from typing import Any

import pytest
import yaml

FILE = Path(__file__).resolve().parents[2] / "deploy" / "kubernetes" / "values.yaml"


@pytest.fixture(scope="module")
def values() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return loaded


def test_dags_come_with_the_image(values: dict[str, Any]) -> None:
    assert values["executor"] == "KubernetesExecutor"
    assert values["images"]["airflow"]["repository"].endswith("/pati-maju")
    assert values["dags"] == {"persistence": {"enabled": False}, "gitSync": {"enabled": False}}
    assert values["config"]["core"]["dags_folder"].endswith("/dags")


def test_the_image_and_the_chart_agree_on_the_version(values: dict[str, Any]) -> None:
    lock = (FILE.parents[2] / "uv.lock").read_text("utf-8")
    assert f'name = "apache-airflow"\nversion = "{values["airflowVersion"]}"' in lock


@pytest.mark.parametrize("who", ["workers", "scheduler", "dagProcessor"])
def test_whoever_reads_dags_or_runs_tasks_sees_the_homes(values: dict[str, Any], who: str) -> None:
    home = next(one["value"] for one in values["env"] if one["name"] == "PATI_HOME")
    (mount,) = values[who]["extraVolumeMounts"]
    (volume,) = values[who]["extraVolumes"]
    assert mount["mountPath"] == home
    assert mount["name"] == volume["name"]


@pytest.mark.parametrize("who", ["workers", "scheduler", "dagProcessor", "apiServer"])
def test_everything_has_its_share(values: dict[str, Any], who: str) -> None:
    resources = values[who]["resources"]
    assert set(resources) == {"requests", "limits"}
    assert all(set(one) == {"cpu", "memory"} for one in resources.values())


def test_no_secret_stands_in_it(values: dict[str, Any]) -> None:
    named = {one["name"] for one in values["env"]}
    assert not named & {"PATI_LAKE_PASSWORD", "PATI_S3_KEY", "PATI_S3_SECRET"}
    assert "pati-lake" in values["extraEnvFrom"]
    assert values["pgbouncer"] == {"enabled": False}, "an advisory lock needs a connection of its own"
