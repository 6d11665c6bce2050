"""What reading a date gives, and which dates are believable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
# Servers' clocks differ by minutes; a date further ahead than this is a mistake.
TOLERANCE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as written.

    Attributes:
        at: the instant in UTC; local midnight when only a day was written.
        precision: whether the text gave a time (`minute`) or only a calendar day (`day`).
        zoned: whether the text named its zone; otherwise the source's zone was assumed.
    """

    at: datetime
    precision: Literal["minute", "day"]
    zoned: bool = False


def plausible(at: datetime, now: datetime) -> bool:
    """Say whether something can have been published at `at`: not ahead of now, not absurd."""
    return EARLIEST <= at <= now + TOLERANCE
