"""What people changed about a report, laid over the document that the machine made. Pure.

The document stays a function of the lake's snapshot; the overlay is a function of the events
(`warehouse.queries.report_events`). Words are exchanged only where the machine still says what
the editor read: after a change of the data beneath, an edit is stale until somebody makes it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from config import Config
from dashboard.report.arranging import Block, arranged, flat_said, relinked, story_ranks
from dashboard.report.document import Composed
from dashboard.report.edit_log import log_blocks
from dashboard.report.ledger import Entry, Ledger
from dashboard.report.recommending import Advice, Judged, advice_of, judged_of, with_advice
from dashboard.report.text import clean
from warehouse.queries.report_events import ReportEvent

SECTION: Final = "bagian:"
"""Begins the id of a section as something to move or to hide."""
KEPT: Final = ("identitas", "lampiran")
"""Sections that cannot be hidden: who speaks from what data, and how it was made and edited."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Other words for a sentence: what the editor read, and what they wrote."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Overlay:
    """Everything people changed.

    Attributes:
        worded: other words, by id of the sentence.
        hidden: ids of sentences, stories and sections that are not printed.
        moves: id and new place among its like (from 1), in the order they were made.
        advice: recommendations of this report.
        judged: what became of those of the report before.
        log: the events, for the annex.
    """

    worded: Mapping[str, Wording] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    moves: tuple[tuple[str, int], ...] = ()
    advice: tuple[Advice, ...] = ()
    judged: tuple[Judged, ...] = ()
    log: tuple[ReportEvent, ...] = ()

    def written(self) -> list[dict[str, Any]]:
        """The log in full, as the ledger file has it."""
        return [
            {
                "action": one.action, "target": one.target, "old": one.old, "new": one.new,
                "reason": one.reason, "person": one.person, "at": one.happened_at.isoformat(),
            }
            for one in self.log
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LaidOver:
    """An edited report.

    Attributes:
        composed: document and ledger.
        stale: ids of sentences whose edit was left out: the machine says something else by now.
    """

    composed: Composed
    stale: tuple[str, ...]


def overlay_of(events: Sequence[ReportEvent], before: Sequence[ReportEvent] = ()) -> Overlay:
    """The overlay that some events make.

    Args:
        events: of the report, in order.
        before: of the report of the week before, for its recommendations.
    """
    worded: dict[str, Wording] = {}
    hidden: set[str] = set()
    for one in events:
        if one.action == "worded":
            worded[one.target] = Wording(one.old or "", one.new or "")
        elif one.action == "hidden":
            hidden.add(one.target)
        elif one.action == "shown":  # as the machine made it: in print again, in its own words
            hidden.discard(one.target)
            worded.pop(one.target, None)
    moves = tuple(
        (one.target, int(one.new))
        for one in events
        if one.action == "moved" and one.new is not None and one.new.isdecimal()
    )
    return Overlay(
        worded,
        frozenset(hidden - {SECTION + key for key in KEPT}),
        moves,
        advice_of(events),
        judged_of(events, advice_of(before)),
        tuple(one for one in events if one.action not in ("based", "sent")),
    )


def laid_over(composed: Composed, overlay: Overlay, config: Config) -> LaidOver:
    """The document and the ledger with everything that people changed.

    Args:
        composed: from `document.compose`.
        overlay: from `overlay_of`.
        config: titles of sections and names of offices.
    """
    if overlay == Overlay():
        return LaidOver(composed, ())
    entries = {one.id: one for one in composed.ledger.entries}
    words = {
        key: clean(one.new)
        for key, one in overlay.worded.items()
        if key in entries and entries[key].text == clean(one.old)
    }
    stale = tuple(key for key in overlay.worded if key not in words)
    parts, said = with_advice(list(composed.data["parts"]), overlay.advice, overlay.judged, config)
    parts = _sections(parts, overlay)
    parts = [
        {**part, "blocks": arranged(part["blocks"], words, overlay.hidden, overlay.moves)} for part in parts
    ]
    parts = relinked([part for part in parts if part["blocks"]], story_ranks(composed.data["parts"]))
    ledger = Ledger(
        [*_entries(composed.ledger.entries, words, _gone(composed.data["parts"], overlay)), *said]
    )
    parts = [
        {**part, "blocks": _logged(part["blocks"], overlay, config, composed.ledger, ledger)}
        if part["annex"]
        else part
        for part in parts
    ]
    return LaidOver(Composed({**composed.data, "parts": parts}, ledger), stale)


def _sections(parts: list[Block], overlay: Overlay) -> list[Block]:
    """The sections in their new order, without the hidden ones; the annex stays last."""
    body = [part for part in parts if not part["annex"]]
    for key, place in overlay.moves:
        at = next((n for n, part in enumerate(body) if SECTION + part["id"] == key), None)
        if at is not None:
            body.insert(min(place, len(body)) - 1, body.pop(at))
    return [
        *(part for part in body if SECTION + part["id"] not in overlay.hidden),
        *(part for part in parts if part["annex"]),
    ]


def _gone(parts: Iterable[Block], overlay: Overlay) -> frozenset[str]:
    """Ids of all sentences that are not printed."""
    found = set(overlay.hidden)
    for part in parts:
        if SECTION + part["id"] in overlay.hidden:
            found |= {said["id"] for said in flat_said(part["blocks"])}
    return frozenset(found)


def _entries(entries: Iterable[Entry], words: Mapping[str, str], gone: frozenset[str]) -> Iterable[Entry]:
    for one in entries:
        edited = replace(one, text=words[one.id], machine=one.text, edit="worded") if one.id in words else one
        yield replace(edited, edit="hidden") if one.id in gone else edited


def _logged(
    blocks: Sequence[Block], overlay: Overlay, config: Config, before: Ledger, ledger: Ledger
) -> list[Block]:
    """The annex with the log of edits, and with the fingerprint of the ledger as it is now."""
    was, now = before.fingerprint()[:16], ledger.fingerprint()[:16]
    kept = [
        {**block, "pairs": [(name, now if value == was else value) for name, value in block["pairs"]]}
        if block["kind"] == "pairs"
        else block
        for block in blocks
    ]
    proof = [n for n, block in enumerate(kept) if block["kind"] == "heading" and block["title"] == "Bukti"]
    at = proof[-1] if proof else len(kept)
    return [*kept[:at], *log_blocks(overlay.log, config), *kept[at:]]
