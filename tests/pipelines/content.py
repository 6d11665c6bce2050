"""What a lake says, without the bookkeeping of who wrote it when."""

from __future__ import annotations

from pathlib import Path

from warehouse import Lake

BOOKKEEPING = {"run_id", "loaded_at"}
TABLES = ("document", "complaint", "complaint_event", "enrichment", "story", "story_member", "alert")


def content(home: Path) -> dict[str, list[str]]:
    """Sorted rows of every table, as text."""
    with Lake(home) as lake:
        found = {}
        for table in TABLES:
            # How often a source failed depends on how often it was asked: only that it did is content.
            columns = "* EXCLUDE (reason, observed, expected)" if table == "alert" else "*"
            frame = lake.frame(f"SELECT {columns} FROM {table}")  # noqa: S608 - names of ours
            kept = frame[[column for column in frame.columns if column not in BOOKKEEPING]]
            found[table] = sorted(map(repr, kept.astype(str).to_dict("records")))
        return found
