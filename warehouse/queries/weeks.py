"""Weeks are Monday to Sunday in WIB; a week is known by its Monday."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from config.zones import WIB

_ISO = re.compile(r"(\d{4})-W(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """One week.

    Attributes:
        monday: its first day.
    """

    monday: date

    def __post_init__(self) -> None:
        if self.monday.weekday() != 0:
            raise ValueError(f"{self.monday} is not a Monday")

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def iso(self) -> str:
        """ISO 8601 name, e.g. ``2026-W46``."""
        year, week, _ = self.monday.isocalendar()
        return f"{year}-W{week:02d}"

    def shift(self, weeks: int) -> Week:
        """The week that many weeks later (negative: earlier)."""
        return Week(self.monday + timedelta(weeks=weeks))

    @classmethod
    def parse(cls, text: str) -> Week:
        """Read ``2026-W46``.

        Raises:
            ValueError: with one Indonesian sentence saying what is expected.
        """
        match = _ISO.fullmatch(text.strip())
        try:
            if match:
                return cls(date.fromisocalendar(int(match[1]), int(match[2]), 1))
        except ValueError:
            pass  # e.g. week 54: same message as for anything else that is no week
        raise ValueError(f"'{text}' bukan minggu; tulis seperti 2026-W46.")


def week_of(moment: datetime) -> Week:
    """The week that an aware moment falls into, in WIB."""
    return week_of_day(moment.astimezone(WIB).date())


def week_of_day(day: date) -> Week:
    """The week that a calendar day falls into."""
    return Week(day - timedelta(days=day.weekday()))


def last_complete_week(now: datetime) -> Week:
    """The newest week that is over at `now`."""
    return week_of(now).shift(-1)


def weeks_before(last: Week, count: int) -> list[Week]:
    """`count` weeks ending with `last`, oldest first."""
    return [last.shift(-back) for back in range(count - 1, -1, -1)]
