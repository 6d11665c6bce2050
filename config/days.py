"""Holidays, and the dated events that break every baseline."""

from datetime import date
from functools import cached_property
from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from config.base import Id, Strict, Text


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
        years: years whose holidays are listed; outside them working days cannot be counted.
        holidays: days off.
        breaks: dated events.
    """

    years: tuple[int, ...]
    holidays: tuple[Holiday, ...]
    breaks: tuple[Break, ...] = ()

    @cached_property
    def days_off(self) -> frozenset[date]:
        """All holidays and shared leave days."""
        return frozenset(holiday.date for holiday in self.holidays)

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday and not a day off.

        Raises:
            LookupError: no holidays are listed for that year, so the answer is not known.
        """
        if day.year not in self.years:
            raise LookupError(f"calendar.yaml belum memuat hari libur tahun {day.year}; tambahkan tahun itu.")
        return day.weekday() < 5 and day not in self.days_off
