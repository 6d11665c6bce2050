"""Labels: which documents lack them at the model in force, and storing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import duckdb

from warehouse.forget.rows import WORDLESS
from warehouse.lake import Lake
from warehouse.store import facts
from warehouse.store.arrow import REAL, REALS, TEXT, TEXTS, TRUTH, incoming

ENRICHMENT = {
    "doc_id": TEXT, "model_version": TEXT, "relevant": TRUTH, "relevance_score": REAL,
    "language": TEXT, "topic": TEXT, "topic_score": REAL, "opd_ids": TEXTS, "opd_scores": REALS,
    "sentiment": TEXT, "sentiment_score": REAL, "needs_review": TRUTH, "kecamatan": TEXTS,
    "desa": TEXTS, "quick_wins": TEXTS, "keywords": TEXTS, "why": TEXTS, "named_opd": TEXTS,
}  # fmt: skip
_HAS_WORDS = (
    f"NOT (list_has_any(coalesce(d.flags, []), {list(WORDLESS)!r}) "
    "AND (list_contains(d.flags, 'erased') OR EXISTS (FROM enrichment o WHERE o.doc_id = d.doc_id)))"
)
"""Whether a document `d` is labelled from its words. Its excerpt is all there is in a lake made anew."""


def register_model(lake: Lake, version: str, now: datetime) -> bool:
    """Make `version` the model in force; returns True if it was not already.

    Going back to an earlier version adds a row: its labels are still there and count again.
    """
    if lake.value("SELECT arg_max(version, registered_at) FROM model") == version:
        return False

    def work(con: duckdb.DuckDBPyConnection) -> bool:
        # asked again under the write lock: parts of one stage begin at the same moment.
        # `now` may stand still (a demo's clock): the newest registration must still win.
        newest, last = con.execute(
            "SELECT arg_max(version, registered_at), max(registered_at) FROM model"
        ).fetchall()[0]
        if newest == version:
            return False
        con.execute(
            "INSERT INTO model VALUES (?, greatest(?::TIMESTAMPTZ, ?::TIMESTAMPTZ + INTERVAL 1 SECOND))",
            [version, now, last],
        )
        if con.execute("SELECT 1 FROM enrichment WHERE model_version = ? LIMIT 1", [version]).fetchall():
            facts.rebuild(con)
        return True

    return lake.write(work)


def documents_to_enrich(
    lake: Lake, version: str, limit: int, share: tuple[int, int] | None = None
) -> list[dict[str, Any]]:
    """The next documents without labels at `version`, in a stable order.

    Args:
        lake: the lake.
        version: of the model.
        limit: how many at most.
        share: only class k of n, by a stable hash of the id; None: all.

    Returns:
        Up to `limit` rows with doc_id, kind, title, text, scope and parent_title (the
        title of what a comment answers, or None).
    """
    frame = lake.con.execute(
        f"""
        SELECT d.doc_id, d.kind, d.title, d.text, coalesce(s.scope, 'general') AS scope, p.title AS parent_title
        FROM document d
        LEFT JOIN dim_source s ON s.source_id = d.source_id
        LEFT JOIN document p ON p.doc_id = d.parent_id
        WHERE NOT EXISTS (FROM enrichment e WHERE e.doc_id = d.doc_id AND e.model_version = ?)
          AND {_HAS_WORDS} AND {_of(share)}
        ORDER BY d.doc_id LIMIT ?
        """,  # noqa: S608 - names of ours
        [version, limit],
    )
    names = [column[0] for column in frame.description or []]
    return [dict(zip(names, row, strict=True)) for row in frame.fetchall()]


def count_to_enrich(lake: Lake, version: str, share: tuple[int, int] | None = None) -> int:
    """How many documents (of a share of them) have no labels at `version`."""
    return int(
        lake.value(
            "SELECT count(*) FROM document d WHERE NOT EXISTS "  # noqa: S608 - names of ours
            "(FROM enrichment e WHERE e.doc_id = d.doc_id AND e.model_version = ?) "
            f"AND {_HAS_WORDS} AND {_of(share)}",
            [version],
        )
    )


def _of(share: tuple[int, int] | None) -> str:
    """Whether a document `d` is of a share; by MD5, which no version of anything will change."""
    return "true" if share is None else f"md5_number_lower(d.doc_id) % {int(share[1])} = {int(share[0])}"


def carry_labels(lake: Lake, version: str) -> int:
    """Give documents whose words were erased or have expired the labels they had last.

    Returns:
        How many rows were new.
    """
    names = ", ".join(name for name in ENRICHMENT if name != "model_version")
    waiting = (
        f"SELECT {names}, ? AS model_version FROM enrichment e "  # noqa: S608 - names of ours
        f"WHERE doc_id IN (SELECT doc_id FROM document WHERE list_has_any(flags, {list(WORDLESS)!r})) "
        "AND NOT EXISTS (FROM enrichment o WHERE o.doc_id = e.doc_id AND o.model_version = ?) "
        "QUALIFY row_number() OVER (PARTITION BY doc_id ORDER BY "
        "(SELECT max(registered_at) FROM model m WHERE m.version = e.model_version) DESC NULLS LAST, model_version) = 1"
    )
    if not lake.rows(f"SELECT 1 FROM ({waiting}) LIMIT 1", [version, version]):  # noqa: S608 - same
        return 0

    def work(con: duckdb.DuckDBPyConnection) -> int:
        carried = con.execute(f"SELECT doc_id FROM ({waiting})", [version, version]).fetchall()  # noqa: S608 - same
        con.execute(f"INSERT INTO enrichment ({names}, model_version) {waiting}", [version, version])
        facts.refresh(con, [doc_id for (doc_id,) in carried])
        return len(carried)

    return lake.write(work)


def add_enrichment(lake: Lake, rows: Sequence[Mapping[str, Any]]) -> int:
    """Store labels (columns of `ENRICHMENT`); a document that has them already is left alone.

    Returns:
        How many rows were new.
    """

    def work(con: duckdb.DuckDBPyConnection) -> int:
        with incoming(con, "incoming", ENRICHMENT, rows):
            columns = ", ".join(ENRICHMENT)
            done = con.execute(
                f"INSERT INTO enrichment ({columns}) SELECT {columns} FROM incoming i "  # noqa: S608 - names of ours
                "WHERE NOT EXISTS (FROM enrichment e WHERE e.doc_id = i.doc_id AND e.model_version = i.model_version) "
                "AND EXISTS (FROM document d WHERE d.doc_id = i.doc_id)"
            ).fetchone()
        facts.refresh(con, [row["doc_id"] for row in rows])
        return int(done[0]) if done else 0

    return lake.write(work)
