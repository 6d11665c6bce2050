"""Working days, office hours and deadlines: tables worked out by hand."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config import Config, ConfigError, load_config
from config.clock import (
    WIB,
    add_working_days,
    day_of,
    due_at,
    office_minutes_between,
    working_days_between,
)
from config.days import Calendar

DECREED = {
    # national holidays (voting days among them) and shared leave days by the joint decrees
    2022: (16, 4),
    2023: (16, 11),
    2024: (19, 10),
    2025: (17, 11),
    2026: (17, 8),
    2027: (18, 8),
}


@pytest.fixture(scope="module")
def cfg() -> Config:
    return load_config()


@pytest.fixture(scope="module")
def calendar(cfg: Config) -> Calendar:
    return cfg.calendar


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


def test_every_year_has_the_decreed_number_of_days_off(calendar: Calendar) -> None:
    counts = Counter((holiday.date.year, holiday.kind) for holiday in calendar.holidays)
    found = {year: (counts[year, "libur_nasional"], counts[year, "cuti_bersama"]) for year in calendar.years}
    assert found == DECREED


def test_what_has_not_been_checked_says_so(calendar: Calendar) -> None:
    unchecked = {holiday.date.year for holiday in calendar.holidays if holiday.status == "verify"}
    assert unchecked == {2027}
    assert any(week.status == "verify" for week in calendar.work_weeks)


BETWEEN = [
    # first, last, working days after first up to and including last
    pytest.param("2026-03-02", "2026-03-02", 0, id="same day"),
    pytest.param("2026-03-02", "2026-03-03", 1, id="next day"),
    pytest.param("2026-03-06", "2026-03-09", 1, id="over a weekend"),
    pytest.param("2026-03-07", "2026-03-09", 1, id="from a Saturday"),
    pytest.param("2026-03-08", "2026-03-08", 0, id="Sunday itself"),
    pytest.param("2025-03-27", "2025-04-08", 1, id="Lebaran 2025: Nyepi and shared leave on both sides"),
    pytest.param("2025-03-31", "2025-04-07", 0, id="inside Lebaran 2025"),
    pytest.param("2026-03-17", "2026-03-25", 1, id="Lebaran 2026 joins Nyepi"),
    pytest.param("2023-04-18", "2023-04-26", 1, id="Lebaran 2023 with the leave that was moved"),
    pytest.param("2022-04-28", "2022-05-09", 3, id="Lebaran 2022: Saturdays on both sides were worked"),
    pytest.param("2025-12-24", "2026-01-02", 4, id="year end: Natal, shared leave, new year"),
    pytest.param("2026-12-23", "2027-01-04", 5, id="year end into 2027"),
    pytest.param("2024-02-13", "2024-02-15", 1, id="voting day"),
    pytest.param(
        "2022-10-06", "2022-10-10", 2, id="six days a week until 9 October 2022; Maulid on Saturday"
    ),
    pytest.param("2022-09-30", "2022-10-03", 2, id="a Saturday of the six-day week"),
    pytest.param("2022-10-14", "2022-10-17", 1, id="a Saturday of the five-day week"),
    pytest.param("2026-03-03", "2026-03-02", -1, id="backwards"),
]


@pytest.mark.parametrize(("first", "last", "days"), BETWEEN)
def test_working_days_between(calendar: Calendar, first: str, last: str, days: int) -> None:
    assert working_days_between(calendar, date.fromisoformat(first), date.fromisoformat(last)) == days


DUE = [
    # received (WIB), step, channel, last day on time
    pytest.param("2026-03-02T09:00", "answer", "whatsapp", "2026-03-09", id="five working days"),
    pytest.param(
        "2026-03-06T23:50", "verify", "whatsapp", "2026-03-11", id="Friday night: Monday is day one"
    ),
    pytest.param("2026-03-07T08:00", "verify", "whatsapp", "2026-03-11", id="Saturday: Monday is day one"),
    pytest.param("2026-03-09T00:10", "verify", "whatsapp", "2026-03-12", id="past midnight: already Monday"),
    pytest.param("2025-03-31T12:00", "verify", "whatsapp", "2025-04-10", id="on Lebaran: 8 April is day one"),
    pytest.param("2026-03-13T10:00", "answer", "sp4n", "2026-03-27", id="over Nyepi and Lebaran"),
    pytest.param("2026-12-22T10:00", "answer", "sp4n", "2026-12-31", id="over Natal"),
    pytest.param("2026-12-29T10:00", "answer", "sp4n", "2027-01-07", id="over new year and Isra Mikraj 2027"),
    pytest.param("2026-08-03T10:00", "resolve", "whatsapp", "2026-08-24", id="fourteen days over 17 August"),
    pytest.param("2022-10-03T10:00", "answer", "laporbup", "2022-10-10", id="calendar days of 2022"),
    pytest.param(
        "2026-03-13T10:00", "resolve", "laporbup", "2026-03-23", id="calendar days run over Lebaran"
    ),
]


@pytest.mark.parametrize(("received", "step", "channel", "last"), DUE)
def test_due_at_the_end_of_the_last_day(
    cfg: Config, received: str, step: str, channel: str, last: str
) -> None:
    due = due_at(cfg.calendar, cfg.complaints, wib(received).astimezone(UTC), step, channel)
    assert due is not None
    assert day_of(due) == date.fromisoformat(last)
    assert day_of(due + timedelta(microseconds=1)) == date.fromisoformat(last) + timedelta(days=1)


def test_no_deadline_where_none_is_in_force(cfg: Config) -> None:
    assert due_at(cfg.calendar, cfg.complaints, wib("2026-03-02T09:00"), "auto_close", "laporgub") is None


OFFICE = [
    # the offices close at 15.30, on Fridays at 14.00
    pytest.param("2026-03-02T08:00", "2026-03-02T09:30", 90, id="within a morning"),
    pytest.param("2026-03-02T05:00", "2026-03-02T07:45", 15, id="before the doors open"),
    pytest.param("2026-03-02T15:00", "2026-03-03T08:00", 60, id="over a night"),
    pytest.param("2026-03-06T13:00", "2026-03-09T08:00", 90, id="over a weekend"),
    pytest.param("2026-03-07T09:00", "2026-03-08T21:00", 0, id="a weekend"),
    pytest.param("2026-03-17T15:00", "2026-03-25T08:00", 60, id="over Lebaran"),
    pytest.param("2025-03-03T07:30", "2025-03-03T20:00", 405, id="a short day in Ramadan 2025"),
    pytest.param("2026-03-03T08:00", "2026-03-02T15:00", -60, id="backwards"),
]


@pytest.mark.parametrize(("start", "end", "minutes"), OFFICE)
def test_office_minutes(calendar: Calendar, start: str, end: str, minutes: int) -> None:
    assert office_minutes_between(calendar, wib(start).astimezone(UTC), wib(end)) == minutes


def test_what_is_not_known_is_said_not_guessed(cfg: Config) -> None:
    calendar = cfg.calendar
    with pytest.raises(LookupError, match=r"belum memuat hari libur tahun 2028; tambahkan"):
        working_days_between(calendar, date(2027, 12, 30), date(2028, 1, 4))
    with pytest.raises(LookupError, match="2021"):
        working_days_between(calendar, date(2021, 12, 30), date(2022, 1, 4))
    with pytest.raises(LookupError, match="2028"):
        add_working_days(calendar, date(2027, 12, 30), 5)
    with pytest.raises(LookupError, match="2028"):
        due_at(calendar, cfg.complaints, wib("2027-12-30T09:00"), "answer", None)
    with pytest.raises(LookupError, match="Jam kantor pada 2022-09-05 belum diketahui"):
        office_minutes_between(calendar, wib("2022-09-05T09:00"), wib("2022-11-01T09:00"))
    with pytest.raises(ValueError, match="time zone"):
        day_of(datetime(2026, 3, 2))  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="-1"):
        add_working_days(calendar, date(2026, 3, 2), -1)


@settings(deadline=None)  # the first example reads the whole configuration
@given(st.dates(date(2022, 1, 1), date(2027, 6, 30)), st.integers(0, 90))
def test_adding_and_counting_are_inverse(day: date, count: int) -> None:
    calendar = load_config().calendar
    later = add_working_days(calendar, day, count)
    assert working_days_between(calendar, day, later) == count
    if count:
        assert calendar.is_working_day(later)
        assert working_days_between(calendar, day, later - timedelta(days=1)) == count - 1


@settings(deadline=None)  # the first example reads the whole configuration
@given(st.lists(st.dates(date(2022, 1, 1), date(2027, 12, 31)), min_size=3, max_size=3).map(sorted))
def test_days_add_up(days: list[date]) -> None:
    calendar, (a, b, c) = load_config().calendar, days
    walked = sum(calendar.is_working_day(a + timedelta(days=n)) for n in range(1, (b - a).days + 1))
    assert working_days_between(calendar, a, b) == walked
    assert working_days_between(calendar, a, c) == walked + working_days_between(calendar, b, c)


BROKEN = [
    ("years: [2022, 2024]\nholidays: []\n", "berurutan"),
    ("years: []\nholidays: []\n", "harus diisi"),
    ("years: [2026]\nholidays: []\nwork_weeks:\n  - {days: [senin], opens: 7.30, closes: 1}\n", "07:30"),
    ('years: [2026]\nholidays: []\nwork_weeks:\n  - {days: [senin], opens: "07:30"}\n', "closes"),
    (
        'years: [2026]\nholidays: []\nwork_weeks:\n  - {days: [senin], opens: "17:30", closes: "07:30"}\n',
        "sesudah",
    ),
    ('years: [2026]\nholidays: []\nwork_weeks:\n  - {days: [monday], opens: "07:30"}\n', "senin"),
]


@pytest.mark.parametrize(("text", "words"), BROKEN)
def test_a_broken_calendar_is_told_in_one_sentence(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "calendar.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=words) as caught:
        load_config(tmp_path)
    assert str(caught.value).startswith("calendar.yaml baris ")
