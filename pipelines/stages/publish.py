"""Publish: marts at one lake snapshot → the weekly report."""

from __future__ import annotations

from pathlib import Path

from dashboard.report.build import build_weekly
from dashboard.report.editions import open_draft
from pipelines.progress import Progress
from pipelines.result import StageResult
from pipelines.settings import Settings
from warehouse import Lake
from warehouse.queries import Week, last_complete_week, report_sha256
from warehouse.store import ReportRow, add_report


def run(
    lake: Lake,
    settings: Settings,
    progress: Progress,
    week: Week | None = None,
    out: Path | None = None,
) -> StageResult:
    """Write the report of `week` (the last complete one) and register it.

    A report whose bytes are those already registered counts as a duplicate.
    """
    week = week or last_complete_week(settings.now())
    progress.begin("Menulis laporan mingguan", 1)
    report = build_weekly(lake, settings.config, week, out or settings.reports)
    known = report_sha256(lake, f"weekly-{week.iso}") == report.sha256
    if not known:
        add_report(
            lake,
            ReportRow(
                f"weekly-{week.iso}", "weekly", week.monday, week.sunday,
                report.snapshot, str(report.pdf), report.sha256, settings.now(),
            ),
        )  # fmt: skip
    # people begin to edit what is there on Monday morning; a later run does not change it under their hands
    open_draft(lake, week, "sistem")
    progress.advance()
    return StageResult(
        "publish",
        n_in=1,
        n_stored=int(not known),
        n_new=int(not known),
        n_duplicate=int(known),
        message=f"Laporan {week.iso}, {report.pages} halaman: {report.pdf}",
        files=tuple(
            str(path)
            for path in (
                report.pdf,
                report.ledger,
                report.html,
                report.xlsx,
                report.docx,
                report.summary_pdf,
                report.summary_png,
            )
        ),
    )
