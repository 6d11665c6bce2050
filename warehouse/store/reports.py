"""The register of reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from warehouse.lake import Lake


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One published report file set."""

    report_id: str
    kind: str
    period_start: date
    period_end: date
    snapshot: int
    path: str
    sha256: str
    created_at: datetime


def add_report(lake: Lake, row: ReportRow) -> None:
    """Register a report; the same id replaces its earlier row."""

    def work(con: duckdb.DuckDBPyConnection) -> None:
        con.execute("DELETE FROM report WHERE report_id = ?", [row.report_id])
        con.execute(
            "INSERT INTO report VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [row.report_id, row.kind, row.period_start, row.period_end, row.snapshot, row.path,
             row.sha256, row.created_at],
        )  # fmt: skip

    lake.write(work)


def replace_report_sha256(lake: Lake, report_id: str, sha256: str) -> None:
    """Write down the checksum of a report that was printed again; nothing if it is the same."""
    lake.write(
        lambda con: con.execute(
            "UPDATE report SET sha256 = ? WHERE report_id = ? AND sha256 <> ?", [sha256, report_id, sha256]
        )
    )
