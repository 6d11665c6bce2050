"""Dates in a column: the order of day and month is the column's, not the value's."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from crawlers.dates import parse_date, plausible

if TYPE_CHECKING:
    from collections.abc import Iterable

Order = Literal["dmy", "mdy", "unclear"]

_NUMERIC = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})(?!\d)")
_SERIAL = re.compile(r"^\d{5}(?:\.0)?$")
_CLOCK = re.compile(r"^(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?")
_EXCEL_ZERO = date(1899, 12, 30)


def order_of(values: Iterable[str]) -> Order:
    """Decide the order of a column: a number above 12 shows which part is the day.

    Without any such number the column is read day first, as Indonesia writes; a column that
    shows both orders is unclear, and its ambiguous dates stay unknown.
    """
    first = second = False
    for value in values:
        match = _NUMERIC.match(value.strip())
        if match:
            first |= int(match[1]) > 12
            second |= int(match[2]) > 12
    if first and second:
        return "unclear"
    return "mdy" if second else "dmy"


def moment_of(value: str, clock: str, order: Order, *, now: datetime, zone: str) -> datetime | None:
    """Read a date cell, with a time cell beside it if there is one.

    Args:
        value: the date cell.
        clock: the time cell, may be empty.
        order: of the column.
        now: aware; later dates are not believed.
        zone: of the file.

    Returns:
        Aware, UTC; None when the cell says nothing certain.
    """
    text = value.strip()
    if _SERIAL.match(text):
        day = _EXCEL_ZERO + timedelta(days=int(float(text)))
        text = day.isoformat()
    numeric = _NUMERIC.match(text)
    if numeric:
        text = _as_iso(numeric, order) + text[numeric.end() :]
        if text.startswith("?"):
            return None
    time = _CLOCK.match(clock.strip())
    read = parse_date(f"{text} {time.group(0)}" if time else text, now=now, zone=zone)
    if read is None or not plausible(read.at, now):
        return None
    return read.at


def local(naive: datetime, zone: str) -> datetime:
    """Read a naive time in a zone and return it in UTC."""
    return naive.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _as_iso(match: re.Match[str], order: Order) -> str:
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    year += 2000 if year < 100 else 0
    if order == "unclear" and first <= 12 and second <= 12 and first != second:
        return "?"
    month_first = order == "mdy" or (order == "unclear" and second > 12)
    day, month = (second, first) if month_first else (first, second)
    return f"{year:04d}-{month:02d}-{day:02d}"
