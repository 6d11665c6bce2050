"""The log of edits as the annex prints it: who changed what, when and why. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from config import Config
from dashboard import format as fmt
from dashboard.report.blocks import Block, Cell, Column, Grid, Heading, Said, Text
from dashboard.report.recommending import STATES
from dashboard.report.text import breakable, clean
from warehouse.queries.report_events import ReportEvent

CUT: Final = 160
"""Letters of a text in the printed log; the ledger file has all of it."""
DID: Final = {
    "worded": "kalimat ditulis ulang",
    "hidden": "disembunyikan",
    "shown": "dikembalikan seperti buatan mesin",
    "moved": "dipindah",
    "advised": "rekomendasi ditulis",
    "withdrawn": "rekomendasi dihapus",
    "judged": "tindak lanjut dinilai",
    "reviewed": "laporan diperiksa",
    "returned": "dikembalikan ke draf",
    "approved": "laporan disetujui",
    "based": "draf dibuat dari data",
    "sent": "laporan terkirim",
}
"""What was done, in words."""
NOTE: Final = (
    "Kalimat yang ditulis ulang orang bertanda * di belakang kodenya; angkanya bukan lagi angka mesin. Teks "
    "yang panjang dipotong di sini dan dimuat utuh dalam buku bukti (bagian “edits”)."
)
_COLUMNS = (
    Column("Waktu", 1.2, "left"), Column("Siapa", 1.1, "left"), Column("Apa", 1.6, "left"),
    Column("Dari", 2.1, "left"), Column("Menjadi", 2.1, "left"), Column("Alasan", 1.6, "left"),
)  # fmt: skip


def log_blocks(log: Sequence[ReportEvent], config: Config) -> list[Mapping[str, Any]]:
    """Heading, table and note; nothing without events."""
    if not log:
        return []
    offices = {one.id: one.short for one in config.opd}
    rows = tuple(_row(one, offices) for one in log)
    blocks: list[Block] = [
        Heading("Catatan penyuntingan"),
        Grid(_COLUMNS, rows),
        Text((Said("", NOTE),), note=True),
    ]
    return [asdict(block) for block in blocks]


def _row(one: ReportEvent, offices: Mapping[str, str]) -> tuple[Cell, ...]:
    what = DID[one.action] + (f": {one.target}" if one.target else "")
    words = (
        fmt.moment(one.happened_at), one.person, what, told(one, one.old, offices),
        told(one, one.new, offices), one.reason,
    )  # fmt: skip
    return tuple(Cell(breakable(clean(text, CUT)) or fmt.MISSING) for text in words)


def told(one: ReportEvent, value: str | None, offices: Mapping[str, str]) -> str:
    """What stands before or after an event, in words."""
    if not value:
        return ""
    if one.action == "moved":
        return f"urutan {value}"
    if one.action == "judged":
        return STATES.get(value, value)
    if one.action in ("advised", "withdrawn"):
        found: Mapping[str, Any] = json.loads(value)
        until = f" (tenggat {found['deadline']})" if found.get("deadline") else ""
        return f"{offices.get(str(found['opd']), found['opd'])}: {found['action']}{until}"
    return value
