"""How the numbers of an assessment are written: on the page and in the pack alike. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dashboard import format as fmt
from warehouse.metrics import metric
from warehouse.queries.evidence_numbers import Number

NO_INTERVAL: Final = "tanpa selang"
"""A number that is no estimate from a sample, or whose interval is not known."""
ROLES: Final = {
    "pimpinan": "Asesor luar: aduan hanya sebagai kutipan pendek, tanpa judul dan tautan",
    "analis": "Tim sendiri: aduan dengan kutipan penuh (tetap tersamar)",
}
"""As whom a pack may show complaints, the safe one first."""
MARKS: Final = {"pinned": "disematkan", "rejected": "ditolak", "cleared": "dilepas", "commented": "dicatat"}
ACTIONS: Final = {
    "entered": "diisi", "accepted": "diterima", "returned": "dikembalikan", "withdrawn": "ditarik",
}  # fmt: skip
REVIEW: Final = {"accepted": "diterima", "returned": "dikembalikan", None: "belum ditinjau"}
_STEPS: Final = {
    "verify": "verifikasi", "answer": "jawaban pertama", "resolve": "penyelesaian",
    "resolve_inspection": "penyelesaian dengan pemeriksaan lapangan", "auto_close": "tutup otomatis",
}  # fmt: skip


def name(one: Number) -> str:
    """Code and name, with the unit where `bare` leaves it out."""
    unit = metric(one.metric_id).unit
    plain = unit in ("bagian", metric("i10_net_tone").unit)
    return f"{one.code} {one.name}" if plain else f"{one.code} {one.name} ({unit})"


def bare(one: Number, of: float | None) -> str:
    """A value as of `value`, without its unit."""
    return value(one, of).removesuffix(f" {metric(one.metric_id).unit}")


def value(one: Number, of: float | None) -> str:
    """A value of a number in its unit; where it was withheld, why."""
    unit = metric(one.metric_id).unit
    if fmt.is_missing(of):
        return fmt.WITHHELD.get(one.withheld or "few", fmt.NOT_ENOUGH)
    if unit == "bagian":
        return fmt.percent(of)
    if unit == metric("i10_net_tone").unit:
        return fmt.tone(of)
    whole = of is not None and float(of).is_integer()
    return f"{fmt.number(of, 0 if whole else 1)} {unit}"


def interval(one: Number, shown: Callable[[Number, float | None], str] = value) -> str:
    """Its 95 % interval, or that it has none; its ends as `shown` writes them."""
    if not one.has_interval:
        return NO_INTERVAL
    if fmt.is_missing(one.low) or fmt.is_missing(one.high):
        return value(one, None)
    return fmt.interval(one.low, one.high, lambda end: shown(one, end))


def about(one: Number, dimension: str, place: str = "") -> str:
    """What it covers.

    Args:
        one: the number.
        dimension: name of the dimension that was asked for, empty for none.
        place: name of the office or kecamatan that was asked for, empty for none.
    """
    if one.about == "dimension":
        return dimension
    if one.about in ("opd", "kecamatan"):
        return place
    if one.about == "row":
        return _STEPS.get(one.what, one.what.replace("_", " ")) or "tanpa dimensi"
    return "seluruh kabupaten"


def span(one: Number, now: str = "saat paket dibuat") -> str:
    """Its period; `now` for a number as of "now"."""
    return now if one.first is None or one.last is None else fmt.span(one.first, one.last)


def score(of: float | None) -> str:
    """A score as it was entered: at most two decimals, none that say nothing."""
    if fmt.is_missing(of):
        return fmt.MISSING
    return fmt.number(of, 2).rstrip("0").rstrip(",")
