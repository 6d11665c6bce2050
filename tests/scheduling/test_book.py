"""What the scheduler remembers: jobs, and faults that come, come again and are over."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pipelines.faults import Fault
from pipelines.scheduling import book
from pipelines.scheduling.book import KEPT, RESERVE, STATE, Book, Tried
from tests.scheduling.homes import NOW

DISK = Fault("disk_full", "Disk penuh.")
NET = Fault("network_away", "Jaringan terputus.")
HOUR = timedelta(hours=1)


def tried(n: int, outcome: str = "ok") -> Tried:
    return Tried(NOW + n * HOUR, 1.0, outcome, "Selesai.")  # type: ignore[arg-type]


def test_a_failure_is_open_until_the_same_job_goes_well() -> None:
    known = book.ended(Book(), "run", tried(0), None)
    known = book.ended(known, "run", tried(1, "failed"), DISK)
    known = book.ended(known, "run", tried(2, "failed"), DISK)
    known = book.ended(known, "backup", tried(3), None)
    [fault] = known.open
    assert (fault.code, fault.job, fault.n) == ("disk_full", "run", 2)
    assert (fault.first_at, fault.last_at) == (NOW + HOUR, NOW + 2 * HOUR)
    assert known.success_at("run") == NOW
    known = book.ended(known, "run", tried(4), None)
    assert known.open == []
    assert known.faults[0].over_at == NOW + 4 * HOUR
    assert known.success_at("run") == NOW + 4 * HOUR


def test_another_failure_of_the_same_job_takes_the_place_of_the_first() -> None:
    known = book.ended(Book(), "run", tried(0, "failed"), DISK)
    known = book.ended(known, "run", tried(1, "failed"), NET)
    assert [one.code for one in known.open] == ["network_away"]


def test_what_is_measured_comes_and_goes_beside_the_jobs() -> None:
    known = book.ended(Book(), "run", tried(0, "failed"), DISK)
    known = book.measured(known, [NET], NOW)
    assert {(one.code, one.job) for one in known.open} == {("disk_full", "run"), ("network_away", STATE)}
    known = book.measured(known, [], NOW + HOUR)
    assert [one.code for one in known.open] == ["disk_full"]


def test_a_job_that_never_came_to_an_end_was_killed_and_one_that_we_ended_was_not() -> None:
    known = book.begun(book.begun(Book(), "run", NOW), "send", NOW)
    assert book.stopped(known, "run").running == {"send": NOW}
    cut = book.cut_off(known, NOW + HOUR)
    assert cut.running == {}
    assert [(one.code, one.job) for one in cut.open] == [("killed", "run"), ("killed", "send")]
    assert cut.jobs == {}, "it is still due"
    assert book.ended(known, "run", tried(0), None).running == {"send": NOW}


def test_faults_of_years_do_not_pile_up() -> None:
    known = Book()
    for n in range(KEPT + 50):
        known = book.ended(known, "run", tried(2 * n, "failed"), DISK)
        known = book.ended(known, "run", tried(2 * n + 1), None)
    known = book.ended(known, "run", tried(9999, "failed"), NET)
    assert len(known.faults) == KEPT + 1
    assert [one.code for one in known.open] == ["network_away"]
    assert known.faults[0].first_at == NOW + 100 * HOUR, "the oldest went"


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    known = book.begun(book.ended(Book(since=NOW), "run", tried(0, "failed"), DISK), "send", NOW)
    book.write(tmp_path, known)
    assert book.read(tmp_path) == known
    assert {path.name for path in (tmp_path / "state").iterdir()} == {"schedule.json", RESERVE}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"jobs": {}}', '{"jobs": {"run": {"x": 1}}, "faults": []}'])
def test_a_damaged_book_is_an_empty_one(tmp_path: Path, text: str) -> None:
    assert book.read(tmp_path) == Book()
    book.path_of(tmp_path).parent.mkdir()
    book.path_of(tmp_path).write_text(text, encoding="utf-8")
    assert book.read(tmp_path) == Book()


def test_what_cannot_be_written_leaves_the_old_book(tmp_path: Path) -> None:
    book.write(tmp_path, Book(since=NOW))
    with pytest.raises(TypeError):
        book.put(book.path_of(tmp_path), {"jobs": object()})
    assert book.read(tmp_path).since == NOW
    assert len(list((tmp_path / "state").iterdir())) == 2
