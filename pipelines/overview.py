"""How an installation is doing beside its data: the scheduler, its jobs, what is wrong and what was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from pipelines.scheduling import book, numbers
from pipelines.scheduling.book import STATE, Book, Happened
from pipelines.scheduling.lock import is_alive
from pipelines.scheduling.times import SLACK, after, is_due
from pipelines.settings import Settings

LATELY: Final = timedelta(days=7)
"""So long a fault that is over is still shown."""
SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class JobState:
    """One job of the schedule.

    Attributes:
        job: its name.
        began_at: when the last try that ended had begun.
        outcome: of it, see `book.Tried`.
        message: of it.
        success_at: when the last good one began.
        next_at: its next time.
        due: it is to be done now.
        running_at: since when it is at work.
    """

    job: str
    began_at: datetime | None
    outcome: str | None
    message: str
    success_at: datetime | None
    next_at: datetime
    due: bool
    running_at: datetime | None


@dataclass(frozen=True, slots=True)
class Overview:
    """What `pati status` says beside the lake.

    Attributes:
        scheduled: whether a scheduler ever worked here.
        scheduler_alive: whether one does now.
        jobs: each that is on, if a scheduler ever worked here.
        faults: what is wrong now.
        over: what was wrong lately, the newest first.
    """

    scheduled: bool
    scheduler_alive: bool
    jobs: list[JobState]
    faults: list[Happened]
    over: list[Happened]


def overview(settings: Settings) -> Overview:
    """Look, without asking the lake: it may be what is wrong."""
    known = book.read(settings.home)
    now = settings.now()
    measured = book.measured(known, numbers.wrong(settings, known), now) if settings.home.is_dir() else known
    faults = _as_remembered(measured, known)
    # what a clock years ahead noted as over would be shown until that day
    over = [one for one in measured.faults if one.over_at and -SLACK <= now - one.over_at <= LATELY]
    over.sort(key=lambda one: one.over_at or now, reverse=True)
    scheduled = known.since is not None
    return Overview(
        scheduled, is_alive(settings), jobs_of(settings, known) if scheduled else [], faults, over[:SHOWN]
    )


def jobs_of(settings: Settings, known: Book) -> list[JobState]:
    """Each job that is on, in its order."""
    now, found = settings.now(), []
    for name, when in settings.config.schedule.jobs.on().items():
        tried = known.jobs.get(name)
        found.append(
            JobState(
                name,
                tried.began_at if tried else None,
                tried.outcome if tried else None,
                tried.message if tried else "",
                known.success_at(name),
                after(when, now),
                is_due(when, tried.began_at if tried else None, now),
                known.running.get(name),
            )
        )
    return found


def _as_remembered(measured: Book, known: Book) -> list[Happened]:
    """Open faults; looking at one is not another time that it happened."""
    counted = {one.code: one.n for one in known.open if one.job == STATE}
    return [replace(one, n=counted.get(one.code, 1)) if one.job == STATE else one for one in measured.open]
