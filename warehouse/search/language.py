"""What people type into a search box, understood. Pure; nothing that is typed is an error by itself.

``jalan rusak``          both words, in any form
``"jalan rusak"``        exactly these words in this order
``-banjir``              without the word; also ``-"..."`` and ``-topik:...``
``jalan ATAU jembatan``  one of them
``judul:banjir``         in the title
``topik:``, ``opd:``, ``kecamatan:``, ``sumber:``, ``jenis:``, ``nada:``  labels, by code or by name
``dari:2026-11-01``, ``sampai:2026-11-30``  days (WIB)
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from warehouse.search.errors import QueryError

FILTERS = {
    "topik": "topic", "opd": "opd", "kecamatan": "kecamatan", "sumber": "source", "jenis": "kind",
    "nada": "sentiment", "sentimen": "sentiment",
}  # fmt: skip
"""What a filter is called, and the field of the index."""
DAYS = {"dari": "first", "sampai": "last"}
TITLE = "judul"
EITHER = "ATAU"
MOST_PARTS = 64
_QUOTES = str.maketrans({"\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2013": "-", "\u2212": "-"})
_PART = re.compile(
    r"""(?P<no>-?)(?:(?P<field>[a-z]+):)?(?:"(?P<phrase>[^"]*)(?P<end>"|$)|(?P<word>[^\s"]+))""",
    re.IGNORECASE,
)
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is asked for.

    Attributes:
        text: what was typed, without marks.
        field: None for words anywhere, ``title``, or a field of `FILTERS`.
        phrase: the words exactly, in this order.
        no: it must not be so.
        start: where `text` stands in the question.
    """

    text: str
    field: str | None = None
    phrase: bool = False
    no: bool = False
    start: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """All groups must be met; of the parts of a group, one.

    Attributes:
        groups: in the order they were typed.
        first: earliest day.
        last: latest day.
        notes: sentences about what was understood otherwise than it was typed.
    """

    groups: tuple[tuple[Part, ...], ...]
    first: date | None = None
    last: date | None = None
    notes: tuple[str, ...] = ()


def parse(text: str) -> Question:
    """Understand a question.

    Raises:
        QueryError: with one sentence: a date that is none, or too many parts.
    """
    groups: list[list[Part]] = []
    days: dict[str, date] = {}
    notes: list[str] = []
    joined = False
    for match in _PART.finditer(text.translate(_QUOTES)):
        if match["word"] == EITHER and not match["field"] and not match["no"]:
            joined = bool(groups)
            continue
        name = (match["field"] or "").lower()
        if name in DAYS:
            days[DAYS[name]] = _day(name, match["word"] or match["phrase"] or "")
            continue
        part = _part(match, name)
        if part is None:
            continue
        if match["end"] == "":
            notes.append(f'Tanda kutip tidak ditutup; dibaca sebagai "{part.text.strip()}".')
        if joined and not (part.no or groups[-1][-1].no):
            groups[-1].append(part)
        else:
            groups.append([part])
        joined = False
    if sum(map(len, groups)) > MOST_PARTS:
        raise QueryError(f"Pencarian paling banyak {MOST_PARTS} kata; kurangi katanya.")
    return Question(tuple(map(tuple, groups)), days.get("first"), days.get("last"), tuple(notes))


def _part(match: re.Match[str], name: str) -> Part | None:
    quoted = match["phrase"] is not None
    text, start = (match["phrase"], match.start("phrase")) if quoted else (match["word"], match.start("word"))
    field = "title" if name == TITLE else FILTERS.get(name)
    if field is None and name:  # "jam 10:30" and "https://..." are words with a colon
        text, start = f"{match['field']}:{text}", match.start("field")
        quoted = False
    if not text.strip():
        return None
    return Part(text, field, quoted and field not in FILTERS.values(), bool(match["no"]), start)


def _day(name: str, text: str) -> date:
    found = _DATE.fullmatch(text.strip())
    if found is not None:
        year, month, day, day_, month_, year_ = found.groups()
        with suppress(ValueError):  # 31 February
            return date(int(year or year_), int(month or month_), int(day or day_))
    raise QueryError(f"Tanggal '{name}:{text[:40]}' tidak dikenal; tulis seperti {name}:2026-11-16.")
