"""When a page was published, and how that is known.

Order of trust: JSON-LD, meta tags, time elements beside the headline, the byline's text, what
discovery said, the address, and last the dateline in the text (which dates the event, not the
story). A header clock, a neighbour's teaser and a copyright footer are never looked at. How far
the answer can be trusted is judged in `trust`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crawlers.dates import Moment, parse_date, plausible
from crawlers.extract import jsonld
from crawlers.extract.times import byline, time_tags
from crawlers.extract.trust import UNKNOWN, Dated, judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawlers.extract.page import Page
    from crawlers.extract.title import Headline
    from crawlers.items import DateProvenance

Source = tuple[Moment, "DateProvenance"]

_URL_DAY = re.compile(r"/(20\d{2})[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?:/|-|$)")
_DATELINE = re.compile(r"\(\s*\d{1,2}/\d{1,2}(/\d{2,4})?\s*\)")
_WEEKDAY = re.compile(r"\b(senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|ahad)\s*$", re.IGNORECASE)
_MIDNIGHT = re.compile(r"[T ]00:00(?::00)?(?:\.0+)?\s*(?:Z|[+-]\d{2}:?\d{2})?$")
_LABELLED_UTC = re.compile(r"(?:Z|[+-]00:?00)$")
# Without a feed to anchor it, "Kamis (5/9)" is believed only if it was just now.
_JUST_NOW = timedelta(days=14)
_TOLERANCE = timedelta(days=1)


def look(page: Page, headline: Headline) -> list[Source]:
    """Give one believable moment per independent source, most trusted first.

    Args:
        page: the page, its tree still whole.
        headline: its headline and where it stands.
    """
    found = [one for one in _sources(page, headline) if plausible(one[0].at, page.hints.now)]
    if not any(source in {"json-ld", "meta", "time-tag", "byline"} for _, source in found):
        below, above = page.lines.around(headline.place)
        told = byline(page, below, above, headline, relative=True)
        found[:0] = [(told, "byline")] if told is not None else []
    return found


def decide(page: Page, seen: list[Source], text: str) -> Dated:
    """Return the time of publication in UTC with its source, precision and confidence.

    The most trusted source decides the day; a less trusted one may only add the time of day, or
    correct the zone where a site stamps its local clock as UTC. Nothing ahead of now is returned.

    Args:
        page: the page.
        seen: what `look` found.
        text: the story, for its dateline.
    """
    found = [*seen, *(one for one in _dateline(page, text) if plausible(one[0].at, page.hints.now))]
    if not found:
        return UNKNOWN
    first, source = _settled(page, found)
    for moment, other in found:
        finer = moment.precision == "minute" and first.precision == "day"
        if finer and other != "text" and _same_day(first.at, moment.at):
            first, source = moment, other
    return judge(first, source, found)


def _settled(page: Page, found: list[Source]) -> Source:
    """The first source, unless the visible byline shows that it is stamped wrongly."""
    moment, source = found[0]
    shown = next((m for m, s in found if s == "byline"), None)
    if source in {"json-ld", "meta", "time-tag"} and shown is not None:
        if _is_mislabelled(page, moment, shown):
            return shown, "byline"
        others = [m for m, s in found if s in {"url", "feed"}]
        # moved to another system, old stories get the day of the move; byline and address keep theirs
        agreed = any(abs(shown.at - other.at) <= _TOLERANCE for other in others)
        if agreed and abs(shown.at - moment.at) > _TOLERANCE:
            return shown, "byline"
    return moment, source


def _is_mislabelled(page: Page, moment: Moment, shown: Moment) -> bool:
    """Whether a clock called UTC reads the same as the clock readers see with its true zone."""
    if not (moment.zoned and shown.zoned and moment.precision == shown.precision == "minute"):
        return False
    local = shown.at.astimezone(ZoneInfo(page.hints.zone)).replace(tzinfo=UTC, second=0, microsecond=0)
    return moment.at.replace(second=0, microsecond=0) == local != shown.at.replace(second=0, microsecond=0)


def _same_day(midnight: datetime, at: datetime) -> bool:
    return 0 <= (at - midnight).total_seconds() < 86400


def _sources(page: Page, headline: Headline) -> Iterator[Source]:
    said = [jsonld.text_field(page.article, n) for n in ("datePublished", "dateCreated", "uploadDate")]
    yield from _first(page, said, "json-ld")
    yield from _first(page, page.head.dates, "meta")
    below, above = page.lines.around(headline.place)
    yield from _first(page, time_tags(page, below, headline), "time-tag")
    shown = byline(page, below, above, headline)
    if shown is not None:
        yield shown, "byline"
    if page.hints.date is not None:
        local = page.hints.date.astimezone(ZoneInfo(page.hints.zone))
        midnight = (local.hour, local.minute, local.second) == (0, 0, 0)
        # a feed that gives only days gives midnights
        yield Moment(page.hints.date, "day" if midnight else "minute", zoned=True), "feed"
    day = _URL_DAY.search(page.url)
    yield from _first(page, ["-".join(day.groups())] if day else [], "url")


def _first(page: Page, values: list[str | None] | list[str], source: DateProvenance) -> Iterator[Source]:
    """The first value that is a believable date; a bare midnight is only a day."""
    hints = page.hints
    for value in values:
        moment = parse_date(value, now=hints.now, zone=hints.zone, machine=True) if value else None
        if moment is None or not plausible(moment.at, hints.now):
            continue
        if value and _MIDNIGHT.search(value):
            day = parse_date(value[:10], now=hints.now, zone=hints.zone)
            moment = day or replace(moment, precision="day")
        yield moment, source
        return


def _dateline(page: Page, text: str) -> Iterator[Source]:
    """Read "Kamis (5/9)" in the first lines, anchored on what discovery or the clock says."""
    match = _DATELINE.search(text[:600])
    if match is None:
        return
    hints = page.hints
    weekday = _WEEKDAY.search(text[: match.start()])
    written = (weekday.group(1) + " " if weekday else "") + match.group(0)
    moment = parse_date(written, now=hints.now, zone=hints.zone, anchor=hints.date or hints.now)
    anchored = match.group(1) or hints.date
    if moment and (anchored or (weekday and hints.now - moment.at < _JUST_NOW)):
        yield moment, "text"
