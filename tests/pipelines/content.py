"""What a lake says, without the bookkeeping of who wrote it when."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from warehouse import Lake

BOOKKEEPING = {"run_id", "loaded_at"}
TABLES = ("document", "complaint", "complaint_event", "enrichment", "story", "story_member", "alert")

# A row as (column, value) pairs, in the order of the table.
Row = tuple[tuple[str, str], ...]


def content(home: Path) -> dict[str, Counter[Row]]:
    """The rows of every table, as text, with how often each occurs."""
    with Lake(home) as lake:
        found = {}
        for table in TABLES:
            # How often a source failed depends on how often it was asked: only that it did is content.
            columns = "* EXCLUDE (reason, observed, expected)" if table == "alert" else "*"
            frame = lake.frame(f"SELECT {columns} FROM {table}")  # noqa: S608 - names of ours
            kept = frame[[column for column in frame.columns if column not in BOOKKEEPING]]
            rows = kept.to_dict("records")
            found[table] = Counter(tuple((name, str(row[name])) for name in kept.columns) for row in rows)
        return found


def difference(here: dict[str, Counter[Row]], there: dict[str, Counter[Row]]) -> list[str]:
    """What two lakes do not say alike, field by field where a row has the same key; empty if nothing."""
    found = []
    for table, rows in here.items():
        only, lacking = dict_by_key(rows - there[table]), dict_by_key(there[table] - rows)
        for key in only.keys() | lacking.keys():
            one, other = only.get(key, {}), lacking.get(key, {})
            found += [
                f"{table} {key} {column}: {one.get(column)} | {other.get(column)}"
                for column in one | other
                if one.get(column) != other.get(column)
            ]
    return sorted(found)


def dict_by_key(rows: Counter[Row]) -> dict[str, dict[str, str]]:
    """Rows by the value of their first column."""
    return {row[0][1]: dict(row) for row in rows}
