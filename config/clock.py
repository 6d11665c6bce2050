"""Working days, office hours and deadlines. Pure functions over `calendar.yaml` and `complaints.yaml`.

The day something comes in is not counted: what comes in on Monday, at whatever hour, and is
answered on Tuesday took one working day; what comes in on a Saturday, a holiday or during shared
leave begins with the next working day. All days and hours are WIB. The lake holds the same
calendar as `dim_day`, where the same answers are subtractions.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from config.days import minute_of

if TYPE_CHECKING:
    from config.complaints import Complaints, Sla
    from config.days import Calendar

WIB = ZoneInfo("Asia/Jakarta")


def day_of(moment: datetime) -> date:
    """The calendar day (WIB) of an aware moment.

    Raises:
        ValueError: the moment has no time zone; a guess could be a day off.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone")
    return moment.astimezone(WIB).date()


def working_days_between(calendar: Calendar, first: date, last: date) -> int:
    """Working days after `first`, up to and including `last`; negative if `last` is earlier.

    Raises:
        LookupError: the calendar lists no holidays for one of the years.
    """
    return calendar.day(last).ordinal - calendar.day(first).ordinal


def add_working_days(calendar: Calendar, day: date, count: int) -> date:
    """The `count`-th working day after `day`; `day` itself for 0.

    Raises:
        ValueError: `count` is negative.
        LookupError: the calendar lists no holidays for one of the years.
    """
    if count < 0:
        raise ValueError(f"{count} working days: a deadline lies ahead")
    ordinal = calendar.day(day).ordinal + count
    if count == 0:
        return day
    if ordinal > len(calendar.working_days):
        raise calendar.unknown(calendar.years[-1] + 1)
    return calendar.working_days[ordinal - 1]


def office_minutes_between(calendar: Calendar, start: datetime, end: datetime) -> int:
    """Minutes of office hours between two aware moments; negative if `end` is earlier.

    Raises:
        LookupError: the calendar does not know the office hours in between.
    """
    return _office_minutes(calendar, end) - _office_minutes(calendar, start)


def _office_minutes(calendar: Calendar, moment: datetime) -> int:
    day = calendar.day(day_of(moment))
    if day.minutes_before is None:
        raise LookupError(
            f"Jam kantor pada {day.date} belum diketahui; lengkapi 'work_weeks' di calendar.yaml."
        )
    if day.opens is None:
        return day.minutes_before
    since = minute_of(moment.astimezone(WIB).time()) - minute_of(day.opens)
    return day.minutes_before + min(max(since, 0), day.minutes)


def due_day(calendar: Calendar, sla: Sla, received: date) -> date:
    """The last day (WIB) on which a step is still on time.

    Args:
        calendar: holidays.
        sla: the deadline in force on the day of reception.
        received: the day (WIB) of reception.

    Raises:
        LookupError: the calendar lists no holidays for one of the years.
    """
    if sla.unit == "calendar":
        return received + timedelta(days=sla.days)
    return add_working_days(calendar, received, sla.days)


def due_at(
    calendar: Calendar, complaints: Complaints, received: datetime, step: str, channel: str | None
) -> datetime | None:
    """The last moment at which `step` is on time: the end of its due day, in WIB.

    Args:
        calendar: holidays.
        complaints: deadlines.
        received: when the complaint came in (aware).
        step: a step of `Sla`.
        channel: the channel it came in by.

    Returns:
        None if no deadline was in force.

    Raises:
        LookupError: the calendar lists no holidays for one of the years.
    """
    day = day_of(received)
    sla = complaints.deadline(step, channel, day)
    if sla is None:
        return None
    return datetime.combine(due_day(calendar, sla, day), time.max, tzinfo=WIB)
