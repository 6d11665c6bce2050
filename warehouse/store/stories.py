"""Stories: made of the trees that linking found, and of what people changed about them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import duckdb

from warehouse.lake import Lake
from warehouse.store import facts
from warehouse.store.arrow import MOMENT, TEXT, TRUTH, WHOLE, incoming

STORY = {"story_id": TEXT, "lead_doc_id": TEXT, "first_at": MOMENT, "last_at": MOMENT}
CLONE = {
    "source_id": TEXT, "original_id": TEXT, "n_articles": WHOLE, "n_copies": WHOLE, "configured": TRUTH,
}  # fmt: skip
MEMBER = {"story_id": TEXT, "doc_id": TEXT, "copy_of": TEXT}

# The newest pin of a document, of the edits that were not taken back.
_PINS = """
SELECT p.doc_id, arg_max(p.story_id, p.edit) AS story_id FROM story_pin p
WHERE p.edit NOT IN (SELECT undoes FROM story_edit WHERE undoes IS NOT NULL) GROUP BY p.doc_id
"""
_TREES = f"""
SELECT a.root_id, a.doc_id, a.parent_id, a.copy_of, p.story_id AS pin
FROM story_article a LEFT JOIN ({_PINS}) p ON p.doc_id = a.doc_id
WHERE a.root_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY a.root_id, a.dated_at, a.doc_id
"""  # noqa: S608 - text of ours
# A story is led by its earliest article that is not on a clone, nor on a site that is not its source's own.
_HEADS = """
SELECT m.story_id,
  arg_min(a.doc_id, (a.elsewhere OR c.source_id IS NOT NULL, a.dated_at, a.doc_id)) AS lead_doc_id,
  min(a.dated_at) AS first_at, max(a.dated_at) AS last_at
FROM story_member m
JOIN story_article a ON a.doc_id = m.doc_id
LEFT JOIN (SELECT DISTINCT source_id FROM source_clone) c ON c.source_id = a.source_id
WHERE m.story_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY m.story_id
"""


def story_of(root_id: str) -> str:
    """The id of the story whose first article is this one, unless somebody changed it."""
    return "s-" + hashlib.blake2b(root_id.encode(), digest_size=10).hexdigest()


def placed(tree: Iterable[tuple[str, str | None, str | None]], root_id: str) -> dict[str, str]:
    """Say which story each article of a tree belongs to. Pure.

    An article belongs where it is pinned, else where the article it hangs on belongs. What hangs on
    no pinned one goes where the earliest pinned one of the tree is, so that a story that somebody
    touched keeps its id when an earlier article arrives; without any pin it is the tree's own story.

    Args:
        tree: doc_id, parent and pinned story of each article, parents first.
        root_id: the first article.
    """
    found: dict[str, str | None] = {}
    first_pin = None
    for doc_id, parent, pin in tree:
        found[doc_id] = pin or (found.get(parent) if parent else None)
        first_pin = first_pin or pin
    rest = first_pin or story_of(root_id)
    return {doc_id: story or rest for doc_id, story in found.items()}


def regroup(con: duckdb.DuckDBPyConnection, roots: Collection[str], gone: Collection[str] = ()) -> set[str]:
    """Make the stories of these trees what the trees and the pins say.

    Args:
        con: inside a transaction, after `story_article` was written.
        roots: first articles of the trees.
        gone: documents that belong to no story any more.

    Returns:
        Ids of the documents whose story or original changed.
    """
    trees: dict[str, list[tuple[str, str | None, str | None]]] = {}
    copies: dict[str, str | None] = {}
    for root, doc_id, parent, copy_of, pin in con.execute(_TREES, [sorted(roots)]).fetchall():
        trees.setdefault(root, []).append((doc_id, parent, pin))
        copies[doc_id] = copy_of
    members = [
        {"story_id": story, "doc_id": doc_id, "copy_of": copies[doc_id]}
        for root, tree in trees.items()
        for doc_id, story in placed(tree, root).items()
    ]
    changed, stories = write_members(con, members, gone)
    if gone:  # rows of a deleted document may have gone before with it
        left = con.execute("SELECT story_id FROM story ANTI JOIN story_member USING (story_id)").fetchall()
        stories |= {story_id for (story_id,) in left}
    refresh_heads(con, stories)
    return changed


def write_members(
    con: duckdb.DuckDBPyConnection, members: Sequence[Mapping[str, Any]], gone: Collection[str] = ()
) -> tuple[set[str], set[str]]:
    """Write `story_member`: everything that changes it goes through here.

    Args:
        con: inside a transaction.
        members: columns of `MEMBER`; one row per document replaces the row it had.
        gone: documents that belong to no story any more.

    Returns:
        Ids of the documents whose story or original changed, and of the stories they left or joined,
        or that the given members belong to.
    """
    with incoming(con, "incoming_member", MEMBER, members):
        differing = con.execute(
            """
            SELECT coalesce(i.doc_id, m.doc_id), m.story_id, i.story_id
            FROM incoming_member i
            FULL JOIN (
              SELECT * FROM story_member WHERE doc_id IN (SELECT doc_id FROM incoming_member)
                OR doc_id IN (SELECT unnest(?::VARCHAR[]))
            ) m ON m.doc_id = i.doc_id
            WHERE m.story_id IS DISTINCT FROM i.story_id OR m.copy_of IS DISTINCT FROM i.copy_of
            """,
            [sorted(gone)],
        ).fetchall()
        changed = sorted({doc_id for doc_id, _, _ in differing})
        if changed:
            con.execute("DELETE FROM story_member WHERE doc_id IN (SELECT unnest(?::VARCHAR[]))", [changed])
            con.execute(
                "INSERT INTO story_member (story_id, doc_id, copy_of) SELECT story_id, doc_id, copy_of "
                "FROM incoming_member WHERE doc_id IN (SELECT unnest(?::VARCHAR[]))",
                [changed],
            )
    facts.refresh_membership(con, set(changed) - set(gone))
    facts.refresh(con, set(changed) & set(gone))  # some of them are deleted
    stories = {story for _, *both in differing for story in both if story}
    return set(changed), stories | {row["story_id"] for row in members}


def refresh_heads(con: duckdb.DuckDBPyConnection, stories: Collection[str]) -> None:
    """Make the rows of these stories follow from their members; a story without members goes."""
    keys = sorted(stories)
    rows = con.execute(_HEADS, [keys]).fetchall()
    _write_heads(con, keys, [dict(zip(STORY, row, strict=True)) for row in rows])


def _write_heads(
    con: duckdb.DuckDBPyConnection, keys: Sequence[str], heads: Sequence[Mapping[str, Any]]
) -> None:
    columns = ", ".join(STORY)
    with incoming(con, "incoming_story", STORY, heads):
        differing = con.execute(
            f"""
            WITH known AS (SELECT {columns} FROM story WHERE story_id IN (SELECT unnest(?::VARCHAR[])))
            SELECT DISTINCT story_id FROM (
              (SELECT {columns} FROM incoming_story EXCEPT SELECT {columns} FROM known)
              UNION ALL (SELECT {columns} FROM known EXCEPT SELECT {columns} FROM incoming_story))
            """,  # noqa: S608 - names of ours
            [keys],
        ).fetchall()
        ids = sorted(story_id for (story_id,) in differing)
        if ids:
            con.execute("DELETE FROM story WHERE story_id IN (SELECT unnest(?::VARCHAR[]))", [ids])
            con.execute(
                f"INSERT INTO story ({columns}) SELECT {columns} FROM incoming_story "  # noqa: S608 - same
                "WHERE story_id IN (SELECT unnest(?::VARCHAR[]))",
                [ids],
            )


def replace_stories(
    lake: Lake, stories: Sequence[Mapping[str, Any]], members: Sequence[Mapping[str, Any]]
) -> set[str]:
    """Make the lake hold exactly these stories; unchanged rows are not rewritten.

    Returns:
        Ids of the documents whose story or original changed.
    """

    def work(con: duckdb.DuckDBPyConnection) -> set[str]:
        kept = {row["doc_id"] for row in members}
        known = {doc_id for (doc_id,) in con.execute("SELECT doc_id FROM story_member").fetchall()}
        changed, _ = write_members(con, members, known - kept)
        old = {story_id for (story_id,) in con.execute("SELECT story_id FROM story").fetchall()}
        _write_heads(con, sorted(old | {row["story_id"] for row in stories}), stories)
        return changed

    return lake.write(work)


def replace_clones(lake: Lake, rows: Sequence[Mapping[str, Any]]) -> None:
    """Make the lake name exactly these clones, and let other articles lead the stories they led.

    Nothing is written when they are the same.
    """
    known = lake.rows(f"SELECT {', '.join(CLONE)} FROM source_clone ORDER BY source_id")  # noqa: S608 - names of ours
    wanted = sorted(tuple(row[name] for name in CLONE) for row in rows)
    if [tuple(row) for row in known] == wanted:
        return
    turned = {row[0] for row in known} ^ {row[0] for row in wanted}

    def work(con: duckdb.DuckDBPyConnection) -> None:
        con.execute("DELETE FROM source_clone")
        with incoming(con, "incoming", CLONE, rows):
            con.execute(f"INSERT INTO source_clone SELECT {', '.join(CLONE)} FROM incoming")  # noqa: S608 - same
        if turned:
            found = con.execute(
                "SELECT DISTINCT m.story_id FROM story_member m JOIN story_article a ON a.doc_id = m.doc_id "
                "WHERE a.source_id IN (SELECT unnest(?::VARCHAR[]))",
                [sorted(turned)],
            ).fetchall()
            refresh_heads(con, {story_id for (story_id,) in found})

    lake.write(work)
