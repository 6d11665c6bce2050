"""Dates that readers see: time elements and the byline's text."""

from __future__ import annotations

import itertools
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from lxml import etree

from crawlers.dates import Moment, parse_date, plausible
from crawlers.extract.lines import is_closed
from crawlers.extract.tree import is_aside, marks, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawlers.extract.lines import Line
    from crawlers.extract.page import Page
    from crawlers.extract.title import Headline
    from crawlers.extract.tree import Element

_UPDATED = re.compile(
    r"modif|updat|diperbarui|pembaruan|terakhir diubah|diubah|last edited|\bedited\b|diedit|perubahan",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"(?:^|[\s_-])(?:published|entry-date|dt-published|post-?date|pubdate)(?:$|[\s_-])")
# Cheap test before parsing: a day with a month, a numeric date, or words like "kemarin".
_LOOKS_DATED = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)?[\s./-]+(?:\d{1,2}|[a-z]{3,9})\.?[\s./,-]+\d{2,4}|[a-z]{3,9}\.?\s+\d{1,2},?\s+\d{4}|"
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\b(?:kemarin|kemaren|hari ini|baru saja|lalu|ago)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:lalu|ago|kemarin|hari ini|baru saja)\b", re.IGNORECASE)
# "2 tahun lalu" names no day
_VAGUE = re.compile(r"\b(?:minggu|pekan|bulan|tahun|weeks?|months?|years?)\b", re.IGNORECASE)
_TIMES = etree.XPath(
    "descendant::*[self::time or @itemprop='datePublished' or (self::abbr and contains(@class, 'published'))]"
)
_LONGEST = 110
_CARD = 600
_SAID = re.compile(
    r"\W*(?:diterbitkan|terbit|tayang|dipublikasikan|diposting|published|posted)\b", re.IGNORECASE
)
_CLOCK = re.compile(r"(?:pukul |jam )?\d{1,2}[:.]\d{2}(?: ?(?:wib|wita|wit|am|pm))?", re.IGNORECASE)
_DATELINE = re.compile(r"\(\d{1,2}/\d{1,2}(?:/\d{2,4})?\)")
_SENTENCE = 60
_MOST_TAGS = 300  # a story's own time stands among the first; hundreds make a list of other stories
_DAY = timedelta(days=1)


def byline(
    page: Page, below: list[Line], above: list[Line], headline: Headline, *, relative: bool = False
) -> Moment | None:
    """Read the date beside the headline: in the lines just below it, else just above it.

    Args:
        page: the page.
        below: lines below the headline, down to the story.
        above: lines just above it, the nearest first.
        headline: the headline.
        relative: read "3 jam yang lalu" too, which is told from now and wrong on a page kept for long.
    """
    for index, line in enumerate(below):
        # a crumb may repeat the headline, and the headline may name a day
        repeated = len(headline.text) > 0 and headline.text in line.text
        moment = None if repeated else _shown(page, line, relative=relative)
        if moment is not None:
            return _with_clock(page, moment, line, below[index + 1 : index + 3])
    for line in above:
        moment = None if page.lines.is_aside(line) or line.is_link else _shown(page, line, relative=relative)
        if moment is None:
            continue
        # above the headline, today's date is the page's clock unless it opens the headline's own box
        clock = moment.precision == "day" and abs(page.hints.now - moment.at) < 2 * _DAY
        if not clock or _shares_box(line.block, headline) or _opens_box(page, line, headline):
            return moment
    return None


def time_tags(page: Page, below: list[Line], headline: Headline) -> list[str]:
    """Values of time elements of the story itself: beside the headline, else the only one marked so.

    Where the visible text and the attribute name different days, the attribute is left over from a
    template and readers' text is right.
    """
    blocks = {line.block for line in below}
    near: list[Element] = []
    called: list[Element] = []
    marked: list[Element] = []
    # to look at every element of a page for itemprop costs as much as everything else here
    tags = _TIMES(page.root) if page.microdata else page.root.iter("time", "abbr")
    for tag in itertools.islice(tags, _MOST_TAGS):
        if tag.tag == "abbr" and not tag.get("itemprop") and "published" not in marks(tag):
            continue
        if _is_update(tag):
            continue
        if tag in blocks or any(up in blocks for up in tag.iterancestors()) or _in_box(tag, headline):
            (called if _is_called_update(tag) else near).append(tag)
        elif (_PUBLISHED.search(marks(tag)) or tag.get("itemprop")) and not _is_elsewhere(page, tag):
            marked.append(tag)
    values = [value for tag in near or called if (value := _value(page, tag))]
    if values:
        return values
    others = {_value(page, tag) for tag in marked} - {None}
    return [value for value in others if value] if len(others) == 1 else []


def _shown(page: Page, line: Line, *, relative: bool) -> Moment | None:
    text = line.text
    if _RELATIVE.search(text) and (not relative or _VAGUE.search(text)):
        return None
    # a sentence, also as a subtitle, tells of the event: "... kata camat, Selasa (3/9/2024)"
    sentence = _DATELINE.search(text) or (len(text) > _SENTENCE and is_closed(text))
    if len(text) > _LONGEST or not _LOOKS_DATED.search(text) or sentence:
        return None
    times = list(line.block.iter("time"))
    if times and all(_is_update(tag) for tag in times):
        return None
    for part in _parts(text):
        moment = parse_date(part, now=page.hints.now, zone=page.hints.zone)
        if moment is not None and plausible(moment.at, page.hints.now):
            return moment
    return None


def _with_clock(page: Page, moment: Moment, line: Line, after: list[Line]) -> Moment:
    """A day, made a minute by a line beside it that is nothing but a time."""
    clock = next((one.text for one in after if _CLOCK.fullmatch(one.text)), None)
    if moment.precision == "minute" or clock is None:
        return moment
    both = parse_date(f"{line.text} {clock}", now=page.hints.now, zone=page.hints.zone)
    return both if both is not None and both.precision == "minute" else moment


def _parts(text: str) -> Iterator[str]:
    """The line, without what follows a word for updates."""
    update = _UPDATED.search(text)
    if update is None:
        yield text
    elif _LOOKS_DATED.search(text[: update.start()]):
        yield text[: update.start()]


def _is_update(tag: Element) -> bool:
    """Whether a time is said to be of an update: in its data, in words before it or within it."""
    if _SAID.match(tag.text or ""):
        return False
    before, parent = tag.getprevious(), tag.getparent()
    prior = (before.tail if before is not None else parent.text if parent is not None else "") or ""
    stamped = tag.get("itemprop") == "dateModified" or bool(_UPDATED.search(prior[-20:]))
    return stamped or bool(_UPDATED.search(tag.text or ""))


def _is_called_update(tag: Element) -> bool:
    """Whether a time is called updated by its class alone.

    That is an update beside a time called published; alone it is mostly the only date of the story,
    because the hAtom format wanted one class "updated" on every post.
    """
    named = marks(tag)
    told = _SAID.match(tag.text or "")  # what readers are told beats what the style sheet calls it
    return not told and bool(_UPDATED.search(named)) and not _PUBLISHED.search(named)


def _value(page: Page, tag: Element) -> str | None:
    stamp = tag.get("datetime") or tag.get("content") or (tag.get("title") if tag.tag == "abbr" else None)
    shown = squeeze(tag.text_content())
    if not stamp:
        return shown if shown and not _RELATIVE.search(shown) else None
    if len(shown) <= _LONGEST and _LOOKS_DATED.search(shown) and not _RELATIVE.search(shown):
        hints = page.hints
        seen = parse_date(shown, now=hints.now, zone=hints.zone)
        said = parse_date(stamp, now=hints.now, zone=hints.zone)
        if seen and said and abs(seen.at - said.at) > 2 * _DAY:
            return shown
    return str(stamp)


def _is_elsewhere(page: Page, tag: Element) -> bool:
    """Whether a time belongs to another story or to a comment: in a menu, a link, a list of links."""
    if is_aside(tag, header_counts=False):
        return True
    for up in tag.iterancestors():
        if up.tag == "a":
            return not page.is_self(up)
        if up.tag == "li" and up.find(".//a") is not None:
            return True
        if up.tag in {"div", "section", "article"}:
            return len(up.text_content()) < _CARD and any(
                len(link.text_content()) > 20 and not page.is_self(link) for link in up.iter("a")
            )
    return False


def _in_box(tag: Element, headline: Headline) -> bool:
    parent = headline.element.getparent() if headline.element is not None else None
    if parent is None or parent.tag in {"body", "html", "main", "article"} or len(parent) > 8:
        return False
    return any(up is parent for up in tag.iterancestors())


def _opens_box(page: Page, line: Line, headline: Headline) -> bool:
    """Whether a line is the first of a box that holds the headline too and is not the whole page."""
    if headline.element is None:
        return False
    above = set(headline.element.iterancestors())
    shared = next((up for up in line.block.iterancestors() if up in above), None)
    place = page.lines.index_of(shared) if shared is not None else None
    return place is not None and place[0] > 0 and page.lines.all[place[0]] is line


def _shares_box(block: Element, headline: Headline) -> bool:
    """Whether a line lies in the headline's own box, and that box is not the whole page."""
    if headline.element is None:
        return False
    boxes = [up for up in list(headline.element.iterancestors())[:2] if up.tag not in {"body", "html"}]
    return any(up in boxes for up in (block, *block.iterancestors()))
