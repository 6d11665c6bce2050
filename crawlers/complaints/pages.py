"""Settles reports read from pages: an open one comes back in later runs, until it is closed or old."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from crawlers.complaints.laporgub import document_of, read_case, ticket_in
from crawlers.extract.encoding import decode
from crawlers.shelf import Shelf
from crawlers.state import Waiting
from crawlers.verdict import Verdict

if TYPE_CHECKING:
    from config import Source
    from crawlers.context import CrawlContext
    from crawlers.discovery import Found
    from crawlers.intake import Intake
    from crawlers.items import Document

_PAUSE = timedelta(hours=12)  # between two looks at an open report in scheduled rounds


def has_cases(source: Source) -> bool:
    """Say whether a source's pages are reports."""
    return any(entry.method == "laporgub" for entry in source.discover)


def settle_case(
    page: tuple[bytes, str | None], url: str, found: Found, source: Source, ctx: CrawlContext, intake: Intake
) -> Verdict | None:
    """Settle a page of a report.

    Args:
        page: its body and the charset that the server declared.
        url: where it was fetched.
        found: what discovery knew of it.
        source: whose it is.
        ctx: clock, configuration.
        intake: the desk.

    Returns:
        Why it is not kept, or None.
    """
    case = read_case(decode(*page), url)
    if case is None:
        return Verdict("no_case", "Halaman ini tidak memuat rincian aduan LaporGub.", "retry")
    ours = ctx.config.regency.name.casefold().removeprefix("kabupaten ").strip()
    if ours not in case.regency.casefold().split():
        return Verdict("not_about_pati", f"Aduan untuk {case.regency.title()}.")
    if not case.text:
        return Verdict("no_text", "Isi aduan kosong.", "retry")
    document = document_of(case, source.id, url, ctx.config.complaints, now=ctx.now(), zone=source.timezone)
    Shelf(intake, source.id, ctx.now).settle(document)
    intake.answered(source.id)
    if _moves_on(document, ctx):
        intake.defer(source.id, Waiting(found.key, found.to_json()))
    else:
        intake.duplicate(source.id, [found.key], count=0)  # settled for good: counted already
    unknown = sorted({s.word for s in case.steps if ctx.config.complaints.normalise_status(s.word) is None})
    if unknown:
        intake.trouble(source.id, f"Tahap '{unknown[0]}' belum ada di complaints.yaml; dicatat sebagai baru.")
    return None


def rests(found: Found, source: Source, ctx: CrawlContext, intake: Intake) -> bool:
    """Say whether an open report was looked at too short a while ago for a scheduled round."""
    ticket = ticket_in(found.url)
    item = intake.known(source.id, "complaint", ticket) if ticket else None
    return ctx.due_only and item is not None and abs(ctx.now() - item.at) < _PAUSE


def _moves_on(document: Document, ctx: CrawlContext) -> bool:
    assert document.complaint is not None  # noqa: S101 - it was made as one
    phases = {status.id: status.phase for status in ctx.config.complaints.statuses}
    if phases.get(document.complaint.status) in {"closed", "rejected"}:  # type: ignore[call-overload]
        return False
    age = ctx.now() - (document.published_at or ctx.now())
    return age < timedelta(days=ctx.config.crawl.complaint_days)
