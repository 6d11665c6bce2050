"""Upkeep of a lake in a database and an object store: with DuckLake's own calls, under the write lock."""

from __future__ import annotations

from datetime import datetime, timedelta

from warehouse.lake import Lake
from warehouse.maintain.files import Cleared

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
