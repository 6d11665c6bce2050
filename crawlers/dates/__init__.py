"""Dates as Indonesian pages write them: right, or unknown, never wrong.

A text is folded, every date in it is found (`rules`, `relative`), the one that can be its
publication is chosen (`labels`), and where two remain that differ, nothing is. See `shapes` for
the ways a date is written and `words` for the vocabulary.
"""

from __future__ import annotations

import html
import re
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crawlers.dates.labels import publication
from crawlers.dates.model import ContradictionError, Mention, Moment, plausible
from crawlers.dates.relative import relative
from crawlers.dates.rules import absolute
from crawlers.dates.shapes import MONTH

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Moment", "fold", "parse_date", "plausible"]

_SPACES = re.compile(r"\s+")
_ADDRESSES = re.compile(r"\b(?:https?://|www\.)\S+")
_APOSTROPHES = re.compile(r"['`\u00b4\u2018\u2019\u201b\u02b9\u02bb\u02bc\u2032]")
_FRIDAY = re.compile(r"\bjum[^a-z0-9]{1,3}at\b|\bjum\u00e2\u20ac\u2122at\b")
_ZONE_NAMES = ((re.compile(r"\bwaktu indonesia (?:bagian )?barat\b"), "wib"),
               (re.compile(r"\bwaktu indonesia (?:bagian )?tengah\b"), "wita"),
               (re.compile(r"\bwaktu indonesia (?:bagian )?timur\b"), "wit"))  # fmt: skip
# C's ctime puts the year last: "Thu Sep  5 14:30:00 WIB 2024"
_CTIME = re.compile(
    rf"\b({MONTH})\s+(\d{{1,2}})\s+(\d\d:\d\d(?::\d\d)?(?:\s*(?:[a-z]{{1,4}}|[+-]\d{{4}}))?)\s+((?:19|20)\d\d)(?!\d)"
)
_WORTH_A_LOOK = re.compile(
    r"\d|lalu|silam|ago\b|baru|just now|kemar|kmrn|selumbari|semalam|hari ini|today|yesterday|tadi|last night"
)
_WORD = re.compile(r"[^\W_]+")
_EPOCH = re.compile(r"^1\d{9}(?:\d{3})?$")
_DIGITS = re.compile(r"^((?:19|20)\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?$")
_LONGEST = 120


def parse_date(
    text: str,
    *,
    now: datetime,
    zone: str = "Asia/Jakarta",
    anchor: datetime | None = None,
    machine: bool = False,
) -> Moment | None:
    """Read one date from a short text such as a byline, a meta value or a feed's pubDate.

    Args:
        text: the text; anything longer than 120 characters is not a date.
        now: aware; relative dates count back from here.
        zone: the source's zone, for texts that name none.
        anchor: the day a date without a year belongs before; `now` if not given.
        machine: the text is a field written for machines (a meta tag, a datetime attribute, a
            feed's date): bare digits may then be seconds or milliseconds since 1970, or
            20240903. Elsewhere they are a telephone or an account.

    Returns:
        The moment in UTC, or None when the text says no date with certainty. A date in the
        future is returned as written: `plausible` is the caller's question to ask.
    """
    if len(text) > 2 * _LONGEST:
        return None
    folded = fold(text)
    if len(folded) > _LONGEST or not _WORTH_A_LOOK.search(folded):
        return None
    if machine:
        folded = _spelled_out(folded)
    home = ZoneInfo(zone)
    here = now.astimezone(home)
    try:
        dated = list(absolute(folded, (anchor or now).astimezone(home).date(), here.date()))
        mentions = sorted((*dated, *relative(folded, here)), key=lambda mention: mention.start)
    except ContradictionError:
        return None
    chosen = _choose(publication(folded, mentions))
    return _moment(chosen, home, _beside(folded, mentions)) if chosen else None


def fold(text: str) -> str:
    """Bring a text to the form the rules read: lower case, plain spaces, no apostrophes."""
    plain = html.unescape(text) if "&" in text else text
    plain = _SPACES.sub(" ", unicodedata.normalize("NFKC", plain)).strip().lower()
    plain = _APOSTROPHES.sub("", _FRIDAY.sub("jumat", plain))
    plain = _ADDRESSES.sub(" ", plain).strip()
    for pattern, name in _ZONE_NAMES:
        plain = pattern.sub(name, plain)
    return _CTIME.sub(r"\1 \2 \4 \3", plain)


def _choose(mentions: Sequence[Mention]) -> Mention | None:
    """Choose the date several mentions agree on; None when they do not."""
    # "3 September 2024 (8 hari lalu)": the count is rounded, the date is not
    mentions = [m for m in mentions if not m.relative] or list(mentions)
    if not mentions or len({m.local.date() for m in mentions}) > 1:
        return None
    timed = [m for m in mentions if m.precision == "minute"]
    if len({(m.local.replace(tzinfo=None), m.local.utcoffset()) for m in timed}) > 1:
        return None
    return (timed or mentions)[0]


def _beside(text: str, mentions: Sequence[Mention]) -> int:
    """Count the words outside all dates."""
    outside, floor = [], 0
    for mention in mentions:
        outside.append(text[floor : mention.start])
        floor = max(floor, mention.end)
    return len(_WORD.findall(" ".join((*outside, text[floor:]))))


def _moment(mention: Mention, home: ZoneInfo, beside: int) -> Moment | None:
    zoned = mention.precision == "minute" and mention.local.tzinfo is not None
    at = mention.local if mention.local.tzinfo else mention.local.replace(tzinfo=home)
    try:
        instant = at.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return Moment(
        instant, mention.precision, zoned, mention.relative, mention.weekday, mention.assumed, beside
    )


def _spelled_out(folded: str) -> str:
    """Write a machine's bare digits out as a date."""
    if _EPOCH.match(folded):
        at = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(folded.ljust(13, "0")))
        return at.strftime("%Y-%m-%dT%H:%M:%SZ").lower()
    digits = _DIGITS.match(folded)
    if digits:
        year, month, day, *clock = digits.groups()
        return f"{year}-{month}-{day}" + (f" {':'.join(clock)}" if clock[0] else "")
    return folded
