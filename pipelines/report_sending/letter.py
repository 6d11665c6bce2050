"""The letter around an edition: title, words, attached files. Pure but for reading the archive."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Final

from dashboard import format as fmt
from dashboard.report import ledger as book
from dashboard.report.editions import archived, edition_folder
from dashboard.report.text import clean
from pipelines.settings import Settings
from warehouse.queries import Week
from warehouse.queries.report_events import ReportFile

PROOF: Final = (
    "Setiap kalimat laporan dapat ditelusuri sampai datanya; bukti dan arsipnya ada di dasbor, halaman "
    "Laporan mingguan."
)
SENTENCES: Final = 6
"""Most sentences of the summary that a letter repeats."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent.

    Attributes:
        title: one line.
        body: plain text.
        files: path and content of each attachment, as it was when its checksum was compared.
        at: date of the letter (aware).
    """

    title: str
    body: str
    files: tuple[tuple[Path, bytes], ...] = field(repr=False)
    at: datetime


def letter_of(settings: Settings, week: Week, files: Sequence[ReportFile], at: datetime) -> Letter:
    """The letter of an edition.

    Args:
        settings: letterhead, and which files are attached.
        week: which week.
        files: of the edition; every one must be what was approved, also those that are not attached.
        at: date of the letter.

    Raises:
        ReportError: a file of the archive is gone or changed.
    """
    report = settings.config.report
    folder = edition_folder(settings.home, files[0].report_id, files[0].edition)
    contents = {one.name: archived(settings.home, one) for one in files}
    attached = tuple(
        (folder / name, content)
        for name, content in contents.items()
        if name.endswith(report.delivery.attach)
    )
    edition = f" (edisi {files[0].edition})" if files[0].edition > 1 else ""
    title = clean(f"{report.title}, {fmt.week(week.monday)}{edition}")
    ledger = next((name for name in contents if name.endswith(".bukti.json")), None)
    summary = _summary(folder / ledger) if ledger else []
    lines = [
        "Yth. Bapak/Ibu,", "",
        f"terlampir {title}.", "",
        *(f"- {sentence}" for sentence in summary), *([""] if summary else []),
        PROOF, "",
        *(clean(line) for line in reversed(report.letterhead)),
    ]  # fmt: skip
    return Letter(title, "\n".join(lines), attached, at)


def _summary(ledger: Path) -> list[str]:
    """The sentences of the summary, as they are printed."""
    _, entries = book.read(ledger)
    numbered = [one for one in entries if one.id[:1] == "R" and one.id[1:].isdecimal() and one.id != "R0"]
    return [one.text for one in numbered if one.edit != "hidden"][:SENTENCES]


def message_id_of(key: str, edition: int, nth: int, address: str, sender: str) -> str:
    """The id of a message: the same however often it is tried. Pure.

    Args:
        key: the report.
        edition: of it.
        nth: round of sending.
        address: digest of the receiver's.
        sender: whose host stands behind the sign.
    """
    told = hashlib.sha256(f"{key}|{edition}|{nth}|{address}".encode()).hexdigest()[:32]
    return f"<{key.lower()}.{edition}.{nth}.{told}@{sender.rpartition('@')[2]}>"


def message_of(letter: Letter, sender: str, to: str, message_id: str) -> EmailMessage:
    """The letter as a mail to one receiver; nobody sees who else gets it."""
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = letter.title, sender, to
    message["Date"], message["Message-ID"] = format_datetime(letter.at), message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    for path, content in letter.files:
        main, _, sub = (mimetypes.guess_type(path.name)[0] or "application/octet-stream").partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=path.name)
    return message
