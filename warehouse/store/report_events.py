"""What people do to a report, its archived files, and the book of what was sent; all of it only added.

What is written in words must be **masked already**.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import duckdb

from warehouse.access import Viewer, may, require
from warehouse.lake import Lake
from warehouse.store.report_states import Life, Step, life, rights

LONGEST = 2_000
"""Letters of a sentence, an action or a reason."""
Delivered = Literal["intended", "sent", "failed", "unsure", "released"]
_SLOWER = "Laporan ini baru saja diubah orang lain; muat ulang, lalu ulangi."


@dataclass(frozen=True, slots=True)
class ReportStep:
    """What somebody does to a report.

    Attributes:
        action: the step.
        target: id of a sentence, a section or a recommendation; empty for the report as a whole.
        old: before, None for nothing.
        new: after, None for nothing.
        reason: why; needed where words of the machine are changed.
        snapshot: of a `based` step: what the report speaks of.
        as_of: of a `based` step: the moment it speaks of (aware).
    """

    action: Step
    target: str = ""
    old: str | None = None
    new: str | None = None
    reason: str = ""
    snapshot: int | None = None
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class FileRow:
    """One archived file."""

    name: str
    sha256: str
    n_bytes: int


@dataclass(frozen=True, slots=True)
class SendRow:
    """One step of sending one edition to one address; columns of `report_delivery`."""

    report_id: str
    edition: int
    round: int
    address: str
    shown: str
    service: str
    message_id: str
    state: Delivered
    person: str
    detail: str = ""


def may_step(viewer: Viewer, step: Step) -> bool:
    """Whether a viewer's role may take a step at all."""
    return any(may(viewer, action) for action in rights(step))


def take_step(
    lake: Lake,
    report_id: str,
    step: ReportStep,
    person: str,
    *,
    seen: int | None = None,
    files: Sequence[FileRow] = (),
) -> Life:
    """Write a step down, if it may be taken now.

    Args:
        lake: an open lake; its "now" is when this happens, its viewer must have the right.
        report_id: e.g. ``weekly-2026-W46``.
        step: what is done.
        person: who does it.
        seen: position of the newest event the person had before their eyes, -1 for none; None does not ask.
        files: of an `approved` step: what was archived for this edition.

    Returns:
        Where the report stands now.

    Raises:
        AccessError: the viewer may not.
        ValueError: one Indonesian sentence: not now, not by this person, too long, or somebody was faster.
    """
    if not may_step(lake.viewer, step.action):
        require(lake.viewer, rights(step.action)[0], report_id)
    _check(step)

    def work(con: duckdb.DuckDBPyConnection) -> Life:
        before = con.execute(
            "SELECT action, person FROM report_event WHERE report_id = ? ORDER BY position", [report_id]
        ).fetchall()
        if seen is not None and len(before) - 1 != seen:
            raise ValueError(_SLOWER)
        after = life(before).after(step.action, person)
        con.execute(
            "INSERT INTO report_event SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, getvariable('pati_now')",
            [report_id, len(before), step.action, step.target, step.old, step.new, step.reason.strip(),
             step.snapshot, step.as_of, person.strip()],
        )  # fmt: skip
        if files:
            con.executemany(
                "INSERT INTO report_file SELECT ?, ?, ?, ?, ?, getvariable('pati_now')",
                [[report_id, after.edition, one.name, one.sha256, one.n_bytes] for one in files],
            )
        return after

    return lake.write(work)


def _check(step: ReportStep) -> None:
    for words in (step.new, step.reason):
        if words and len(words) > LONGEST:
            raise ValueError(f"Tulisan paling panjang {LONGEST} huruf; ini {len(words)}.")
    if step.action in ("worded", "hidden") and not step.reason.strip():
        raise ValueError("Tulis alasannya; alasan dicetak dalam catatan penyuntingan.")
    if step.action == "returned" and not step.reason.strip():
        raise ValueError("Tulis apa yang harus diperbaiki.")
    if step.action in ("worded", "advised") and not (step.new or "").strip():
        raise ValueError("Isinya tidak boleh kosong; sembunyikan kalimatnya bila tidak dipakai.")
    if step.action == "based" and (step.snapshot is None or step.as_of is None):
        raise ValueError("Draf harus menyebut potret datanya.")


def add_sending(lake: Lake, row: SendRow) -> None:
    """Write one step of sending down; when this returns it is on disk.

    Raises:
        AccessError: the viewer may not.
    """
    require(lake.viewer, "report_edit", row.report_id)
    lake.write(
        lambda con: con.execute(
            """
            INSERT INTO report_delivery
            SELECT ?, ?, ?, (SELECT coalesce(max(position), -1) + 1 FROM report_delivery), ?, ?, ?, ?, ?, ?, ?,
              getvariable('pati_now')
            """,
            [row.report_id, row.edition, row.round, row.address, row.shown, row.service, row.message_id, row.state,
             row.person, row.detail[:200]],
        )
    )  # fmt: skip
