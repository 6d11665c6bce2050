"""What becomes of a row when its document is erased, and of a cell that names somebody."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from warehouse.forget.catalog import DataFile
from warehouse.forget.parquet import changes_of

ERASED = "erased"
"""Flag of a document whose words were erased; its labels stand for it from then on."""
EXPIRED = "expired"
"""Flag of a document of which only an excerpt is left (`warehouse.maintain.retention`)."""
WORDLESS = (ERASED, EXPIRED)
"""Flags of documents whose labels cannot be made again from their words."""
GONE = "[DIHAPUS]"
"""In place of a remark: the clocks must still know that there was one."""

_EMPTY: Mapping[str, Mapping[str, Any]] = {
    "document": {
        "title": "", "text": "", "author": "", "external_id": None, "url": None, "canonical_url": None,
        "section": None, "tags": [], "aliases": [], "content_hash": "",
    },
    "complaint": {"ticket_id": None},
    "complaint_event": {"note": GONE, "note_hash": None},
    "enrichment": {"keywords": [], "why": []},
    "label_correction": {"reason": GONE},
    "evidence_event": {"comment": GONE},
    "story_article": {"mark": ""},
}  # fmt: skip
"""By table: columns of an erased document's rows and what they hold afterwards."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be erased.

    Attributes:
        doc_ids: documents to be erased whole.
        redact: puts tokens in place of mentions elsewhere; returns a text that names nobody as it is.
        kept_phrases: lower case; of a remark only these stay: numbers are made of them
            (automatic acknowledgements are no answers).
    """

    doc_ids: Collection[str]
    redact: Callable[[str], str]
    kept_phrases: Collection[str] = ()

    def changes(self, file: DataFile) -> dict[int, dict[str, Any]]:
        """Which rows of a Parquet file change, by position, and to what."""
        return changes_of(file.path, lambda row: self.row(file.table, row))

    def row(self, table: str, row: Mapping[str, Any]) -> dict[str, Any]:
        """Say which cells of a row change, and to what. Pure.

        Args:
            table: name of the lake's table.
            row: its cells; a cell is a text, a list of texts, or anything else (left alone).
        """
        new: dict[str, Any] = {}
        if row.get("doc_id") in self.doc_ids:
            new = {
                name: self._emptied(name, row[name], to)
                for name, to in _EMPTY.get(table, {}).items()
                if name in row
            }
            if table == "document" and "flags" in row:
                new["flags"] = [*(flag for flag in row["flags"] or () if flag != ERASED), ERASED]
        for name, value in row.items():
            if name not in new:
                new[name] = self._redacted(value)
        return {name: value for name, value in new.items() if value != row[name]}

    def _emptied(self, name: str, value: Any, to: Any) -> Any:  # noqa: ANN401 - a cell
        if value is None or (name == "note" and value == ""):
            return value
        if name == "note":
            low = value.lower()
            return " ".join([GONE, *sorted(phrase for phrase in self.kept_phrases if phrase in low)])
        return to

    def _redacted(self, value: Any) -> Any:  # noqa: ANN401 - a cell
        if isinstance(value, str):
            return self.redact(value)
        if isinstance(value, list):
            return [self._redacted(item) for item in value]
        return value
