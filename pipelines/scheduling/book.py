"""What the scheduler remembers: when each job was tried, and every fault, open or over.

One JSON file in the home's state folder, replaced as a whole: it is either the old one or the new one.
Times are of the clock that decided (`Settings.now`); nothing in it names a person.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

from pipelines.faults import KILL, Fault, of_exit

NAME: Final = "schedule.json"
RESERVE: Final = ".ruang-cadangan"
"""A file of `RESERVE_BYTES` beside the book: that the disk is full must find room to be written down."""
RESERVE_BYTES: Final = 256 * 1024
STATE: Final = ""
"""In place of a job: the fault was measured, no job failed by it."""
KEPT: Final = 200
"""Faults that are over and still remembered."""
Outcome = Literal["ok", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class Tried:
    """The last try of a job that came to an end.

    Attributes:
        began_at: when it began (aware).
        seconds: how long it took, by a clock that does not jump.
        outcome: ``ok``, ``failed``, or ``skipped`` (there was nothing to work on yet).
        message: one Indonesian sentence.
        success_at: when the last one that was ``ok`` began; None: none was.
    """

    began_at: datetime
    seconds: float
    outcome: Outcome
    message: str
    success_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """A fault, and how often it happened.

    Attributes:
        code: which kind, see `pipelines.faults`.
        job: whose; `STATE`: measured.
        sentence: the newest words about it.
        first_at: since when.
        last_at: when last.
        n: how often.
        over_at: since when it is over; None: it is open.
    """

    code: str
    job: str
    sentence: str
    first_at: datetime
    last_at: datetime
    n: int = 1
    over_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """Everything remembered.

    Attributes:
        jobs: by name.
        faults: oldest first.
        running: jobs that began and have not come to an end, with the moment.
        seen_at: the last moment the scheduler looked at its clock; None: never.
        since: when the scheduler was first started here.
    """

    jobs: Mapping[str, Tried] = field(default_factory=dict)
    faults: Sequence[Happened] = ()
    running: Mapping[str, datetime] = field(default_factory=dict)
    seen_at: datetime | None = None
    since: datetime | None = None

    @property
    def open(self) -> list[Happened]:
        """Faults that are not over."""
        return [one for one in self.faults if one.over_at is None]

    def success_at(self, job: str) -> datetime | None:
        """When the last good try of a job began."""
        return self.jobs[job].success_at if job in self.jobs else None


def begun(book: Book, job: str, now: datetime) -> Book:
    """The book while a job is at work. Pure."""
    return replace(book, running={**book.running, job: now})


def stopped(book: Book, job: str) -> Book:
    """The book after a job was ended by us before it came to an end: it is due again. Pure."""
    return replace(book, running=_without(book.running, job))


def cut_off(book: Book, now: datetime) -> Book:
    """The book after the scheduler was killed or lost its power: what was at work did not end. Pure."""
    for job in book.running:
        faults = _kept(book.faults, job, [of_exit(-KILL, job)], now)
        book = replace(stopped(book, job), faults=faults)
    return book


def ended(book: Book, job: str, tried: Tried, fault: Fault | None) -> Book:
    """The book after a try of a job: with its fault, or with the job's faults over. Pure.

    Args:
        book: as it was.
        job: which.
        tried: the try; its `success_at` is worked out here.
        fault: why it failed.
    """
    good = tried.began_at if tried.outcome == "ok" else book.success_at(job)
    jobs = {**book.jobs, job: replace(tried, success_at=good)}
    found = [fault] if fault else []
    running = _without(book.running, job)
    return replace(book, jobs=jobs, running=running, faults=_kept(book.faults, job, found, tried.began_at))


def happened(book: Book, job: str, fault: Fault, now: datetime) -> Book:
    """The book after something went wrong that is no job's end. Pure."""
    return replace(book, faults=_kept(book.faults, job, [fault], now))


def over(book: Book, job: str, now: datetime) -> Book:
    """The book after the faults under a name came to an end. Pure."""
    return replace(book, faults=_kept(book.faults, job, [], now))


def measured(book: Book, found: Sequence[Fault], now: datetime) -> Book:
    """The book after measuring: what is found is open, what is not found any more is over. Pure."""
    return replace(book, faults=_kept(book.faults, STATE, found, now))


def _without(running: Mapping[str, datetime], job: str) -> dict[str, datetime]:
    return {name: at for name, at in running.items() if name != job}


def _kept(before: Sequence[Happened], job: str, found: Iterable[Fault], now: datetime) -> list[Happened]:
    new = {one.code: one for one in found}
    after = []
    for one in before:
        if one.job != job or one.over_at is not None:
            after.append(one)
        elif again := new.pop(one.code, None):  # type: ignore[call-overload]
            after.append(replace(one, sentence=again.sentence, last_at=now, n=one.n + 1))
        else:
            after.append(replace(one, over_at=now))
    after += [Happened(one.code, job, one.sentence, now, now) for one in new.values()]
    over = [one for one in after if one.over_at is not None]
    dropped = {id(one) for one in over[: max(0, len(over) - KEPT)]}
    return [one for one in after if id(one) not in dropped]


def path_of(home: Path) -> Path:
    """Where the book of a home folder lies."""
    return home / "state" / NAME


def read(home: Path) -> Book:
    """The book of a home folder; an empty one if there is none, or if it cannot be understood.

    Without it every job is due once, and nothing is lost by that.
    """
    try:
        found = json.loads(path_of(home).read_text(encoding="utf-8"))
        return Book(
            {name: Tried(**_times(one)) for name, one in found["jobs"].items()},
            [Happened(**_times(one)) for one in found["faults"]],
            {name: datetime.fromisoformat(at) for name, at in found["running"].items()},
            _moment(found["seen_at"]),
            _moment(found["since"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Book()


def write(home: Path, book: Book) -> None:
    """Replace the book; on a full disk the room kept for that moment is given up.

    Raises:
        OSError: it cannot be written; the old one stays.
    """
    spare = path_of(home).with_name(RESERVE)
    try:
        put(path_of(home), asdict(book))
    except OSError:
        if not spare.exists():
            raise
        spare.unlink()
        put(path_of(home), asdict(book))
        return
    if not spare.exists():
        with suppress(OSError):
            spare.write_bytes(os.urandom(RESERVE_BYTES))


def put(path: Path, values: Mapping[str, Any]) -> None:
    """Write a JSON file as a whole, safely on disk when this returns; times as ISO 8601.

    Raises:
        OSError: it cannot be written; the file stays what it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.part")
    try:
        with draft.open("w", encoding="utf-8") as file:
            json.dump(values, file, ensure_ascii=False, default=_iso)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _iso(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _times(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _moment(value) if name.endswith("_at") else value for name, value in values.items()}


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
