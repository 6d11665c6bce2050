"""Which page of a listing comes next, and which only seems to.

A calendar has a next page for ever. A link whose address differs from this page's in nothing but
a date is marked: it is worth following only while it brings something new, and never beyond
today.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from crawlers.dates.model import day_of
from crawlers.discovery.model import fetchable
from crawlers.extract.tree import is_aside, text_of
from crawlers.urls import site_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawlers.discovery.model import Reading
    from crawlers.extract.tree import Element

_NEXT = re.compile(
    r"^\W*(?:next|selanjutnya|berikutnya|older|lebih lama|posting lama|\u00bb|\u203a|>{1,2})\W*$",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"(?:[?&](?:page|paged|halaman|hal|p)=|/page/|/halaman/)(\d{1,4})(?=$|[/&])", re.IGNORECASE
)
_DAY = re.compile(
    r"(?<!\d)(?:(?P<y>20\d\d)[-/](?P<m>\d{1,2})(?:[-/](?P<d>\d{1,2}))?|(?P<d2>\d{1,2})[-/](?P<m2>\d{1,2})[-/](?P<y2>20\d\d))(?!\d)"
)
_DAY_PARTS = re.compile(
    r"[?&](?:date|tanggal|tgl|day|hari|month|bulan|year|tahun|ym)=\d*(?=$|&)", re.IGNORECASE
)
_NAMED_PARTS = {
    "y": re.compile(r"[?&](?:year|tahun)=(\d{4})(?=$|&)", re.IGNORECASE),
    "m": re.compile(r"[?&](?:month|bulan)=(\d{1,2})(?=$|&)", re.IGNORECASE),
    "d": re.compile(r"[?&](?:day|hari|tanggal|tgl)=(\d{1,2})(?=$|&)", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Next:
    """The page that follows.

    Attributes:
        url: its address.
        calendar: it differs from this page by a date only.
    """

    url: str
    calendar: bool = False


def next_page(root: Element, at: Reading, base: str) -> Next | None:
    """Find the next page: rel=next, a link that says so, or this page's number plus one.

    Args:
        root: the page.
        at: where it was fetched, and when: a calendar's page for a day to come is none.
        base: where its relative links start.
    """
    for url in _candidates(root, at.url, base):
        if url == at.url or site_of(url) != site_of(at.url):
            continue
        if not _differs_by_a_date(at.url, url):
            return Next(url)
        day = _day_in(url)
        if day is None or day <= at.now.date():
            return Next(url, calendar=True)
    return None


def _candidates(root: Element, here: str, base: str) -> Iterator[str]:
    for tag in (*root.iter("link"), *root.iter("a")):
        marks = f"{tag.get('rel') or ''} {tag.get('class') or ''}".lower().split()
        if "next" in marks and (target := fetchable(tag.get("href"), base)):
            yield target
    wanted = _number(here) + 1
    for link in root.iter("a"):
        target = fetchable(link.get("href"), base)
        if not target:
            continue
        counted = _number(target, default=0) == wanted and _stem(target) == _stem(here)
        if counted or (_NEXT.match(text_of(link)) and not is_aside(link, header_counts=False)):
            yield target


def _number(url: str, default: int = 1) -> int:
    match = _PAGE_NUMBER.search(url)
    return int(match.group(1)) if match else default


def _stem(url: str) -> str:
    return _PAGE_NUMBER.sub("", url).rstrip("/?&")


def _differs_by_a_date(here: str, there: str) -> bool:
    return _undated(here) == _undated(there) and _number(here) == _number(there)


def _undated(url: str) -> str:
    """The address without its date: /agenda/2024/10 and /agenda are one."""
    return re.sub(r"[/?&=]+", "/", _DAY_PARTS.sub("", _DAY.sub("", _stem(url)))).rstrip("/")


def _day_in(url: str) -> date | None:
    """The first day an address is about."""
    match = _DAY.search(url)
    if match:
        year, month = int(match["y"] or match["y2"]), int(match["m"] or match["m2"])
        return day_of(year, month, int(match["d"] or match["d2"] or 1))
    parts = {name: pattern.search(url) for name, pattern in _NAMED_PARTS.items()}
    year_part, month_part, day_part = parts["y"], parts["m"], parts["d"]
    if year_part is None:
        return None
    return day_of(
        int(year_part[1]), int(month_part[1]) if month_part else 1, int(day_part[1]) if day_part else 1
    )
