"""Rows for files that leave the system: documents by any filter, or a mart as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from warehouse.access import needs, require
from warehouse.lake import Lake
from warehouse.queries.documents import HIDDEN, DocumentFilter, conditions, refuse_others

DOCUMENTS = "documents"
WORDS = frozenset({"title", "text", "excerpt", "note", "reason", "detail", "why", "keywords"})
"""Columns that hold what people wrote; they are masked again on the way out."""
AUTHORS = frozenset({"author", "ticket_id", "recorded_by", "corrected_by"})
"""Columns that say who: pseudonyms of citizens, numbers of their complaints, accounts of staff."""
_BATCH = 10_000
_COLUMNS = (
    "doc_id, kind, source_id, source_name, dated_at, day, week, relevant, language, topic, topic_label, "
    "dimension_label, opd_ids, opd_short, sentiment, kecamatan_all, desa_all, quick_wins, needs_review, "
    "views, likes, comments, shares, advertorial, parent_id, story_id, copy_of, flags"
)


@dataclass(frozen=True, slots=True)
class Export:
    """Rows on their way out.

    Attributes:
        schema: names and types of the columns.
        total: how many rows there are.
        batches: the rows, in order; read once, while the lake is open.
    """

    schema: pa.Schema
    total: int
    batches: Iterator[pa.RecordBatch]


def exportable(lake: Lake) -> list[str]:
    """What can be exported: documents, and every mart."""
    marts = lake.rows(
        "SELECT view_name FROM duckdb_views() WHERE database_name = 'lake' AND view_name LIKE 'mart_%' "
        "ORDER BY view_name"
    )
    return [DOCUMENTS, *(name for (name,) in marts)]


@needs("export")
def export(lake: Lake, what: str, wanted: DocumentFilter, *, authors: bool) -> Export:
    """Rows of `what`, all of them, in a fixed order.

    Bodies are cut to an excerpt and a confidential complaint comes without its words, as everywhere.

    Args:
        lake: an open lake.
        what: one of `exportable`.
        wanted: which documents; a mart takes no filter.
        authors: with the columns that say who wrote.

    Raises:
        AccessError: the viewer may not take this out.
        ValueError: with one Indonesian sentence: there is nothing of that name.
    """
    if authors:
        require(lake.viewer, "authors", what)
    refuse_others(lake, wanted)
    known = exportable(lake)
    if what not in known:
        raise ValueError(f"'{what}' tidak dapat diekspor; yang ada: {', '.join(known)}.")
    if what == DOCUMENTS:
        where, params = conditions(wanted)
        author = ", author" if authors else ""
        sql = (
            f"SELECT {_COLUMNS}{author}, shown AS title, excerpt, "  # noqa: S608 - names of ours
            f"CASE WHEN NOT {HIDDEN} THEN url END AS url FROM (FROM mart_document WHERE {where}) "
            "JOIN (SELECT doc_id, title AS shown, excerpt FROM mart_listed) USING (doc_id) "
            "ORDER BY dated_at DESC NULLS LAST, doc_id"
        )
        return _export(lake, sql, params)
    return _export(lake, _mart(lake, what, authors=authors), {})


def _mart(lake: Lake, name: str, *, authors: bool) -> str:
    columns = [
        column
        for (column,) in lake.rows(
            "SELECT column_name FROM duckdb_columns() WHERE database_name = 'lake' AND table_name = ? "
            "ORDER BY column_index",
            [name],
        )
    ]
    hidden = HIDDEN if {"kind", "doc_id"} <= set(columns) else None
    if hidden is None and "doc_id" in columns:
        hidden = "doc_id IN (SELECT doc_id FROM complaint WHERE confidentiality = 'rahasia')"
    chosen = []
    for column in columns:
        if column in AUTHORS and not authors:
            continue
        value = f'excerpt("{column}")' if column == "text" else f'"{column}"'
        if hidden and column in WORDS | {"url"}:
            value = f"CASE WHEN NOT {hidden} THEN {value} END"
        chosen.append(f'{value} AS "{column}"')
    return f"SELECT {', '.join(chosen)} FROM {name} ORDER BY ALL"  # noqa: S608 - names of the lake


def _export(lake: Lake, sql: str, params: Mapping[str, Any]) -> Export:
    total = int(lake.value(f"SELECT count(*) FROM ({sql})", params))  # noqa: S608 - made above
    reader = lake.con.execute(sql, dict(params)).to_arrow_reader(_BATCH)
    return Export(reader.schema, total, iter(reader))
