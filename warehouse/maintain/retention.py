"""Retention: full words leave every version of the lake when their time is over; rows stay.

What stays of a document is its title, address, outlet, times, labels and an excerpt
(`config/retention.yaml`); it is flagged, keeps its labels (`store.labels.carry_labels`) and is
counted as before. A text no longer than an excerpt is left alone: nothing of it would go.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from config.retention import Texts
from warehouse.forget import EXPIRED, WORDLESS, Forgotten, forget
from warehouse.forget.catalog import DataFile
from warehouse.lake import Lake

_TABLE = "document"
_DUE = f"""
SELECT file_row_number, doc_id, kind, source_id, fetched_at, left(text, $excerpt) AS text, flags
FROM read_parquet($file, file_row_number => true, hive_partitioning => false)
WHERE fetched_at <= $limit AND length(text) > $excerpt
  AND NOT list_has_any(coalesce(flags, []), {list(WORDLESS)!r})
"""  # noqa: S608 - names of ours
_DUE_BEFORE_FLAGS = _DUE.replace("text, flags\n", "text, NULL AS flags\n").replace(
    "coalesce(flags, [])", "[]"
)


@dataclass(frozen=True, slots=True)
class Due:
    """Words whose time is over, as `warehouse.forget.forget` asks for them.

    Attributes:
        rules: for how long.
        now: the current moment (aware).
        spared: documents that have no labels yet: their words are still needed.
    """

    rules: Texts
    now: datetime
    spared: frozenset[str]

    def changes(self, file: DataFile) -> dict[int, dict[str, Any]]:
        """Which rows of a file lose words, by position; only what is due is read."""
        shortest = self.rules.shortest()
        if file.table != _TABLE or shortest is None:
            return {}
        limit = self.now - timedelta(days=shortest)
        with duckdb.connect() as con:
            con.execute("SET TimeZone = 'UTC'")
            names = con.execute(
                "SELECT list(name) FROM parquet_schema($file)", {"file": str(file.path)}
            ).fetchall()[0][0]
            cursor = con.execute(
                _DUE if "flags" in names else _DUE_BEFORE_FLAGS,
                {"file": str(file.path), "excerpt": self.rules.excerpt, "limit": limit},
            )
            columns = [column[0] for column in cursor.description or []]
            rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
        found = {row["file_row_number"]: self._cut(row) for row in rows}
        if "flags" not in names:  # a file from before there were flags: only the words can go
            found = {at: {"text": new["text"]} for at, new in found.items() if new}
        return {at: new for at, new in found.items() if new}

    def row(self, table: str, row: Mapping[str, Any]) -> dict[str, Any]:
        """Which cells of a row of the catalog lose words."""
        if table != _TABLE or len(row["text"]) <= self.rules.excerpt:
            return {}
        return self._cut({**row, "fetched_at": _moment(row["fetched_at"])})

    def redact(self, text: str) -> str:
        """Statistics of changed columns are emptied anyway; others say nothing that is due."""
        return text

    def _cut(self, row: Mapping[str, Any]) -> dict[str, Any]:
        flags = list(row.get("flags") or ())
        if (
            row["doc_id"] in self.spared
            or any(flag in flags for flag in WORDLESS)
            or not self.rules.over(row["kind"], row["source_id"], row["fetched_at"], self.now)
        ):
            return {}
        return {"text": row["text"][: self.rules.excerpt], "flags": [*flags, EXPIRED]}


def _moment(value: str | datetime) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def unlabelled(lake: Lake) -> frozenset[str]:
    """Documents without any labels; the next enrich run needs their words."""
    rows = lake.rows(
        "SELECT doc_id FROM document d WHERE NOT EXISTS (FROM enrichment e WHERE e.doc_id = d.doc_id)"
    )
    return frozenset(doc_id for (doc_id,) in rows)


def expire_words(
    home: Path,
    due: Due,
    *,
    dry_run: bool = False,
    on_file: Callable[[int], None] = lambda _: None,
) -> Forgotten:
    """Take out the words that are due; readers are not disturbed, no lake may be open in this process.

    The replaced files are deleted by `warehouse.maintain.files.clear` after their time of grace.

    Raises:
        LakeMissingError: there is no lake.
        LakeBusyError: somebody kept a lock.
    """
    return forget(home, due, dry_run=dry_run, on_file=on_file, at_once=False)
