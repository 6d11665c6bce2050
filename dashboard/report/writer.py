"""The hand that writes: whatever it prints, it puts into the ledger with its evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from config import Config
from dashboard import format as fmt
from dashboard.report import sentences
from dashboard.report.answers import Answer, Evidence, Table
from dashboard.report.blocks import Cell, Said
from dashboard.report.facts import WINDOW, WeeklyFacts
from dashboard.report.ledger import Ledger
from dashboard.report.text import breakable, clean
from warehouse.queries import WeekTotal, last_complete_week


@dataclass(frozen=True, slots=True)
class Pen:
    """What is said goes into the ledger; the parts that all reports share are written with it."""

    config: Config
    ledger: Ledger

    def say(self, key: str, text: str, evidence: Sequence[Evidence], url: str | None = None) -> Said:
        """A sentence, entered under `key`."""
        line = clean(text)
        self.ledger.add(key, line, evidence)
        return Said(key, breakable(line), url)

    def row(
        self, key: str, table: Table, row: Mapping[str, Any], by: str, label: Cell, fields: Sequence[str]
    ) -> tuple[Cell, ...]:
        """A row of whole numbers after its label, entered under `key`.`row[by]`."""
        shown = [fmt.number(row[name]) for name in fields]
        self.ledger.add(
            f"{key}.{row[by] or 'kosong'}",
            clean(f"{label.text}: " + " | ".join(shown)),
            table.cite(row, by, *fields),
        )
        return (label, *(Cell(text) for text in shown))


@dataclass(frozen=True, slots=True)
class Writer(Pen):
    """The facts of the weekly report on one side, the ledger on the other."""

    facts: WeeklyFacts

    def change(self, what: str, kind: str) -> tuple[str, list[Evidence]]:
        """How a kind of document moved, compared only as far as that is fair; with its evidence."""
        total: Answer[WeekTotal] = self.facts.kinds[kind]
        history = self.facts.history
        past = next((row for row in history.rows if row["kind"] == kind), None)
        evidence = [
            *total.cite("n", "n_before", "mean_4", "change"),
            *(history.cite(past, "kind", "has_before", "has_four") if past else ()),
        ]
        reached = reached_before = None
        # Complaints come in files: a news site that is down does not touch them.
        if kind != "complaint":
            reached, reached_before, proof = self._coverage()
            evidence.extend(proof)
        numbers = sentences.Change(
            total.value.n,
            total.value.n_before,
            total.value.mean_4,
            total.value.change,
            bool(past and past["has_before"]),
            bool(past and past["has_four"]),
            reached,
            reached_before,
        )
        return sentences.change(what, numbers), evidence

    def _coverage(self) -> tuple[float | None, float | None, list[Evidence]]:
        """Coverage of the week and of the one before; sources that are down now count for the last week.

        An article of the last complete week may still be found while its source is in reach.
        """
        f = self.facts
        before, this = f.reach.rows
        proof = [*f.reach.cite(before, "week", "coverage"), *f.reach.cite(this, "week", "coverage")]
        known = [this["coverage"]]
        if f.week >= last_complete_week(f.moment.value.now):
            known.append(f.coverage.value.share)
            proof.extend(f.coverage.cite("share"))
        return min((one for one in known if one is not None), default=None), before["coverage"], proof

    def steps(self, story_id: str) -> list[Mapping[str, Any]]:
        """The chronology of one story, oldest first."""
        return [row for row in self.facts.steps.rows if row["story_id"] == story_id]

    def span(self) -> str:
        """The weeks that agencies, dimensions and places are counted over."""
        week = self.facts.week
        return f"{WINDOW} minggu ({fmt.span(week.shift(1 - WINDOW).monday, week.sunday)})"


def label(text: str | None, url: str | None = None) -> Cell:
    """A text cell that cannot burst its column."""
    return Cell(breakable(clean(text)) or fmt.MISSING, url)
