"""Months and quarters of the calendar, in days of WIB."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from config.zones import WIB

Kind = Literal["month", "quarter"]
MONTHS: Final[dict[Kind, int]] = {"month": 1, "quarter": 3}
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")
_QUARTER: Final = re.compile(r"(\d{4})-[QT]([1-4])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CalendarPeriod:
    """A month or a quarter.

    Attributes:
        kind: which of the two.
        first: its first day.
    """

    kind: Kind
    first: date

    def __post_init__(self) -> None:
        if self.first.day != 1 or (self.first.month - 1) % MONTHS[self.kind]:
            raise ValueError(f"{self.first} does not begin a {self.kind}")

    @property
    def last(self) -> date:
        """Its last day."""
        return _shifted(self.first, MONTHS[self.kind]) - timedelta(days=1)

    @property
    def before(self) -> CalendarPeriod:
        """The month or quarter before."""
        return CalendarPeriod(self.kind, _shifted(self.first, -MONTHS[self.kind]))

    @property
    def iso(self) -> str:
        """``2026-10`` or ``2026-Q4``."""
        if self.kind == "month":
            return f"{self.first:%Y-%m}"
        return f"{self.first.year}-Q{(self.first.month + 2) // 3}"

    @classmethod
    def parse(cls, text: str) -> CalendarPeriod:
        """Read ``2026-10`` or ``2026-Q3`` (``2026-T3`` for "triwulan" too).

        Raises:
            ValueError: with one Indonesian sentence saying what is expected.
        """
        wanted = text.strip()
        try:
            if match := _MONTH.fullmatch(wanted):
                return cls("month", date(int(match[1]), int(match[2]), 1))
            if match := _QUARTER.fullmatch(wanted):
                return cls("quarter", date(int(match[1]), 3 * int(match[2]) - 2, 1))
        except ValueError:
            pass  # e.g. month 13: same message as for anything else that is none
        raise ValueError(f"'{text}' bukan bulan atau triwulan; tulis seperti 2026-10 atau 2026-Q3.")


def last_complete_period(kind: Kind, now: datetime) -> CalendarPeriod:
    """The newest month or quarter that is over at an aware moment, in WIB."""
    today = now.astimezone(WIB).date()
    begun = (today.month - 1) % MONTHS[kind]
    return CalendarPeriod(kind, _shifted(today.replace(day=1), -begun)).before


def _shifted(first: date, months: int) -> date:
    """The first day of the month so many months later."""
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
