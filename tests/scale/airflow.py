"""Airflow as a deployment runs it: api-server, scheduler, DAG processor and Celery workers, on loopback."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from tests.scale.services import Process, Services, free_port, listens, until

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = str(Path(sys.executable).parent / "airflow")
DEAD_SECONDS = 20
"""After that long without a sign of life a task counts as lost."""


class Airflow:
    """One Airflow on the PostgreSQL of `services` and a Redis of its own.

    Args:
        services: what it stands on.
        environment: what its tasks see besides (PATI_HOME and the like).
    """

    def __init__(self, services: Services, environment: Mapping[str, str]) -> None:
        self.services = services
        self.folder = services.folder / f"airflow-{secrets.token_hex(3)}"
        self.folder.mkdir()
        self.api_port, self.redis_port = free_port(), free_port()
        self.database = services.database()
        self.env = self._environment() | dict(environment)
        self.workers: dict[str, Process] = {}

    def _environment(self) -> dict[str, str]:
        password = secrets.token_hex(12)
        self._redis_password = password
        at = f"postgres:{self.services.password}@127.0.0.1:{self.services.port}/{self.database}"
        settings = {
            "CORE__EXECUTOR": "CeleryExecutor",
            "CORE__DAGS_FOLDER": str(ROOT / "dags"),
            "CORE__LOAD_EXAMPLES": "False",
            "CORE__FERNET_KEY": "",
            "CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
            "CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{self.api_port}/execution/",
            "CORE__PARALLELISM": "4",  # as many as two workers do at once: none waits in line for long
            "API__HOST": "127.0.0.1",
            "API__PORT": str(self.api_port),
            "API__WORKERS": "1",
            "API__BASE_URL": f"http://127.0.0.1:{self.api_port}",
            "API__SECRET_KEY": secrets.token_hex(16),
            "API_AUTH__JWT_SECRET": secrets.token_hex(32),
            "DATABASE__SQL_ALCHEMY_CONN": f"postgresql+psycopg2://{at}",
            "CELERY__BROKER_URL": f"redis://:{password}@127.0.0.1:{self.redis_port}/0",
            "CELERY__RESULT_BACKEND": f"db+postgresql+psycopg2://{at}",
            "CELERY__WORKER_CONCURRENCY": "2",
            "CELERY__WORKER_PREFETCH_MULTIPLIER": "1",
            "LOGGING__BASE_LOG_FOLDER": str(self.folder / "logs"),
            "SCHEDULER__TASK_INSTANCE_HEARTBEAT_SEC": "3",
            "SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": str(DEAD_SECONDS),
            "SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "3",
            "SCHEDULER__TASK_QUEUED_TIMEOUT": "120",
            "SCHEDULER__TASK_QUEUED_TIMEOUT_CHECK_INTERVAL": "5",
            "SCHEDULER__SCHEDULER_HEARTBEAT_SEC": "1",
        }
        outside = {
            key: value for key, value in os.environ.items() if not key.startswith(("AIRFLOW", "PATI_"))
        }
        return {
            **outside,
            "AIRFLOW_HOME": str(self.folder),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "OMP_NUM_THREADS": "1",
            **{f"AIRFLOW__{key}": value for key, value in settings.items()},
        }

    def __enter__(self) -> Self:
        words = ["redis-server", "--port", str(self.redis_port), "--bind", "127.0.0.1", "--save", ""]
        redis = self._start("redis", [*words, "--requirepass", self._redis_password])
        until(lambda: listens(self.redis_port), "Redis", process=redis)
        self.run("db", "migrate")
        pools = self.folder / "pools.json"
        pools.write_bytes(self._output([sys.executable, "-m", "dags.pools"]))
        self.run("pools", "import", str(pools))
        api = self._start("api-server", [PROGRAM, "api-server"])
        until(lambda: listens(self.api_port), "api-server", 120, api)
        self._start("scheduler", [PROGRAM, "scheduler"])
        self._start("dag-processor", [PROGRAM, "dag-processor"])
        return self

    def __exit__(self, *_: object) -> None:
        for process in [p for p in reversed(self.services.processes) if p.name.startswith(self.folder.name)]:
            process.stop()

    def _start(self, name: str, words: list[str]) -> Process:
        return self.services.start(f"{self.folder.name}-{name}", words, self.env)

    def add_worker(self, name: str) -> Process:
        """Start a Celery worker that takes every kind of task."""
        words = [PROGRAM, "celery", "worker", "--celery-hostname", f"{name}@%h", "--skip-serve-logs"]
        words += ["--queues", "default,collect"]
        self.workers[name] = self._start(name, words)
        return self.workers[name]

    def run(self, *words: str, seconds: float = 600) -> str:
        """Run one command of Airflow to its end, which comes within that time.

        Raises:
            AssertionError: it failed.
        """
        return self._output([PROGRAM, *words], seconds).decode()

    def _output(self, words: list[str], seconds: float = 600) -> bytes:
        done = subprocess.run(
            words, env=self.env, cwd=ROOT, capture_output=True, check=False, timeout=seconds
        )
        assert done.returncode == 0, (
            f"{words}\n{done.stdout.decode()[-4000:]}\n{done.stderr.decode()[-4000:]}"
        )
        return done.stdout

    def sql(self, statement: str) -> list[tuple[object, ...]]:
        """Ask Airflow's own database."""
        return self.services.sql(statement, self.database)

    def tasks(self, dag: str) -> list[tuple[str, int, str | None, int | None, int]]:
        """Tasks of a DAG: id, number of the part, state, process, number of the try."""
        return self.sql(  # type: ignore[return-value]
            "SELECT task_id, map_index, state, pid, try_number FROM task_instance "  # noqa: S608 - a name of ours
            f"WHERE dag_id = '{dag}' ORDER BY 1, 2"
        )

    def runs(self, dag: str) -> dict[str, str]:
        """State by id of each run of a DAG."""
        return dict(self.sql(f"SELECT run_id, state FROM dag_run WHERE dag_id = '{dag}'"))  # type: ignore[arg-type]  # noqa: S608 - same

    def wait_for(self, dag: str, seconds: float) -> dict[str, str]:
        """Wait until no run of a DAG is at work or in line.

        Returns:
            State by id of run.
        """
        end = time.monotonic() + seconds
        while True:
            runs = self.runs(dag)
            if runs and not {"queued", "running"} & set(runs.values()):
                return runs
            assert time.monotonic() < end, f"{dag}: {runs}\n{self.tasks(dag)}\n{self.said()}"
            time.sleep(0.5)

    def said(self) -> str:
        """The end of every process's log."""
        return "\n".join(
            f"== {p.name}\n{p.tail()}" for p in self.services.processes if p.name.startswith(self.folder.name)
        )
