"""Sentences of the smart-city section; rules as of `dashboard.report.sentences`. Pure."""

from __future__ import annotations

from dashboard.report.words import one_or


def quick_win_flag(name: str, flags: str, why: str) -> str:
    """A quick win that may not go on after the prize, and why that is said."""
    return f"{name}, bendera {flags}. {why}"


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
