"""Absolute dates as Indonesian (and English) pages write them: date, weekday and time together.

Nothing is guessed: an impossible date (31 Sep) is no date, and a date that its weekday
contradicts makes the whole text unreadable. So does a numeric date that two orders could mean
("9/3/2024 8:00 AM" comes from American software as often as from Indonesian). A plain 5/9/2024
is read day first, as Indonesia writes; one value cannot show that its source is American, so
whoever has a whole column decides by the column first (`crawlers.files.moments`), and
`Moment.assumed` says what was taken for granted. A range of days ("3-5 September") dates an
event, not a publication, and is unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from crawlers.dates.clock import Clock, clock_after, clock_before, is_foreign
from crawlers.dates.labels import stands_alone
from crawlers.dates.model import ContradictionError, Mention
from crawlers.dates.shapes import MONTH, SHAPES, Around, Shape
from crawlers.dates.words import DAY_PARTS, MARKET_DAYS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_FULL_DAY = "|".join(sorted((d for d in WEEKDAYS if len(d) > 3), key=len, reverse=True))
_BESIDE = "|".join((*MARKET_DAYS, *DAY_PARTS))
_TO = r"(?:-|\u2013|\u2014|s/d|s\.?d\.?|sampai(?:\s+dengan)?|hingga|to|until)"

_WEEKDAY_BEFORE = re.compile(
    rf"(?<![a-z])(?P<day>{_DAY})(?![a-z])\.?(?:[\s(]+(?:{_BESIDE})\b\)?){{0,2}}"
    r"[\s,.(/|\-\u2013]*(?:(?:tanggal|tgl)\b\.?)?[\s,:(]*$"
)
_WEEKDAY_AFTER = re.compile(rf"[\s,(/|]*(?P<day>{_FULL_DAY})\b(?:\s+(?:{_BESIDE})\b)?\)?")
# "3-5 September", "30 Agustus - 2 September 2024", "hingga 5 September": an event's days
_RANGE_BEFORE = re.compile(
    rf"(?:(?:(?<!\d)(?<![:.])\d{{1,2}}(?:/\d{{1,2}})?|(?<![a-z])(?:{MONTH})(?:\s+\d{{4}})?)\s*(?:{_TO}|&|,|dan|and)|"
    rf"(?<![a-z])(?:s/d|s\.d\.?|sampai(?:\s+dengan)?|hingga|sebelum|sesudah|setelah|sejak|mulai|until|before|since|after)"
    rf"(?:\s+tanggal)?)\s*(?:(?:{_DAY})[\s,]+)?$"
)
_RANGE_AFTER = re.compile(rf"\s*{_TO}\s*(?:(?:{_DAY})[\s,]+)?\d{{1,2}}(?:\s+(?:{MONTH})\b|/\d)")
# What looks like a date after these is a number of reference, a version, a price, a score.
_REFERENCE = re.compile(
    r"(?<![a-z])(?:no|nomor|nomer|number|sk|perkara|register|reg|versi|version|ver|v|rp|rt|rw|ip|"
    r"hlm|hal|skor|score|perda|perbup|pasal|uu)[\s.:]*$"
)


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    shape: Shape
    match: re.Match[str]


def absolute(text: str, anchor: date, today: date) -> Iterator[Mention]:
    """Find every date in folded text that a rule can read, in order.

    Args:
        text: lower case, single spaces (see `crawlers.dates.fold`).
        anchor: the day a date without a year belongs before ("Kamis (5/9)").
        today: the day of reading.

    Raises:
        ContradictionError: the text contradicts itself.
    """
    if is_foreign(text):
        raise ContradictionError
    floor = 0
    for place in _places(text):
        mention = _mention(text, place, floor, anchor, today)
        if mention is not None:
            yield mention
            floor = mention.end


def _places(text: str) -> list[_Place]:
    taken: list[_Place] = []
    for shape in SHAPES:
        for match in shape.pattern.finditer(text):
            start, end = match.span()
            free = all(end <= other.start or start >= other.end for other in taken)
            if free and not (shape.digits and _REFERENCE.search(text, 0, start)):
                taken.append(_Place(start, end, shape, match))
    return sorted(taken, key=lambda place: place.start)


def _mention(text: str, place: _Place, floor: int, anchor: date, today: date) -> Mention | None:
    before = _WEEKDAY_BEFORE.search(text, floor, place.start)
    after = None if before else _WEEKDAY_AFTER.match(text, place.end)
    word = before["day"] if before else after["day"] if after else None
    read = place.shape.read(place.match, Around(word, anchor, today))
    if read is None:
        return None
    if word and WEEKDAYS[word] != read.day.weekday():
        raise ContradictionError
    start = before.start() if before else place.start
    end = after.end() if after else place.end
    if _in_range(text, floor, (start, place.start), end):
        raise ContradictionError
    clock = _clock(text, start, end, floor, iso=place.shape.iso)
    last = max(end, clock.end) if clock else end
    # without a year only the weekday speaks for it; in a sentence that is not enough
    if "year" in read.assumed and not place.shape.digits and not stands_alone(text, start, last, timed=True):
        return None
    if clock is None:
        midnight = datetime.combine(read.day, datetime.min.time())
        return Mention(start, end, midnight, "day", weekday=word is not None, assumed=read.assumed)
    if clock.half and "order" in read.assumed:
        raise ContradictionError
    at = datetime.combine(read.day, clock.time or datetime.min.time(), clock.zone)
    return Mention(
        min(start, clock.start), last, at, "minute" if clock.time else "day",
        weekday=word is not None, assumed=read.assumed,
    )  # fmt: skip


def _in_range(text: str, floor: int, starts: tuple[int, int], end: int) -> bool:
    """Say whether a date is one end of a range, read with its weekday or without."""
    before = any(_RANGE_BEFORE.search(text, floor, start) for start in starts)
    return before or bool(_RANGE_AFTER.match(text, end))


def _clock(text: str, start: int, end: int, floor: int, *, iso: bool) -> Clock | None:
    after = clock_after(text, end, iso=iso)
    before = clock_before(text, start, floor)
    if before and after and before.time and after.time and before.time != after.time:
        raise ContradictionError
    return after if after and after.time else before or after
