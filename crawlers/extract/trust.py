"""How far a date can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawlers.dates import Moment
    from crawlers.items import DateConfidence, DatePrecision, DateProvenance

_DAY = timedelta(days=1)
# The dateline dates the event; it neither supports nor contradicts the date of publication.
_INDEPENDENT = {"json-ld", "meta", "time-tag", "byline", "feed", "url"}
_STAMPED = {"json-ld", "meta", "time-tag", "feed"}


@dataclass(frozen=True, slots=True)
class Dated:
    """A time of publication and what it rests on.

    Attributes:
        at: aware, UTC; None when nothing trustworthy says when. Local midnight for a day.
        source: where it was read.
        precision: ``minute`` or ``day``.
        confidence: ``high``, ``medium`` or ``low``; see `judge`.
        conflict: two independent sources name days more than one day apart.
    """

    at: datetime | None
    source: DateProvenance | None
    precision: DatePrecision | None
    confidence: DateConfidence | None
    conflict: bool


UNKNOWN = Dated(None, None, None, None, conflict=False)


def judge(moment: Moment, source: DateProvenance, found: Sequence[tuple[Moment, DateProvenance]]) -> Dated:
    """Say how far a date can be trusted. The first line that fits decides.

    | confidence | when |
    |---|---|
    | low | two independent sources differ by more than a day (then `conflict` is set too) |
    | low | read from the dateline in the text, which dates the event |
    | high | to the minute with a zone, from JSON-LD, meta tag, time element or feed |
    | high | a second independent source names the same day |
    | medium | anything else: the byline or the address alone, a day only, a zone that was assumed |

    Independent sources are JSON-LD, meta tag, time element, byline, feed or sitemap, and the day
    in the address. An address that gives the day counts as its whole day.

    Args:
        moment: the date chosen.
        source: where it was read.
        found: the believable date of every source, the chosen one among them.
    """
    others = [one for one, name in found if name in _INDEPENDENT and name != source]
    conflict = source in _INDEPENDENT and any(_apart(moment, other) > _DAY for other in others)
    stamped = source in _STAMPED and moment.zoned and moment.precision == "minute"
    agreed = any(_apart(moment, other) <= _DAY for other in others)
    if conflict or source == "text":
        confidence: DateConfidence = "low"
    else:
        confidence = "high" if stamped or agreed else "medium"
    return Dated(moment.at, source, moment.precision, confidence, conflict)


def _apart(one: Moment, other: Moment) -> timedelta:
    """Distance; a day reaches until its end."""
    early, late = sorted((one, other), key=lambda moment: moment.at)
    reach = _DAY if early.precision == "day" else timedelta(0)
    return max(timedelta(0), late.at - early.at - reach)
