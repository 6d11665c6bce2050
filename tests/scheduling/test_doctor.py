"""What the doctor finds, each check on a home where it is so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.doctor import care, checks, data, keys, machine
from pipelines.doctor.base import Check
from pipelines.faults import Fault
from pipelines.safekeeping import backup_folder, newest_backup
from pipelines.scheduling import book
from pipelines.scheduling.book import Book, Tried
from pipelines.settings import Settings
from tests.lakes import new_lake
from tests.scheduling.homes import NOW, home, later
from warehouse.maintain.backup import back_up

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RUN = {"run": {"minutes": [5]}}


@pytest.fixture(scope="module")
def empty_lake(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("doctor") / "home"
    new_lake(folder).close()
    return home(folder, RUN)


def scheduled(settings: Settings, *, ran: datetime | None, fault: Fault | None = None) -> None:
    known = Book(since=NOW - 9 * DAY)
    if ran:
        known = book.ended(known, "run", Tried(ran, 1, "failed" if fault else "ok", ""), fault)
    book.write(settings.home, known)


@pytest.mark.parametrize(
    ("seen", "verdict"),
    [
        (None, "ok"), (NOW - DAY, "ok"), (NOW + HOUR / 2, "ok"), (NOW + 2 * HOUR, "warn"),
        (NOW + 999 * DAY, "warn"),
    ],
)  # fmt: skip
def test_a_clock_before_what_it_wrote(seen: datetime | None, verdict: str) -> None:
    found = machine.clock_check(NOW, seen)
    assert found.verdict == verdict
    assert ("setel" in found.sentence) == (verdict == "warn")


def test_a_healthy_machine(empty_lake: Settings) -> None:
    for check in (machine.python, machine.home_folder, machine.disk, machine.clock, machine.zone, data.schema,
                  data.models, data.erasure, keys.permissions):  # fmt: skip
        assert check(empty_lake).verdict == "ok", check(empty_lake)


def test_a_full_disk(tmp_path: Path) -> None:
    settings = home(tmp_path / "home", {}, limits={"free_gb": 10_000})
    assert machine.disk(settings).verdict == "fail"
    assert "10.000,0 GB" in machine.disk(settings).sentence


def test_models_that_were_changed(tmp_path: Path) -> None:
    settings = home(tmp_path / "home", {})
    own = settings.models / "current"
    own.mkdir(parents=True)
    (own / "manifest.json").write_text("{}")
    found = data.models(settings)
    assert (found.verdict, "tidak dipakai" in found.sentence) == ("warn", True)


def test_a_missing_index(empty_lake: Settings) -> None:
    assert data.index(empty_lake).verdict == "warn"
    assert "pati search --rebuild" in data.index(empty_lake).sentence


def test_keys_that_others_can_read(tmp_path: Path) -> None:
    settings = home(tmp_path / "home", {})
    folder = settings.home / "keys"
    folder.mkdir(mode=0o700)
    key = folder / "raw.key"
    key.touch(mode=0o600)
    assert keys.permissions(settings).verdict == "ok"
    key.chmod(0o644)
    found = keys.permissions(settings)
    assert (found.verdict, str(key) in found.sentence, "chmod" in found.sentence) == ("fail", True, True)


def test_backups(tmp_path: Path) -> None:
    settings = home(tmp_path / "home", RUN)
    assert care.backup(settings).verdict == "ok"
    new_lake(settings.home).close()
    found = care.backup(settings)
    assert (found.verdict, "pati lake backup" in found.sentence) == ("warn", True)
    back_up(settings.home, backup_folder(settings), NOW)
    assert newest_backup(settings) == NOW
    assert "disk yang sama" in care.backup(settings).sentence
    assert care.backup(later(settings, 3 * DAY)).verdict == "fail"


@pytest.mark.parametrize(
    ("check", "ran", "fault", "verdict"),
    [
        (care.heartbeat, NOW - HOUR, None, "ok"),
        (care.heartbeat, NOW - 7 * HOUR, None, "fail"),
        (care.heartbeat, None, None, "fail"),
        (care.faults, NOW - HOUR, None, "ok"),
        (care.faults, NOW - HOUR, Fault("network_away", "Jaringan terputus."), "warn"),
        (care.scheduler, NOW - HOUR, None, "warn"),
    ],
)
def test_the_scheduler_and_its_jobs(
    tmp_path: Path,
    check: Callable[[Settings], Check],
    ran: datetime | None,
    fault: Fault | None,
    verdict: str,
) -> None:
    settings = home(tmp_path / "home", RUN, limits={"free_gb": 0})
    assert check(settings).verdict == ("warn" if check is care.scheduler else "ok"), "never scheduled"
    scheduled(settings, ran=ran, fault=fault)
    assert check(settings).verdict == verdict


def test_every_check_answers_for_an_empty_folder(tmp_path: Path) -> None:
    found = checks(Settings(tmp_path / "home", None, datetime(2026, 11, 16, tzinfo=UTC)))
    assert len({one.subject for one in found}) == len(found) == 21
    assert all(one.sentence.endswith(".") for one in found)
