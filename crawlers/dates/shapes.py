"""The shapes a date is written in, each with how it is read. Pure patterns over folded text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from crawlers.dates.model import ContradictionError, day_of
from crawlers.dates.words import ENGLISH_DAYS, MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawlers.dates.model import Assumed

MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?P<y>(?:19|20)\d{2})(?!\d)"
# Two digits are a year only where nothing else could follow: "5 Mei 12 orang" names no year.
_SHORT = (
    r"(?P<yy>\d{2})(?!\d|[:.]\d)(?=\s*(?:$|[,|()\]\-\u2013\u2014\u2022\u00b7;/:]|\d{1,2}[:.]\d\d|"
    r"(?:pukul|pkl|jam|at|oleh|by)\b))"
)
_FREE = r"(?<!\d)(?<!\d[:.,/\-])"
_NTH = r"(?:st|nd|rd|th)?"


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a date.

    Attributes:
        weekday: the weekday named beside it, folded.
        anchor: the day a date without a year belongs before.
        today: for two-digit years.
    """

    weekday: str | None
    anchor: date
    today: date


@dataclass(frozen=True, slots=True)
class Read:
    """What a shape says: a day, and what was taken for granted to get it."""

    day: date
    assumed: tuple[Assumed, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """One way of writing a date.

    Attributes:
        name: for reading the code.
        pattern: where it stands.
        read: what it says; None when there is no such day.
        digits: only digits and marks, so that a reference number may look the same.
        iso: year first in digits, so that an offset may follow the time.
    """

    name: str
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Around], Read | None]
    digits: bool = False
    iso: bool = False


def _iso(match: re.Match[str], _: Around) -> Read | None:
    day = day_of(int(match["y"]), int(match["m"]), int(match["d"]))
    return Read(day) if day else None


def _named(match: re.Match[str], around: Around) -> Read | None:
    parts = match.groupdict()
    if parts["y"]:
        day = day_of(int(parts["y"]), MONTHS[parts["mon"]], int(parts["d"]))
        return Read(day) if day else None
    year = _century(parts["yy"], around)
    day = day_of(year, MONTHS[parts["mon"]], int(parts["d"])) if year else None
    return Read(day, ("century",)) if day else None


def _numeric(match: re.Match[str], around: Around) -> Read | None:
    """Read d/m/y, the Indonesian order, unless the numbers or the weekday show the other."""
    first, second, mark = int(match["a"]), int(match["b"]), match["sep"]
    assumed: tuple[Assumed, ...] = ()
    if match["y"]:
        year: int | None = int(match["y"])
    elif "." in mark or " " in mark:
        return None  # 1.2.24 is a version, 2 - 1 - 24 a score
    else:
        year, assumed = _century(match["yy"], around), ("century",)
    if year is None:
        return None
    day_first = day_of(year, second, first)
    # nobody writes the month first with dots
    month_first = None if "." in mark or first == second else day_of(year, first, second)
    if day_first and match["yy"] and _year_first_likelier(match, day_first, around):
        raise ContradictionError
    if day_first is None or month_first is None:
        only = day_first or month_first
        return Read(only, assumed) if only else None
    if around.weekday is None:
        return Read(day_first, ("order", *assumed))
    return Read(_by_weekday(day_first, month_first, around.weekday), assumed)


def _by_weekday(day_first: date, month_first: date, word: str) -> date:
    """Let the weekday decide the order.

    Only an English weekday may show a month-first date: "Senin (1/8/2018)" in an Indonesian
    report fits 8 January by chance and is a slip of the pen.
    """
    wanted, english = WEEKDAYS[word], word in ENGLISH_DAYS
    fits_day_first, fits_month_first = day_first.weekday() == wanted, month_first.weekday() == wanted
    if english and fits_month_first and fits_day_first:
        raise ContradictionError
    if fits_day_first:
        return day_first
    if english and fits_month_first:
        return month_first
    raise ContradictionError


def _year_first_likelier(match: re.Match[str], day_first: date, around: Around) -> bool:
    """24-09-03 is 2024-09-03 sooner than 24 September 2003; which, cannot be known."""
    other = day_of(2000 + int(match["a"]), int(match["b"]), int(match["yy"]))
    recent = around.today.year - 5
    return other is not None and recent <= other.year and other <= around.today and day_first.year < recent


def _without_year(match: re.Match[str], around: Around) -> Read | None:
    """Read "Kamis (5/9)" or "Kamis, 5 September": the newest such day not after the anchor.

    Without the weekday nothing could check the year, and "(4/5)" may be a score: no date.
    """
    if around.weekday is None:
        return None
    parts = match.groupdict()
    month = MONTHS[parts["mon"]] if parts.get("mon") else int(parts.get("m") or parts["m2"])
    number = int(parts.get("d") or parts["d2"])
    for year in (around.anchor.year + 1, around.anchor.year, around.anchor.year - 1):
        day = day_of(year, month, number)
        if day is not None and day <= around.anchor + timedelta(days=1):
            return Read(day, ("year",))
    return None


def _century(digits: str, around: Around) -> int | None:
    """Read a two-digit year; one that is still far ahead ("17-8-45") is another century's."""
    year = 2000 + int(digits)
    return year if year <= around.today.year + 1 else None


# In this order: a stretch of text belongs to the first shape that fits it.
SHAPES: tuple[Shape, ...] = (
    Shape("2024-09-03", re.compile(rf"{_FREE}{_YEAR}([-/.])(?P<m>\d{{1,2}})\2(?P<d>\d{{1,2}})(?!\d)(?!\2\d)"
                     r"(?!(?!t\d)[a-z_]|\.[a-z]{2,4}\b)"),  # no file name, no hash
          _iso, digits=True, iso=True),
    Shape("20240903T0800", re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?=t\d{4})"),
          _iso, iso=True),
    Shape("2024-Sep-03",
          re.compile(rf"{_FREE}{_YEAR}([-/])(?P<mon>{MONTH})\2(?P<d>\d{{1,2}})(?!\d)"), _named),
    Shape("3 September 2024",
          re.compile(rf"(?<!\d)(?<!\d[:.])(?P<d>\d{{1,2}}){_NTH}(?:\s+(?:of|bulan)\b)?[\s\-/.,]{{0,3}}"
                     rf"(?<![a-z])(?P<mon>{MONTH})(?![a-z])[\s\-/.,]{{0,3}}(?:tahun\s)?(?:{_YEAR}|{_SHORT})"),
          _named),
    Shape("September 3, 2024",
          re.compile(rf"(?<![a-z])(?P<mon>{MONTH})(?![a-z])[\s\-/.,]{{1,3}}(?P<d>\d{{1,2}}){_NTH}(?!\d)"
                     rf"[\s\-/.,]{{1,3}}{_YEAR}"),
          _named),
    Shape("3/9/2024",
          re.compile(rf"{_FREE}(?P<a>\d{{1,2}})(?P<sep>\s?[/.\-]\s?)(?P<b>\d{{1,2}})(?P=sep)"
                     rf"(?:{_YEAR}|(?P<yy>\d{{2}})(?![\d:]))(?![/.\-]\d)"),
          _numeric, digits=True),
    Shape("(5/9)",
          re.compile(rf"\(\s*(?P<d>\d{{1,2}})\s*/\s*(?P<m>\d{{1,2}})\s*\)|"
                     rf"{_FREE}(?P<d2>\d{{1,2}})/(?P<m2>\d{{1,2}})(?!\d)(?![/.\-]\d)"),
          _without_year, digits=True),
    Shape("5 September",
          re.compile(rf"(?<!\d)(?<!\d[:.])(?P<d>\d{{1,2}})\s+(?P<mon>{MONTH})(?![a-z])(?!\.?[\s,]*(?:19|20)\d\d)"),
          _without_year),
    Shape("September 5",
          re.compile(rf"(?<![a-z])(?P<mon>{MONTH})\.?\s+(?P<d>\d{{1,2}}){_NTH}(?![\d:.])(?!,?\s*(?:19|20)\d\d)"),
          _without_year),
)  # fmt: skip
