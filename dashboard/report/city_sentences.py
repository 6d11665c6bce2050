"""Sentences of the smart-city section; rules as of `dashboard.report.sentences`. Pure."""

from __future__ import annotations

from datetime import date
from typing import Literal

from dashboard import format as fmt
from dashboard.report.words import one_or


def quick_win_flag(name: str, flags: str, why: str) -> str:
    """A quick win that may not go on after the prize, and why that is said."""
    return f"{name}, bendera {flags}. {why}"


def quick_win_step(name: str, milestone: str, due: date, state: Literal["overdue", "open"]) -> str:
    """A step of a quick win that is overdue, or due soon."""
    said = "lewat tenggat" if state == "overdue" else "jatuh tempo"
    return f"{name}, tahapan {milestone}: {said} {fmt.day_long(due)}."


def worksheet(about: str, entered: int, accepted: int, returned: int, packs: int) -> str:
    """How far people are with a worksheet of an assessment."""
    if entered == 0:
        said = "belum ada indikator yang diisi"
    else:
        done = f"{one_or(accepted)} diterima" if accepted else "belum ada yang diterima"
        back = f", {one_or(returned)} dikembalikan" if returned else ""
        said = f"{one_or(entered)} indikator diisi orang, {done}{back} peninjau"
    issued = f"; {one_or(packs)} paket bukti diterbitkan" if packs else ""
    return f"{about}: {said}{issued}."
