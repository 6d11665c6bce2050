"""What people change about stories: joined, taken apart, taken back; appended and never rewritten.

An edit pins articles to stories. Linking goes on underneath: what hangs on a pinned article follows
it, so an edit holds for articles that come later, and a story that somebody touched keeps its id.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import duckdb

from warehouse.lake import Lake
from warehouse.store.arrow import MOMENT, TEXT, WHOLE, incoming
from warehouse.store.stories import regroup, story_of

EDIT = {
    "edit": WHOLE, "action": TEXT, "story_id": TEXT, "undoes": WHOLE,
    "reason": TEXT, "edited_by": TEXT, "edited_at": MOMENT,
}  # fmt: skip
PIN = {"edit": WHOLE, "doc_id": TEXT, "story_id": TEXT}
Connection = duckdb.DuckDBPyConnection


def merge_stories(lake: Lake, story_id: str, others: Sequence[str], reason: str, who: str) -> int:
    """Join other stories to one, which keeps its id.

    Args:
        lake: an open lake; its "now" is when the edit is made.
        story_id: the story that stays.
        others: the stories whose articles join it.
        reason: why, **already masked**.
        who: the account that edits.

    Returns:
        Number of the edit, to take it back with.

    Raises:
        ValueError: with one Indonesian sentence: a story is not known or named twice, or reason or
            account is missing.
    """
    every = [story_id, *others]
    if not others or len({*every}) < len(every):
        raise ValueError("Sebutkan sedikitnya dua cerita yang berbeda untuk digabung.")

    def work(con: Connection) -> int:
        members = [_members(con, one) for one in every]
        pins = {doc_id: story_id for group in members for doc_id in group}
        return _append(con, "merge", story_id, reason, who, pins)

    return lake.write(work)


def split_story(lake: Lake, story_id: str, doc_ids: Sequence[str], reason: str, who: str) -> tuple[int, str]:
    """Move articles out of a story into a new one of their own; the others stay where they are.

    Args:
        lake: an open lake; its "now" is when the edit is made.
        story_id: the story they are in.
        doc_ids: the articles that leave it.
        reason: why, **already masked**.
        who: the account that edits.

    Returns:
        Number of the edit, and the id of the new story.

    Raises:
        ValueError: with one Indonesian sentence: story or article is not known, no article would be
            left, or reason or account is missing.
    """
    leaving = dict.fromkeys(doc_ids)

    def work(con: Connection) -> tuple[int, str]:
        members = _members(con, story_id)
        if strange := [doc_id for doc_id in leaving if doc_id not in members]:
            raise ValueError(f"Dokumen {strange[0]} tidak ada di cerita {story_id}; periksa nomornya.")
        if not leaving or len(leaving) == len(members):
            raise ValueError("Sebutkan dokumen yang dipisah, dan sisakan sedikitnya satu di cerita asalnya.")
        number = _next(con)
        new = story_of(f"split {number} {min(leaving)}")
        pins = {doc_id: new if doc_id in leaving else story_id for doc_id in members}
        return _append(con, "split", story_id, reason, who, pins), new

    return lake.write(work)


def undo_edit(lake: Lake, edit: int, reason: str, who: str) -> None:
    """Take an edit back: the pins before it hold again, or what linking says.

    Args:
        lake: an open lake; its "now" is when it is taken back.
        edit: number of the edit.
        reason: why, **already masked**.
        who: the account that takes it back.

    Raises:
        ValueError: with one Indonesian sentence: there is no such edit, it was taken back already or
            takes one back itself, or reason or account is missing.
    """

    def work(con: Connection) -> None:
        found = con.execute(
            "SELECT action, story_id, edit IN (SELECT undoes FROM story_edit WHERE undoes IS NOT NULL) "
            "FROM story_edit WHERE edit = ?",
            [edit],
        ).fetchone()
        if found is None:
            raise ValueError(f"Perubahan nomor {edit} tidak ada; lihat `pati stories history`.")
        if found[2] or found[0] == "undo":
            raise ValueError(f"Perubahan nomor {edit} sudah dibatalkan atau memang sebuah pembatalan.")
        _append(con, "undo", found[1], reason, who, {}, edit)

    lake.write(work)


def _append(
    con: Connection,
    action: str,
    story_id: str,
    reason: str,
    who: str,
    pins: Mapping[str, str],
    undoes: int | None = None,
) -> int:
    """Write an edit with its pins, and the stories that follow from it."""
    if not reason.strip() or not who.strip():
        raise ValueError("Sebutkan alasan dan nama akun yang mengubah cerita.")
    number = _next(con)
    (now,) = con.execute("SELECT getvariable('pati_now')").fetchall()[0]
    edit = {
        "edit": number, "action": action, "story_id": story_id, "undoes": undoes,
        "reason": reason.strip(), "edited_by": who.strip(), "edited_at": now,
    }  # fmt: skip
    _insert(con, "story_edit", EDIT, [edit])
    _insert(
        con, "story_pin", PIN, [{"edit": number, "doc_id": d, "story_id": s} for d, s in sorted(pins.items())]
    )
    found = con.execute(
        "SELECT DISTINCT root_id FROM story_article "
        "WHERE doc_id IN (SELECT doc_id FROM story_pin WHERE edit IN (?, ?))",
        [number, undoes],
    )
    regroup(con, {root for (root,) in found.fetchall()})
    return number


def _next(con: Connection) -> int:
    return int(con.execute("SELECT coalesce(max(edit), 0) + 1 FROM story_edit").fetchall()[0][0])


def _members(con: Connection, story_id: str) -> Collection[str]:
    found = con.execute(
        "SELECT doc_id FROM story_member WHERE story_id = ? ORDER BY doc_id", [story_id]
    ).fetchall()
    if not found:
        raise ValueError(f"Cerita {story_id} tidak ada; periksa nomornya.")
    return [doc_id for (doc_id,) in found]


def _insert(
    con: Connection, table: str, schema: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]
) -> None:
    if rows:
        columns = ", ".join(schema)
        with incoming(con, "incoming", schema, rows):
            con.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM incoming")  # noqa: S608 - names of ours
