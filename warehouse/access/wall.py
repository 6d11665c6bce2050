"""The wall: relations of the same names that stand in front of the real ones.

A walled connection uses a database of its own in which every table and mart of the lake stands once more as a
view that lets through what its viewer may see. Queries name their relations without saying where they are, so
each of them, also one written tomorrow, reads through the wall without knowing.

What a view lets through follows from its columns:

* ``doc_id``: rows of other offices' complaints are not there (`opd`), or their words are cut (`pimpinan`);
* ``doc_ids``: neither are the ids of such complaints in lists;
* ``desa`` and ``n``: cells below `SMALL` are not there;
* words, but no ``doc_id`` to tell whose they are: the relation is not there at all, unless `PUBLIC` names it;
* otherwise it only counts, and counts everything.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import count
from typing import Final

import duckdb

from warehouse.access.viewer import AccessError, Viewer, may
from warehouse.definitions import marts
from warehouse.lake import Lake

SMALL: Final = 5
"""A cell of a desa with fewer is not shown: it may be one household (domain rule for n < 5)."""
EXAMPLE: Final = 160
"""Letters of a complaint that those see who get examples only."""

WORDS: Final = frozenset(
    {
        "title", "text", "excerpt", "note", "reason", "detail", "why", "keywords", "message", "question",
        "record_key", "comment",
    }
)  # fmt: skip
"""Columns that hold what people wrote."""
WHO: Final = frozenset(
    {
        "author", "ticket_id", "external_id", "url", "canonical_url", "aliases", "content_hash", "note_hash",
        "actor", "recorded_by", "corrected_by", "reviewer", "kecamatan_raw", "desa_raw", "tags", "old_value",
        "new_value",
    }
)  # fmt: skip
"""Columns that lead to the person or to the original."""
PUBLIC: Final = frozenset(
    {
        "mart_story", "alert", "alert_event", "mart_alert", "alert_delivery", "run", "run_source_reason",
        "rejected", "mart_quarantine", "mart_quarantine_count", "saved_search", "story_edit",
        "report_event", "report_delivery",
    }
)  # fmt: skip
"""Relations with words that are not citizens': the press's own, and the system's."""
_BLANK: Final = {
    "rejected": ("record_key", "detail"), "mart_quarantine": ("record_key", "detail", "asked_by"),
    "quarantine_retry": ("asked_by",), "run": ("message",), "alert_delivery": ("detail",),
}  # fmt: skip
_HISTORY: Final = "complaint_event"
_ASSESSMENT: Final = ("assessment", "evidence", "quick_win_judgement")
"""How relations of an assessment begin, after ``mart_``."""
_REPORT = ("report_event", "report_file", "report_delivery")
_numbers = count()


class WalledLake(Lake):
    """A lake as one viewer may see it; shares the instance, and the moment, of the lake behind it.

    Args:
        behind: the lake that is read; not closed with this one, and not to be closed before.
        viewer: in whose name.
    """

    def __init__(self, behind: Lake, viewer: Viewer) -> None:  # no super: it opens nothing
        self.home, self.folder, self.now, self._lock = behind.home, behind.folder, behind.now, behind._lock  # noqa: SLF001 - same class
        self._behind, self._viewer = behind, viewer
        place = str(behind.value("SELECT current_catalog()"))
        self.con = behind.con.cursor()
        self.con.execute("SET TimeZone = 'UTC'")
        self.con.execute("SET VARIABLE pati_now = ?::TIMESTAMPTZ", [self.now.isoformat()])
        self._wall: str | None = None
        if viewer.walled:
            self._wall = f"wall_{next(_numbers)}"
            _build(self.con, place, self._wall, viewer)
        self.con.execute(f'USE "{self._wall or place}"')

    @property
    def whole(self) -> Lake:
        """The lake behind the wall, for questions that only count."""
        return self._behind

    def close(self) -> None:
        """Take the wall down; the lake behind it stays open."""
        if self._wall:
            self.con.execute("USE memory")
            self.con.execute(f'DETACH "{self._wall}"')
            self._wall = None
        self.con.close()


def refuse_unseen(lake: Lake, doc_id: str) -> None:
    """Refuse the id of a document that is not there for this viewer, whether or not it is there for others.

    Raises:
        AccessError: for walled viewers only; the same sentence for both.
    """
    seen = "SELECT count(*) FROM document_fact WHERE doc_key = key_of($id) AND doc_id = $id"
    if lake.viewer.walled and not lake.value(seen, {"id": doc_id}):
        raise AccessError("Ini tidak ada, atau bukan urusan OPD Anda.", "complaints", doc_id)


def _build(con: duckdb.DuckDBPyConnection, place: str, wall: str, viewer: Viewer) -> None:
    con.execute(f"ATTACH ':memory:' AS \"{wall}\"")
    con.execute(
        f'CREATE TABLE "{wall}".other_complaint AS {_others(place)}',
        {"opd": viewer.opd or ""},
    )
    relations = con.execute(
        "SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() "
        "WHERE database_name = ? AND NOT internal GROUP BY table_name ORDER BY table_name",
        [place],
    ).fetchall()
    for name, columns in relations:
        seen = view_of(name, columns, viewer)
        if seen is not None:
            sql = seen.format(behind=f'"{place}"."{name}"', other=f'"{wall}".other_complaint')
            con.execute(f'CREATE VIEW "{wall}"."{name}" AS {sql}')
    con.execute(f'USE "{wall}"')
    for mart in marts():
        if mart.is_macro:
            con.execute(f"CREATE OR REPLACE MACRO {mart.name}\n{mart.sql}")


def _others(place: str) -> str:
    """Complaints that are not of the viewer's office; all of them for somebody of no office."""
    return f"""
        SELECT d.doc_id, coalesce(c.confidentiality = 'rahasia', true) AS secret
        FROM "{place}".document_fact d LEFT JOIN "{place}".complaint c ON c.doc_id = d.doc_id
        WHERE (d.kind = 'complaint' OR c.doc_id IS NOT NULL)
          AND NOT coalesce(list_contains(d.opd_ids, $opd), false)
        UNION
        SELECT doc_id, true FROM "{place}".complaint
        WHERE doc_id NOT IN (SELECT doc_id FROM "{place}".document_fact)
    """  # noqa: S608 - names of ours


def view_of(name: str, columns: Collection[str], viewer: Viewer) -> str | None:
    """What stands before one relation. Pure.

    Args:
        name: of the relation.
        columns: its columns.
        viewer: a walled one.

    Returns:
        A query over ``{behind}`` and ``{other}`` (doc_id and secret of others' complaints), or None: nothing.
    """
    assessment = name.removeprefix("mart_").startswith(_ASSESSMENT)
    if (
        (_HISTORY in name and not may(viewer, "history"))
        or (assessment and not may(viewer, "assessment"))
        or (name in _REPORT and not may(viewer, "report"))
    ):
        return "FROM {behind} WHERE false"
    if "doc_id" in columns:
        if viewer.role == "opd":
            return "SELECT t.* FROM {behind} t ANTI JOIN {other} o ON o.doc_id = t.doc_id"
        return _examples(columns)
    if "doc_ids" in columns and viewer.role == "opd":
        return (
            "SELECT t.* REPLACE (list_filter(t.doc_ids, lambda x: NOT list_contains(o.ids, x)) AS doc_ids) "
            "FROM {behind} t CROSS JOIN (SELECT coalesce(list(doc_id), []) AS ids FROM {other}) o"
        )
    if WORDS.intersection(columns) and name not in PUBLIC:
        return None
    if blank := [column for column in _BLANK.get(name, ()) if column in columns]:
        emptied = ", ".join(f"'' AS {column}" for column in blank)
        return f"SELECT * REPLACE ({emptied}) FROM {{behind}}"  # noqa: S608 - names of ours
    if {"desa", "n"} <= set(columns):
        return f"FROM {{behind}} WHERE n >= {SMALL}"
    return "FROM {behind}"


def _examples(columns: Collection[str]) -> str:
    """Complaints with the beginning of their words, nothing that leads to a person, and no desa."""
    cut = {
        column: f"CASE WHEN o.secret THEN '' ELSE left(t.{column}, {EXAMPLE}) END"
        for column in ("text", "excerpt")
        if column in columns
    }
    cut |= {"title": "''"} if "title" in columns else {}
    cut |= {column: "NULL" for column in sorted((WORDS | WHO).intersection(columns)) if column not in cut}
    # Also of relations without words: a desa and an id lead to a household as well as a sentence does.
    cut |= {column: "NULL" for column in ("desa", "desa_all") if column in columns}
    if not cut:
        return "FROM {behind}"
    replaced = ", ".join(
        f"CASE WHEN o.doc_id IS NULL THEN t.{column} ELSE {value} END AS {column}"
        for column, value in cut.items()
    )
    return f"SELECT t.* REPLACE ({replaced}) FROM {{behind}} t LEFT JOIN {{other}} o ON o.doc_id = t.doc_id"  # noqa: S608 - names of ours
