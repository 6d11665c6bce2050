"""What may be spent: money at X, hashtags at Instagram. Pure; adapters keep the books."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta

WINDOW = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What reading posts cost in one calendar month (UTC).

    Attributes:
        month: ``YYYY-MM``.
        reads: posts read.
        usd: what they cost.
    """

    month: str
    reads: int = 0
    usd: float = 0.0

    @classmethod
    def read(cls, text: str | None, now: datetime) -> Ledger:
        """Read a ledger; last month's no longer."""
        month = f"{now.astimezone(UTC):%Y-%m}"
        found = cls(**json.loads(text)) if text else None
        return found if found is not None and found.month == month else cls(month)

    def text(self) -> str:
        """Write it down for `read`."""
        return json.dumps(asdict(self))

    def affordable(self, cap: float, price: float) -> int | None:
        """Return how many posts may still be read; None if they cost nothing.

        Args:
            cap: most that may be spent in the month, in US dollars.
            price: of one post.
        """
        if price <= 0:
            return None
        return max(0, int((cap - self.usd) / price + 1e-9))

    def book(self, reads: int, price: float) -> Ledger:
        """Add reads, or take back (negative) what was reserved and not used."""
        return replace(self, reads=self.reads + reads, usd=round(self.usd + reads * price, 6))


def may_search(log: dict[str, str], hashtag: str, now: datetime, limit: int) -> bool:
    """Say whether a hashtag may be searched: known in the window, or room for one more.

    Meta counts the different hashtags that an account searched within seven days; the same one
    again costs nothing until its seven days are over.

    Args:
        log: when each hashtag was first searched in its window (ISO 8601).
        hashtag: without its sign.
        now: aware.
        limit: different hashtags in seven days.
    """
    current = in_window(log, now)
    return hashtag in current or len(current) < limit


def in_window(log: dict[str, str], now: datetime) -> dict[str, str]:
    """Return the part of a log that still counts."""
    return {tag: at for tag, at in log.items() if datetime.fromisoformat(at) > now - WINDOW}


def next_free(log: dict[str, str], now: datetime) -> datetime:
    """Return when the next place in the window becomes free."""
    current = in_window(log, now).values()
    return min((datetime.fromisoformat(at) + WINDOW for at in current), default=now)
