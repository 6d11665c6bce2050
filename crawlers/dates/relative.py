"""Dates told from now: "3 jam yang lalu", "Kemarin, 20:15", "tadi malam pukul 23.10".

Such words also stand in sentences ("Banjir 5 tahun lalu terulang"), so they count only where
they stand by themselves: at an end of the text or between separators, or after a label.
"Minggu lalu", "bulan lalu", "beberapa jam lalu" name no day and stay unknown.
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from crawlers.dates.clock import by_day_part, clock_after
from crawlers.dates.labels import stands_alone
from crawlers.dates.model import ContradictionError, Mention
from crawlers.dates.words import AMOUNTS, DAY_PARTS, ENGLISH_UNITS, INDONESIAN_UNITS, LONG_UNITS, SHORT_UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawlers.dates.model import Precision

_UNITS = {*SHORT_UNITS, *LONG_UNITS, *INDONESIAN_UNITS, *ENGLISH_UNITS}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_AMOUNT = "|".join(sorted(AMOUNTS, key=len, reverse=True))
# "3 jam", "dua puluh menit", "se" + "jam"
_NUMBER = rf"(?<![\d.,:/])\d{{1,3}}(?:[.,]\d)?|(?<![a-z])(?:{_AMOUNT})(?![a-z])|(?<![a-z])se"
_PIECE = re.compile(rf"({_NUMBER})\s*({_UNIT})(?![a-z])")
_SPAN = rf"(?:(?:{_NUMBER})\s*(?:{_UNIT})(?![a-z]))"
_AGO = re.compile(
    rf"(?:(?:sekitar|kira-kira|about)\s+)?(?P<what>{_SPAN}(?:[\s,]*(?:dan\s|and\s)?{_SPAN}){{0,2}})"
    r"\s+(?:(?:yang|yg)\s+)?(?P<ago>lalu|silam|ago)(?![a-z])"
)
_RANGE = re.compile(r"\d\s*[-\u2013\u2014]\s*$")  # "2-3 jam lalu"
_JUST_NOW = re.compile(
    r"(?<![a-z])(?:baru saja|barusan|just now|beberapa (?:detik|saat) (?:yang |yg )?lalu|a few seconds ago|"
    r"kurang dari (?:semenit|1 menit|satu menit) (?:yang )?lalu)(?![a-z])"
)
_PARTS = "|".join(DAY_PARTS)
_NAMED_DAY = re.compile(
    r"(?<![a-z])(?P<day>kemarin lusa|kemarin dulu|selumbari|kemarin|kemaren|kmrn|yesterday|hari ini|today|"
    rf"tadi(?= (?:{_PARTS}))|semalam|last night)(?:\s+(?P<part>{_PARTS}))?(?![a-z])"
)
_BACK = {"kemarin lusa": 2, "kemarin dulu": 2, "selumbari": 2, "hari ini": 0, "today": 0, "tadi": 0}
_MORNING = time(4)


def relative(text: str, here: datetime) -> Iterator[Mention]:
    """Find relative dates.

    Args:
        text: folded (see `crawlers.dates.fold`).
        here: now, in the source's zone.
    """
    for match in _JUST_NOW.finditer(text):
        if stands_alone(text, match.start(), match.end()):
            yield Mention(*match.span(), here, "minute", relative=True)
    for match in _AGO.finditer(text):
        start, end = match.span()
        back = (
            _back(match, here) if stands_alone(text, start, end) and not _RANGE.search(text[:start]) else None
        )
        if back:
            yield Mention(*match.span(), *back, relative=True)
    for match in _NAMED_DAY.finditer(text):
        mention = _named_day(text, match, here)
        if mention:
            yield mention


def _back(match: re.Match[str], here: datetime) -> tuple[datetime, Precision] | None:
    """Count back: short units to the minute, whole days and longer to the day."""
    local = ENGLISH_UNITS if match["ago"] == "ago" else INDONESIAN_UNITS
    at, precise, whole = here, False, here.replace(hour=0, minute=0, second=0, microsecond=0)
    for word, written in _PIECE.findall(match["what"]):
        unit, amount = local.get(written, written), _amount(word)
        if unit in SHORT_UNITS:
            at -= timedelta(seconds=amount * SHORT_UNITS[unit])
            precise = True
            continue
        if unit not in LONG_UNITS or amount != int(amount):
            return None
        at, whole = (_long(day, LONG_UNITS[unit], int(amount)) for day in (at, whole))
    return (at, "minute") if precise else (whole, "day")


def _amount(word: str) -> float:
    if word == "se":
        return 1
    return AMOUNTS[word] if word in AMOUNTS else float(word.replace(",", "."))


def _long(day: datetime, unit: str, amount: int) -> datetime:
    match unit:
        case "day":
            return day - timedelta(days=amount)
        case "week":
            return day - timedelta(weeks=amount)
        case "month":
            return _months_back(day, amount)
    return _months_back(day, 12 * amount)


def _named_day(text: str, match: re.Match[str], here: datetime) -> Mention | None:
    word, part = match["day"], match["part"]
    try:
        clock = clock_after(text, match.end(), iso=False)
    except ContradictionError:
        return None
    end = clock.end if clock else match.end()
    if not stands_alone(text, match.start(), end, timed=clock is not None):
        return None
    day = here.replace(hour=0, minute=0, second=0, microsecond=0)
    night = word in {"semalam", "last night"} or (word == "tadi" and part == "malam")
    if clock is None or clock.time is None:
        if night or (word == "tadi" and (part != "pagi" or here.time() < _MORNING)):
            return None  # yesterday or already today, nobody knows
        day -= timedelta(days=_BACK.get(word, 1))
        return Mention(match.start(), end, day, "day", relative=True)
    at = day.replace(hour=clock.time.hour, minute=clock.time.minute, tzinfo=clock.zone or here.tzinfo)
    if part or night:
        hour = by_day_part(at.hour, part or "malam")
        if hour is None or (part == "malam" and hour < 5 and not night):
            return None  # "kemarin malam pukul 01.00": of which day?
        at = at.replace(hour=hour)
    if night:
        # last night began yesterday and ended today
        at -= timedelta(days=int(at > here))
    elif word == "tadi" and at > here:
        return None
    else:
        at -= timedelta(days=_BACK.get(word, 1))
    # without a zone of its own the time is the source's, which is not the text's saying
    return Mention(match.start(), end, at if clock.zone else at.replace(tzinfo=None), "minute", relative=True)


def _months_back(day: datetime, months: int) -> datetime:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return day.replace(year=year, month=month + 1, day=last)
        except ValueError:
            continue
    return day
