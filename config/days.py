"""Holidays, office days and hours, and the dated events that break every baseline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator
from pydantic_core import PydanticCustomError

from config.base import Dated, Id, Strict, Text

Weekday = Literal["senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"]
WEEKDAYS: tuple[Weekday, ...] = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_CLOCK = re.compile(r"([01]\d|2[0-3])[.:]([0-5]\d)")


def _clock(value: Any) -> time:  # noqa: ANN401 - pydantic hands in raw YAML
    """Read ``"07:30"``."""
    match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        message = "jam '{value}' tidak sah; tulis seperti \"07:30\""
        raise PydanticCustomError("clock", message, {"value": str(value)})
    return time(int(match[1]), int(match[2]))


Clock = Annotated[time, BeforeValidator(_clock)]
"""A time of day in WIB, to the minute."""


class Holiday(Strict):
    """One day off.

    Attributes:
        date: the day.
        name: as shown to people.
        kind: national holiday or shared leave day (*cuti bersama*).
        status: ``verify`` while the joint decree has not been checked.
    """

    date: date
    name: Text
    kind: Literal["libur_nasional", "cuti_bersama"] = "libur_nasional"
    status: Literal["confirmed", "verify"] = "verify"


class WorkWeek(Dated):
    """Which days of the week are worked, and when the offices are open.

    Attributes:
        days: weekdays, as in ``[senin, selasa]``.
        opens: opening time (WIB), None while not known.
        closes: closing time (WIB); breaks are part of the office hours.
        status: ``verify`` while the rule has not been seen.
        note: where it is from.
    """

    days: tuple[Weekday, ...]
    opens: Clock | None = None
    closes: Clock | None = None
    status: Literal["confirmed", "verify"] = "verify"
    note: str = ""

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> "WorkWeek":
        if (self.opens is None) != (self.closes is None):
            message = "isi 'opens' dan 'closes' keduanya, atau kosongkan keduanya"
            raise PydanticCustomError("clock", message, {"key": "opens"})
        if self.opens and self.closes and self.closes <= self.opens:
            raise PydanticCustomError("clock", "'closes' harus sesudah 'opens'", {"key": "closes"})
        return self

    def covers(self, day: date) -> bool:
        """Whether the rule speaks about `day`."""
        return self.valid_on(day) and WEEKDAYS[day.weekday()] in self.days


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar.

    Attributes:
        date: the day (WIB).
        is_working: worked, and neither a holiday nor a shared leave day.
        name: name of the holiday, None if it is none.
        ordinal: working days from the first day of the calendar up to and including this one:
            the working days after a, up to and including b, are ``b.ordinal - a.ordinal``.
        opens: start of the office hours, None on a day off or while not known.
        closes: end of the office hours.
        minutes_before: office minutes between the first day from which all office hours are
            known and the start of this day; None before that day.
    """

    date: date
    is_working: bool
    name: str | None
    ordinal: int
    opens: time | None
    closes: time | None
    minutes_before: int | None

    @property
    def minutes(self) -> int:
        """Office minutes of the day."""
        return minute_of(self.closes) - minute_of(self.opens) if self.opens and self.closes else 0


def minute_of(moment: time) -> int:
    """Whole minutes since midnight."""
    return moment.hour * 60 + moment.minute


class Break(Strict):
    """An event that makes before and after incomparable; charts mark it.

    Attributes:
        id: stable key.
        label: as shown on the chart.
        start: first day.
        end: last day, None for a single day or an open end.
        topics: ids of the topics it touches; empty for all.
        status: ``verify`` while the dates have not been checked.
        note: what happened.
    """

    id: Id
    label: Text
    start: date
    end: date | None = None
    topics: tuple[Id, ...] = ()
    status: Literal["confirmed", "verify"] = "verify"
    note: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> "Break":
        if self.end and self.end < self.start:
            raise PydanticCustomError(
                "date_order",
                "'end' ({last}) lebih awal daripada 'start' ({first})",
                {"key": "end", "last": str(self.end), "first": str(self.start)},
            )
        return self


class Calendar(Strict):
    """``calendar.yaml``.

    Attributes:
        years: years whose holidays are listed, without gaps; outside them working days cannot
            be counted.
        holidays: days off.
        work_weeks: which weekdays are worked and when; of several that speak about a day the
            last gives its hours.
        breaks: dated events.
    """

    years: tuple[int, ...]
    holidays: tuple[Holiday, ...]
    work_weeks: tuple[WorkWeek, ...] = (WorkWeek(days=WEEKDAYS[:5]),)
    breaks: tuple[Break, ...] = ()

    @model_validator(mode="after")
    def _years_without_gaps(self) -> "Calendar":
        # A gap would be jumped over silently: nobody knows how many days were worked in it.
        if not self.years or list(self.years) != list(range(self.years[0], self.years[-1] + 1)):
            message = "tahun di 'years' harus diisi dan berurutan tanpa yang terlewat"
            raise PydanticCustomError("years", message, {"key": "years"})
        return self

    @cached_property
    def holiday(self) -> dict[date, Holiday]:
        """All holidays and shared leave days, by date."""
        return {holiday.date: holiday for holiday in self.holidays}

    @cached_property
    def timeline(self) -> dict[date, Day]:
        """Every day of the years listed, in order; the one definition of working days and hours."""
        days = list(self._days())
        gaps = [i for i, day in enumerate(days) if day.is_working and day.opens is None]
        minutes = 0
        for i in range(gaps[-1] + 1 if gaps else 0, len(days)):
            days[i] = replace(days[i], minutes_before=minutes)
            minutes += days[i].minutes
        return {day.date: day for day in days}

    @cached_property
    def working_days(self) -> tuple[date, ...]:
        """The days worked, in order: the one with ordinal n stands at n - 1."""
        return tuple(day.date for day in self.timeline.values() if day.is_working)

    def _days(self) -> Iterator[Day]:
        ordinal = 0
        day = date(self.years[0], 1, 1)
        while day.year <= self.years[-1]:
            weeks = [week for week in self.work_weeks if week.covers(day)]
            off = self.holiday.get(day)
            working = bool(weeks) and off is None
            ordinal += working
            opens, closes = (weeks[-1].opens, weeks[-1].closes) if working else (None, None)
            yield Day(day, working, off.name if off else None, ordinal, opens, closes, None)
            day += timedelta(days=1)

    def day(self, day: date) -> Day:
        """What is known about `day`.

        Raises:
            LookupError: no holidays are listed for that year, so nothing is.
        """
        found = self.timeline.get(day)
        if found is None:
            raise self.unknown(day.year)
        return found

    @staticmethod
    def unknown(year: int) -> LookupError:
        """What to say about a year without holidays."""
        return LookupError(f"calendar.yaml belum memuat hari libur tahun {year}; tambahkan tahun itu.")

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is worked.

        Raises:
            LookupError: no holidays are listed for that year, so the answer is not known.
        """
        return self.day(day).is_working
