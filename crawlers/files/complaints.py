"""Complaint tables: the SP4N-LAPOR! export and plain CSV."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawlers.files.columns import COMPLAINT
from crawlers.files.identity import content_id
from crawlers.files.moments import moment_of, order_of
from crawlers.files.table import Row, Table, read_table
from crawlers.items import ComplaintInfo, Confidentiality, Document, Rejection, StatusEvent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from config import Complaints

_SCIENTIFIC = re.compile(r"^\d(?:[.,]\d+)?E\+\d+$", re.IGNORECASE)
_RATING = re.compile(r"^[1-5]$")


@dataclass(frozen=True, slots=True)
class FileContext:
    """What is known about a file before it is read.

    Attributes:
        source_id: its source.
        now: aware.
        zone: zone of its times.
        complaints: channels and status words.
    """

    source_id: str
    now: datetime
    zone: str
    complaints: Complaints


def read_complaints(
    path: Path, about: FileContext, *, channel: str | None = None
) -> Iterator[Document | Rejection]:
    """Read a complaint table.

    Args:
        path: the file.
        about: its context.
        channel: the channel of every row; None reads the channel column.

    Raises:
        FileProblemError: the file as a whole cannot be read.
    """
    table = read_table(path, COMPLAINT, "text")
    orders = {f: order_of(table.get(r, f) for r in table.rows) for f in ("date", "answered", "closed")}

    def moment(row: Row, field: str, clock: str = "") -> datetime | None:
        value = table.get(row, field)
        return moment_of(value, clock, orders[field], now=about.now, zone=about.zone)

    for row in table.rows:
        problem = _problem(table, row, about)
        if problem is not None:
            reason, detail = problem
            yield Rejection(about.source_id, f"{path.name}:{row.line}", reason, detail, about.now)
            continue
        received = moment(row, "date", table.get(row, "time"))
        events = _events(moment(row, "answered"), moment(row, "closed"), table.get(row, "agency"))
        yield _complaint(table, row, about, channel, received, events)


def _problem(table: Table, row: Row, about: FileContext) -> tuple[str, str] | None:
    if row.problem:
        return "bad_row", row.problem
    if not table.get(row, "text"):
        return "no_text", "Kolom isi laporan kosong."
    ticket = table.get(row, "ticket")
    if _SCIENTIFIC.match(ticket):
        return "damaged_number", "Nomor tiket sudah dirusak Excel menjadi bentuk 1,23E+15."
    status = table.get(row, "status")
    if status and about.complaints.normalise_status(status) is None:
        return "unknown_status", f"Status '{status[:40]}' belum ada di complaints.yaml."
    return None


def _complaint(
    table: Table,
    row: Row,
    about: FileContext,
    channel: str | None,
    received: datetime | None,
    events: tuple[StatusEvent, ...],
) -> Document:
    raw = table.get(row, "status")
    text, ticket = table.get(row, "text"), table.get(row, "ticket") or None
    secrecy = confidentiality(table.get(row, "privacy"), table.get(row, "name"))
    rating = table.get(row, "rating")
    info = ComplaintInfo(
        channel=channel or channel_of(table.get(row, "channel"), about.complaints),
        ticket_id=ticket,
        status=about.complaints.normalise_status(raw) or "baru",
        status_raw=raw,
        received_at=received,
        classification=_classification(table.get(row, "kind"), about.complaints),
        category=table.get(row, "category") or None,
        agency=table.get(row, "agency") or None,
        confidentiality=secrecy,
        kecamatan=table.get(row, "kecamatan") or None,
        desa=table.get(row, "desa") or None,
        rating=int(rating) if _RATING.match(rating) else None,
        events=events,
    )
    return Document(
        kind="complaint",
        source_id=about.source_id,
        title=table.get(row, "title"),
        text=text,
        fetched_at=about.now,
        external_id=ticket or content_id(received, text),
        # a name must not travel with a report that its writer made anonymous
        author=(table.get(row, "name") or None) if secrecy == "publik" else None,
        published_at=received,
        published_from="file" if received else None,
        complaint=info,
    )


def confidentiality(word: str, name: str = "") -> Confidentiality:
    """Read LAPOR's type of report; a reporter called "Anonim" or "Rahasia" says it too."""
    folded = f"{word} {name}".lower()
    if "rahasia" in word.lower() or name.strip().lower() == "rahasia":
        return "rahasia"
    return "anonim" if "anonim" in folded else "publik"


def channel_of(word: str, complaints: Complaints) -> str:
    """Find the channel that a column names; an unknown one is `lain`."""
    folded = " ".join(word.lower().split())
    for channel in complaints.channels:
        names = (channel.id, channel.name, *channel.aliases)
        if folded in {name.lower() for name in names}:
            return channel.id
    return "lain"


def _classification(word: str, complaints: Complaints) -> str | None:
    return complaints.classifications.get(" ".join(word.lower().split())) if word else None


def _events(answered: datetime | None, closed: datetime | None, agency: str) -> tuple[StatusEvent, ...]:
    actor = agency or None
    events = []
    if answered:
        events.append(StatusEvent("dibalas", "tanggapan", answered, actor))
    if closed:
        events.append(StatusEvent("selesai_admin", "selesai", closed, actor))
    return tuple(events)
