import csv
import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crawlers.dates import Moment, parse_date, plausible
from crawlers.dates.words import MONTHS

WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2024, 9, 11, 10, tzinfo=WIB)  # a Wednesday
CASES = Path(__file__).parent / "dates_cases.csv"


def outcomes(path: Path) -> dict[str, list[str]]:
    """Sort a table of texts into right, unknown though a date is there, and wrong."""
    found: dict[str, list[str]] = {"right": [], "unknown": [], "wrong": []}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            got = parse_date(row["text"], now=NOW)
            want = datetime.fromisoformat(row["expected"]) if row["expected"] else None
            timed = row["precision"] in {"dt", "minute"}
            if got is None:
                found["right" if want is None else "unknown"].append(row["text"])
            else:
                same = got.at == want and (got.precision == "minute") == timed
                found["right" if same else "wrong"].append(f"{row['text']}: {got}")
    return found


def test_forty_real_forms_are_right(shared: Path) -> None:
    got = outcomes(shared / "real/dates40.csv")
    assert (got["wrong"], got["unknown"]) == ([], [])
    assert len(got["right"]) == 40


def test_the_further_forms_are_right() -> None:
    """Every form of the table; its expected values were worked out by hand with a calendar."""
    got = outcomes(CASES)
    assert (got["wrong"], got["unknown"]) == ([], [])
    assert len(got["right"]) >= 380


def read(text: str, **extra: object) -> Moment:
    got = parse_date(text, now=NOW, **extra)  # type: ignore[arg-type]
    assert got is not None
    return got


def test_a_source_s_zone_is_assumed_only_without_a_named_one() -> None:
    makassar, named = (read(f"2024-09-03 08:00{z}", zone="Asia/Makassar") for z in ("", " WIT"))
    assert (makassar.at, makassar.zoned) == (datetime(2024, 9, 3, 0, tzinfo=UTC), False)
    assert (named.at, named.zoned) == (datetime(2024, 9, 2, 23, tzinfo=UTC), True)
    assert not read("Kemarin, 20:15").zoned
    assert read("Kemarin, 20:15 WITA").zoned


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Selasa, 3 September 2024", {"weekday": True}),
        ("3 September 2024", {}),
        ("03/09/2024", {"assumed": ("order",)}),
        ("Selasa (03/09/2024)", {"weekday": True}),
        ("23/09/2024", {}),
        ("03/09/24", {"assumed": ("order", "century")}),
        ("Kamis (5/9)", {"weekday": True, "assumed": ("year",)}),
        ("2 hari lalu", {"relative": True}),
        ("Oleh Budi - 3 September 2024", {"beside": 2}),
        ("Warga mengadu sejak rapat pada 3 September 2024 di balai desa", {"beside": 8}),
    ],
)
def test_a_moment_says_what_it_rests_on(text: str, said: dict[str, object]) -> None:
    got = read(text)
    plain = {"weekday": False, "relative": False, "assumed": (), "beside": 0}
    assert {name: getattr(got, name) for name in plain} == plain | said


def test_a_date_without_a_year_belongs_before_its_anchor() -> None:
    feed = datetime(2019, 9, 6, tzinfo=UTC)
    assert read("Kamis (5/9)", anchor=feed).at == datetime(2019, 9, 4, 17, tzinfo=UTC)
    # of the anchor's year it was a Friday
    assert parse_date("Kamis (5/9)", now=NOW, anchor=datetime(2025, 9, 8, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1725321600", "2024-09-03T00:00+00:00"),
        ("1725321600500", "2024-09-03T00:00:00.5+00:00"),
        ("20240903", "2024-09-03T00:00+07:00"),
        ("20240903083015", "2024-09-03T08:30:15+07:00"),
    ],
)
def test_bare_digits_are_a_date_only_where_a_machine_wrote_them(text: str, expected: str) -> None:
    got = read(text, machine=True).at
    assert abs(got - datetime.fromisoformat(expected)) < timedelta(seconds=1)
    assert parse_date(text, now=NOW) is None


@pytest.mark.parametrize("text", ["081234567890", "3318000000000000", "20241301", "99999999", "7523456"])
def test_no_other_digits_are_a_date_even_then(text: str) -> None:
    assert parse_date(text, now=NOW, machine=True) is None


@pytest.mark.parametrize(
    ("text", "believed"),
    [
        ("2024-09-11T10:10:00+07:00", True),
        ("2099-01-01", False),
        ("1945-08-17", False),
        ("1970-01-01", False),
        ("13/08/25", False),  # next year's August: read as written, believed by nobody
    ],
)
def test_future_and_absurd_dates_are_not_believed(text: str, believed: bool) -> None:
    assert plausible(read(text).at, NOW) is believed


MONTHS_ID = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
SHORT_ID = ["Jan", "Peb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sept", "Okt", "Nop", "Des"]
MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS_ID = ["Senin", "Selasa", "Rabu", "Kamis", "Jum'at", "Sabtu", "Minggu"]
DAYS_JV = ["Senen", "Selasa", "Rebo", "Kemis", "Jemuwah", "Setu", "Ahad"]
DAYS_EN = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

# Ways to write a day; {D} weekday, {M} month's name, {d}/{dd}, {m}/{mm}, {y}.
DAY_FORMS = [
    "{D}, {d} {M} {y}",
    "{D} {dd} {M} {y}",
    "{d} {M} {y}",
    "{dd} {S} {y}",
    "{dd}-{S}-{y}",
    "{D} ({d}/{m}/{y})",
    "{dd}/{mm}/{y}",
    "{dd}-{mm}-{y}",
    "{d}.{m}.{y}",
    "{y}-{mm}-{dd}",
    "{y}/{m}/{d}",
    "{J} Kliwon, {d} {M} {y}",
    "{E}, {dd} {EM} {y}",
    "{EM} {d}, {y}",
    "{D} tanggal {d} {M} {y}",
    "Pati, {d} {M} {y}",
    "Diterbitkan: {D}, {d} {M} {y}",
    "Posted on {dd} {S} {y}",
    "{d} {M} {y} ({D})",
    "Oleh Redaksi | {D}, {d} {S} {y}",
]
CLOCK_FORMS = [
    " {H}:{N}",
    " {H}:{N} WIB",
    ", {H}.{N} WIB",
    " | {H}:{N} WIB",
    " pukul {H}.{N}",
    " - {H}:{N}:{s} WIB",
    " ({H}.{N} WIB)",
    " pukul {H}.{N} (WIB)",
    " {H}:{N}:{s} +0700",
    " jam {H}.{N} Wib",
]


def written(form: str, at: datetime) -> str:
    return form.format(
        D=DAYS_ID[at.weekday()], J=DAYS_JV[at.weekday()], E=DAYS_EN[at.weekday()],
        M=MONTHS_ID[at.month - 1], S=SHORT_ID[at.month - 1], EM=MONTHS_EN[at.month - 1],
        d=at.day, dd=f"{at.day:02}", m=at.month, mm=f"{at.month:02}", y=at.year,
        H=f"{at.hour:02}", N=f"{at.minute:02}", s=f"{at.second:02}",
    )  # fmt: skip


days = st.dates(min_value=date(2000, 1, 2), max_value=date(2024, 9, 10))
clocks = st.times().map(lambda t: t.replace(microsecond=0))


@given(days, st.sampled_from(DAY_FORMS), st.booleans())
def test_every_day_written_in_any_form_reads_back(day: date, form: str, capitals: bool) -> None:
    text = written(form, datetime.combine(day, time(), WIB))
    got = parse_date(text.upper() if capitals else text, now=NOW)
    assert got is not None
    assert (got.at.astimezone(WIB).date(), got.precision) == (day, "day")


@given(days, clocks, st.sampled_from(DAY_FORMS), st.sampled_from(CLOCK_FORMS))
def test_every_minute_written_in_any_form_reads_back(day: date, clock: time, form: str, end: str) -> None:
    at = datetime.combine(day, clock, WIB)
    got = parse_date(written(form + end, at), now=NOW)
    assert got is not None
    seconds = "{s}" in end
    assert (got.at, got.precision) == (at if seconds else at.replace(second=0), "minute")


@given(days, clocks, st.integers(-12, 14), st.sampled_from(["seconds", "milliseconds"]))
def test_every_iso_instant_reads_back(day: date, clock: time, offset: int, spec: str) -> None:
    zone = ZoneInfo(f"Etc/GMT{-offset:+d}")
    at = datetime.combine(day, clock, zone)
    got = parse_date(at.isoformat(timespec=spec), now=NOW)
    assert got is not None
    assert (got.at, got.zoned) == (at, True)


@given(days, st.sampled_from(DAYS_ID), st.sampled_from(["{d} {M} {y}", "{dd}/{mm}/{y}", "({d}/{m}/{y})"]))
def test_a_weekday_that_contradicts_leaves_nothing(day: date, weekday: str, form: str) -> None:
    assume(DAYS_ID[day.weekday()] != weekday)
    text = f"{weekday}, {written(form, datetime.combine(day, time()))}"
    assert parse_date(text, now=NOW) is None


@given(st.text(max_size=130), st.booleans())
def test_no_text_breaks_the_reader(text: str, machine: bool) -> None:
    got = parse_date(text, now=NOW, machine=machine)
    assert got is None or got.at.tzinfo is UTC


PIECES = [
    *"0123456789",
    "2024",
    "/",
    "-",
    ".",
    ":",
    ",",
    " ",
    " ",
    "(",
    ")",
    "T",
    "Z",
    "+07:00",
    "WIB",
    "pukul ",
    "Senin",
    "Kamis",
    "Sept",
    "Mei ",
    "lalu",
    " jam ",
    " hari ",
    "kemarin",
    "malam",
    "s/d",
    "am",
    "Rp",
    "No. ",
]


NUMBERS = st.sampled_from(
    [
        "1",
        "2",
        "3",
        "03",
        "9",
        "09",
        "12",
        "13",
        "24",
        "30",
        "31",
        "32",
        "45",
        "2023",
        "2024",
        "2025",
        "1446",
        "0",
    ]
)
MARKS = st.sampled_from(["/", "-", ".", " ", " - ", ", ", " / ", ""])
LIKE_DATES = st.tuples(
    NUMBERS, MARKS, NUMBERS | st.sampled_from(["Sept", "Mei", "Mei.", "Agt"]), MARKS, NUMBERS
).map("".join)
HEAPS = st.lists(st.sampled_from(PIECES) | LIKE_DATES, max_size=9).map("".join)


@given(HEAPS)
def test_no_part_of_a_date_is_invented(text: str) -> None:
    """Whatever is read from a heap of fragments: its day, month and year stand in the text."""
    got = parse_date(text, now=NOW)
    if got is None:
        return
    if got.relative:
        assert re.search(r"lalu|kemarin", text, re.IGNORECASE)
        return
    # an offset may move the day by one
    local = [
        got.at.astimezone(ZoneInfo(z)).date() for z in ("Asia/Jakarta", "UTC", "Etc/GMT-14", "Etc/GMT+12")
    ]
    numbers = {int(n) for n in re.findall(r"\d+", text)} | {int(n) for n in re.findall(r"\d\d?", text)}
    names = {MONTHS[n] for n in re.findall(r"[a-z]+", text.lower()) if n in MONTHS}
    names |= {number for word, number in (("sept", 9), ("mei", 5), ("agt", 8)) if word in text.lower()}
    assert any(
        day.day in numbers
        and (day.month in numbers or day.month in names)
        and (str(day.year) in text or day.year % 100 in numbers or "year" in got.assumed)
        for day in local
    )


NOTHING = [
    "Rp10.500",
    "Rp 1.254.698.193.000",
    "0812-3456-7890",
    "(0295) 381777",
    "3318000000000000",
    "2-1",
    "19.30 WIB",
    "pukul 08.00",
    "90+3",
    "1.2.3",
    "192.168.1.10",
    "59114",
    "1.234 kali",
    "RT 03/RW 05",
    "No. 188/45/2024",
    "24/7",
    "2024",
    "Pati",
    "Juwana",
    "Persipa",
    "rob",
    "dan",
    "3 anak",
    "45 Mei",
    "bulan lalu",
    "2 jam lagi",
    "100%",
    "km 12",
]


@given(st.lists(st.sampled_from(NOTHING), min_size=1, max_size=7).map(" ".join))
def test_prices_phones_scores_and_versions_are_no_dates(text: str) -> None:
    assert parse_date(text, now=NOW) is None
