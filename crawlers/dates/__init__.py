"""Dates as Indonesian pages write them: right, or unknown, never wrong.

The house rules read first; `dateparser`, tuned and strict, reads what they leave. See
`rules` and `relative` for the shapes, `words` for the vocabulary.
"""

from __future__ import annotations

import re
import warnings
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from crawlers.dates.model import Moment, plausible
from crawlers.dates.relative import relative
from crawlers.dates.rules import ContradictionError, absolute

__all__ = ["Moment", "parse_date", "plausible"]

_SPACES = re.compile(r"\s+")
_APOSTROPHES = re.compile(r"[\u2018\u2019\u201b`\u00b4']")
_HAS_DIGIT = re.compile(r"\d")
_LONGEST = 120
_FALLBACK_LONGEST = 50


def parse_date(
    text: str, *, now: datetime, zone: str = "Asia/Jakarta", anchor: datetime | None = None
) -> Moment | None:
    """Read one date from a short text such as a byline, a meta value or a feed's pubDate.

    Args:
        text: the text; anything longer than 120 characters is not a date.
        now: aware; relative dates count back from here.
        zone: the source's zone, for texts that name none.
        anchor: the day a date without a year belongs before; `now` if not given.

    Returns:
        The moment in UTC, or None when the text says no date with certainty. A date in the
        future is returned as written: `plausible` is the caller's question to ask.
    """
    folded = fold(text)
    if not folded or len(folded) > _LONGEST:
        return None
    home = ZoneInfo(zone)
    here = now.astimezone(home)
    told = relative(folded, here)
    if told is not None:
        return Moment(told.at.astimezone(UTC), told.precision, told.zoned)
    if not _HAS_DIGIT.search(folded):
        return None
    try:
        found = absolute(folded, (anchor or now).astimezone(home).date())
    except ContradictionError:
        return None
    if found is None:
        return _fallback(text, here, zone)
    if found.clock is None:
        return _moment(datetime.combine(found.day, datetime.min.time(), home), "day", zoned=False)
    at = datetime.combine(found.day, found.clock, found.zone or home)
    return _moment(at, "minute", zoned=found.zone is not None)


def fold(text: str) -> str:
    """Bring a text to the form the rules read: lower case, plain spaces, no apostrophes."""
    plain = _APOSTROPHES.sub("", text.replace("\u00a0", " "))
    return _SPACES.sub(" ", plain).strip().lower()


def _moment(at: datetime, precision: str, *, zoned: bool) -> Moment | None:
    try:
        return Moment(at.astimezone(UTC), "day" if precision == "day" else "minute", zoned)
    except (OverflowError, ValueError):
        return None


def _fallback(text: str, here: datetime, zone: str) -> Moment | None:
    """Ask dateparser about short texts, with every habit of guessing switched off."""
    if len(text) > _FALLBACK_LONGEST:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import dateparser

        try:
            at = dateparser.parse(
                text,
                languages=["id", "en"],
                settings={
                    "DATE_ORDER": "DMY",
                    "TIMEZONE": zone,
                    "RETURN_AS_TIMEZONE_AWARE": True,
                    "RELATIVE_BASE": here.replace(tzinfo=None),
                    "REQUIRE_PARTS": ["day", "month", "year"],
                    "STRICT_PARSING": True,
                    "PARSERS": ["absolute-time"],
                },
            )
        except (ValueError, OverflowError, TypeError):
            return None
    if at is None:
        return None
    precise = (at.hour, at.minute) != (0, 0)
    return _moment(at, "minute" if precise else "day", zoned=False)
