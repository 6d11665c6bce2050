"""Build the reports beside the weekly one, of an office, a month or a quarter, with their ledgers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from config import Config
from dashboard import format as fmt
from dashboard.report.answers import Table
from dashboard.report.build import save
from dashboard.report.document import Composed
from dashboard.report.errors import ReportError
from dashboard.report.letter import letter
from dashboard.report.office import compose_office, gather_office
from dashboard.report.period_sentences import period_name
from dashboard.report.periodic import compose_period, gather_period
from dashboard.report.typst import render
from dashboard.report.web import page
from dashboard.report.workbook import workbook
from warehouse import Lake
from warehouse.access import Viewer
from warehouse.access.wall import WalledLake
from warehouse.queries import CalendarPeriod, Moment, Week, moment


@dataclass(frozen=True, slots=True)
class Built:
    """What was written.

    Attributes:
        report: its key, e.g. ``monthly-2026-10``.
        files: by the ending of their names.
        pages: of the PDF, annex included.
        body_pages: of these, before the annex.
    """

    report: str
    files: Mapping[str, Path]
    pages: int
    body_pages: int


def build_office(lake: Lake, config: Config, opd_id: str, week: Week, out: Path) -> Built:
    """Write the weekly report of one office, asked as this office sees the lake.

    Args:
        lake: an open lake; its `now` is the moment the report speaks of.
        config: letterhead, words and deadlines.
        opd_id: id of the office in opd.yaml.
        week: the week reported on.
        out: folder for the files; made if need be.

    Raises:
        ReportError: there is no such office, or the PDF could not be made.
    """
    at = moment(lake)
    with Lake(lake.home, now=at.now, snapshot=at.snapshot) as pinned:
        walled = WalledLake(pinned, Viewer("laporan", "opd", opd_id))
        try:
            facts = gather_office(walled, config, opd_id, week)
        finally:
            walled.close()
    about = {"report": f"opd-{opd_id}-{week.iso}", "scope": f"opd:{opd_id}", "of_week": week.iso}
    charts = {"Grafik dokumen per minggu": facts.trend}
    return _written(out, about, config, at, compose_office(facts, config), charts)


def build_period(lake: Lake, config: Config, period: CalendarPeriod, out: Path) -> Built:
    """Write the report of a month or a quarter.

    Args:
        lake: an open lake; its `now` is the moment the report speaks of.
        config: letterhead and limits.
        period: the month or quarter.
        out: folder for the files; made if need be.

    Raises:
        ReportError: the period is not over, or the PDF could not be made.
    """
    at = moment(lake)
    if period.last >= _today(at):
        raise ReportError(f"{period_name(period)} belum selesai; laporannya dibuat setelah hari terakhirnya.")
    with Lake(lake.home, now=at.now, snapshot=at.snapshot) as pinned:
        facts = gather_period(pinned, config, period)
    key = "monthly" if period.kind == "month" else "quarterly"
    about = {"report": f"{key}-{period.iso}", "period": period.iso}
    charts = {"Grafik dokumen per minggu": facts.trend, "Peta aduan per kecamatan": facts.places}
    return _written(out, about, config, at, compose_period(facts, config), charts)


def _today(at: Moment) -> date:
    return fmt.local_day(at.now)


def _written(
    out: Path,
    about: Mapping[str, Any],
    config: Config,
    at: Moment,
    composed: Composed,
    charts: Mapping[str, Table],
) -> Built:
    printed = render(composed.data)
    others = {
        ".html": page(composed.data).encode(),
        ".xlsx": workbook(composed.data, charts, at.now),
        ".docx": letter(composed.data, at.now),
    }
    files = save(out, f"laporan-{about['report']}", about, config, at, composed.ledger, printed.pdf, others)
    return Built(about["report"], files, printed.pages, printed.body_pages)
