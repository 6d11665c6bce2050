"""Which complaints a number of service counts: the way from its tile to its rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from dashboard import service, ui
from warehouse.queries import Behind, Scope
from warehouse.queries.behind import Part

KEY: Final = "angka"
"""The filter of the list of complaints."""
OTHERS: Final = ("soal", "wilayah", "masuk", "hingga", "keadaan")
"""Filters of the list that numbers of service do not follow."""
EMPTIED: Final[tuple[tuple[str, str | None], ...]] = (*((key, None) for key in OTHERS), ("kata", ""))
"""What a way to rows takes away, so that as many are listed as were counted."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One number.

    Attributes:
        label: as its tile is called.
        metric_id: of the register.
        more: the rest of its grain.
        part: only some of it.
        when: of a period, of its end, or of now.
    """

    label: str
    metric_id: str
    more: tuple[tuple[str, str], ...] = ()
    part: Part | None = None
    when: str = "period"


_AGES: Final[tuple[tuple[Part, str], ...]] = (
    ("in_0_5", "0\N{EN DASH}5 hari kerja"),
    ("in_6_14", "6\N{EN DASH}14 hari kerja"),
    ("in_15_60", "15\N{EN DASH}60 hari kerja"),
    ("in_over_60", "> 60 hari kerja"),
)
COUNTED: Final[dict[str, Counted]] = {
    "received": Counted("Aduan diterima", "received"),
    "reply": Counted(service.RESPONSES["reply"][0], "i3_response", (("unit", "days"),)),
    "agency_reply": Counted(service.RESPONSES["agency_reply"][0], "i3_agency_response", (("unit", "days"),)),
    "resolution": Counted("Selesai dalam 14 hari kerja", "i5_resolution"),
    **{
        step: Counted(f"Tepat waktu: {name}", "i4_sla", (("step", step),))
        for step, name in service.STEPS.items()
    },
    "backlog": Counted("Tunggakan", "i6_backlog", when="end"),
    "load": Counted("Beban per admin", "load", when="now"),
    **{part: Counted(f"Tunggakan {name}", "backlog_age", (), part, "end") for part, name in _AGES},
}
"""Numbers by the code in the address."""
LABELS: Final = {key: one.label for key, one in COUNTED.items()}


def behind(key: str, scope: Scope, now: datetime) -> Behind:
    """The complaints that a number counts.

    Args:
        key: of `COUNTED`.
        scope: period, channel and office of the number.
        now: the moment.
    """
    one = COUNTED[key]
    if one.when == "now" or (one.when == "end" and service.ends_now(scope, now)):
        scope = replace(scope, kind="now", start=None)
    return Behind(one.metric_id, scope, one.more, one.part)


def narrowed(key: str, tile: ui.Tile, n: object) -> ui.Tile:
    """The tile with the way to its rows, for the page that has the list; without, if `n` is none."""
    return replace(tile, rows=ui.Narrow(KEY, key, also=EMPTIED, whole=True) if n else None)


def linked(key: str, tile: ui.Tile, n: object, office: str) -> ui.Tile:
    """The same for another page, about one office in the period that the list begins with."""
    way = ui.Link(ui.COMPLAINTS, "Lihat daftarnya", {KEY: LABELS[key], "dinas": office})
    return replace(tile, rows=way if n else None)
