"""Recommendations that people wrote: office, action, deadline, and what became of last week's. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from config import Config
from dashboard import format as fmt
from dashboard.report.blocks import Block, Cell, Column, Grid, Heading, Part
from dashboard.report.ledger import Entry
from dashboard.report.text import breakable, clean
from warehouse.queries.report_events import ReportEvent

SECTION: Final = "rekomendasi"
STATES: Final = {
    "selesai": "selesai",
    "berjalan": "sedang berjalan",
    "belum": "belum dikerjakan",
    "batal": "tidak dilanjutkan",
}
"""What can have become of a recommendation, with its words in the report."""
UNJUDGED: Final = "belum dinilai"
_ADVICE = (Column("Kode", 0.6, "left"), Column("OPD", 1.4, "left"), Column("Tindakan", 4, "left"),
           Column("Tenggat", 1.2, "left"))  # fmt: skip
_JUDGED = (Column("Kode", 0.6, "left"), Column("OPD", 1.2, "left"), Column("Tindakan", 3, "left"),
           Column("Tenggat", 1.2, "left"), Column("Keadaan", 2, "left"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Advice:
    """One recommendation.

    Attributes:
        key: its id in the report, ``H1``.
        opd: id of the office that is to act.
        action: what it is to do.
        deadline: until when; None: no date.
    """

    key: str
    opd: str
    action: str
    deadline: date | None

    def written(self) -> str:
        """As an event keeps it."""
        day = self.deadline.isoformat() if self.deadline else None
        return json.dumps({"opd": self.opd, "action": self.action, "deadline": day}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a recommendation of the report before.

    Attributes:
        advice: the recommendation.
        state: one of `STATES`; empty: nobody said yet.
        note: what was said of it.
    """

    advice: Advice
    state: str = ""
    note: str = ""


def advice_of(events: Sequence[ReportEvent]) -> tuple[Advice, ...]:
    """The recommendations in force, in the order of their codes."""
    found: dict[str, Advice] = {}
    for one in events:
        if one.action == "advised" and one.new:
            told: Mapping[str, Any] = json.loads(one.new)
            day = date.fromisoformat(told["deadline"]) if told.get("deadline") else None
            found[one.target] = Advice(one.target, str(told["opd"]), str(told["action"]), day)
        elif one.action == "withdrawn":
            found.pop(one.target, None)
    return tuple(found.values())


def judged_of(events: Sequence[ReportEvent], before: Sequence[Advice]) -> tuple[Judged, ...]:
    """Last week's recommendations with what this report says became of them."""
    said = {one.target: one for one in events if one.action == "judged"}
    return tuple(
        Judged(one, said[one.key].new or "", said[one.key].reason) if one.key in said else Judged(one)
        for one in before
    )


def next_key(events: Sequence[ReportEvent]) -> str:
    """A code that no recommendation of this report ever had."""
    used = {one.target for one in events if one.action == "advised"}
    return f"H{len(used) + 1}"


def with_advice(
    parts: list[Mapping[str, Any]], advice: Sequence[Advice], judged: Sequence[Judged], config: Config
) -> tuple[list[Mapping[str, Any]], list[Entry]]:
    """The parts with the section of recommendations, and the entries of its rows.

    Args:
        parts: of the document.
        advice: this week's.
        judged: last week's.
        config: order and titles of sections, names of offices.
    """
    section = next((one for one in config.report.sections if one.id == SECTION and one.enabled), None)
    if section is None or not (advice or judged):
        return parts, []
    now, became, entries = _blocks(advice, judged, {one.id: one.short for one in config.opd})
    plain = asdict(Part(SECTION, clean(section.title), [*now, *became]))
    at = next((n for n, part in enumerate(parts) if part["id"] == SECTION), None)
    if at is not None:  # the machine has something to say there, too
        first, last = plain["blocks"][: len(now)], plain["blocks"][len(now) :]
        joined = {**parts[at], "blocks": [*first, *parts[at]["blocks"], *last]}
        return [*parts[:at], joined, *parts[at + 1 :]], entries
    order = [one.id for one in config.report.sections]
    place = len([part for part in parts if order.index(part["id"]) < order.index(SECTION)])
    return [*parts[:place], plain, *parts[place:]], entries


def _blocks(
    advice: Sequence[Advice], judged: Sequence[Judged], offices: Mapping[str, str]
) -> tuple[list[Block], list[Block], list[Entry]]:
    """This week's, what became of last week's, and the entries of both."""
    now: list[Block] = []
    became: list[Block] = []
    entries: list[Entry] = []
    if advice:
        rows = tuple(_row(one, one.key, offices) for one in advice)
        now.append(Grid(_ADVICE, rows, "Rekomendasi ditulis oleh analis, bukan oleh mesin."))
        entries += [_entry(row) for row in rows]
    if judged:
        rows = tuple((*_row(one.advice, f"{one.advice.key}-lalu", offices), _state(one)) for one in judged)
        became += [Heading("Rekomendasi analis minggu lalu"), Grid(_JUDGED, rows)]
        entries += [_entry(row) for row in rows]
    return now, became, entries


def _row(one: Advice, key: str, offices: Mapping[str, str]) -> tuple[Cell, ...]:
    words = (key, clean(offices.get(one.opd, one.opd)), clean(one.action), fmt.day(one.deadline))
    return tuple(Cell(breakable(text)) for text in words)


def _state(one: Judged) -> Cell:
    said = STATES.get(one.state, UNJUDGED)
    return Cell(breakable(clean(f"{said}; {one.note}" if one.note else said)))


def _entry(row: Sequence[Cell]) -> Entry:
    key, *rest = (clean(cell.text) for cell in row)
    return Entry(key, " | ".join(rest), (), "written")
