"""From the machine's draft to an approved edition: what a draft is made of, and the archive of editions.

An edition is written when it is approved, out of the draft's snapshot and its edits, and never
again: what goes out, and what is read later, are these files by their checksums.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from config import Config
from dashboard.report.build import build_weekly
from dashboard.report.errors import ReportError
from dashboard.report.overlay import Overlay, overlay_of
from warehouse import Lake
from warehouse.access import require
from warehouse.queries import Week, has_snapshot, moment
from warehouse.queries.report_events import ReportEvent, ReportFile, life_of, report_events, report_files
from warehouse.store.report_events import FileRow, ReportStep, take_step
from warehouse.store.report_states import Life

ARCHIVE = "arsip"
"""Folder of approved editions, within that of the reports."""
NO_DRAFT = "Draf laporan minggu ini belum dibuat; jalankan `pati publish` atau buat draf di halaman laporan."


def report_id(week: Week) -> str:
    """The key of the weekly report of a week."""
    return f"weekly-{week.iso}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A report on its way.

    Attributes:
        week: which week.
        events: everything done to it, in order.
        before: everything done to the report of the week before.
    """

    week: Week
    events: tuple[ReportEvent, ...] = ()
    before: tuple[ReportEvent, ...] = ()

    @property
    def base(self) -> ReportEvent | None:
        """The newest event that says which snapshot and moment the draft speaks of."""
        return next((one for one in reversed(self.events) if one.action == "based"), None)

    @property
    def life(self) -> Life:
        """Where it stands."""
        return life_of(list(self.events))

    @property
    def overlay(self) -> Overlay:
        """What people changed."""
        return overlay_of(self.events, self.before)

    @property
    def seen(self) -> int:
        """Position of the newest event, -1 for none."""
        return len(self.events) - 1


def draft_of(lake: Lake, week: Week) -> Draft:
    """The draft of a week as it stands.

    Raises:
        AccessError: the viewer may not read reports.
    """
    events = report_events(lake, report_id(week))
    return Draft(week, tuple(events), tuple(report_events(lake, report_id(week.shift(-1)))))


def open_draft(lake: Lake, week: Week, person: str, *, again: bool = False) -> bool:
    """Let a draft speak of the newest snapshot and of this moment.

    Args:
        lake: an open lake.
        week: which week.
        person: who does it.
        again: also if there is one already: its edits stay, those of sentences that changed become stale.

    Returns:
        Whether something was written.
    """
    key = report_id(week)
    if not again and any(one.action == "based" for one in report_events(lake, key)):
        return False
    at = moment(lake)
    take_step(lake, key, ReportStep("based", snapshot=at.snapshot, as_of=at.now), person)
    return True


def write_draft(home: Path, config: Config, draft: Draft, overlay: Overlay, out: Path) -> None:
    """Write the files of a draft with an overlay, out of the snapshot it is based on.

    Raises:
        ReportError: there is no draft, its snapshot was cleared away, or it cannot be printed.
    """
    base = draft.base
    if base is None or base.snapshot is None:
        raise ReportError(NO_DRAFT)
    with Lake(home, now=base.as_of) as newest:
        if not has_snapshot(newest, base.snapshot):
            raise ReportError(
                "Potret data draf ini sudah dihapus menurut aturan retensi; perbarui draf dari data terbaru."
            )
    with Lake(home, now=base.as_of, snapshot=base.snapshot) as pinned:
        build_weekly(pinned, config, draft.week, out, overlay)


def approve(lake: Lake, config: Config, week: Week, person: str, seen: int | None = None) -> Life:
    """Approve a report: its files are written and archived, then the step is taken.

    Args:
        lake: an open lake whose viewer may approve; its "now" is when it is approved.
        config: letterhead, sections and limits.
        week: which week.
        person: who approves.
        seen: position of the newest event they had read; None does not ask.

    Raises:
        AccessError: the viewer may not.
        ValueError: not now, or not by this person (one Indonesian sentence).
        ReportError: it cannot be printed.
    """
    key = report_id(week)
    with lake.locked():  # two who approve at once would write into one folder
        draft = draft_of(lake, week)
        require(lake.viewer, "report_approve", key)
        edition = draft.life.after("approved", person).edition
        step = ReportEvent(
            key, draft.seen + 1, "approved", "", None, None, "", None, None, person, lake.now
        )  # fmt: skip
        # the annex of an edition says who approved it, so it is printed as if that had happened
        overlay = overlay_of((*draft.events, step), draft.before)
        folder = edition_folder(lake.home, key, edition)
        partial = folder.with_name(f"{folder.name}.tmp")
        for rest in (partial, folder):  # of somebody who was killed before the step was taken
            shutil.rmtree(rest, ignore_errors=True)
        write_draft(lake.home, config, draft, overlay, partial)
        files = [_file(path) for path in sorted(partial.iterdir())]
        partial.replace(folder)
        return take_step(
            lake, key, ReportStep("approved"), person, seen=draft.seen if seen is None else seen, files=files
        )


def edition_folder(home: Path, key: str, edition: int) -> Path:
    """Where the files of an edition lie."""
    return home / "reports" / ARCHIVE / key / str(edition)


def newest_edition(lake: Lake, week: Week) -> Sequence[ReportFile]:
    """The files of the newest approved edition; empty if there is none."""
    found = report_files(lake, report_id(week))
    return [one for one in found if one.edition == found[0].edition]


def archived(home: Path, file: ReportFile) -> bytes:
    """The bytes of an archived file, exactly as they were approved.

    Raises:
        ReportError: it is gone or not what it was (one Indonesian sentence).
    """
    path = edition_folder(home, file.report_id, file.edition) / Path(file.name).name
    try:
        content = path.read_bytes()
    except OSError:
        raise ReportError(
            f"Berkas arsip {file.name} tidak ada lagi; pulihkan dari cadangan, atau data seseorang di "
            "dalamnya sudah dihapus menurut haknya (lihat berita acara penghapusan)."
        ) from None
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise ReportError(
            f"Berkas arsip {file.name} bukan lagi yang disetujui: sidiknya berbeda; pulihkan dari cadangan."
        )
    return content


def _file(path: Path) -> FileRow:
    content = path.read_bytes()
    return FileRow(path.name, hashlib.sha256(content).hexdigest(), len(content))
