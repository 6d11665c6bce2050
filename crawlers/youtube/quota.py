"""How much of YouTube's day is left. Pure.

YouTube counts in two buckets: searches have one of their own (100 calls), every other list call
takes one unit of 10,000 (https://developers.google.com/youtube/v3/determine_quota_cost, 2026).
Both are filled up again at midnight Pacific time: 14.00 in Pati in summer, 15.00 in winter.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from config import Youtube

Bucket = Literal["units", "searches"]
PACIFIC = ZoneInfo("America/Los_Angeles")


@dataclass(frozen=True, slots=True)
class Account:
    """What was spent on one Pacific day.

    Attributes:
        day: ISO date in Pacific time.
        units: list calls.
        searches: searches.
    """

    day: str
    units: int = 0
    searches: int = 0

    @classmethod
    def read(cls, text: str | None, now: datetime) -> Account:
        """Read an account; yesterday's counts no longer."""
        today = pacific_day(now).isoformat()
        if text:
            found = cls(**json.loads(text))
            if found.day == today:
                return found
        return cls(today)

    def text(self) -> str:
        """Write it down for `read`."""
        return json.dumps(asdict(self))

    def left(self, limits: Youtube, bucket: Bucket) -> int:
        """Return how many calls a bucket still holds, never negative."""
        used, limit = (
            (self.searches, limits.searches_per_day)
            if bucket == "searches"
            else (self.units, limits.units_per_day)
        )
        return max(0, limit - used)

    def spend(self, bucket: Bucket) -> Account:
        """Count one call."""
        if bucket == "searches":
            return replace(self, searches=self.searches + 1)
        return replace(self, units=self.units + 1)

    def empty(self, limits: Youtube, bucket: Bucket) -> Account:
        """Believe YouTube when it says that a bucket is empty: somebody else uses the key too."""
        if bucket == "searches":
            return replace(self, searches=max(self.searches, limits.searches_per_day))
        return replace(self, units=max(self.units, limits.units_per_day))


def bucket_of(resource: str) -> Bucket:
    """Return the bucket that a list call on a resource is taken from."""
    return "searches" if resource == "search" else "units"


def pacific_day(moment: datetime) -> date:
    """Return YouTube's calendar day."""
    return moment.astimezone(PACIFIC).date()


def reset_at(now: datetime) -> datetime:
    """Return when the buckets are filled up again (aware, UTC); always later than `now`."""
    tomorrow = pacific_day(now) + timedelta(days=1)
    return datetime.combine(tomorrow, time(), PACIFIC).astimezone(UTC)


def refresh_share(left: int, wanted: int) -> int:
    """Return how many calls of what is left may go into looking after what is stored already.

    Keeping stored data fresh is a duty, but it must not starve the news: at most half.

    Args:
        left: calls left today.
        wanted: calls it would take.
    """
    return min(wanted, left // 2)
