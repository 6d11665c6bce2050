"""When a job is due. Pure: what stands in `schedule.yaml`, what was done, and the moment.

A clock may jump. A job whose last try lies in the past is due when one of its times has passed since; times
that passed in between are one. A job whose last try lies in the future was tried under a clock that was wrong
then or is wrong now: it is due at once, and its new last try lies in the past again. So no jump blocks a job,
and a jump costs each job at most one more try.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from config.days import WEEKDAYS
from config.schedule import JobName, JobTime
from config.zones import WIB

SLACK = timedelta(minutes=5)
"""A last try this far in the future is a clock that was put right, not one that jumped."""
_HOUR, _DAY, _WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


def before(when: JobTime, now: datetime) -> datetime:
    """The last time of a job up to `now` (aware)."""
    return max(moment for moment in _around(when, now) if moment <= now)


def after(when: JobTime, now: datetime) -> datetime:
    """The first time of a job after `now` (aware)."""
    return min(moment for moment in _around(when, now) if moment > now)


def period(when: JobTime) -> timedelta:
    """The longest pause between two times of a job."""
    if when.at is not None:
        return _WEEK if when.day else _DAY
    minutes = sorted(when.minutes or ())
    gaps = [b - a for a, b in zip(minutes, [*minutes[1:], minutes[0] + 60], strict=True)]
    return timedelta(minutes=max(gaps))


def is_due(when: JobTime, last: datetime | None, now: datetime) -> bool:
    """Whether a job is to be done now.

    Args:
        when: its times.
        last: when the last try that came to an end had begun (aware); None: it was never tried.
        now: the moment (aware).
    """
    if last is None or last > now + SLACK:
        return True
    return before(when, now) > last


def due(
    jobs: Mapping[JobName, JobTime], last: Mapping[JobName, datetime | None], now: datetime
) -> list[JobName]:
    """The jobs to be done now, in their order.

    Args:
        jobs: those that are on.
        last: of each, when its last ended try began; missing or None: never.
        now: the moment (aware).
    """
    return [name for name, when in jobs.items() if is_due(when, last.get(name), now)]


def _around(when: JobTime, now: datetime) -> list[datetime]:
    """Times of a job shortly before and after a moment, at least one on either side."""
    local = now.astimezone(WIB)
    if when.at is None:
        hour = local.replace(minute=0, second=0, microsecond=0)
        found = [
            hour + shift * _HOUR + timedelta(minutes=minute)
            for shift in (-1, 0, 1)
            for minute in when.minutes or ()
        ]
    else:
        days = WEEKDAYS.index(when.day) - local.weekday() if when.day else 0
        step = _WEEK if when.day else _DAY
        day = datetime.combine(local.date() + timedelta(days=days), when.at, WIB)
        found = [day + shift * step for shift in (-1, 0, 1)]
    return [moment.astimezone(UTC) for moment in found]
