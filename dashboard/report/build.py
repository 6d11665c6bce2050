"""Build the weekly report: one snapshot in; PDF, HTML, workbook, letter, summary and their ledger out."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config import Config
from dashboard.report import ledger as book
from dashboard.report.digest import digest
from dashboard.report.document import compose
from dashboard.report.facts import gather
from dashboard.report.letter import letter
from dashboard.report.overlay import Overlay, laid_over
from dashboard.report.typst import picture, render
from dashboard.report.web import page
from dashboard.report.workbook import workbook
from warehouse import Lake
from warehouse.queries import Moment, Week, moment

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WeeklyReport:
    """What was written.

    Attributes:
        pdf: the report.
        ledger: the evidence for it, as JSON.
        html: the report as one file for a browser.
        xlsx: its tables, and those behind its charts.
        docx: the report for a word processor.
        summary_pdf: one page for messaging.
        summary_png: the same as a picture.
        sha256: of the PDF.
        snapshot: the lake snapshot it was made from.
        pages: of the PDF, annex included.
        body_pages: of these, before the annex.
    """

    pdf: Path
    ledger: Path
    html: Path
    xlsx: Path
    docx: Path
    summary_pdf: Path
    summary_png: Path
    sha256: str
    snapshot: int
    pages: int
    body_pages: int


def build_weekly(
    lake: Lake, config: Config, week: Week, out: Path, overlay: Overlay | None = None
) -> WeeklyReport:
    """Write the report of one week into a folder.

    All numbers come from the snapshot that `lake` reads when this begins, whatever is written
    to the lake meanwhile. The same snapshot, `now` and configuration give the same bytes.

    Args:
        lake: an open lake; its `now` is the moment the report speaks of.
        config: letterhead, sections and limits.
        week: the week reported on.
        out: folder for the files; made if need be.
        overlay: what people changed; None: nothing.

    Raises:
        ReportError: the PDF could not be made.
    """
    at = moment(lake)
    with Lake(lake.home, now=at.now, snapshot=at.snapshot) as pinned:
        facts = gather(pinned, config, week)
    composed = compose(facts, config)
    if overlay is not None:
        composed = laid_over(composed, overlay, config).composed
    charts = {"Grafik dokumen per minggu": facts.trend, "Peta aduan per kecamatan": facts.places}
    printed = render(composed.data)
    if printed.body_pages > config.report.max_pages:
        log.warning(
            "report %s: %d pages before the annex, more than max_pages %d",
            week.iso, printed.body_pages, config.report.max_pages,
        )  # fmt: skip
    short = render(digest(composed.data))
    others = {
        ".html": page(composed.data).encode(),
        ".xlsx": workbook(composed.data, charts, at.now),
        ".docx": letter(composed.data, at.now),
        "-ringkas.pdf": short.pdf,
        "-ringkas.png": picture(short.data),
    }
    about: dict[str, Any] = {"report": f"weekly-{week.iso}", "week": week.iso}
    if overlay is not None and overlay.log:
        about["edits"] = overlay.written()
    written = save(out, f"laporan-{week.iso}", about, config, at, composed.ledger, printed.pdf, others)
    return WeeklyReport(
        pdf=written[".pdf"],
        ledger=written[".bukti.json"],
        html=written[".html"],
        xlsx=written[".xlsx"],
        docx=written[".docx"],
        summary_pdf=written["-ringkas.pdf"],
        summary_png=written["-ringkas.png"],
        sha256=hashlib.sha256(printed.pdf).hexdigest(),
        snapshot=at.snapshot,
        pages=printed.pages,
        body_pages=printed.body_pages,
    )


def save(  # noqa: PLR0917 - everything a report is made of
    out: Path,
    stem: str,
    about: Mapping[str, Any],
    config: Config,
    at: Moment,
    ledger: book.Ledger,
    pdf: bytes,
    others: Mapping[str, bytes],
) -> dict[str, Path]:
    """Write the files of a report, the ledger first: a report without its evidence must never be seen.

    Args:
        out: folder; made if need be.
        stem: how all names begin.
        about: what the report is, for the head of the ledger: its key ``report`` and its period.
        config: its checksums go into the ledger.
        at: moment and snapshot of all numbers.
        ledger: the evidence.
        pdf: the printed report.
        others: further files by the ending of their names.

    Returns:
        The files by the ending of their names.
    """
    out.mkdir(parents=True, exist_ok=True)
    contents = {**others, ".pdf": pdf}  # the PDF last: what is watched for is it
    written = {kind: out / f"{stem}{kind}" for kind in (".bukti.json", *contents)}
    head = {
        **about,
        "snapshot": at.snapshot,
        "now": at.now.isoformat(),
        "pdf": written[".pdf"].name,
        "pdf_sha256": hashlib.sha256(pdf).hexdigest(),
        "files_sha256": {
            written[kind].name: hashlib.sha256(content).hexdigest()
            for kind, content in sorted(others.items())
        },
        "config_sha256": dict(config.hashes),
    }
    book.write(written[".bukti.json"], ledger, head)
    for kind, content in contents.items():
        partial = written[kind].with_name(written[kind].name + ".tmp")
        partial.write_bytes(content)
        partial.replace(written[kind])
    return written
