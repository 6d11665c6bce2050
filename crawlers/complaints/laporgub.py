"""A public report of LaporGub (Jawa Tengah), read from the words of its page. Pure.

What a page shows is taken from its order, not from its mark-up: the report's number, a line
`KABUPATEN X, 18 Mei 2023`, the report, then the steps Disposisi, Verifikasi, Progress, Selesai,
each with `Senin, 22 Mei 2023 - 07:48 WIB`, the unit that acted and what it wrote.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawlers.dates import parse_date, plausible
from crawlers.extract.tree import HostilePageError, parse
from crawlers.files.complaints import confidentiality
from crawlers.items import ComplaintInfo, Document, StatusEvent

if TYPE_CHECKING:
    from datetime import datetime

    from config import Complaints
    from crawlers.extract.tree import Element

LINKS = r"/detail/LG[A-Z]{2}\d{6,10}(?:[/?#]|$)"
"""What addresses of reports look like."""

_TICKET = re.compile(r"\bLG[A-Z]{2}\d{6,10}\b")
_HEAD = re.compile(r"^((?:KABUPATEN|KOTA)\s+[A-Z .]{3,40}?)\s*,\s*(\d{1,2}\s+\w+\s+\d{4}.*)$")
_STEP = re.compile(
    r"^(disposisi|verifikasi|diverifikasi|progress?|dalam tindakan|selesai|tuntas|tidak layak|menunggu)$",
    re.IGNORECASE,
)
_WHEN = re.compile(r"^\w+,\s*\d{1,2}\s+\w+\s+\d{4}\s*-\s*\d{1,2}[:.]\d{2}(?:\s*WIB)?$")
_LABELLED = re.compile(r"^(pelapor|nama|kategori|topik)\s*:\s*(.+)$", re.IGNORECASE)
_FLAG = re.compile(r"^(anonim|rahasia)$", re.IGNORECASE)
_BLOCKS = frozenset(
    ("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "figure", "h1", "h2", "h3", "h4",
     "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "td", "th",
     "tr", "ul")
)  # fmt: skip
_DEAD = frozenset(("script", "style", "noscript", "nav", "footer", "form", "aside", "template", "head"))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a report's way.

    Attributes:
        word: the site's word for it.
        when: as written; empty if it is not dated.
        unit: who acted.
        reply: what was written.
    """

    word: str
    when: str
    unit: str
    reply: str


@dataclass(frozen=True, slots=True)
class Case:
    """A report as its page shows it.

    Attributes:
        ticket: its number.
        regency: as in its head line, e.g. ``KABUPATEN PATI``.
        day: when it came in, as written.
        text: the citizen's words.
        steps: in the order of the page.
        name: of the reporter, if it is shown.
        category: as shown.
        flag: ``anonim`` or ``rahasia``, if it is shown.
    """

    ticket: str
    regency: str
    day: str
    text: str
    steps: tuple[Step, ...]
    name: str = ""
    category: str = ""
    flag: str = ""


def ticket_in(url: str) -> str | None:
    """Return the number of a report in its address."""
    found = _TICKET.search(url)
    return found.group() if found else None


def read_case(page: str, url: str) -> Case | None:
    """Read a page; None if it is no report.

    Args:
        page: HTML.
        url: where it was fetched.
    """
    try:
        root = parse(page)
    except HostilePageError:
        return None
    lines = _lines(root) if root is not None else []
    at = next((n for n, line in enumerate(lines) if _HEAD.match(line)), None)
    ticket = ticket_in(url) or next((m.group() for line in lines if (m := _TICKET.search(line))), None)
    if at is None or ticket is None:
        return None
    head = _HEAD.match(lines[at])
    assert head is not None  # noqa: S101 - it was found by it
    first = next((n for n in range(at + 1, len(lines)) if _begins(lines, n)), len(lines))
    facts = {m[1].lower(): m[2] for line in lines[:first] if (m := _LABELLED.match(line))}
    flag = next((line.lower() for line in lines[:first] if _FLAG.match(line)), "")
    words = [
        line
        for line in lines[at + 1 : first]
        if not (_LABELLED.match(line) or _FLAG.match(line) or line == ticket)
    ]
    return Case(
        ticket,
        " ".join(head[1].split()),
        head[2],
        "\n".join(words),
        tuple(_steps(lines[first:])),
        facts.get("pelapor") or facts.get("nama") or "",
        facts.get("kategori") or facts.get("topik") or "",
        flag,
    )


def document_of(
    case: Case, source_id: str, url: str, complaints: Complaints, *, now: datetime, zone: str
) -> Document:
    """Build the record of a report; its status is that of the last step in time. Pure."""
    received = _moment(case.day, now, zone)
    events = [
        StatusEvent(
            complaints.normalise_status(step.word) or "baru",
            step.word,
            _moment(step.when, now, zone),
            step.unit or None,
            step.reply or None,
        )
        for step in case.steps
    ]
    dated = [event for event in events if event.at]
    # steps of the same minute keep the order of the page, and pages begin with the first step
    events.sort(key=lambda event: (event.at is None, event.at or now))
    last = max(dated, key=lambda event: (event.at or now, events.index(event)), default=None)
    last = last or (events[-1] if events else None)
    secrecy = confidentiality(case.flag, case.name)
    info = ComplaintInfo(
        channel="laporgub",
        ticket_id=case.ticket,
        status=last.status if last else "baru",
        status_raw=last.status_raw if last else "",
        received_at=received,
        category=case.category or None,
        agency=next((event.actor for event in reversed(events) if event.actor), None),
        confidentiality=secrecy,
        events=tuple(events),
    )
    return Document(
        kind="complaint",
        source_id=source_id,
        title="",
        text=case.text,
        fetched_at=now,
        external_id=case.ticket,
        url=url,
        author=(case.name or None) if secrecy == "publik" else None,
        known_as=(case.name,) if case.name and secrecy != "publik" else (),
        published_at=received,
        published_from="text" if received else None,
        section="laporgub",
        complaint=info,
    )


def _begins(lines: list[str], at: int) -> bool:
    """Say whether a step begins at a line: its word alone, and a date or nothing after it."""
    if not _STEP.match(lines[at]):
        return False
    return at + 1 >= len(lines) or bool(_WHEN.match(lines[at + 1]) or _STEP.match(lines[at + 1]))


def _steps(lines: list[str]) -> list[Step]:
    starts = [at for at in range(len(lines)) if _begins(lines, at)]
    found = []
    for start, end in itertools.pairwise([*starts, len(lines)]):
        rest = lines[start + 1 : end]
        when = rest.pop(0) if rest and _WHEN.match(rest[0]) else ""
        unit = rest.pop(0) if rest else ""
        found.append(Step(lines[start], when, unit, "\n".join(rest)))
    return found


def _moment(text: str, now: datetime, zone: str) -> datetime | None:
    read = parse_date(text, now=now, zone=zone) if text else None
    return read.at if read is not None and plausible(read.at, now) else None


def _lines(root: Element) -> list[str]:
    """Return the lines that a reader of the page sees, menus and footers left out."""
    parts: list[str] = []

    def walk(element: Element) -> None:
        if not isinstance(element.tag, str) or element.tag in _DEAD:
            parts.append(element.tail or "")
            return
        edge = "\x1f" if element.tag in _BLOCKS else ""
        parts.append(edge + (element.text or ""))
        for child in element:
            walk(child)
        parts.append(edge + (element.tail or ""))

    walk(root)
    lines = (" ".join(line.split()) for line in "".join(parts).split("\x1f"))
    return [line for line in lines if line]
