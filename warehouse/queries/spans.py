"""The period of a number as people write it, and its days. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from warehouse.queries.indicators import Period
from warehouse.queries.weeks import Week, last_complete_week, weeks_before

_YEAR, _MONTH, _WEEKS = re.compile(r"\d{4}"), re.compile(r"(\d{4})-(\d{2})"), {"weeks_4": 4, "weeks_12": 12}


@dataclass(frozen=True, slots=True)
class Span:
    """A period of `mart_period`.

    Attributes:
        kind: what kind.
        start: its first day; None where "now" says it.
    """

    kind: Period
    start: date | None = None

    @classmethod
    def parse(cls, text: str) -> Span:
        """Read ``2026``, ``2026-11``, ``2026-W46``, ``weeks_4`` or ``weeks_12``.

        Raises:
            ValueError: with one Indonesian sentence saying what is expected.
        """
        word = text.strip()
        try:
            if word in ("weeks_4", "weeks_12"):
                return cls(word)  # type: ignore[arg-type] # one of the two words just looked for
            if _YEAR.fullmatch(word):
                return cls("year", date(int(word), 1, 1))
            if month := _MONTH.fullmatch(word):
                return cls("month", date(int(month[1]), int(month[2]), 1))
            return cls("week", Week.parse(word).monday)
        except ValueError:
            raise ValueError(
                f"'{text}' bukan periode; tulis tahun (2026), bulan (2026-11), minggu (2026-W46), "
                "weeks_4, atau weeks_12."
            ) from None

    def days(self, now: datetime) -> tuple[date, date]:
        """First and last day.

        Args:
            now: what the last weeks end before.
        """
        if self.start is None:
            weeks = weeks_before(last_complete_week(now), _WEEKS[self.kind])
            return weeks[0].monday, weeks[-1].sunday
        if self.kind == "year":
            return self.start, date(self.start.year, 12, 31)
        if self.kind == "month":
            return self.start, self.start.replace(day=monthrange(self.start.year, self.start.month)[1])
        return self.start, self.start + timedelta(days=6)
