"""Dates the way Indonesian sites write them, and the calendar of a world's weeks."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
SHORT_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des",
)  # fmt: skip
ENGLISH_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


def day_name(moment: datetime) -> str:
    """Indonesian weekday in WIB."""
    return DAYS[moment.astimezone(WIB).weekday()]


def long_date(moment: datetime) -> str:
    """``12 Agustus 2026`` in WIB."""
    local = moment.astimezone(WIB)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def full_date(moment: datetime) -> str:
    """``Rabu, 12 Agustus 2026`` in WIB."""
    return f"{day_name(moment)}, {long_date(moment)}"


def press_date(moment: datetime) -> str:
    """``Rabu (12/8/2026)`` in WIB, as reporters write it."""
    local = moment.astimezone(WIB)
    return f"{day_name(moment)} ({local.day}/{local.month}/{local.year})"


def short_date(moment: datetime, *, english: bool = False) -> str:
    """``3 Agu 2026`` (or ``3 Aug 2026``) in WIB."""
    local = moment.astimezone(WIB)
    months = ENGLISH_MONTHS if english else SHORT_MONTHS
    return f"{local.day} {months[local.month - 1]} {local.year}"


def posted_on(moment: datetime) -> str:
    """``05 Sep 2026`` in WIB: the government portals' only date."""
    local = moment.astimezone(WIB)
    return f"{local.day:02d} {SHORT_MONTHS[local.month - 1]} {local.year}"


def listing_date(moment: datetime, now: datetime) -> str:
    """The date on a listing page: relative for a day, then ``Kamis, 12 November 2026 | 19:40 WIB``.

    Args:
        moment: publication time.
        now: the reader's time.

    Returns:
        The text on the page.
    """
    age = now - moment
    if age < timedelta(minutes=1):
        return "Baru saja"
    if age < timedelta(hours=1):
        return f"{int(age.total_seconds() // 60)} menit yang lalu"
    if age < timedelta(hours=18):
        return f"{int(age.total_seconds() // 3600)} jam yang lalu"
    return f"{full_date(moment)} | {moment.astimezone(WIB):%H:%M} WIB"


def first_monday(now: datetime, weeks: int) -> datetime:
    """Start of week 1, when week `weeks` is the last full Monday-Sunday week before `now`.

    Args:
        now: aware.
        weeks: how many weeks the world has.

    Returns:
        Monday 00:00 WIB.
    """
    local = now.astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0)
    this_monday = local - timedelta(days=local.weekday())
    return this_monday - timedelta(weeks=weeks)
