"""Dates told from now: "3 jam yang lalu", "Kemarin, 20:15", "Baru saja"."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from crawlers.dates.model import Moment
from crawlers.dates.words import AMOUNTS, LONG_UNITS, SHORT_UNITS, ZONES

_UNIT = "|".join(sorted((*SHORT_UNITS, *LONG_UNITS), key=len, reverse=True))
_AMOUNT = "|".join(sorted(AMOUNTS, key=len, reverse=True))
_AGO = re.compile(rf"(?<!\d)(\d{{1,3}}|{_AMOUNT})\s*({_UNIT})\s+(?:yang\s+|yg\s+)?(?:lalu|ago|silam)\b")
_JUST_NOW = re.compile(r"^(?:baru saja|baru-baru ini|just now|sekarang)$")
_NAMED_DAY = re.compile(
    r"^(kemarin lusa|kemarin dulu|kemaren|kemarin|yesterday|hari ini|today|tadi \w+)\b"
    r"(?:[\s,|\-\u2013]*(?:pukul|jam)?\s*(\d{1,2})[:.](\d{2})(?:\s*(wib|wita|wit))?)?"
)
_BACK = {"kemarin lusa": 2, "kemarin dulu": 2, "kemaren": 1, "kemarin": 1, "yesterday": 1}


def relative(text: str, here: datetime) -> Moment | None:
    """Read a relative date.

    Args:
        text: folded text (see `parse.fold`).
        here: now, in the source's zone.
    """
    if _JUST_NOW.match(text):
        return Moment(here, "minute", zoned=True)
    ago = _AGO.search(text)
    if ago:
        return _ago(ago[1], ago[2], here)
    named = _NAMED_DAY.match(text)
    return _named_day(named, here) if named else None


def _ago(amount_word: str, unit: str, here: datetime) -> Moment | None:
    amount = float(AMOUNTS[amount_word]) if amount_word in AMOUNTS else float(amount_word)
    if unit in SHORT_UNITS:
        return Moment(here - timedelta(seconds=amount * SHORT_UNITS[unit]), "minute", zoned=True)
    whole = int(amount)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    match LONG_UNITS[unit]:
        case "day":
            back = midnight - timedelta(days=whole)
        case "week":
            back = midnight - timedelta(weeks=whole)
        case "month":
            back = _months_back(midnight, whole)
        case _:
            back = _months_back(midnight, 12 * whole)
    return Moment(back, "day")


def _named_day(match: re.Match[str], here: datetime) -> Moment | None:
    day = here - timedelta(days=_BACK.get(match[1], 0))
    if match[2] is None:
        # "tadi pagi" alone says today; a bare "kemarin" says yesterday
        return Moment(day.replace(hour=0, minute=0, second=0, microsecond=0), "day")
    hour, minute = int(match[2]), int(match[3])
    if hour > 23 or minute > 59:
        return None
    zone = ZONES[match[4]] if match[4] else here.tzinfo
    at = day.replace(hour=hour, minute=minute, second=0, microsecond=0, tzinfo=zone)
    return Moment(at, "minute", zoned=bool(match[4]))


def _months_back(day: datetime, months: int) -> datetime:
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return day.replace(year=year, month=month + 1, day=last)
        except ValueError:
            continue
    return day
