"""What an erasure has found and not finished: ids and reports, so that a killed one can be taken up."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

Report = dict[str, str | int]
"""A report to be printed again: ``week``, ``snapshot``, ``now``."""


@dataclass(slots=True)
class Journal:
    """The open erasure of a home folder.

    Attributes:
        requests: fingerprints of the subjects.
        documents: source by `doc_id`.
        reports: reports that were taken away and are to be printed again: week, snapshot, now.
    """

    requests: list[str] = field(default_factory=list)
    documents: dict[str, str] = field(default_factory=dict)
    reports: list[Report] = field(default_factory=list)

    def save(self, path: Path) -> None:
        """Write it whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.part")
        with draft.open("w", encoding="utf-8") as file:
            json.dump(asdict(self), file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)


def journal_path(home: Path) -> Path:
    """Where the journal of a home folder lies while an erasure is open."""
    return home / "state" / "erasing.json"


def open_journal(home: Path) -> Journal:
    """The journal left by an erasure that was interrupted, or a new one."""
    path = journal_path(home)
    return Journal(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else Journal()
