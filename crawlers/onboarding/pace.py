"""How often a site publishes, judged from the dates that its lists name. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_WEEK = 7 * 86_400.0
_FEWEST = 3  # dates
_SHORTEST = 0.25  # weeks; less says nothing about a week


def per_week(dates: Sequence[datetime], now: datetime, since: datetime | None = None) -> float | None:
    """Estimate how many items appear in a week.

    A list that shows the newest n items says that n - 1 of them appeared after the oldest; the
    silence since the newest counts too, or a site that stopped would look busy.

    Args:
        dates: times of publication, aware.
        now: aware.
        since: the list is complete from this moment on; None for a list of the newest items.

    Returns:
        Items in a week, None when the dates are too few or span less than a quarter of a week.
    """
    known = sorted(date for date in dates if date <= now)
    if since is not None:
        weeks = (now - since).total_seconds() / _WEEK
        return sum(1 for date in known if date >= since) / weeks if weeks >= _SHORTEST else None
    if len(known) < _FEWEST:
        return None
    weeks = (now - known[0]).total_seconds() / _WEEK
    return (len(known) - 1) / weeks if weeks >= _SHORTEST else None


def rounded(rate: float | None) -> float | None:
    """Round an estimate to what it is good for: halves below ten, whole numbers above.

    Returns:
        None for less than one item in four weeks: there is no telling silence from habit then.
    """
    if rate is None or rate < 0.25:
        return None
    return float(round(rate)) if rate >= 10 else max(0.5, round(rate * 2) / 2)
