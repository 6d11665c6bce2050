"""Upkeep of a lake in a database and an object store: with DuckLake's own calls, under the write lock."""

from __future__ import annotations

from datetime import datetime, timedelta

import duckdb

from config.retention import Texts
from warehouse.forget import EXPIRED, WORDLESS
from warehouse.lake import Lake, retry
from warehouse.maintain.files import Cleared
from warehouse.place import quoted
from warehouse.store import facts

_DRAFTS = timedelta(days=1)
_SCHEDULED = """
SELECT count(*), max(schedule_start)::TIMESTAMPTZ > ?
FROM {catalog}.ducklake_files_scheduled_for_deletion
"""


def size(lake: Lake) -> tuple[int, int]:
    """Number of Parquet files of the newest version and their bytes."""
    row = lake.rows("SELECT sum(file_count), sum(file_size_bytes) FROM ducklake_table_info('lake')")[0]
    return int(row[0] or 0), int(row[1] or 0)


def clear_elsewhere(lake: Lake, now: datetime, grace: timedelta, *, dry_run: bool) -> Cleared:
    """Delete files that no version names: all replaced ones at once, when the youngest has waited enough.

    DuckLake's clean-up deletes younger files than it is told to (1.5.5), so it is called only when
    none is younger. A night's replaced files therefore go the next night. Drafts of killed processes
    are looked for too; under the write lock nobody alive is writing one.

    Args:
        lake: the lake.
        now: the real moment (aware), which the catalog's schedule counts in.
        grace: how long a file must have been unneeded.
        dry_run: count only.
    """
    with lake.locked():
        n, young = lake.rows(_SCHEDULED.format(catalog=lake.catalog), [now - grace])[0]
        if young:
            return Cleared(0, 0, int(n))
        if dry_run:
            return Cleared(int(n), 0, 0)
        gone = len(lake.rows("CALL ducklake_cleanup_old_files('lake', cleanup_all => true)"))
        gone += len(
            lake.rows("CALL ducklake_delete_orphaned_files('lake', older_than => ?)", [now - _DRAFTS])
        )
    return Cleared(gone, 0, 0)


def expire_elsewhere(lake: Lake, rules: Texts, now: datetime, *, dry_run: bool) -> int:
    """Take full words whose time is over out of the newest version; documents without labels keep them.

    Unlike `warehouse.maintain.retention` this leaves earlier versions as they are: the words go from those
    when they expire, and their files a night later.

    Args:
        lake: the lake.
        rules: for how long.
        now: the current moment (aware).
        dry_run: count only.

    Returns:
        How many documents lose words.
    """
    bound = {"excerpt": rules.excerpt, "now": now}
    due = (
        f"length(d.text) > $excerpt AND d.fetched_at + to_days(CAST({_days(rules)} AS INTEGER)) <= $now "
        f"AND NOT list_has_any(coalesce(d.flags, []), {list(WORDLESS)!r}) "
        "AND EXISTS (FROM enrichment e WHERE e.doc_id = d.doc_id)"
    )

    def work(con: duckdb.DuckDBPyConnection) -> int:
        rows = con.execute(f"SELECT d.doc_id FROM document d WHERE {due}", bound).fetchall()  # noqa: S608 - of ours
        ids = [doc_id for (doc_id,) in rows]
        if ids and not dry_run:
            con.execute(
                "UPDATE document SET text = left(text, ?), flags = list_append(coalesce(flags, []), ?) "
                "WHERE doc_id IN (SELECT unnest(?))",
                [rules.excerpt, EXPIRED, ids],
            )
            facts.refresh(con, ids)
        return len(ids)

    done = lake.write(work)
    if done and not dry_run:
        with lake.locked():  # rows that are only marked as deleted would keep the words in their files
            retry(
                lambda: lake.rows(
                    "CALL ducklake_rewrite_data_files('lake', 'document', delete_threshold => 0)"
                ),
                "rewrite",
            )
    return done


def _days(rules: Texts) -> str:
    """Days for a document `d`, as SQL; NULL: without limit. Names are the configuration's."""

    def said(days: int | None) -> str:
        return "NULL" if days is None else str(int(days))

    kinds = " ".join(f"WHEN d.kind = {quoted(kind)} THEN {said(days)}" for kind, days in rules.kinds.items())
    sources = " ".join(
        f"WHEN d.source_id = {quoted(source)} THEN {said(days)}" for source, days in rules.sources.items()
    )
    either = f"{sources} {kinds}".strip()
    return f"CASE {either} ELSE {said(rules.days)} END" if either else said(rules.days)
