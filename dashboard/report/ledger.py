"""The evidence ledger: every sentence and every row of numbers, bound to the queries behind it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from dataclasses import field as made
from pathlib import Path
from typing import Any

from dashboard.report.answers import Answer, Evidence, Table, pick, repeat
from warehouse import Lake

FORMAT = 1
"""Raised when the shape of the file changes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One sentence or one row of a table.

    Attributes:
        id: printed beside the sentence; stable for the same report.
        text: as printed.
        evidence: the values it was made from; empty only for a sentence about nothing measured.
        edit: what a person did to it: ``worded`` (its numbers are no longer the machine's), ``hidden`` (it is
            not printed) or ``written`` (it was never the machine's); empty: nothing.
        machine: the machine's words, where a person put others.
    """

    id: str
    text: str
    evidence: tuple[Evidence, ...]
    edit: str = ""
    machine: str = ""


@dataclass(slots=True)
class Ledger:
    """Entries in the order of the report."""

    entries: list[Entry] = made(default_factory=list)

    def add(self, key: str, text: str, evidence: Sequence[Evidence]) -> Entry:
        """Write down one entry.

        Raises:
            ValueError: the id is taken; two sentences must never share their evidence.
        """
        if any(entry.id == key for entry in self.entries):
            raise ValueError(f"ledger id {key!r} is taken")
        entry = Entry(key, text, tuple(evidence))
        self.entries.append(entry)
        return entry

    def fingerprint(self) -> str:
        """SHA-256 over all entries: the same evidence and sentences give the same."""
        return hashlib.sha256(_written(self.plain()).encode()).hexdigest()

    def plain(self) -> list[dict[str, Any]]:
        """The entries as JSON has them."""
        return [_plain(entry) for entry in self.entries]


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence that the lake no longer bears out.

    Attributes:
        entry: its id.
        text: as printed.
        query: that was asked again.
        field: of its answer.
        written: the value in the ledger.
        found: the value now, None where it is gone.
        row: which row of the answer.
        erased: the words behind it were taken out by law or by retention (`erased.mark`).
    """

    entry: str
    text: str
    query: str
    field: str
    written: object
    found: object
    row: Mapping[str, Any] = made(default_factory=dict)
    erased: bool = False


def write(path: Path, ledger: Ledger, head: Mapping[str, Any]) -> None:
    """Write the ledger as JSON, whole or not at all.

    Args:
        path: the file.
        ledger: entries.
        head: what the report is (week, snapshot, now, checksum of the PDF …).
    """
    content = {"format": FORMAT, **head, "fingerprint": ledger.fingerprint(), "entries": ledger.plain()}
    partial = path.with_name(path.name + ".tmp")
    partial.write_text(_written(content) + "\n", encoding="utf-8")
    partial.replace(path)


def read(path: Path) -> tuple[dict[str, Any], list[Entry]]:
    """The head and the entries of a ledger file."""
    head = json.loads(path.read_text(encoding="utf-8"))
    entries = [
        Entry(
            item["id"],
            item["text"],
            tuple(Evidence(**proof) for proof in item["evidence"]),
            item.get("edit", ""),
            item.get("machine", ""),
        )
        for item in head.pop("entries")
    ]
    return head, entries


def compare(
    lake: Lake, entries: Sequence[Entry], answers: dict[str, Answer[Any] | Table] | None = None
) -> list[Difference]:
    """Ask every query again and name the sentences whose values are not the same.

    Args:
        lake: opened at the ledger's snapshot and `now`.
        entries: from `read`.
        answers: filled with what was asked, so that other ledgers of the same lake need not ask again.
    """
    answers = {} if answers is None else answers
    differences = []
    for entry in entries:
        for proof in entry.evidence:
            found = _found(lake, proof, answers)
            if found != proof.value:
                differences.append(
                    Difference(
                        entry.id, entry.text, proof.query, proof.field, proof.value, found, dict(proof.row)
                    )
                )  # fmt: skip
    return differences


def _plain(entry: Entry) -> dict[str, Any]:
    """An entry as JSON has it; what nobody edited says nothing of edits."""
    found = asdict(entry)
    return {key: value for key, value in found.items() if value or key not in ("edit", "machine")}


def _found(lake: Lake, proof: Evidence, answers: dict[str, Answer[Any] | Table]) -> object:
    """The value now; None where it is gone. Each query is asked once."""
    asked = _written([proof.query, proof.parameters])
    try:
        if asked not in answers:
            answers[asked] = repeat(lake, proof)
        return pick(answers[asked], proof)
    except LookupError:
        return None


def _written(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1)
