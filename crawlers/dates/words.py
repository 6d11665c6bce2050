"""The words Indonesian pages use in dates: months, weekdays, zones, amounts of time.

Old spellings (Pebruari, Nopember, Djuli) and the many short forms (Agt, Agst, Agust) are all in
use on government pages; Javanese names (Setu, Rebo, Kemis) in local ones; English names come
from software that was never translated. The short units are those of the Unicode CLDR for `id`
(dtk, mnt, mgg, bln, thn) and what people type.
"""

from __future__ import annotations

from datetime import timedelta, timezone

_MONTH_NAMES: tuple[tuple[str, ...], ...] = (
    ("januari", "january", "djanuari", "jan", "jnr"),
    ("februari", "february", "pebruari", "febuari", "pebuari", "februry", "feb", "peb", "pebr", "febr"),
    ("maret", "march", "mar", "mrt"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "june", "djuni", "jun"),
    ("juli", "july", "djuli", "jul"),
    ("agustus", "august", "agoestoes", "agutus", "agt", "agst", "agust", "agus", "agu", "ags", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nopember", "nov", "nop"),
    ("desember", "december", "des", "dec"),
)
MONTHS: dict[str, int] = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}

_DAY_NAMES: tuple[tuple[str, ...], ...] = (
    ("senin", "senen", "monday", "mon", "sen"),
    ("selasa", "slasa", "seloso", "tuesday", "tue", "tues", "sel"),
    ("rabu", "rebo", "wednesday", "wed", "rab"),
    ("kamis", "kemis", "thursday", "thu", "thur", "thurs", "kam"),
    ("jumat", "jemuwah", "jemuah", "friday", "fri", "jum"),
    ("sabtu", "setu", "saturday", "sat", "sab"),
    ("minggu", "ahad", "akad", "ngahad", "sunday", "sun", "min", "mgg", "ming"),
)
WEEKDAYS: dict[str, int] = {name: number for number, names in enumerate(_DAY_NAMES) for name in names}
ENGLISH_DAYS = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun",
}  # fmt: skip
# The five-day Javanese week; it stands between weekday and date and says nothing further.
MARKET_DAYS = ("legi", "manis", "pahing", "paing", "pon", "wage", "kliwon")
DAY_PARTS = ("dini hari", "subuh", "pagi", "siang", "sore", "petang", "malam")


def _hours(hours: float) -> timezone:
    return timezone(timedelta(hours=hours))


# WIB/WITA/WIT: Keputusan Presiden 41/1987. The American names: RFC 822, section 5.
ZONES: dict[str, timezone] = {
    "wib": _hours(7), "wita": _hours(8), "wit": _hours(9), "sgt": _hours(8), "myt": _hours(8),
    "z": _hours(0), "ut": _hours(0), "utc": _hours(0), "gmt": _hours(0),
    "est": _hours(-5), "edt": _hours(-4), "cdt": _hours(-5), "mst": _hours(-7), "mdt": _hours(-6),
    "pst": _hours(-8), "pdt": _hours(-7), "cet": _hours(1), "cest": _hours(2), "jst": _hours(9),
}  # fmt: skip
# Names of more than one zone (India, Israel, Ireland; China, Chicago; summer or winter), and zones
# no source of ours lives in: the time is another place's and the text stays unread.
FOREIGN_ZONES = (
    "ist", "cst", "bst", "ast", "et", "ct", "mt", "pt", "aest", "aedt", "acst", "awst", "nzst", "nzdt", "hkt",
    "kst", "pht", "ict", "eet", "eest", "msk", "pkt", "gst", "sast", "wat",
)  # fmt: skip

# Seconds per unit for units that name an instant; days and longer name a calendar day.
SHORT_UNITS: dict[str, int] = {
    "detik": 1, "dtk": 1, "second": 1, "seconds": 1, "sec": 1, "secs": 1,
    "menit": 60, "mnt": 60, "minute": 60, "minutes": 60, "min": 60, "mins": 60,
    "jam": 3600, "jm": 3600, "hour": 3600, "hours": 3600, "hrs": 3600,
}  # fmt: skip
LONG_UNITS: dict[str, str] = {
    "hari": "day", "hri": "day", "day": "day", "days": "day", "d": "day",
    "minggu": "week", "mgg": "week", "pekan": "week", "week": "week", "weeks": "week", "w": "week",
    "bulan": "month", "bln": "month", "month": "month", "months": "month", "mo": "month",
    "tahun": "year", "thn": "year", "th": "year", "year": "year", "years": "year", "yr": "year",
    "yrs": "year", "y": "year",
}  # fmt: skip
# One spelling, two units: "2 hr lalu" is two days (hari), "2 hr ago" two hours.
INDONESIAN_UNITS: dict[str, str] = {"hr": "hari", "h": "hari", "j": "jam", "m": "menit"}
ENGLISH_UNITS: dict[str, str] = {"hr": "hour", "h": "hour", "m": "minute", "s": "second"}

_ONES = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")


def _amounts() -> dict[str, float]:
    words: dict[str, float] = {
        "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "setengah": 0.5, "seperempat": 0.25,
        "tiga perempat": 0.75, "satu setengah": 1.5, "dua setengah": 2.5, "sepuluh": 10, "sebelas": 11,
    }  # fmt: skip
    for value, one in enumerate(_ONES, 1):
        words[one] = value
        if value > 1:
            words[f"{one} belas"] = 10 + value
            words[f"{one} puluh"] = 10 * value
            words |= {f"{one} puluh {more}": 10 * value + n for n, more in enumerate(_ONES, 1)}
    return words


AMOUNTS: dict[str, float] = _amounts()
