"""What people did to a report, where it stands, its files and what became of sending it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from warehouse.access import needs
from warehouse.lake import Lake
from warehouse.store.report_states import Life, Step, life

COLUMNS = (
    "report_id, position, action, target, old_text, new_text, reason, snapshot, as_of, person, happened_at"
)


@dataclass(frozen=True, slots=True)
class ReportEvent:
    """One step; columns of `report_event`."""

    report_id: str
    position: int
    action: Step
    target: str
    old: str | None
    new: str | None
    reason: str
    snapshot: int | None
    as_of: datetime | None
    person: str
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class ReportFile:
    """One file of an approved edition; columns of `report_file`."""

    report_id: str
    edition: int
    name: str
    sha256: str
    n_bytes: int
    archived_at: datetime


@needs("report")
def report_events(lake: Lake, report_id: str) -> list[ReportEvent]:
    """Everything that was done to a report, in order."""
    rows = lake.rows(
        f"SELECT {COLUMNS} FROM report_event WHERE report_id = ? ORDER BY position",  # noqa: S608 - names of ours
        [report_id],
    )
    return [ReportEvent(*row) for row in rows]


def life_of(events: list[ReportEvent]) -> Life:
    """Where a report stands after these events. Pure."""
    return life((one.action, one.person) for one in events)


@needs("report")
def report_files(lake: Lake, report_id: str | None = None, edition: int | None = None) -> list[ReportFile]:
    """Files of approved editions, the newest first.

    Args:
        lake: an open lake.
        report_id: of one report only.
        edition: of one edition only.
    """
    rows = lake.rows(
        "SELECT report_id, edition, name, sha256, n_bytes, archived_at FROM report_file "
        "WHERE ($report IS NULL OR report_id = $report) AND ($edition IS NULL OR edition = $edition) "
        "ORDER BY report_id DESC, edition DESC, name",
        {"report": report_id, "edition": edition},
    )
    return [ReportFile(*row) for row in rows]


@needs("report")
def report_deliveries(lake: Lake, report_id: str | None = None) -> pd.DataFrame:
    """What became of each message, the newest first.

    Returns:
        report_id, edition, round, address, shown, service, message_id, state, n_tries, person (who asked for the
        newest step), detail, first_at, last_at: one row for each address of each round of each edition.
    """
    return lake.frame(
        """
        SELECT report_id, edition, round, address, arg_max(shown, position) AS shown,
          arg_max(service, position) AS service, any_value(message_id) AS message_id,
          arg_max(state, position) AS state, count(*) FILTER (state = 'intended') AS n_tries,
          arg_max(person, position) AS person, arg_max(detail, position) AS detail,
          min(happened_at) AS first_at, max(happened_at) AS last_at
        FROM report_delivery WHERE $report IS NULL OR report_id = $report
        GROUP BY report_id, edition, round, address
        ORDER BY report_id DESC, edition DESC, round DESC, shown, address
        """,
        {"report": report_id},
    )
