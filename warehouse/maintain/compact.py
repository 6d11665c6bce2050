"""Few large files instead of many small ones, without a word of any version lost."""

from __future__ import annotations

import logging

import duckdb

from warehouse.lake import Lake, retry

log = logging.getLogger(__name__)

FILE_SIZE = "64MB"
"""How large files become: retention and erasure write a file again when one row of it changes."""
AT_ONCE = 40
"""Files put together under one hold of the write lock: a load waits for seconds, not minutes."""
MOSTLY_DELETED = 0.3
"""Share of deleted rows from which a file is written again without them."""


def compact(lake: Lake) -> int:
    """Put adjacent files together and write files again that are mostly deleted rows.

    Every version that could be read before can be read after. The write lock is given back
    between steps, so that a run goes on meanwhile.

    Returns:
        How many files were replaced.
    """
    with lake.locked():
        if not lake.rows("FROM ducklake_options('lake') WHERE option_name = 'target_file_size'"):
            lake.con.execute("CALL ducklake_set_option('lake', 'target_file_size', ?)", [FILE_SIZE])
        names = lake.rows(
            "SELECT table_name FROM ducklake_table_info('lake') WHERE file_count > 1 ORDER BY table_name"
        )
    return sum(_merge(lake, name) for (name,) in names) + _rewrite(lake)


def _merge(lake: Lake, table: str) -> int:
    done = 0
    while True:
        with lake.locked():
            rows = retry(
                lambda: lake.rows(
                    "CALL ducklake_merge_adjacent_files('lake', ?, max_compacted_files => ?)",
                    [table, AT_ONCE],
                ),
                "merge",
            )
        step = sum(int(row[2]) for row in rows)
        done += step
        if step <= 1:
            return done


def _rewrite(lake: Lake) -> int:
    with lake.locked():
        names = lake.rows(
            "SELECT table_name FROM ducklake_table_info('lake') WHERE delete_file_count > 0 "
            "ORDER BY table_name"
        )
    return sum(_rewrite_one(lake, name) for (name,) in names)


def _rewrite_one(lake: Lake, table: str) -> int:
    def work() -> int:
        rows = lake.rows(
            "CALL ducklake_rewrite_data_files('lake', ?, delete_threshold => ?)", [table, MOSTLY_DELETED]
        )
        return sum(int(row[2]) for row in rows)

    with lake.locked():
        try:
            return retry(work, "rewrite")
        except duckdb.TransactionException as error:
            # DuckLake 1.5.5 cannot yet: rows in the catalog of a table that has fractions. Writing them
            # to files first would take their table from under whoever reads just now.
            if "inlined-data aggregates" not in str(error):
                raise
            log.info("%s: files with deleted rows stay until its newest rows are in files", table)
            return 0
