"""Keep the tables of facts what their definitions say, in the transaction of whatever changed.

The tables are caches: what they hold is defined by one view each (`…_now`) alone. A refresh runs
that same definition over the rows of the documents it is about, so that it costs what changed and
one look at the ids of each table, not the whole lake.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

import duckdb

from warehouse.definitions import digest, reads_of
from warehouse.store.arrow import TEXT, incoming


@dataclass(frozen=True, slots=True)
class _Cache:
    """A table of facts.

    Attributes:
        table: its name; its definition is the view of that name with `_now`.
        reads: tables with the key that the definition reads, directly or through others.
        order: columns by which it is written when it is filled anew.
        key: column that says whose facts a row holds.
    """

    table: str
    reads: tuple[str, ...]
    order: str
    key: str = "doc_id"

    @property
    def view(self) -> str:
        return f"{self.table}_now"


_DOCUMENTS = (
    _Cache(
        "document_fact",
        ("document", "complaint", "enrichment", "label_correction", "label_review", "story_member"),
        "day, kind, source_id",
    ),
)
_COMPLAINTS = (
    _Cache("complaint_fact", ("document_fact", "complaint", "complaint_event"), "received_day, doc_id"),
    _Cache(
        "complaint_spell",
        ("complaint_fact", "complaint_event", "document_fact", "complaint"),
        "from_day, doc_id",
    ),
)
_STORIES = (_Cache("story_fact", ("document_fact",), "last_day, story_id", "story_id"),)
_ALL = (*_DOCUMENTS, *_COMPLAINTS, *_STORIES)


def refresh(con: duckdb.DuckDBPyConnection, doc_ids: Collection[str]) -> None:
    """Work out the facts of some documents and their stories anew.

    Those of documents that are no more are deleted.

    Args:
        con: inside the transaction that changed them, after the change.
        doc_ids: the documents; unknown ones do no harm.
    """
    before = stories_of(con, doc_ids)
    _refresh(con, doc_ids, _DOCUMENTS)
    refresh_stories(con, before | stories_of(con, doc_ids))


def add(con: duckdb.DuckDBPyConnection, fetched: Mapping[str, datetime]) -> None:
    """Work out the facts of documents that were not there before.

    Nothing but `document` and `complaint` knows them yet, so nothing else is read.

    Args:
        con: inside the transaction that added them, after that.
        fetched: when each of them was fetched.
    """
    if not fetched:
        return
    first, last = min(fetched.values()), max(fetched.values())
    lies = {
        "document": f"fetched_at BETWEEN '{first.isoformat()}' AND '{last.isoformat()}'",
        "complaint": "true",
    }
    with _fresh(con, "doc_id", fetched):
        for cache in _DOCUMENTS:
            known = {name: lies.get(name, "false") for name in cache.reads}
            con.execute(f"INSERT INTO {cache.table} BY NAME {_restricted(cache, known)}")


def refresh_membership(con: duckdb.DuckDBPyConnection, doc_ids: Collection[str]) -> None:
    """Take over what `story_member` says of some documents, of which nothing else changed.

    Linking changes nothing but this, and the rest of a fact is read from six tables.

    Args:
        con: inside the transaction that changed them, after the change.
        doc_ids: documents that exist.
    """
    if not doc_ids:
        return
    with _fresh(con, "doc_id", doc_ids):
        lies = _within(con, "document_fact", "doc_id")
        before = con.execute(
            f"SELECT DISTINCT story_id FROM document_fact WHERE {lies} AND story_id IS NOT NULL "  # noqa: S608 - conditions of ours
            "AND doc_id IN (SELECT doc_id FROM fresh)"
        ).fetchall()
        con.execute(
            "UPDATE document_fact SET story_id = m.story_id, copy_of = m.copy_of "  # noqa: S608 - same
            "FROM (SELECT f.doc_id, s.story_id, s.copy_of FROM fresh f LEFT JOIN story_member s USING (doc_id)) m "
            f"WHERE document_fact.doc_id = m.doc_id AND {lies}"
        )
        after = con.execute(
            "SELECT DISTINCT story_id FROM story_member SEMI JOIN fresh USING (doc_id)"
        ).fetchall()
    refresh_stories(con, {story_id for (story_id,) in [*before, *after]})


def refresh_complaints(con: duckdb.DuckDBPyConnection, doc_ids: Collection[str]) -> None:
    """Work out what follows from the events of some complaints; call it after `refresh`."""
    _refresh(con, doc_ids, _COMPLAINTS)


def refresh_stories(con: duckdb.DuckDBPyConnection, story_ids: Collection[str]) -> None:
    """Work out what the articles of some stories add up to; call it after rows of `document_fact` went."""
    _refresh(con, story_ids, _STORIES)


def stories_of(con: duckdb.DuckDBPyConnection, doc_ids: Collection[str]) -> set[str]:
    """Which stories the facts put some documents in (a few more may be among them)."""
    with _fresh(con, "doc_id", doc_ids):
        found = con.execute(
            "SELECT DISTINCT story_id FROM document_fact WHERE story_id IS NOT NULL "
            "AND doc_key IN (SELECT key_of(doc_id) FROM fresh)"
        ).fetchall()
    return {story_id for (story_id,) in found}


def rebuild(con: duckdb.DuckDBPyConnection) -> None:
    """Work out all facts anew.

    Args:
        con: inside a transaction; the marts are there.
    """
    _rebuild(con, _ALL)
    con.execute("DELETE FROM fact_set")
    con.execute("INSERT INTO fact_set VALUES (?)", [_digest()])


def rebuild_complaints(con: duckdb.DuckDBPyConnection) -> None:
    """Work out what follows from the events of all complaints: the meaning of statuses has changed."""
    _rebuild(con, _COMPLAINTS)


def is_current(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the tables were filled by the definitions of today."""
    return con.execute("SELECT sha256 FROM fact_set").fetchall() == [(_digest(),)]


def _digest() -> str:
    return digest(dict.fromkeys(mart for cache in _ALL for mart in reads_of(cache.view)))


def _refresh(con: duckdb.DuckDBPyConnection, keys: Collection[str], caches: Collection[_Cache]) -> None:
    if not keys:
        return
    for cache in caches:
        with _fresh(con, cache.key, keys):
            if (old := _within(con, cache.table, cache.key)) != "false":
                con.execute(
                    f"DELETE FROM {cache.table} WHERE {cache.key} IN (SELECT {cache.key} FROM fresh) AND {old}"  # noqa: S608 - names of ours
                )
            lies = {name: _within(con, name, cache.key) for name in cache.reads}
            con.execute(f"INSERT INTO {cache.table} BY NAME {_restricted(cache, lies)}")


def _fresh(con: duckdb.DuckDBPyConnection, key: str, values: Collection[str]) -> AbstractContextManager[None]:
    return incoming(con, "fresh", {key: TEXT}, [{key: value} for value in sorted(set(values))])


# Tables that are cut into files by time: where the rows of `fresh` lie says which files need not be read.
_LIES = {
    "document": ("fetched_at", "doc_id IN (SELECT doc_id FROM fresh)"),
    # the number leaves out most rows, the id those of a million that happen to have the same one
    "document_fact": (
        "day",
        "doc_key IN (SELECT key_of(doc_id) FROM fresh) AND doc_id IN (SELECT doc_id FROM fresh)",
    ),
}


def _within(con: duckdb.DuckDBPyConnection, table: str, key: str) -> str:
    """A condition that all rows of `fresh` in a table meet; "false" where it has none of them."""
    if table not in _LIES or key != "doc_id":
        return "true"
    column, known = _LIES[table]
    first, last, n, dated = con.execute(
        f"SELECT min({column}), max({column}), count(*), count({column}) FROM {table} WHERE {known}"  # noqa: S608 - names of ours
    ).fetchall()[0]
    if n == 0:
        return "false"
    if dated < n:
        return "true"
    return f"{column} BETWEEN '{first.isoformat()}' AND '{last.isoformat()}'"


def _rebuild(con: duckdb.DuckDBPyConnection, caches: Collection[_Cache]) -> None:
    for cache in caches:
        con.execute(f"DELETE FROM {cache.table}")  # noqa: S608 - names of ours
        con.execute(f"INSERT INTO {cache.table} BY NAME FROM {cache.view} ORDER BY {cache.order}")


def _restricted(cache: _Cache, lies: Mapping[str, str]) -> str:
    """A definition over the keys of `fresh` only: its tables and views, by the same names.

    Args:
        cache: whose definition.
        lies: by table, a condition that the rows of those keys meet.
    """
    *before, definition = reads_of(cache.view)
    tables = [
        f"{name} AS (FROM lake.{name} SEMI JOIN fresh USING ({cache.key}) WHERE {lies[name]})"
        for name in cache.reads
    ]
    views = [f"{mart.name} AS (\n{mart.sql})" for mart in before if not mart.is_macro]
    return f"WITH {', '.join(tables + views)} SELECT * FROM (\n{definition.sql})"  # noqa: S608 - files of ours
