"""Dates in a column: the order of day and month is the column's, not the value's, and never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crawlers.dates import parse_date, plausible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from config import DateOrder

_NUMERIC = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)")
_SERIAL = re.compile(r"^\d{5}(?:\.\d+)?$")
_CLOCK = re.compile(r"^(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?")
_PLAIN = re.compile(r"^(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?)?$")
_EXCEL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has no zone
HINT = "tambahkan --date-order DMY (hari dulu) atau MDY (bulan dulu), atau date_order di berkas peta"
"""What to do about a column whose order nobody can know."""


@dataclass(frozen=True, slots=True)
class Dates:
    """How the dates of a column are to be read.

    Attributes:
        order: of day and month in dates of numbers alone; None if the column does not tell.
        why: where that is known from, in Indonesian.
        example: a value of the column that can be read both ways; empty if there is none.
    """

    order: DateOrder | None
    why: str
    example: str = ""


class MomentError(ValueError):
    """A date cell cannot be used; the message is one Indonesian sentence.

    Attributes:
        reason: ``ambiguous_date`` or ``bad_date``.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def dates_of(values: Iterable[str], given: DateOrder | None = None) -> Dates:
    """Decide how the dates of a column are read. Pure.

    A date that exists in one order only (13/08/2024) decides; one that exists in neither
    (31/02/2024) decides nothing, and one that is the same day in both (05/05/2024) asks nothing.

    Args:
        values: the cells.
        given: the order, if somebody has said it.
    """
    seen: dict[str, str] = {}
    for value in values:
        kind = _kind(value.strip())
        if kind:
            seen.setdefault(kind, value.strip())
    example = seen.get("either", "")
    if given:
        return Dates(given, "ditentukan lewat --date-order, berkas peta, atau sources.yaml", example)
    if "dmy" in seen and "mdy" in seen:
        return Dates(None, f"kolom memuat kedua urutan ({seen['dmy']} dan {seen['mdy']})", example)
    orders: tuple[tuple[DateOrder, str], ...] = (("dmy", "hari dulu"), ("mdy", "bulan dulu"))
    for order, words in orders:
        if order in seen:
            return Dates(order, f"{words}, terlihat dari {seen[order]}", example)
    if example:
        return Dates(None, f"semua tanggal cocok dengan kedua urutan, misalnya {example}", example)
    return Dates("dmy", "tidak ada tanggal yang dapat dibaca dengan dua cara")


def _kind(value: str) -> str | None:
    """Say which orders a date of numbers fits: ``dmy``, ``mdy``, ``either``; None for neither."""
    match = _NUMERIC.match(value)
    if match is None:
        return None
    dmy, mdy = _day(match, "dmy"), _day(match, "mdy")
    if dmy == mdy:
        return None
    if dmy and mdy:
        return "either"
    return "dmy" if dmy else "mdy"


def moment_of(value: str, clock: str, dates: Dates, *, now: datetime, zone: str) -> datetime | None:
    """Read a date cell, with a time cell beside it if there is one.

    Args:
        value: the date cell.
        clock: the time cell, may be empty.
        dates: how its column is read.
        now: aware; later dates are not believed.
        zone: of the file.

    Returns:
        Aware, UTC; None for an empty cell.

    Raises:
        MomentError: the cell says no date with certainty.
    """
    text = value.strip()
    return _moment_of(text, clock.strip(), dates.order, now, zone) if text else None


@lru_cache(maxsize=4096)
def _moment_of(text: str, clock: str, order: DateOrder | None, now: datetime, zone: str) -> datetime:
    said = text
    if _SERIAL.match(text):
        text = (_EXCEL_ZERO + timedelta(days=float(text))).isoformat(" ", "seconds")
        text = text.removesuffix(" 00:00:00")
    numeric = _NUMERIC.match(text)
    if numeric:
        if order is None and _kind(text) == "either":
            raise MomentError("ambiguous_date", f"Tanggal '{said}' dapat dibaca dengan dua cara; {HINT}.")
        day = _day(numeric, order or ("dmy" if _day(numeric, "dmy") else "mdy"))
        if day is None:
            raise MomentError("bad_date", f"Tanggal '{said}' tidak ada dalam kalender.")
        text = day.isoformat() + text[numeric.end() :]
    time = _CLOCK.match(clock)
    plain = _PLAIN.match(f"{text} {time.group(0)}" if time else text)
    if plain:  # nine out of ten cells; the rules for everything else take fifty times as long
        return _checked(said, _exact(plain, said, zone), now)
    read = parse_date(f"{text} {time.group(0)}" if time else text, now=now, zone=zone)
    if read is None or read.relative or "year" in read.assumed:
        raise MomentError("bad_date", f"Tanggal '{said}' tidak terbaca atau tidak lengkap.")
    if "order" in read.assumed and not read.weekday and order != "dmy":
        raise MomentError("ambiguous_date", f"Tanggal '{said}' dapat dibaca dengan dua cara; {HINT}.")
    return _checked(said, read.at, now)


def _exact(match: re.Match[str], said: str, zone: str) -> datetime:
    day, hour, minute, second = match.groups()
    try:
        naive = datetime.fromisoformat(f"{day}T{int(hour or 0):02d}:{minute or '00'}:{second or '00'}")
    except ValueError:
        raise MomentError("bad_date", f"Tanggal '{said}' tidak ada dalam kalender.") from None
    return local(naive, zone)


def _checked(said: str, at: datetime, now: datetime) -> datetime:
    if not plausible(at, now):
        raise MomentError("bad_date", f"Tanggal '{said}' berada di masa depan atau terlalu lampau.")
    return at


def local(naive: datetime, zone: str) -> datetime:
    """Read a naive time in a zone and return it in UTC."""
    return naive.replace(tzinfo=_zone(zone)).astimezone(UTC)


@lru_cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _day(match: re.Match[str], order: DateOrder) -> date | None:
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    year += 2000 if year < 100 else 0
    day, month = (first, second) if order == "dmy" else (second, first)
    try:
        return date(year, month, day)
    except ValueError:
        return None
