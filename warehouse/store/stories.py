"""Stories: what to link, and replacing the links that changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from warehouse.lake import Lake
from warehouse.store.arrow import MOMENT, TEXT, TRUTH, WHOLE, incoming

STORY = {"story_id": TEXT, "lead_doc_id": TEXT, "first_at": MOMENT, "last_at": MOMENT}
CLONE = {
    "source_id": TEXT, "original_id": TEXT, "n_articles": WHOLE, "n_copies": WHOLE, "configured": TRUTH,
}  # fmt: skip
MEMBER = {"story_id": TEXT, "doc_id": TEXT, "copy_of": TEXT}


def articles_to_link(lake: Lake) -> list[dict[str, Any]]:
    """All relevant dated news articles, oldest first (ties by id).

    Returns:
        Rows with doc_id, source_id, title, text, dated_at (aware), kecamatan_all and flags.
    """
    cursor = lake.con.execute(
        "SELECT doc_id, source_id, title, text, dated_at, kecamatan_all, flags FROM mart_document "
        "WHERE kind = 'news' AND relevant AND dated_at IS NOT NULL ORDER BY dated_at, doc_id"
    )
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def replace_stories(
    lake: Lake, stories: Sequence[Mapping[str, Any]], members: Sequence[Mapping[str, Any]]
) -> set[str]:
    """Make the lake hold exactly these stories; unchanged rows are not rewritten.

    Returns:
        Ids of the stories that appeared, changed or went away.
    """

    def work(con: duckdb.DuckDBPyConnection) -> set[str]:
        return _replace(con, "story", STORY, stories) | _replace(con, "story_member", MEMBER, members)

    return lake.write(work)


def replace_clones(lake: Lake, rows: Sequence[Mapping[str, Any]]) -> None:
    """Make the lake name exactly these clones; nothing is written when they are the same."""
    known = lake.rows(f"SELECT {', '.join(CLONE)} FROM source_clone ORDER BY source_id")  # noqa: S608 - names of ours
    wanted = sorted(tuple(row[name] for name in CLONE) for row in rows)
    if [tuple(row) for row in known] == wanted:
        return

    def work(con: duckdb.DuckDBPyConnection) -> None:
        con.execute("DELETE FROM source_clone")
        with incoming(con, "incoming", CLONE, rows):
            con.execute(f"INSERT INTO source_clone SELECT {', '.join(CLONE)} FROM incoming")  # noqa: S608 - same

    lake.write(work)


def _replace(
    con: duckdb.DuckDBPyConnection,
    table: str,
    schema: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
) -> set[str]:
    columns = ", ".join(schema)
    with incoming(con, "incoming", schema, rows):
        differing = con.execute(
            f"SELECT DISTINCT story_id FROM ((SELECT {columns} FROM incoming EXCEPT SELECT {columns} FROM {table}) "  # noqa: S608 - names of ours
            f"UNION ALL (SELECT {columns} FROM {table} EXCEPT SELECT {columns} FROM incoming))"
        ).fetchall()
        ids = sorted(story_id for (story_id,) in differing)
        if ids:
            con.execute(f"DELETE FROM {table} WHERE story_id IN (SELECT unnest(?::VARCHAR[]))", [ids])  # noqa: S608 - same
            con.execute(
                f"INSERT INTO {table} ({columns}) SELECT {columns} FROM incoming "  # noqa: S608 - same
                "WHERE story_id IN (SELECT unnest(?::VARCHAR[]))",
                [ids],
            )
    return set(ids)
