"""The time of day beside a date: "pukul 08.30 WIB", "T17:30:00Z", "7:05 pm", "7.30 malam".

A range of times ("08.00-10.00 WIB") is an event's, not a publication's: it gives no time, and
the date keeps its day. A time that cannot be (25:61, 14:30 AM) contradicts its date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta, timezone

from crawlers.dates.model import ContradictionError
from crawlers.dates.words import DAY_PARTS, FOREIGN_ZONES, ZONES

# "14:05 PT Semen" is a company, "8:03 am PT" a zone: foreign names count only at the end
_NAMES = "|".join(sorted(ZONES, key=len, reverse=True))
_FOREIGN = "|".join(FOREIGN_ZONES)
_PARTS = "|".join(DAY_PARTS)
_CLOCK = (
    r"(?P<h>\d{1,2})(?P<sep>[:.])(?P<m>\d{2})(?:(?P=sep)(?P<s>\d{2})(?:[.,]\d{1,9})?)?(?!\d|[:.]\d)"
    rf"\s*(?P<half>[ap]\.?m\b\.?)?\s*(?P<part>(?:{_PARTS})\b)?"
)
_ZONE = (
    rf"\s*\(?(?:(?P<zone>{_NAMES})(?![a-z])\s?(?P<off>[+-]\d{{1,2}}(?::?\d{{2}})?(?!\d))?"
    r"|(?P<num>\+\d{1,2}(?::?\d{2})?|-\d{4}|-\d{2}:\d{2})(?!\d|[:.]\d))?\)?"
)
_AT = r"(?:pukul|pkl|jam|waktu|time|at)\b\.?\s*:?\s*"
_LEAD = r"[\s,|()\[\]\-\u2013\u2014@\u2022\u00b7:;/]*"
_AFTER = re.compile(rf"(?:t(?=\d)|{_LEAD}(?P<at>{_AT})?){_CLOCK}{_ZONE}")
_BASIC = re.compile(r"t(?P<h>\d{2})(?P<m>\d{2})(?P<s>\d{2})?(?P<zone>z)?(?P<off>[+-]\d{4})?(?!\w)")
_BEFORE = re.compile(
    rf"(?<![\d:.,])(?P<at>{_AT})?{_CLOCK}{_ZONE}[\s,|()\-\u2013\u2014/\u2022\u00b7]*(?:on|hari)?[\s,]*$"
)
_RANGE_GOES_ON = re.compile(
    r"\s*(?:-|\u2013|\u2014|s/d|s\.?d\.?|sampai|hingga|to|until)\s*(?:pukul|jam)?\s*(?:\d{1,2}[:.]\d{2}|selesai)"
)
_RANGE_BEGAN = re.compile(
    rf"\d[:.]\d{{2}}\s*(?:{_NAMES})?\s*(?:-|\u2013|\u2014|s/d|s\.?d\.?|sampai|hingga|to)\s*(?:{_AT})?$"
)
_ELSEWHERE = re.compile(r"\s*\(?waktu\b")  # "08.00 waktu setempat": no zone anybody could name
_FOREIGN_CLOCK = re.compile(
    rf"\d[:.]\d{{2}}\s*(?:[ap]\.?m\b\.?)?\s*\(?(?:{_FOREIGN})\)?\s*(?:$|[,|()\]\-\u2013\u2014])"
)
_ENDS = re.compile(r"\s*(?:$|[,|()\[\]\-\u2013\u2014/;\u2022\u00b7]|oleh\b|by\b)")
_LONGEST_OFFSET = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as written.

    Attributes:
        time: the time, None when it is a range or another place's time.
        zone: the zone the text named.
        start: where it begins in the text.
        end: where it ends.
        half: written on the 12-hour clock (7:05 pm).
    """

    time: time | None
    zone: timezone | None
    start: int
    end: int
    half: bool = False


def is_foreign(text: str) -> bool:
    """Say whether a time in the text is told in a zone that cannot be known."""
    return bool(_FOREIGN_CLOCK.search(text))


def clock_after(text: str, end: int, *, iso: bool) -> Clock | None:
    """Read the time that follows a date.

    Args:
        text: folded.
        end: where the date ends.
        iso: the date is written 2024-09-03; only then may ``-05:00`` be an offset, which
            elsewhere is the end of a range of times.

    Raises:
        ContradictionError: there is a time, but no such time.
    """
    basic = _BASIC.match(text, end) if iso else None
    if basic:
        zone = _named(basic["zone"] or "", basic["off"])
        return Clock(_time(basic["h"], basic["m"], basic["s"]), zone, end, basic.end())
    match = _AFTER.match(text, end)
    return _read(text, match, iso=iso) if match else None


def clock_before(text: str, start: int, floor: int) -> Clock | None:
    """Read the time that stands before a date: "20.15 WIB, 3 September 2024".

    Args:
        text: folded.
        start: where the date, or its weekday, begins.
        floor: where the date before that ends; its time is not ours.

    Raises:
        ContradictionError: there is a time, but no such time.
    """
    match = _BEFORE.search(text, floor, start)
    if match is None:
        return None
    if _RANGE_BEGAN.search(text, floor, match.start()):
        return Clock(None, None, match.start(), match.end())
    said = match["at"] or match["zone"] or match["half"]
    # "Rp 10.50, 3 September": a bare number with a dot is a price before it is a time, but
    # nothing can be a price with no word before it
    if not said and (len(match["h"]) < 2 or (match["sep"] == "." and match.start() > 0)):
        return None
    return _read(text, match, iso=False, bounded=True)


def by_day_part(hour: int, part: str) -> int | None:
    """Turn an hour of the 12-hour clock into one of 24 by its part of the day.

    "Pukul 7 malam" is 19, "1 siang" 13, "1 malam" stays 1; None when it cannot be told
    ("12 malam" is midnight of which day?).
    """
    if hour > 12:
        return hour
    match part:
        case "siang":
            return hour + 12 if hour <= 4 else hour
        case "sore" | "petang":
            return hour + 12 if hour <= 7 else None
        case "malam":
            return hour + 12 if 6 <= hour < 12 else (hour if hour < 5 else None)
    return hour if hour < 12 else None


def _read(text: str, match: re.Match[str], *, iso: bool, bounded: bool = False) -> Clock | None:
    end = match.end()
    if not bounded:
        if _RANGE_GOES_ON.match(text, end) or _ELSEWHERE.match(text, end):
            return Clock(None, None, match.start(), end)
        said = match["at"] or match["zone"] or match["num"] or match["half"] or match["part"]
        if match["sep"] == "." and not said and not _ENDS.match(text, end):
            return None  # "3 September 2024 - 10.50 persen"
    offset = match["num"]
    if offset and offset.startswith("-") and ":" in offset and not iso:
        return Clock(None, None, match.start(), end)  # 08:00 -10:00, a range
    moment = _time(match["h"], match["m"], match["s"], match["half"], match["part"])
    zone = _named(match["zone"] or "", match["off"] or offset)
    return Clock(moment, zone, match.start(), end, half=bool(match["half"]))


def _time(
    hours: str, minutes: str, seconds: str | None, half: str | None = None, part: str | None = None
) -> time:
    hour: int | None = int(hours)
    if half:
        hour = _by_half(int(hours), late=half.startswith("p"))
    elif part:
        hour = by_day_part(int(hours), part)
    if hour is None:
        raise ContradictionError
    try:
        return time(hour, int(minutes), 59 if seconds == "60" else int(seconds or 0))
    except ValueError as error:
        raise ContradictionError from error


def _by_half(hour: int, *, late: bool) -> int | None:
    """Read the 12-hour clock. A wrong format string prints "14:30 PM"; "14:30 AM" is nothing."""
    if hour > 12:
        return hour if late else None
    if hour == 0:
        return None if late else 0
    return hour % 12 + 12 * late


def _named(word: str, offset: str | None) -> timezone | None:
    """Read "wib", "+0700", "gmt+7"."""
    if not offset:
        return ZONES.get(word)
    digits = offset[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    size = timedelta(hours=int(hours), minutes=int(minutes))
    if size > _LONGEST_OFFSET or int(minutes) > 59:
        raise ContradictionError
    return timezone(-size if offset[0] == "-" else size)
