"""The words Indonesian pages use in dates: months, weekdays, zones, amounts of time.

Old spellings (Pebruari, Nopember) and the many short forms (Agt, Agst, Agust) are all in use
on government pages; English names come from software that was never translated.
"""

from __future__ import annotations

from datetime import timedelta, timezone

_MONTH_NAMES: tuple[tuple[str, ...], ...] = (
    ("januari", "january", "jan", "jnr"),
    ("februari", "february", "pebruari", "februry", "feb", "peb", "pebr", "febr"),
    ("maret", "march", "mar", "mrt"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("agustus", "august", "agt", "agst", "agust", "agus", "agu", "ags", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nopember", "nov", "nop"),
    ("desember", "december", "des", "dec"),
)
MONTHS: dict[str, int] = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}

_DAY_NAMES: tuple[tuple[str, ...], ...] = (
    ("senin", "monday", "mon", "sen", "senen"),
    ("selasa", "tuesday", "tue", "tues", "sel"),
    ("rabu", "wednesday", "wed", "rab"),
    ("kamis", "thursday", "thu", "thur", "thurs", "kam"),
    ("jumat", "friday", "fri", "jum"),
    ("sabtu", "saturday", "sat", "sab"),
    ("minggu", "ahad", "sunday", "sun", "min", "mgg", "ming"),
)
WEEKDAYS: dict[str, int] = {name: number for number, names in enumerate(_DAY_NAMES) for name in names}

ZONES: dict[str, timezone] = {
    "wib": timezone(timedelta(hours=7)),
    "wita": timezone(timedelta(hours=8)),
    "wit": timezone(timedelta(hours=9)),
    "z": timezone(timedelta(0)),
    "ut": timezone(timedelta(0)),
    "utc": timezone(timedelta(0)),
    "gmt": timezone(timedelta(0)),
}

# Seconds per unit for units that name an instant; days and longer name a calendar day.
SHORT_UNITS: dict[str, int] = {
    "detik": 1, "second": 1, "seconds": 1, "sec": 1,
    "menit": 60, "mnt": 60, "minute": 60, "minutes": 60, "min": 60, "mins": 60,
    "jam": 3600, "hour": 3600, "hours": 3600, "hr": 3600, "hrs": 3600,
}  # fmt: skip
LONG_UNITS: dict[str, str] = {
    "hari": "day", "day": "day", "days": "day",
    "minggu": "week", "pekan": "week", "week": "week", "weeks": "week",
    "bulan": "month", "month": "month", "months": "month",
    "tahun": "year", "year": "year", "years": "year",
}  # fmt: skip
AMOUNTS: dict[str, float] = {
    "se": 1, "satu": 1, "a": 1, "an": 1, "one": 1, "setengah": 0.5, "dua": 2, "tiga": 3,
    "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9, "sepuluh": 10,
}  # fmt: skip
