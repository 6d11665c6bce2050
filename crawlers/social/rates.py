"""What platforms say about their pace in headers. Pure."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from crawlers.net.answers import retry_after
from crawlers.social.model import Rate

if TYPE_CHECKING:
    from collections.abc import Mapping

_REMAINING = ("x-ratelimit-remaining", "x-rate-limit-remaining", "ratelimit-remaining")
_RESET = ("x-ratelimit-reset", "x-rate-limit-reset", "ratelimit-reset")
_USAGE = ("x-app-usage", "x-page-usage", "x-business-use-case-usage", "x-ad-account-usage")
_FULL = 100  # Meta counts in per cent of what an app may use
_META_HOUR = 3600.0  # its windows are rolling hours


def rate_of(headers: Mapping[str, str], now: datetime) -> Rate:
    """Read the pace from an answer's headers.

    Knows ``X-RateLimit-*`` (Mastodon: ISO times), ``x-rate-limit-*`` (X: seconds since 1970),
    ``RateLimit-*`` (Bluesky: the same), ``X-App-Usage`` and its kin (Meta: per cent used) and
    ``Retry-After``.

    Args:
        headers: names in lower case.
        now: our clock; the platform's own ``Date`` is preferred, because clocks differ.
    """
    there = _date(headers) or now
    patience = retry_after(headers.get("retry-after"), there)
    usage = [found for name in _USAGE if (found := _usage(headers.get(name))) is not None]
    if any(used >= _FULL for used, _ in usage):
        regain = max((minutes for _, minutes in usage), default=0.0) * 60
        return Rate(0, patience or regain or _META_HOUR)
    remaining = _first(headers, _REMAINING)
    reset = _first(headers, _RESET)
    wait = patience if patience is not None else _until(reset, there)
    return Rate(int(remaining) if remaining and remaining.isdigit() else None, wait)


def _date(headers: Mapping[str, str]) -> datetime | None:
    try:
        return parsedate_to_datetime(headers["date"])
    except (KeyError, ValueError):
        return None


def _first(headers: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((headers[name].strip() for name in names if name in headers), None)


def _until(reset: str | None, now: datetime) -> float | None:
    if not reset:
        return None
    try:
        at = datetime.fromtimestamp(int(reset), UTC) if reset.isdigit() else datetime.fromisoformat(reset)
        return max(0.0, (at - now).total_seconds())
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _usage(text: str | None) -> tuple[float, float] | None:
    """Return the highest share used, in per cent, and the minutes until access comes back."""
    try:
        found = json.loads(text) if text else None
    except ValueError:
        return None
    if not isinstance(found, dict):
        return None
    # one kind is the counts themselves, the other lists them by business
    parts = [found, *(one for listed in found.values() if isinstance(listed, list) for one in listed)]
    shares, minutes = [0.0], [0.0]
    for part in (p for p in parts if isinstance(p, dict)):
        for name in ("call_count", "total_time", "total_cputime"):
            value = part.get(name)
            shares += [float(value)] if isinstance(value, int | float) else []
        value = part.get("estimated_time_to_regain_access")
        minutes += [float(value)] if isinstance(value, int | float) else []
    return max(shares), max(minutes)
