"""Which days a page of a list lies on, so that the other days need not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Window:
    """Where some rows of a list lie that begins with the newest day and ends with what has no date.

    Attributes:
        first: earliest day; None: none of them has a date.
        last: latest day; None: none of them has a date.
        undated: some of them may have no date.
        offset: rows of the window that come before the page.
    """

    first: date | None
    last: date | None
    undated: bool
    offset: int

    def condition(self) -> str:
        """The same as a condition on `day`."""
        if self.first is None or self.last is None:
            return "day IS NULL" if self.undated else "false"
        days = f"day BETWEEN DATE '{self.first}' AND DATE '{self.last}'"
        return f"({days} OR day IS NULL)" if self.undated else days


def window(counts: Sequence[tuple[date | None, int]], limit: int, offset: int) -> Window:
    """Where the rows `offset` to `offset + limit` lie. Pure.

    Args:
        counts: rows per day, newest first, those without a day at the end.
        limit: rows of the page.
        offset: rows before it.
    """
    days: list[date] = []
    undated, before, passed = False, 0, 0
    for day, n in counts:
        if passed + n <= offset:
            before = passed + n
        elif passed < offset + limit:
            if day is None:
                undated = True
            else:
                days.append(day)
        passed += n
    return Window(min(days, default=None), max(days, default=None), undated, offset - before)
