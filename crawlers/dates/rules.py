"""Rules for absolute dates as Indonesian (and English) pages write them.

Each rule finds one shape in folded text and returns local date, time and zone. Nothing is
guessed: an impossible date (31 Sep), or a numeric date that contradicts the weekday beside it,
gives nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

from crawlers.dates.words import MONTHS, WEEKDAYS, ZONES

if TYPE_CHECKING:
    from collections.abc import Callable

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_ZONE = r"wib|wita|wit|utc|gmt|ut|z|(?:gmt|utc)?\s?[+-]\d{1,2}(?::?\d{2})?"
_CLOCK = rf"(\d{{1,2}})[:.](\d{{2}})(?:[:.](\d{{2}})(?:\.\d+)?)?\s*(am|pm)?\s*(?:({_ZONE})\b)?"
_GAP = r"[\s,|()\-\u2013\u2014@\u2022\u00b7t/]*(?:(?:pukul|pkl|jam|at)\.?\s*:?\s*)?"
_AFTER = re.compile(_GAP + _CLOCK)
_BEFORE = re.compile(_CLOCK + r"[\s,|()\-\u2013\u2014]*$")

_ISO = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_NAMED = re.compile(
    rf"(?<![\d:.])(\d{{1,2}})(?:st|nd|rd|th)?[\s\-/.,]*\b({_MONTH})\b[\s\-/.,]*(\d{{4}}|\d{{2}})(?![\d:])"
)
_ENGLISH = re.compile(rf"\b({_MONTH})\b\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(\d{{4}})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d/.:-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/.:-]*\d)")
_DAY_MONTH = re.compile(rf"(?:\b({_DAY})\b\s*)?\(\s*(\d{{1,2}})\s*/\s*(\d{{1,2}})\s*\)")
_NEAR_DAY = re.compile(rf"\b({_DAY})\b[\s,(/]*$")
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?$")


class ContradictionError(ValueError):
    """The text names a weekday that its own date is not; which of them is wrong, nobody knows."""


@dataclass(frozen=True, slots=True)
class Local:
    """A date as written, before its zone is settled."""

    day: date
    clock: time | None = None
    zone: timezone | None = None


def absolute(text: str, anchor: date) -> Local | None:
    """Find the first date in folded text that any rule can read.

    Args:
        text: lower case, single spaces (see `parse.fold`).
        anchor: the day a date without a year belongs before ("Kamis (5/9)").

    Raises:
        ContradictionError: a numeric date and the weekday beside it disagree.
    """
    for rule in (_iso, _named, _english, _numeric):
        found = rule(text)
        if found is not None:
            day, start, end = found
            return _with_clock(text, day, start, end)
    return _day_month(text, anchor)


def _iso(text: str) -> tuple[date, int, int] | None:
    return _first(_ISO, text, lambda m: _date(int(m[1]), int(m[3]), int(m[4])))


def _named(text: str) -> tuple[date, int, int] | None:
    return _first(_NAMED, text, lambda m: _date(_year(m[3]), MONTHS[m[2]], int(m[1])))


def _english(text: str) -> tuple[date, int, int] | None:
    return _first(_ENGLISH, text, lambda m: _date(int(m[3]), MONTHS[m[1]], int(m[2])))


def _numeric(text: str) -> tuple[date, int, int] | None:
    return _first(_NUMERIC, text, lambda m: _day_first(text, m))


def _day_first(text: str, match: re.Match[str]) -> date | None:
    """Read d/m/y, the Indonesian order; a weekday that contradicts it makes it unreadable."""
    first, second, year = int(match[1]), int(match[3]), _year(match[4])
    day = _date(year, second, first)
    if day is None and first <= 12:
        day = _date(year, first, second)  # 9/25/2024 cannot be anything else
    named = _NEAR_DAY.search(text[: match.start()])
    if day and named and WEEKDAYS[named[1]] != day.weekday():
        raise ContradictionError
    return day


def _day_month(text: str, anchor: date) -> Local | None:
    """Read "Kamis (5/9)": the newest such day not after the anchor, checked by its weekday."""
    for match in _DAY_MONTH.finditer(text):
        for year in (anchor.year, anchor.year - 1):
            day = _date(year, int(match[3]), int(match[2]))
            if day is None or day > anchor + timedelta(days=1):
                continue
            if match[1] and WEEKDAYS[match[1]] != day.weekday():
                raise ContradictionError
            return _with_clock(text, day, match.start(), match.end())
    return None


def _first(
    pattern: re.Pattern[str], text: str, read: Callable[[re.Match[str]], date | None]
) -> tuple[date, int, int] | None:
    for match in pattern.finditer(text):
        day = read(match)
        if day is not None:
            return day, match.start(), match.end()
    return None


def _with_clock(text: str, day: date, start: int, end: int) -> Local:
    match = _AFTER.match(text, end) or _BEFORE.search(text[:start])
    if match is None:
        return Local(day)
    clock = _clock(match)
    if clock is None:
        return Local(day)
    return Local(day, clock, _zone(match[5]))


def _clock(match: re.Match[str]) -> time | None:
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4]:
        hour = hour % 12 + (12 if match[4] == "pm" else 0)
    try:
        return time(hour, minute, min(second, 59))
    except ValueError:
        return None


def _zone(word: str | None) -> timezone | None:
    if not word:
        return None
    offset = _OFFSET.search(word)
    if offset is None:
        return ZONES.get(word.strip())
    size = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(-size if offset[1] == "-" else size) if size < timedelta(hours=15) else None


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return datetime(year, month, day).date()  # noqa: DTZ001 - a calendar day has no zone
    except ValueError:
        return None
