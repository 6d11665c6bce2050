"""What an HTTP answer says about its host. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from scrapy.exceptions import (
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

if TYPE_CHECKING:
    from scrapy.http import Response

# answers that may be better in a moment, and answers that say "go away"
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
REFUSING = frozenset({401, 402, 403, 407, 451})
PASSING_ERRORS = (
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)


def asked_pause(response: Response, now: datetime) -> float | None:
    """Return the seconds that an answer's `Retry-After` asks for, or None.

    A date is measured against the answer's own `Date`, so that a wrong clock, theirs or ours,
    does not turn two seconds into a year.
    """
    raw = response.headers.get("Retry-After")
    if raw is None:
        return None
    theirs = _http_date((response.headers.get("Date") or b"").decode("latin-1"))
    return retry_after(raw.decode("latin-1"), theirs or now)


def retry_after(value: str | None, now: datetime) -> float | None:
    """Read a Retry-After header: seconds or an HTTP date (RFC 9110, section 10.2.3).

    Args:
        value: the header.
        now: aware.

    Returns:
        Seconds to wait, never negative; None when the header is absent or unreadable.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    at = _http_date(text)
    if at is None:
        return None
    return max(0.0, (at - now).total_seconds())


def _http_date(text: str) -> datetime | None:
    """Read a date that is GMT by definition, also where it says no zone."""
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
