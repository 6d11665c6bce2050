"""What a scheduled job does beside the stage it runs."""

from __future__ import annotations

import json
import logging
import os
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from config.schedule import JOBS, JobName
from pipelines import dimensions
from pipelines.child_process import child
from pipelines.scheduling import book
from pipelines.scheduling.attempt import MODULE
from pipelines.scheduling.book import Book, Tried
from pipelines.scheduling.numbers import facts, gathered, keep, wrong
from pipelines.scheduling.work import BEHIND, MEASURED, STALE, WORK, answer
from pipelines.settings import Settings
from tests.dashboard.seed import NOW as SEEDED
from tests.dashboard.seed import seeded_lake
from tests.lakes import new_lake
from tests.scheduling.homes import home, later
from warehouse.store import SourceRow, record_sources, sync_dimensions

DAY = timedelta(days=1)


def test_every_job_of_the_schedule_has_its_work() -> None:
    assert set(WORK) == set(JOBS)
    assert set(MEASURED) <= set(JOBS)


@pytest.fixture
def log_of_its_own() -> Iterator[None]:
    """A job sends the log of its whole process to a file; here the process goes on."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    root.handlers.clear()
    yield
    for handler in root.handlers:
        handler.close()
    root.handlers[:] = before
    root.setLevel(level)


@pytest.mark.usefixtures("log_of_its_own")
@pytest.mark.parametrize("job", ["send", "report", "maintain", "backup"])
def test_what_needs_a_lake_waits_for_the_first_run(
    job: JobName, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATI_HOME", str(tmp_path / "home"))
    told = answer(job)
    assert (told["outcome"], told["fault"]) == ("skipped", None)
    assert not (tmp_path / "home" / "lake").exists()


@pytest.mark.usefixtures("log_of_its_own")
def test_nothing_is_thrown_away_by_a_clock_that_is_far_ahead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeded_lake(tmp_path / "home")
    settings = home(tmp_path / "home", {"maintain": {"at": "01:30"}}, now=SEEDED)
    assert settings.config_dir is not None
    for name, value in (("PATI_HOME", settings.home), ("PATI_CONFIG", settings.config_dir)):
        monkeypatch.setenv(name, str(value))
    monkeypatch.setenv("PATI_NOW", later(settings, STALE + 10 * DAY).now().isoformat())
    told = answer("maintain")
    assert told["outcome"] == "failed"
    assert told["fault"]["code"] == "clock_jumped"
    assert "Perawatan ditunda" in told["message"]
    monkeypatch.setenv("PATI_NOW", SEEDED.isoformat())
    assert answer("maintain")["outcome"] == "ok"


SITES = "".join(
    f"  - {{id: {name}, name: {name}, kind: news, url: 'https://{name}.example', scope: pati_only,\n"
    f"     status: active, permission: rss_public, discover: [{{feed: 'https://{name}.example/feed'}}]}}\n"
    for name in ("koran", "warta", "kabar")
)
FILES = (
    "  - {id: aduan, name: Aduan, kind: complaint, scope: pati_only, status: active, permission: agreement,\n"
    "     discover: [{folder: csv, format: complaint_csv}]}\n"
)


@pytest.mark.parametrize(
    ("tried", "codes"),
    [
        pytest.param({}, [], id="never tried"),
        pytest.param({"koran": False, "warta": False, "aduan": True}, ["network_away"], id="only the folder"),
        pytest.param({"koran": True, "warta": False, "aduan": True}, [], id="one site answers"),
        pytest.param({"koran": False, "warta": False, "kabar": None}, ["network_away"], id="one was not due"),
    ],
)
def test_the_network_is_away_when_no_site_answers(
    tried: dict[str, bool | None], codes: list[str], tmp_path: Path
) -> None:
    settings = home(tmp_path / "home", {"run": {"minutes": [5]}}, limits={"free_gb": 0})
    assert settings.config_dir is not None
    (settings.config_dir / "sources.yaml").write_text(f"sources:\n{SITES}{FILES}", encoding="utf-8")
    with new_lake(settings.home, settings.now()) as lake:
        sync_dimensions(lake, dimensions.rows(settings.config))
        record_sources(
            lake,
            [
                SourceRow(
                    "r",
                    name,
                    settings.now() if ok is not None else settings.now() - DAY,
                    ok is not False,
                    0,
                    0,
                    0,
                    0,
                    None,
                )
                for name, ok in tried.items()
            ],
        )
    found = gathered(settings)
    assert found is not None
    keep(settings.home, found)
    known = book.ended(Book(since=settings.now()), "run", Tried(settings.now(), 1, "ok", ""), None)
    assert [one.code for one in wrong(settings, known)] == codes


def test_a_backup_of_next_year_is_not_believed(tmp_path: Path) -> None:
    settings = home(tmp_path / "home", {"backup": {"at": "02:30"}}, limits={"free_gb": 0})
    (tmp_path / "home").mkdir(exist_ok=True)
    keep(settings.home, {"backup_at": (settings.now() + 365 * DAY).isoformat()})
    old = Tried(settings.now() - 5 * DAY, 1, "ok", "", settings.now() - 5 * DAY)
    known = Book({"backup": old}, since=settings.now() - 99 * DAY)
    assert facts(settings, known).backup_at == settings.now() - 5 * DAY
    assert "backup_old" in {one.code for one in wrong(settings, known)}


@pytest.mark.skipif(not hasattr(os, "nice"), reason="this system has no nice values")
def test_a_job_stands_behind_people(tmp_path: Path) -> None:
    started: list[subprocess.Popen[str]] = []
    with child(Settings(tmp_path), MODULE, {"job": "maintain"}, "job.log", started.append) as lines:
        assert json.loads(next(lines))["outcome"] == "skipped"
        found = os.getpriority(os.PRIO_PROCESS, started[0].pid)
    assert found == min(19, os.getpriority(os.PRIO_PROCESS, 0) + BEHIND)
