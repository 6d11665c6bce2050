"""Old versions of the lake: which may go, and letting them go."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from config.retention import Snapshots
from warehouse.lake import Lake
from warehouse.maintain.locks import files_kept


def over(
    snapshots: Iterable[tuple[int, datetime]],
    reports: Collection[tuple[int, datetime]],
    rules: Snapshots,
    now: datetime,
) -> list[int]:
    """Which versions may go: older than the configured days, never the newest. Pure.

    A version that a report was made from stays until the report's own time is over, so that the
    report can be printed again exactly as it was.

    Args:
        snapshots: number and moment of every version.
        reports: snapshot and moment of every registered report.
        rules: for how long.
        now: the current moment.
    """
    known = list(snapshots)
    kept = {number for number, made in reports if made + timedelta(days=rules.report_days) > now}
    kept.add(max((number for number, _ in known), default=0))
    limit = now - timedelta(days=rules.days)
    return sorted(number for number, made in known if made < limit and number not in kept)


def expire(lake: Lake, rules: Snapshots, now: datetime, *, dry_run: bool) -> int:
    """Let the versions go whose time is over; returns how many.

    Their files are only scheduled: `warehouse.maintain.files.clear` deletes them later.

    Raises:
        LakeBusyError: a backup is being made (of a version that might be one of them), or somebody
            kept the write lock.
    """
    with files_kept(lake.home, seconds=0), lake.locked():
        known = lake.rows("SELECT snapshot_id, snapshot_time FROM ducklake_snapshots('lake')")
        reports = _reports(lake)
        gone = over(known, reports, rules, now)
        if gone and not dry_run:
            lake.con.execute("CALL ducklake_expire_snapshots('lake', versions => ?)", [gone])
    return len(gone)


def _reports(lake: Lake) -> list[tuple[int, datetime]]:
    """Snapshot and moment of every registered report, and of every draft that people work on."""
    rows = lake.rows("SELECT snapshot, created_at FROM report")
    # a lake of an earlier schema is looked after too
    if lake.value("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'report_event'"):
        rows += lake.rows("SELECT snapshot, happened_at FROM report_event WHERE snapshot IS NOT NULL")
    return rows
