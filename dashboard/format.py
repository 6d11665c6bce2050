"""Numbers and dates as people in Indonesia write them.

Pure functions from a value to a text. A missing value (None, NaN, NaT) is always shown as
`MISSING`, never as 0: "not known" and "none" are two different answers.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from config.zones import WIB

MISSING: Final = "\N{EN DASH}"
NOT_ENOUGH: Final = "data belum cukup"
UNAVAILABLE: Final = "tidak tersedia"
NOT_REACHED: Final = "belum tercapai"
WITHHELD: Final = {"few": NOT_ENOUGH, "moments_missing": UNAVAILABLE, "not_reached": NOT_REACHED}
"""What stands in place of a number, by verdict of its mart."""
MINUS: Final = "\N{MINUS SIGN}"
DASH: Final = "\N{EN DASH}"

_DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS: Final = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_SHORT: Final = (
    "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des",
)  # fmt: skip


def is_missing(value: object) -> bool:
    """True for None and values not equal to themselves (NaN, NaT); never for a list of values."""
    if getattr(value, "ndim", 0):  # a cell of a list comes as an array
        return False
    # pandas' NA answers neither yes nor no to a comparison, so it is known by its name.
    return value is None or type(value).__name__ == "NAType" or bool(value != value)  # noqa: PLR0124 - the test for NaN


def number(value: float | None, decimals: int = 0) -> str:
    """A number with a dot for thousands and a comma for decimals: ``1.234,5``.

    Args:
        value: any real number, or None/NaN.
        decimals: digits after the comma.
    """
    if value is None or is_missing(value):
        return MISSING
    text = f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    if not text.strip("-0,."):
        text = text.lstrip("-")  # -0,0 is 0,0
    return text.replace("-", MINUS)


def signed(value: float | None, decimals: int = 0) -> str:
    """A change with its sign, ``+12`` or ``-3,5`` (a true minus); zero carries no sign."""
    text = number(value, decimals)
    if text == MISSING or text.startswith(MINUS) or not text.strip("0,."):
        return text
    return f"+{text}"


def reached(part: float | None, whole: float | None) -> str:
    """Source coverage of a week: ``7 dari 8 sumber``; nothing expected yet is said in words."""
    if is_missing(whole):
        return "belum dipantau"
    return f"{number(part)} dari {number(whole)} sumber"


def interval(low: float | None, high: float | None, shown: Callable[[float | None], str]) -> str:
    """``33% sampai 79%``; `NOT_ENOUGH` where it was withheld.

    Args:
        low: lower end.
        high: upper end.
        shown: how one end is written.
    """
    return NOT_ENOUGH if is_missing(low) or is_missing(high) else f"{shown(low)} sampai {shown(high)}"


def places(first: float | None, last: float | None, of: float | None) -> str:
    """A range of ranks, ``1 sampai 3 dari 12``; `NOT_ENOUGH` for a unit without a rank."""
    if is_missing(first):
        return NOT_ENOUGH
    place = number(first) if first == last else f"{number(first)} sampai {number(last)}"
    return f"{place} dari {number(of)}"


def percent(share: float | None, decimals: int = 0) -> str:
    """A share (0.123) as ``12%``; a share that was withheld reads `NOT_ENOUGH`."""
    if share is None or is_missing(share):
        return NOT_ENOUGH
    text = f"{share:.{decimals}%}".replace(".", ",")
    if not text.strip("-0,%"):
        text = text.lstrip("-")
    return text.replace("-", MINUS)


def signed_percent(share: float | None, decimals: int = 0) -> str:
    """A relative change (-0.09) as ``-9%``; one that was withheld reads `NOT_ENOUGH`."""
    text = percent(share, decimals)
    if text == NOT_ENOUGH or text.startswith(MINUS) or not text.strip("0,%"):
        return text
    return f"+{text}"


def tone(net: float | None) -> str:
    """Net tone between -1 and +1 with two decimals, or `NOT_ENOUGH` where it was withheld."""
    return NOT_ENOUGH if is_missing(net) else signed(net, 2)


def local_day(value: date | datetime) -> date:
    """The calendar day in WIB of an aware moment; a plain date or naive moment stays itself."""
    if isinstance(value, datetime):
        return (value.astimezone(WIB) if value.tzinfo else value).date()
    return value


def day(value: date | datetime | None) -> str:
    """``12 Agu 2026``."""
    if value is None or is_missing(value):
        return MISSING
    when = local_day(value)
    return f"{when.day} {_SHORT[when.month - 1]} {when.year}"


def day_month(value: date | datetime | None) -> str:
    """``12 Agu``, for axes whose year is said elsewhere."""
    return MISSING if is_missing(value) else day(value).rsplit(" ", 1)[0]


def day_long(value: date | datetime | None) -> str:
    """``Senin, 9 November 2026``."""
    if value is None or is_missing(value):
        return MISSING
    when = local_day(value)
    return f"{_DAYS[when.weekday()]}, {when.day} {_MONTHS[when.month - 1]} {when.year}"


def month(value: date) -> str:
    """``November 2026``."""
    return f"{_MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime | None) -> str:
    """``12 Agu 2026 14.05 WIB``, whatever zone the value is in.

    Raises:
        ValueError: the value has no zone; guessing one would show a wrong hour.
    """
    if value is None or is_missing(value):
        return MISSING
    if value.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone")
    return f"{day(value)} {value.astimezone(WIB):%H.%M} WIB"


def span(first: date, last: date) -> str:
    """A range of days with an en dash: ``9-15 Nov 2026``, ``30 Nov - 6 Des 2026``.

    A year is said twice only when the two days have different ones.
    """
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{DASH}{day(last)}"
    start = day_month(first) if first.year == last.year else day(first)
    return f"{start} {DASH} {day(last)}"


def week(monday: date | datetime) -> str:
    """The week that begins on `monday`: ``9-15 Nov 2026``."""
    start = local_day(monday)
    return span(start, start + timedelta(days=6))


def count(value: float | None, noun: str) -> str:
    """``1.234 artikel``: Indonesian nouns have no plural form."""
    return f"{number(value)} {noun}"
