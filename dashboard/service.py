"""Tiles about how well complaints are served: records of `warehouse.queries` put into words. Pure.

Every tile says what its number is divided by, through which day the data goes, and how many
moments are not known; where they are too many it says *tidak tersedia* instead of a number.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from config.clock import day_of
from dashboard import definitions as terms
from dashboard import format as fmt
from dashboard.ui import Tile
from warehouse.queries import Backlog, Cohort, Compliance, Load, Resolution, Response, Scope
from warehouse.queries.complaint_numbers import Step

NONE: Final = "tidak ada"
MONTHS_BACK: Final = 12
RESPONSES: Final = {
    "reply": ("Respons pertama sejak masuk", terms.RESPONSE, "diterima"),
    "agency_reply": (
        "Respons pertama sejak disposisi",
        terms.RESPONSE_AGENCY,
        "diterima dan didisposisikan",
    ),
}
"""Clocks of the first reply: name, meaning, which complaints."""

STEPS: Final[dict[Step, str]] = {
    "verify": "verifikasi",
    "answer": "jawaban pertama",
    "resolve": "penyelesaian",
}
"""Steps that have a deadline."""

_WINDOWS: Final = {
    "12 minggu penuh terakhir": Scope("weeks_12"),
    "4 minggu penuh terakhir": Scope("weeks_4"),
    "Semua waktu": Scope("all"),
}


def periods(now: datetime) -> dict[str, Scope]:
    """The periods to choose from, by name: windows, then this month and the last ones."""
    found = dict(_WINDOWS)
    month = day_of(now).replace(day=1)
    for _ in range(MONTHS_BACK):
        found[fmt.month(month)] = Scope("month", month)
        month = (month - timedelta(days=1)).replace(day=1)
    return found


def ends_now(scope: Scope, now: datetime) -> bool:
    """Whether the backlog at the end of a period is the one of now: windows, and the current month."""
    return scope.kind != "month" or scope.start == day_of(now).replace(day=1)


def response(clock: str, found: Response | None) -> Tile:
    """Time to the first reply since reception (``reply``) or disposition: median, p90, what still waits."""
    label, definition, whom = RESPONSES[clock]
    if found is None:
        return Tile(label, NONE, "n = 0 aduan", definition)
    return Tile(
        label,
        days(found.median) if found.verdict == "ok" else fmt.WITHHELD[found.verdict],
        f"n = {fmt.count(found.n, 'aduan')} yang {whom} dalam periode",
        definition,
        _lines(
            f"median; p90: {days(found.p90) if found.p90 is not None else fmt.NOT_REACHED}"
            if found.verdict == "ok"
            else "",
            "belum dijawab: " + _part(found.n_waiting, found.n, found.unanswered),
            _unknown(found.n_moment_unknown, found.n_replied, "jawaban", found.moment_unknown),
            f"waktu disposisi tak tercatat: {fmt.number(found.n_no_start)} dari {fmt.count(found.n, 'aduan')}"
            if found.n_no_start
            else "",
            _through(found.data_through),
        ),
        through=_through(found.data_through),
    )


def received(found: Cohort | None) -> Tile:
    """What came in, and how much of it is valid; not ours stands apart."""
    label = "Aduan diterima"
    if found is None:
        return Tile(label, "0", "n = 0 aduan", terms.COHORT)
    return Tile(
        label,
        fmt.number(found.n_received),
        f"n = {fmt.count(found.n_received, 'aduan')} yang diterima dalam periode",
        terms.COHORT,
        _lines(
            "sah: " + _part(found.n_valid, found.n_received, found.validity),
            f"bukan wewenang: {fmt.number(found.n_not_ours)}",
            f"arsip, tidak layak, atau ganda: {fmt.number(found.n_invalid)}",
            f"dijawab: {fmt.number(found.n_answered)}; ditutup selesai: {fmt.number(found.n_closed)}",
            _through(found.data_through),
        ),
        through=_through(found.data_through),
    )


def resolution(found: Resolution | None) -> Tile:
    """Closed in time, of all valid ones received."""
    label = "Selesai dalam 14 hari kerja"
    if found is None:
        return Tile(label, NONE, "n = 0 aduan sah", terms.RESOLUTION)
    return Tile(
        label,
        fmt.percent(found.of_valid) if found.verdict == "ok" else fmt.WITHHELD[found.verdict],
        f"n = {fmt.count(found.n_valid, 'aduan sah')} yang diterima dalam periode",
        terms.RESOLUTION,
        _lines(
            f"{fmt.number(found.n_closed_within)} ditutup dalam {found.n_days} hari kerja",
            f"{fmt.number(found.n_not_yet)} masih terbuka dan belum genap {found.n_days} hari kerja",
            _unknown(found.n_moment_unknown, found.n_closed, "penutupan", found.moment_unknown),
            f"{fmt.number(found.n_outside_calendar)} di luar kalender, tidak dihitung"
            if found.n_outside_calendar
            else "",
            _through(found.data_through),
        ),
        through=_through(found.data_through),
    )


def compliance(step: Step, found: Compliance | None) -> Tile:
    """Deadlines kept, of those that fell due."""
    label = f"Tepat waktu: {STEPS[step]}"
    if found is None:
        return Tile(label, NONE, "n = 0 tenggat", terms.COMPLIANCE)
    return Tile(
        label,
        fmt.percent(found.compliance) if found.verdict == "ok" else fmt.WITHHELD[found.verdict],
        f"n = {fmt.count(found.n_due, 'tenggat')} yang jatuh dalam periode",
        terms.COMPLIANCE,
        _lines(
            f"{fmt.number(found.n_on_time)} tepat waktu, {fmt.number(found.n_late)} lewat",
            f"{fmt.number(found.n_still_waiting)} sampai sekarang belum dikerjakan",
            _unknown(found.n_moment_unknown, found.n_due, "tenggat", found.moment_unknown),
            _through(found.data_through),
        ),
        through=_through(found.data_through),
    )


def backlog(found: Backlog | None) -> Tile:
    """What is open at the end of the period, and how old it is."""
    label = "Tunggakan"
    if found is None:
        return Tile(label, "0", "n = 0 aduan terbuka", terms.BACKLOG)
    return Tile(
        label,
        fmt.number(found.n_open),
        f"n = {fmt.count(found.n_open, 'aduan')} terbuka per {fmt.day(found.period_end)}",
        terms.BACKLOG,
        _lines(
            f"umur median: {days(found.median_age)}, p90: {days(found.p90_age)}"
            if found.median_age is not None
            else f"umur: {fmt.NOT_ENOUGH}",
            f"paling lama: {days(found.oldest)}" if found.oldest is not None else "",
            f"terbuka atau tidak, tak tercatat: {fmt.number(found.n_unsure)}" if found.n_unsure else "",
            f"umur tak diketahui: {fmt.number(found.n_outside_calendar)}" if found.n_outside_calendar else "",
            _through(found.data_through),
        ),
        through=_through(found.data_through),
    )


def ages(found: Backlog | None) -> list[Tile]:
    """The backlog by age, in four groups."""
    if found is None:
        return []
    groups = (
        ("0\N{EN DASH}5 hari kerja", found.n_0_5),
        ("6\N{EN DASH}14 hari kerja", found.n_6_14),
        ("15\N{EN DASH}60 hari kerja", found.n_15_60),
        ("> 60 hari kerja", found.n_over_60),
    )
    n, through = f"dari {fmt.count(found.n_open, 'aduan')} terbuka", _through(found.data_through)
    return [Tile(label, fmt.number(count), n, terms.BACKLOG_AGE, through=through) for label, count in groups]


def load(found: Load | None) -> Tile:
    """Open complaints per admin."""
    label = "Beban per admin"
    if found is None:
        return Tile(label, NONE, "n = 0 aduan terbuka", terms.LOAD)
    return Tile(
        label,
        fmt.UNAVAILABLE if found.load is None else fmt.number(found.load, 1),
        f"n = {fmt.count(found.n_open, 'aduan')} terbuka sekarang",
        terms.LOAD,
        _lines(
            f"dibagi {fmt.count(found.n_admins, 'admin aktif')} di {fmt.count(found.n_agencies, 'OPD')}",
            f"{fmt.number(found.n_unassigned)} di antaranya tanpa OPD kabupaten"
            if found.n_unassigned
            else "",
            _through(found.data_through),
        ),
        through=_through(found.data_through),
    )


def days(count: float | None) -> str:
    """``5 hari kerja``."""
    return fmt.count(count, "hari kerja")


def withheld(verdict: object, shown: str) -> str:
    """A number, or what stands in its place; no verdict: there was nothing to count."""
    if fmt.is_missing(verdict):
        return fmt.MISSING
    return fmt.WITHHELD.get(str(verdict), shown)


def named(step: object) -> str:
    """What a step is called, or a dash."""
    return next((name for key, name in STEPS.items() if key == step), fmt.MISSING)


def due(day: date | None, left: float | None, overdue: object, step: object) -> str:
    """``20 Nov 2026, sisa 4 hari kerja (jawaban pertama)``; nothing without a deadline."""
    if fmt.is_missing(day):
        return ""
    what = f" ({named(step)})" if step in STEPS else ""
    return f"{fmt.day(day)}, {time_left(left, overdue)}{what}"


def time_left(left: float | None, overdue: object) -> str:
    """``sisa 4 hari kerja`` or ``lewat 3 hari kerja``.

    Args:
        left: working days until the deadline, negative after it; 0 on the day itself, but also on
            a weekend that follows or precedes it.
        overdue: whether the day is over.
    """
    if left is None or fmt.is_missing(left):
        return "lewat" if overdue else "hari kerja belum diketahui"
    return f"lewat {days(-left)}" if overdue else f"sisa {days(left)}"


def auto_close(day: date | None, passed: object) -> str:
    """When the channel closes a complaint by itself; it is a forecast and changes nothing."""
    if fmt.is_missing(day):
        return ""
    if passed is True:
        return f"batas tutup otomatis lewat ({fmt.day(day)}); kanal belum mengabarkan penutupan"
    return f"akan ditutup otomatis pada {fmt.day(day)} bila pelapor tidak menanggapi"


def _part(part: int, whole: int, share: float | None) -> str:
    percent = "" if share is None else f" ({fmt.percent(share)})"
    return f"{fmt.number(part)} dari {fmt.number(whole)}{percent}"


def _unknown(part: int, whole: int, noun: str, share: float | None) -> str:
    if whole == 0:
        return ""
    percent = "" if share is None else f" ({fmt.percent(share)})"
    return f"waktu tak tercatat: {fmt.number(part)} dari {fmt.count(whole, noun)}{percent}"


def _through(day: date) -> str:
    return f"data s.d. {fmt.day(day)}"


def _lines(*parts: str) -> str:
    return "  \n".join(part for part in parts if part)
