import csv
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.dates import parse_date, plausible

WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2024, 9, 11, 10, tzinfo=WIB)


def test_forty_real_forms_are_right_or_unknown(shared: Path) -> None:
    with (shared / "real/dates40.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong, unknown = [], []
    for row in rows:
        got = parse_date(row["text"], now=NOW)
        want = datetime.fromisoformat(row["expected"]) if row["expected"] else None
        if got is None and want is not None:
            unknown.append(row["text"])
        elif got is not None and (
            got.at != want or (got.precision == "minute") != (row["precision"] == "dt")
        ):
            wrong.append((row["text"], got))
    assert len(rows) == 40
    assert wrong == []
    assert unknown == []


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        ("Posted on 05 Sep 2019", "2019-09-05T00:00+07:00", "day"),
        ("Posted on 30 Okt 2017", "2017-10-30T00:00+07:00", "day"),
        ("Jumat (6/9/2024) pukul 08.49 WIB", "2024-09-06T08:49+07:00", "minute"),
        ("2023/11/02 21:34:19", "2023-11-02T21:34:19+07:00", "minute"),
        ("2024/9/3 08:00:00", "2024-09-03T08:00+07:00", "minute"),
        ("Sunday, 01 September 2024 07:05 AM", "2024-09-01T07:05+07:00", "minute"),
        ("September 1, 2024 7:05 pm", "2024-09-01T19:05+07:00", "minute"),
        ("Tue, 03 Sep 2024 08:00:00 GMT", "2024-09-03T08:00+00:00", "minute"),
        ("2024-09-03T08:00:00.000+0700", "2024-09-03T08:00+07:00", "minute"),
        ("20.15 WIB, 3 September 2024", "2024-09-03T20:15+07:00", "minute"),
        ("kemarin lusa", "2024-09-09T00:00+07:00", "day"),
        ("Hari ini", "2024-09-11T00:00+07:00", "day"),
        ("dua jam lalu", "2024-09-11T08:00+07:00", "minute"),
        ("1 tahun yang lalu", "2023-09-11T00:00+07:00", "day"),
        ("13/08/25", "2025-08-13T00:00+07:00", "day"),
        ("9/25/2024", "2024-09-25T00:00+07:00", "day"),
        ("Minggu (31/12)", "2023-12-31T00:00+07:00", "day"),
        ("05-Sep-24", "2024-09-05T00:00+07:00", "day"),
        ("Kamis, 29 Februari 2024", "2024-02-29T00:00+07:00", "day"),
    ],
)
def test_forms_beyond_the_forty(text: str, expected: str, precision: str) -> None:
    got = parse_date(text, now=NOW)
    assert got is not None
    assert (got.at, got.precision) == (datetime.fromisoformat(expected), precision)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31 Sep 2024",
        "0000-00-00",
        "0000-00-00 00:00:00",
        "Senin (1/8/2018)",  # it was a Wednesday
        "Senin (5/9)",  # neither this year's nor last year's 5 September was a Monday
        "Rp1.254.698.193.000",
        "NIK 3318000000000000",
        "Pati, Jawa Tengah 59114",
        "081200000000",
        "1725321600",
        "Halaman 3 dari 12",
        "9" * 500,
    ],
)
def test_what_is_no_certain_date_stays_unknown(text: str) -> None:
    assert parse_date(text, now=NOW) is None


def test_source_zone_is_assumed_only_without_a_named_one() -> None:
    makassar = parse_date("2024-09-03 08:00", now=NOW, zone="Asia/Makassar")
    named = parse_date("2024-09-03 08:00 WIT", now=NOW, zone="Asia/Makassar")
    assert makassar is not None
    assert makassar.at == datetime(2024, 9, 3, 0, tzinfo=UTC)
    assert not makassar.zoned
    assert named is not None
    assert named.at == datetime(2024, 9, 2, 23, tzinfo=UTC)
    assert named.zoned


@pytest.mark.parametrize(
    ("text", "believed"),
    [("2024-09-11T10:10:00+07:00", True), ("2099-01-01", False), ("1945-08-17", False)],
)
def test_future_and_absurd_dates_are_not_believed(text: str, believed: bool) -> None:
    got = parse_date(text, now=NOW)
    assert got is not None
    assert plausible(got.at, NOW) is believed


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    got = parse_date(text, now=NOW)
    assert got is None or got.at.tzinfo is UTC
