"""Complaint tables: the SP4N-LAPOR! export and plain CSV or XLSX, with or without a map of columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawlers.files.columns import COMPLAINT, COUNTERS, fold
from crawlers.files.identity import content_id
from crawlers.files.moments import Dates, MomentError, dates_of, moment_of
from crawlers.files.table import Row, Table, mapped_table, read_table
from crawlers.items import ComplaintInfo, Confidentiality, Document, Rejection, StatusEvent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from config import ComplaintMap, Complaints, DateOrder, StatusId

SP4N_FIRST = "tracking id"
"""First cell of the header of a SP4N-LAPOR! export, below its title rows."""
DATE_FIELDS = ("date", "answered", "closed")

_SCIENTIFIC = re.compile(r"^[+-]?\d(?:[.,]\d+)?E\+?\d+$", re.IGNORECASE)
_RATING = re.compile(r"^[1-5](?:\.0)?$")
_NUMBERS = {"ticket": "Nomor tiket", "nik": "NIK", "phone": "Nomor telepon"}


@dataclass(frozen=True, slots=True)
class FileContext:
    """What is known about a file before it is read.

    Attributes:
        source_id: its source.
        now: aware.
        zone: zone of its times.
        complaints: channels and status words.
        date_order: order of day and month, if somebody has said it.
        mapping: names of its columns, if somebody has said them.
    """

    source_id: str
    now: datetime
    zone: str
    complaints: Complaints
    date_order: DateOrder | None = None
    mapping: ComplaintMap | None = None


def complaints_table(path: Path, about: FileContext, first: str = "") -> Table:
    """Read a table of complaints and find its columns.

    Args:
        path: CSV or XLSX.
        about: its context; its map of columns wins over the names that we know.
        first: name of the header's first cell; empty for any.

    Raises:
        FileProblemError: the file as a whole cannot be read.
    """
    if about.mapping is not None:
        return mapped_table(path, about.mapping)
    table = read_table(path, COMPLAINT, "text", first)
    if _only_counts(table):
        # a running number is no ticket: the next file's number 1 is another complaint
        del table.columns["ticket"]
    return table


def columns_dates(table: Table, about: FileContext) -> dict[str, Dates]:
    """Decide, column by column, how the dates of a table are read."""
    given = about.date_order or (about.mapping.date_order if about.mapping else None)
    return {f: dates_of((table.get(row, f) for row in table.rows), given) for f in DATE_FIELDS}


def read_complaints(
    path: Path, about: FileContext, *, channel: str | None = None, first: str = ""
) -> Iterator[Document | Rejection]:
    """Read a complaint table.

    Args:
        path: the file.
        about: its context.
        channel: the channel of every row; None reads the channel column.
        first: name of the header's first cell; empty for any.

    Raises:
        FileProblemError: the file as a whole cannot be read.
    """
    table = complaints_table(path, about, first)
    dates = columns_dates(table, about)
    zone = about.mapping.timezone if about.mapping else about.zone
    if about.mapping is not None and about.mapping.channel:
        channel = about.mapping.channel

    def moment(row: Row, field: str, clock: str = "") -> datetime | None:
        return moment_of(table.get(row, field), clock, dates[field], now=about.now, zone=zone)

    for row in table.rows:
        problem = _problem(table, row, about)
        if problem is None:
            try:
                received = moment(row, "date", table.get(row, "time"))
                answered, closed = moment(row, "answered"), moment(row, "closed")
            except MomentError as error:
                problem = error.reason, str(error)
        if problem is not None:
            reason, detail = problem
            yield Rejection(about.source_id, f"{path.name}:{row.line}", reason, detail, about.now)
            continue
        yield _complaint(table, row, about, channel, received, _events(table, row, about, answered, closed))


def _only_counts(table: Table) -> bool:
    at = table.columns.get("ticket")
    if at is None or fold(table.header[at]) not in COUNTERS:
        return False
    numbers = [row.cells[at] if at < len(row.cells) else "" for row in table.rows if not row.problem]
    return all(cell in {"", str(number)} for number, cell in enumerate(numbers, 1))


def status_of(raw: str, about: FileContext) -> StatusId | None:
    """Normalise a status word: the map's own words before those of `complaints.yaml`; None if unknown."""
    own = about.mapping.statuses.get(" ".join(raw.split()).lower()) if about.mapping else None
    return own or about.complaints.normalise_status(raw)


def _problem(table: Table, row: Row, about: FileContext) -> tuple[str, str] | None:
    if row.problem:
        return "bad_row", row.problem
    if not table.get(row, "text"):
        filled = len(row.cells)
        torn = f" (baris hanya {filled} dari {table.width} kolom)" if filled < table.width else ""
        return "no_text", f"Kolom isi laporan kosong{torn}."
    for field, name in _NUMBERS.items():
        if _SCIENTIFIC.match(table.get(row, field)):
            detail = f"{name} sudah dirusak Excel menjadi bentuk 1,23E+15; simpan kolomnya sebagai Teks."
            return "damaged_number", detail
    status = table.get(row, "status")
    if status and status_of(status, about) is None:
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
        status=status_of(raw, about) or "baru",
        status_raw=raw,
        received_at=received,
        classification=_classification(table.get(row, "kind"), about.complaints),
        category=table.get(row, "category") or None,
        agency=table.get(row, "agency") or None,
        confidentiality=secrecy,
        kecamatan=table.get(row, "kecamatan") or None,
        desa=table.get(row, "desa") or None,
        rating=int(rating[0]) if _RATING.match(rating) else None,
        events=events,
    )
    return Document(
        kind="complaint",
        source_id=about.source_id,
        title=table.get(row, "title"),
        text=text,
        fetched_at=about.now,
        external_id=ticket or content_id(received, text),
        # a name must not travel with a report that its writer made anonymous; the mask alone knows it
        author=(table.get(row, "name") or None) if secrecy == "publik" else None,
        known_as=(table.get(row, "name"),) if secrecy != "publik" and table.get(row, "name") else (),
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


def _events(
    table: Table, row: Row, about: FileContext, answered: datetime | None, closed: datetime | None
) -> tuple[StatusEvent, ...]:
    actor, reply = table.get(row, "agency") or None, table.get(row, "reply") or None
    raw, reason = table.get(row, "status"), table.get(row, "reason")
    events = []
    if answered or reply:
        events.append(StatusEvent("dibalas", "tanggapan", answered, actor, reply))
    if reason and raw:
        events.append(StatusEvent(status_of(raw, about) or "baru", raw, None, actor, reason))
    if closed:
        events.append(StatusEvent("selesai_admin", "selesai", closed, actor))
    return tuple(events)
