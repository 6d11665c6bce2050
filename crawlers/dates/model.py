"""What reading a date gives, and which dates are believable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
# Servers' clocks differ by minutes; a date further ahead than this is a mistake.
TOLERANCE = timedelta(minutes=30)

Precision = Literal["minute", "day"]
Assumed = Literal["order", "year", "century"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as written.

    Attributes:
        at: the instant in UTC; local midnight when only a day was written.
        precision: whether the text gave a time (`minute`) or only a calendar day (`day`).
        zoned: whether the text named its zone; otherwise the source's zone was assumed.
        relative: the text counted back from now ("3 jam lalu"); only as good as the clock of
            whoever reads it, and wrong on a stored copy.
        weekday: the text named a weekday and the date agrees with it.
        assumed: what the text did not say and was taken by rule: ``order`` (5/9/2024 is day
            first, as Indonesia writes; an American source means the other), ``year``
            ("Kamis (5/9)": the newest such day before the anchor), ``century`` (5/9/24).
        beside: how many words of the text belong to no date. A byline has few; many make it a
            sentence, whose date is an event's rather than the text's own.
    """

    at: datetime
    precision: Precision
    zoned: bool = False
    relative: bool = False
    weekday: bool = False
    assumed: tuple[Assumed, ...] = ()
    beside: int = 0


class ContradictionError(ValueError):
    """The text contradicts itself; which half is wrong, nobody knows, so the date is unknown."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One date found in a text, before its zone is settled.

    Attributes:
        start: where it begins in the folded text.
        end: where it ends, with its clock.
        local: as written; aware if the text named a zone.
        precision: as in `Moment`.
        relative: as in `Moment`.
        weekday: as in `Moment`.
        assumed: as in `Moment`.
    """

    start: int
    end: int
    local: datetime
    precision: Precision
    relative: bool = False
    weekday: bool = False
    assumed: tuple[Assumed, ...] = ()


def plausible(at: datetime, now: datetime) -> bool:
    """Say whether something can have been published at `at`: not ahead of now, not absurd."""
    return EARLIEST <= at <= now + TOLERANCE


def day_of(year: int, month: int, day: int) -> date | None:
    """Make a calendar day, or None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
