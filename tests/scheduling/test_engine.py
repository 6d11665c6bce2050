"""The scheduler at work: real processes, real locks, clocks that stand wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug import Request, Response

from pipelines.faults import Fault
from pipelines.overview import overview
from pipelines.run import RunError
from pipelines.scheduling import book
from pipelines.scheduling.attempt import attempt
from pipelines.scheduling.book import Book
from pipelines.scheduling.engine import Engine
from pipelines.scheduling.lock import alone, is_alive
from tests.crawlers.serving import serving
from tests.scheduling.homes import NOW, home, later

PATI = Path(sys.executable).parent / "pati"
BEAT = {"heartbeat": {"minutes": [5], "limit_minutes": 5}}
HOUR = timedelta(hours=1)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>t</title></channel></rss>"""


def nothing(_: object) -> None:
    pass


def test_what_is_due_is_done_once_and_again_at_its_next_time(tmp_path: Path) -> None:
    settings = home(tmp_path / "home", BEAT)
    said: list[str] = []
    assert Engine(settings, said.append).once()
    assert book.read(settings.home).success_at("heartbeat") == NOW
    assert Engine(settings, said.append).once()
    assert len(said) == 1, "nothing is due"
    assert Engine(later(settings, 50 * HOUR), said.append).once()
    assert len(said) == 2, "fifty hours asleep are made up for by one"
    [job] = overview(later(settings, 50 * HOUR)).jobs
    assert (job.job, job.outcome, job.due) == ("heartbeat", "ok", False)


def test_a_clock_that_went_back_is_told_and_blocks_nothing(tmp_path: Path) -> None:
    settings = home(tmp_path / "home", BEAT)
    year = timedelta(days=365)
    wrong = later(settings, 3 * year)
    book.write(
        settings.home,
        Book(
            {"heartbeat": book.Tried(wrong.now(), 1, "ok", "", wrong.now())}, seen_at=wrong.now(), since=NOW
        ),
    )
    said: list[str] = []
    assert Engine(settings, said.append).once()
    assert book.read(settings.home).jobs["heartbeat"].began_at == NOW
    assert "melompat mundur 1095 hari" in said[0]
    assert [one.code for one in overview(settings).faults] == ["clock_jumped"]


def test_what_a_clock_years_ahead_noted_as_over_is_not_shown_for_years(tmp_path: Path) -> None:
    settings = home(tmp_path / "home", BEAT, limits={"free_gb": 0})
    fault = Fault("backup_old", "Cadangan tua.")
    known = book.over(book.happened(Book(), "x", fault, NOW), "x", NOW + timedelta(days=1000))
    book.write(settings.home, known)
    assert overview(settings).over == []
    book.write(settings.home, book.over(book.happened(Book(), "x", fault, NOW), "x", NOW))
    assert [one.code for one in overview(settings).over] == ["backup_old"]


def test_a_job_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    settings = home(tmp_path / "home", BEAT)
    answer = attempt(settings, "run", 0.001, nothing)
    assert (answer.outcome, answer.fault and answer.fault.code) == ("failed", "too_slow")
    assert answer.seconds < 30


def test_a_job_that_is_killed_is_told_and_the_scheduler_lives(tmp_path: Path) -> None:
    settings = home(tmp_path / "home", BEAT)
    answer = attempt(settings, "run", 1, lambda process: process.kill())
    assert answer.fault is not None
    assert answer.fault.code == "killed"
    known = book.ended(Book(since=NOW), "run", book.Tried(NOW, 1, "failed", ""), answer.fault)
    book.write(settings.home, known)
    [fault] = overview(settings).faults
    assert "tidak ada yang berganda" in fault.sentence


def test_a_broken_configuration_fails_the_job_in_words(tmp_path: Path) -> None:
    settings = home(tmp_path / "home", BEAT)
    settings.config  # noqa: B018 - the scheduler has read it, then somebody breaks it
    assert settings.config_dir is not None
    (settings.config_dir / "sources.yaml").write_text(
        "sources:\n  - id: satu\n    scop: x\n", encoding="utf-8"
    )
    answer = attempt(settings, "heartbeat", 1, nothing)
    assert answer.fault is not None
    assert answer.fault.code == "config_broken"
    assert "sources.yaml baris" in answer.fault.sentence


def test_two_schedulers_on_one_home_are_one_too_many(tmp_path: Path) -> None:
    settings = home(tmp_path / "home", BEAT)
    assert not is_alive(settings)
    with alone(settings):
        assert is_alive(settings)
        with pytest.raises(RunError, match="sudah berjalan"):
            Engine(settings).once()
        done = subprocess.run(
            [PATI, "--home", settings.home, "schedule"],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "sudah berjalan" in done.stderr


def test_a_changed_schedule_is_taken_over_and_a_broken_one_is_not(tmp_path: Path) -> None:
    settings = home(tmp_path / "home", BEAT)
    engine = Engine(settings)
    home(tmp_path / "home", {**BEAT, "send": {"minutes": [0]}})
    assert engine._reloaded()
    assert list(engine.jobs) == ["send", "heartbeat"]
    assert settings.config_dir is not None
    (settings.config_dir / "schedule.yaml").write_text("jobs: {run: {minutes: [99]}}", encoding="utf-8")
    assert not engine._reloaded()
    assert list(engine.jobs) == ["send", "heartbeat"]


def waits(true: Callable[[], bool], seconds: float = 60) -> bool:
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.proof
def test_a_signal_ends_what_is_at_work_and_then_the_scheduler(tmp_path: Path) -> None:
    """A source that never answers; the crawl process of the process of the run must go too."""
    asked, settings = [], home(tmp_path / "home", {"run": {"minutes": [5]}, **BEAT}, now=None)

    def hang(request: Request) -> Response:
        asked.append(request.path)
        time.sleep(20)
        return Response(FEED, mimetype="application/rss+xml")

    assert settings.config_dir is not None
    with serving(hang) as port:
        base = f"http://127.0.0.1:{port}"
        (settings.config_dir / "sources.yaml").write_text(
            "sources:\n"
            f"  - {{id: lambat, name: Lambat, kind: news, url: '{base}', scope: pati_only, status: active,\n"
            f"     permission: rss_public, discover: [{{feed: '{base}/feed'}}]}}\n",
            encoding="utf-8",
        )
        (settings.config_dir / "crawl.yaml").write_text(
            f"user_agent: uji\ncontact: x@contoh.example\nallow_hosts: ['127.0.0.1:{port}']\n",
            encoding="utf-8",
        )
        process = subprocess.Popen(
            [PATI, "--home", settings.home, "schedule"], stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            assert waits(lambda: bool(asked), 240), "the crawl never began"
            assert "run" in book.read(settings.home).running
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=60) == 0
        finally:
            process.kill()
    known = book.read(settings.home)
    assert (known.running, known.jobs.get("run")) == ({}, None), "it is due again, and nothing was wrong"
    assert "run" not in {one.job for one in known.open}
    assert waits(lambda: not _members(process.pid), 30), "its processes are gone"


def _members(group: int) -> list[int]:
    """Processes of a process group."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                state = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(state[2]) == group and state[0] != "Z" and int(folder.name) != os.getpid():
                found.append(int(folder.name))
    return found
