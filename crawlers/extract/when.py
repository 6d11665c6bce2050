"""When a page was published, and how that is known.

Order of trust: JSON-LD, meta tags, time elements of the article, the byline beside the
headline, what discovery said, the address, and last the dateline in the text (which dates the
event, not the story). A header clock,
a neighbour's teaser and a copyright footer are never looked at.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crawlers.dates import Moment, parse_date, plausible
from crawlers.extract import jsonld
from crawlers.extract.meta import DATE_NAMES
from crawlers.extract.tree import chunks, is_aside, marks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from typing import Any

    from crawlers.extract.meta import Head
    from crawlers.extract.tree import Element
    from crawlers.items import DateProvenance

_URL_DAY = re.compile(r"/(20\d{2})[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?:/|-|$)")
_DATELINE = re.compile(r"\(\s*\d{1,2}/\d{1,2}(?:/\d{2,4})?\s*\)")
_WEEKDAY = re.compile(r"\b(senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|ahad)\s*$", re.IGNORECASE)
_UPDATED = re.compile(r"modif|updat|diperbarui|terakhir diubah|last edited", re.IGNORECASE)
_DIGIT_OR_AGO = re.compile(r"\d|kemarin|hari ini|baru saja|lalu\b", re.IGNORECASE)
_PARAGRAPH = 140  # a text this long is the story; the byline zone ends there
_SENTENCE = re.compile(r"(?:\S+\s+){5,}\S+[.!?][\"'\u201d]?$")  # six words and a full stop
_NEAR_AFTER, _NEAR_BEFORE = 14, 4


@dataclass(frozen=True, slots=True)
class Clues:
    """Everything the date of one page can be read from."""

    root: Element
    head: Head
    article: dict[str, Any]
    heading: Element | None
    url: str
    text: str
    now: datetime
    zone: str
    hint: datetime | None


def find_date(clues: Clues) -> tuple[datetime | None, DateProvenance | None]:
    """Return the time of publication in UTC and where it was read, or (None, None).

    The most trusted source decides the day; a less trusted one may only add the time of day.
    Nothing ahead of now is returned.
    """
    day_only: tuple[datetime, DateProvenance] | None = None
    for moment, source in _candidates(clues):
        if not plausible(moment.at, clues.now):
            continue
        if day_only is None:
            if moment.precision == "minute":
                return moment.at, source
            day_only = (moment.at, source)
        elif moment.precision == "minute" and _same_day(day_only[0], moment.at):
            return moment.at, source
    return day_only or (None, None)


def _same_day(midnight: datetime, at: datetime) -> bool:
    return 0 <= (at - midnight).total_seconds() < 86400


def _candidates(clues: Clues) -> Iterator[tuple[Moment, DateProvenance]]:
    def read(text: str | None) -> Moment | None:
        anchor = clues.hint or clues.now
        return parse_date(text, now=clues.now, zone=clues.zone, anchor=anchor) if text else None

    yield from _declared(clues, read)
    if clues.heading is not None:
        moment = _byline(clues)
        if moment:
            yield moment, "byline"
    if clues.hint is not None:
        local = clues.hint.astimezone(ZoneInfo(clues.zone))
        midnight = (local.hour, local.minute, local.second) == (0, 0, 0)
        # a feed that gives only days gives midnights
        yield Moment(clues.hint, "day" if midnight else "minute"), "feed"
    yield from _url_day(clues)
    yield from _dateline(clues)


def _declared(
    clues: Clues, read: Callable[[str | None], Moment | None]
) -> Iterator[tuple[Moment, DateProvenance]]:
    """What the page says in its own data."""
    for name in ("datePublished", "dateCreated", "uploadDate"):
        moment = read(jsonld.text_field(clues.article, name))
        if moment:
            yield moment, "json-ld"
    for name in DATE_NAMES:
        moment = read(clues.head.first(name))
        if moment:
            yield moment, "meta"
    moments = filter(None, map(read, _time_tags(clues.root)))
    yield from ((moment, "time-tag") for moment in itertools.islice(moments, 1))


def _time_tags(root: Element) -> Iterator[str]:
    """Give the times of the article itself, not of teasers around it, not of updates."""
    for tag in root.iter("time", "span", "abbr", "div", "p"):
        value = tag.get("datetime") or tag.get("content")
        is_time = tag.tag == "time" or tag.get("itemprop") == "datePublished"
        is_abbr = tag.tag == "abbr" and "published" in marks(tag)
        if not is_time and not is_abbr:
            continue
        if _UPDATED.search(marks(tag)) or tag.get("itemprop") == "dateModified":
            continue
        if not is_aside(tag) and not _in_teaser(tag):
            yield value or tag.get("title") or tag.text_content()


def _in_teaser(tag: Element) -> bool:
    """A time inside a link or a list item belongs to another story."""
    return any(up.tag in {"a", "li"} and up.find(".//a") is not None for up in tag.iterancestors())


def _byline(clues: Clues) -> Moment | None:
    """Read the date beside the headline: the texts just after it, then just before it."""
    pieces = list(chunks(clues.root))
    at = [i for i, (element, _) in enumerate(pieces) if _within(element, clues.heading)]
    if not at:
        return None
    after = _until_story(pieces[at[-1] + 1 :][:_NEAR_AFTER])
    before = pieces[max(0, at[0] - _NEAR_BEFORE) : at[0]][::-1]
    today = clues.now.date()
    for zone_after, found in ((True, after), (False, before)):
        for element, text in found:
            if not _DIGIT_OR_AGO.search(text) or is_aside(element) or _UPDATED.search(text):
                continue
            if not zone_after and not _shares_container(element, clues.heading):
                continue
            moment = parse_date(text, now=clues.now, zone=clues.zone)
            # above the headline a bare "today" is the page's clock, not the story's date
            clock = moment is not None and not zone_after and abs((moment.at.date() - today).days) <= 1
            if moment and not (clock and moment.precision == "day"):
                return moment
    return None


def _until_story(pieces: list[tuple[Element, str]]) -> list[tuple[Element, str]]:
    for index, (_, text) in enumerate(pieces):
        if len(text) >= _PARAGRAPH or _SENTENCE.search(text):
            return pieces[:index]
    return pieces


def _within(element: Element, heading: Element) -> bool:
    return element is heading or any(up is heading for up in element.iterancestors())


def _shares_container(element: Element, heading: Element) -> bool:
    """Say whether a text lies in the headline's own box, and that box is not the whole page."""
    boxes = [up for up in list(heading.iterancestors())[:2] if up.tag not in {"body", "html"}]
    return any(up in boxes for up in element.iterancestors())


def _url_day(clues: Clues) -> Iterator[tuple[Moment, DateProvenance]]:
    match = _URL_DAY.search(clues.url)
    if match:
        moment = parse_date("-".join(match.groups()), now=clues.now, zone=clues.zone)
        if moment:
            yield moment, "url"


def _dateline(clues: Clues) -> Iterator[tuple[Moment, DateProvenance]]:
    """Read "Kamis (5/9)" in the first lines, anchored on what discovery or the clock says."""
    match = _DATELINE.search(clues.text[:600])
    if match is None:
        return
    weekday = _WEEKDAY.search(clues.text[: match.start()])
    text = (weekday.group(1) + " " if weekday else "") + match.group(0)
    moment = parse_date(text, now=clues.now, zone=clues.zone, anchor=clues.hint or clues.now)
    if moment:
        yield moment, "text"
