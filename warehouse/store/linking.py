"""What linking reads of the lake and writes to it: only what changed, and what lies near it in time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import duckdb

from warehouse.lake import Lake
from warehouse.store.arrow import MOMENT, REAL, TEXT, TRUTH, incoming
from warehouse.store.stories import regroup

Row = Mapping[str, Any]

ARTICLE = {
    "doc_id": TEXT, "mark": TEXT, "source_id": TEXT, "dated_at": MOMENT, "elsewhere": TRUTH,
    "parent_id": TEXT, "root_id": TEXT, "root_at": MOMENT, "copy_of": TEXT,
}  # fmt: skip
LINK = {"doc_id": TEXT, "earlier_id": TEXT, "dated_at": MOMENT, "share": REAL, "event": REAL}

ARTICLES = """
SELECT doc_id, source_id, dated_at, fetched_at, concat($rule, '-', link_key) AS mark
FROM document_fact WHERE kind = 'news' AND link_key IS NOT NULL
"""
"""Relevant dated news articles. Everything that linking reads of one is in its mark; the content hash stands
for its words (see the view `document_fact_now`)."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened to the articles since they were linked.

    Attributes:
        total: relevant dated news articles there are now.
        fresh: new or changed ones, by id: source_id, dated_at, elsewhere, mark.
        gone: ids of those that are no more, or no more relevant.
    """

    total: int
    fresh: dict[str, dict[str, Any]]
    gone: set[str]


@dataclass(frozen=True, slots=True)
class Linked:
    """What a run of linking found; written in one transaction.

    Attributes:
        articles: rows of `story_article` that are new or changed.
        links: rows of `story_link` that are new.
        unlinked: ids whose earlier links no longer hold, but for those to `frozen` ones.
        frozen: ids of articles whose words are gone.
        gone: ids of articles that are no more.
    """

    articles: Sequence[Row] = ()
    links: Sequence[Row] = ()
    unlinked: Collection[str] = ()
    frozen: Collection[str] = ()
    gone: Collection[str] = field(default_factory=set)


def link_changes(lake: Lake, rule: int) -> Changes:
    """Compare the articles with what was linked.

    Args:
        lake: an open lake.
        rule: number of the rule of linking; under another one every article is fresh.
    """
    found = _dicts(
        lake,
        f"""
        WITH now AS MATERIALIZED ({ARTICLES}),
        differing AS (
          SELECT coalesce(n.doc_id, a.doc_id) AS doc_id, n.source_id, n.dated_at, n.fetched_at, n.mark
          FROM now n FULL JOIN story_article a ON a.doc_id = n.doc_id WHERE n.mark IS DISTINCT FROM a.mark
        )
        SELECT d.*, t.total FROM (SELECT count(*) AS total FROM now) t LEFT JOIN differing d ON true
        """,  # noqa: S608 - text of ours
        {"rule": str(rule)},
    )
    # Members of stories from before linking kept its book, or of documents deleted since.
    orphans = lake.rows("SELECT doc_id FROM story_member ANTI JOIN story_article USING (doc_id)")
    fresh = {row["doc_id"]: row for row in found if row["mark"] is not None}
    gone = {row["doc_id"] for row in found if row["mark"] is None} - {None}
    elsewhere = _elsewhere(lake, fresh)
    for row in fresh.values():
        row["elsewhere"] = row["doc_id"] in elsewhere
    return Changes(
        int(found[0]["total"]), fresh, gone | {doc_id for (doc_id,) in orphans if doc_id not in fresh}
    )


def _elsewhere(lake: Lake, fresh: Mapping[str, Row]) -> set[str]:
    """Which of these articles stand on a site that is not their source's own."""
    moments = [row["fetched_at"] for row in fresh.values()]
    if not moments:
        return set()
    found = lake.rows(
        "SELECT doc_id FROM document WHERE fetched_at BETWEEN $first AND $last "
        "AND list_contains(flags, 'other_site') AND doc_id IN (SELECT unnest($ids::VARCHAR[]))",
        {"first": min(moments), "last": max(moments), "ids": sorted(fresh)},
    )
    return {doc_id for (doc_id,) in found}


def articles_between(lake: Lake, first: datetime, last: datetime) -> list[dict[str, Any]]:
    """Relevant news articles published from `first` to `last`, with what linking compares.

    Returns:
        Rows with doc_id, source_id, dated_at, title, text, kecamatan_all, topic and worded (false where
        the words were erased or their time is over), oldest first.
    """
    return _dicts(
        lake,
        "SELECT doc_id, source_id, dated_at, title, text, kecamatan_all, topic, "
        "text <> '' AND NOT coalesce(list_has_any(flags, ['erased', 'expired']), false) AS worded "
        "FROM mart_document WHERE kind = 'news' AND relevant AND dated_at BETWEEN $first AND $last ORDER BY dated_at, doc_id",
        {"first": first, "last": last},
    )


def linked_between(
    lake: Lake, first: datetime, last: datetime
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of `story_article` and of `story_link` from `first` to just before `last`."""
    bounds = {"first": first, "last": last}
    return (
        _dicts(lake, "SELECT * FROM story_article WHERE dated_at >= $first AND dated_at < $last", bounds),
        _dicts(lake, "SELECT * FROM story_link WHERE dated_at >= $first AND dated_at < $last", bounds),
    )


def linked_articles(lake: Lake, doc_ids: Collection[str]) -> list[dict[str, Any]]:
    """Rows of `story_article` of these documents."""
    return _dicts(
        lake,
        "SELECT * FROM story_article WHERE doc_id IN (SELECT unnest($ids::VARCHAR[]))",
        {"ids": sorted(doc_ids)},
    )


def later_neighbours(lake: Lake, doc_ids: Collection[str]) -> list[tuple[str, datetime]]:
    """Articles that have a link to one of these earlier ones, with their moments."""
    return lake.rows(
        "SELECT DISTINCT doc_id, dated_at FROM story_link WHERE earlier_id IN (SELECT unnest($ids::VARCHAR[]))",
        {"ids": sorted(doc_ids)},
    )


def sources_and_copies(lake: Lake) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    """Linked articles by source, and copies by source and the source they repeat."""
    total = dict(lake.rows("SELECT source_id, count(*) FROM story_article GROUP BY source_id"))
    copied = lake.rows(
        "SELECT a.source_id, o.source_id, count(*) FROM story_article a "
        "JOIN story_article o ON o.doc_id = a.copy_of GROUP BY ALL"
    )
    return total, {(source, original): n for source, original, n in copied}


_UNLINK = """
DELETE FROM story_link
WHERE doc_id IN (SELECT unnest($gone::VARCHAR[])) OR earlier_id IN (SELECT unnest($gone::VARCHAR[]))
  OR ((doc_id IN (SELECT unnest($unlinked::VARCHAR[])) OR earlier_id IN (SELECT unnest($unlinked::VARCHAR[])))
    AND doc_id NOT IN (SELECT unnest($frozen::VARCHAR[])) AND earlier_id NOT IN (SELECT unnest($frozen::VARCHAR[])))
"""


def store_links(lake: Lake, found: Linked) -> set[str]:
    """Write what linking found, and the stories that follow from it.

    Returns:
        Ids of the documents whose story or original changed.
    """

    def work(con: duckdb.DuckDBPyConnection) -> set[str]:
        doc_ids = sorted({row["doc_id"] for row in found.articles} | set(found.gone))
        roots = _roots(con, doc_ids) | {row["root_id"] for row in found.articles}
        con.execute(_UNLINK, {name: sorted(getattr(found, name)) for name in ("gone", "unlinked", "frozen")})
        _delete(con, "story_article", "doc_id", doc_ids)
        _insert(con, "story_article", ARTICLE, found.articles)
        _insert(con, "story_link", LINK, found.links)
        return regroup(con, roots, found.gone)

    return lake.write(work)


def _roots(con: duckdb.DuckDBPyConnection, doc_ids: Sequence[str]) -> set[str]:
    found = con.execute(
        "SELECT DISTINCT root_id FROM story_article WHERE doc_id IN (SELECT unnest(?::VARCHAR[]))", [doc_ids]
    )
    return {root for (root,) in found.fetchall()}


def _delete(con: duckdb.DuckDBPyConnection, table: str, column: str, keys: Sequence[str]) -> None:
    if keys:
        con.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT unnest(?::VARCHAR[]))", [keys])  # noqa: S608 - names of ours


def _insert(
    con: duckdb.DuckDBPyConnection, table: str, schema: Mapping[str, Any], rows: Sequence[Row]
) -> None:
    if rows:
        columns = ", ".join(schema)
        with incoming(con, "incoming", schema, rows):
            con.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM incoming")  # noqa: S608 - names of ours


def _dicts(lake: Lake, sql: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
    cursor = lake.con.execute(sql, dict(params))
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
