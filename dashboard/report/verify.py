"""Ask everything behind a report again and name the sentences that the lake no longer bears out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from dashboard.report import ledger as book
from dashboard.report.erased import mark
from dashboard.report.errors import ReportError
from dashboard.report.ledger import Difference, Entry, Ledger
from warehouse import Lake
from warehouse.access import viewer_of
from warehouse.access.wall import WalledLake
from warehouse.queries import has_snapshot


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one ledger.

    Attributes:
        report: its key, e.g. ``weekly-2026-W46``.
        snapshot: the snapshot that was asked; None: the newest data.
        entries: sentences and rows of numbers that were asked again.
        altered: the ledger file is not as it was written: its own fingerprint does not fit.
        printed: whether the PDF beside it is the one it was written for; None: there is no PDF.
        expired: the snapshot was cleared away by the retention rules, so the newest data were asked.
        differences: one for every value that is another now, erased words included.
        edited: ids of sentences that a person wrote or wrote anew: their words are not the machine's.
    """

    report: str
    snapshot: int | None
    entries: int
    altered: bool
    printed: bool | None
    expired: bool
    differences: tuple[Difference, ...]
    edited: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every value that was not erased is borne out and neither file was changed."""
        return not self.broken and not self.altered and self.printed is not False

    @property
    def broken(self) -> tuple[tuple[str, str], ...]:
        """Id and text of each entry that does not hold, once, in the order of the report."""
        return tuple(dict.fromkeys((one.entry, one.text) for one in self.differences if not one.erased))

    @property
    def erased(self) -> tuple[str, ...]:
        """Ids of entries whose words were erased since; what they said must not be shown again."""
        return tuple(dict.fromkeys(one.entry for one in self.differences if one.erased))


def verify(home: Path, ledger: Path, *, latest: bool = False) -> Verdict:
    """Compare a ledger with the lake it was made from.

    Args:
        home: the home folder of the lake.
        ledger: a file written beside a report.
        latest: ask the newest data instead of the report's snapshot, as of the report's moment:
            what has changed since, also rightly (a late article, a corrected label).

    Raises:
        ReportError: the file is not a ledger of ours.
        LakeMissingError: there is no lake.
    """
    head, entries = _read(ledger)
    now = datetime.fromisoformat(head["now"])
    snapshot = None if latest else int(head["snapshot"])
    with Lake(home, now=now) as newest:
        expired = snapshot is not None and not has_snapshot(newest, snapshot)
    asked = None if expired else snapshot
    with Lake(home, now=now, snapshot=asked) as lake:
        differences = mark(lake, _compared(lake, head, entries))
    return Verdict(
        str(head["report"]), asked, len(entries), _altered(head, entries), _printed(ledger, head),
        expired, tuple(differences), tuple(one.id for one in entries if one.edit in ("worded", "written")),
    )  # fmt: skip


def _compared(lake: Lake, head: dict[str, Any], entries: Sequence[Entry]) -> list[Difference]:
    """Asked in the same name as the report was: one of an office sees what the office sees."""
    if "scope" not in head:
        return book.compare(lake, entries)
    try:
        viewer = viewer_of("laporan", str(head["scope"]))
    except ValueError as err:
        raise ReportError(str(err)) from None
    walled = WalledLake(lake, viewer)
    try:
        return book.compare(walled, entries)
    finally:
        walled.close()


def _read(path: Path) -> tuple[dict[str, Any], list[Entry]]:
    try:
        head, entries = book.read(path)
        datetime.fromisoformat(head["now"])
        int(head["snapshot"])
    except FileNotFoundError:
        raise ReportError(f"Tidak ada buku bukti di {path}.") from None
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError, AttributeError):
        raise ReportError(
            f"{path} bukan buku bukti laporan; pilih berkas yang berakhiran .bukti.json."
        ) from None
    if head.get("format") != book.FORMAT:
        raise ReportError(f"{path} ditulis oleh versi lain; cetak ulang laporannya dengan `pati report`.")
    return head, entries


def _altered(head: dict[str, Any], entries: Sequence[Entry]) -> bool:
    return Ledger(list(entries)).fingerprint() != head.get("fingerprint")


def _printed(ledger: Path, head: dict[str, Any]) -> bool | None:
    """The name of the PDF is taken as a name only: a ledger may come from anywhere."""
    pdf = ledger.with_name(Path(str(head.get("pdf", ""))).name or "-")
    if not pdf.is_file():
        return None
    return hashlib.sha256(pdf.read_bytes()).hexdigest() == head.get("pdf_sha256")
