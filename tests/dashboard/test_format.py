from datetime import UTC, date, datetime, timedelta, timezone

import pandas as pd
import pytest

from dashboard import format as fmt

NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (7, 0, "7"),
        (999, 0, "999"),
        (1234, 0, "1.234"),
        (1234.5, 1, "1.234,5"),
        (1_234_567.891, 2, "1.234.567,89"),
        (-3.25, 1, "\N{MINUS SIGN}3,2"),
        (-0.04, 1, "0,0"),
        (None, 0, "\N{EN DASH}"),
        (NAN, 2, "\N{EN DASH}"),
        (pd.NA, 0, "\N{EN DASH}"),
    ],
)
def test_numbers(value: object, decimals: int, text: str) -> None:
    assert fmt.number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (12, 0, "+12"),
        (1234.56, 1, "+1.234,6"),
        (-12, 0, "\N{MINUS SIGN}12"),
        (0, 0, "0"),
        (0.04, 1, "0,0"),
        (None, 0, "\N{EN DASH}"),
    ],
)
def test_changes_carry_their_sign(value: object, decimals: int, text: str) -> None:
    assert fmt.signed(value, decimals) == text


@pytest.mark.parametrize(
    ("share", "plain", "signed"),
    [
        (0.123, "12%", "+12%"),
        (-0.09, "\N{MINUS SIGN}9%", "\N{MINUS SIGN}9%"),
        (0.0, "0%", "0%"),
        (-0.001, "0%", "0%"),
        (None, "data belum cukup", "data belum cukup"),
        (NAN, "data belum cukup", "data belum cukup"),
    ],
)
def test_shares_are_withheld_when_the_mart_withheld_them(
    share: float | None, plain: str, signed: str
) -> None:
    assert fmt.percent(share) == plain
    assert fmt.signed_percent(share) == signed


def test_percent_with_decimals() -> None:
    assert fmt.percent(0.4567, 1) == "45,7%"


@pytest.mark.parametrize(
    ("net", "text"),
    [(0.25, "+0,25"), (-0.5, "\N{MINUS SIGN}0,50"), (0.0, "0,00"), (NAN, "data belum cukup")],
)
def test_net_tone(net: float, text: str) -> None:
    assert fmt.tone(net) == text


LATE = datetime(2026, 8, 11, 18, 5, tzinfo=UTC)  # 01.05 WIB on the 12th


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 8, 12), "12 Agu 2026"),
        (date(2026, 5, 1), "1 Mei 2026"),
        (date(2026, 10, 31), "31 Okt 2026"),
        (date(2026, 12, 5), "5 Des 2026"),
        (LATE, "12 Agu 2026"),
        (pd.Timestamp("2026-08-12"), "12 Agu 2026"),
        (pd.NaT, "\N{EN DASH}"),
        (None, "\N{EN DASH}"),
    ],
)
def test_days(value: object, text: str) -> None:
    assert fmt.day(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 11, 9), "Senin, 9 November 2026"),
        (date(2026, 2, 1), "Minggu, 1 Februari 2026"),
        (LATE, "Rabu, 12 Agustus 2026"),
        (None, "\N{EN DASH}"),
    ],
)
def test_long_days(value: object, text: str) -> None:
    assert fmt.day_long(value) == text


def test_day_without_year() -> None:
    assert fmt.day_month(date(2026, 11, 9)) == "9 Nov"
    assert fmt.day_month(None) == "\N{EN DASH}"


@pytest.mark.parametrize("value", [LATE, LATE.astimezone(timezone(timedelta(hours=9))), pd.Timestamp(LATE)])
def test_moments_are_shown_in_wib_whatever_their_zone(value: object) -> None:
    assert fmt.moment(value) == "12 Agu 2026 01.05 WIB"


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        fmt.moment(datetime(2026, 8, 12, 1, 5))  # noqa: DTZ001 - the point of the test


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 11, 9), date(2026, 11, 15), "9\N{EN DASH}15 Nov 2026"),
        (date(2026, 11, 30), date(2026, 12, 6), "30 Nov \N{EN DASH} 6 Des 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 Des 2026 \N{EN DASH} 3 Jan 2027"),
        (date(2026, 11, 9), date(2026, 11, 9), "9 Nov 2026"),
        (date(2025, 11, 9), date(2026, 11, 9), "9 Nov 2025 \N{EN DASH} 9 Nov 2026"),
    ],
)
def test_ranges_say_month_and_year_once_where_they_are_one(first: date, last: date, text: str) -> None:
    assert fmt.span(first, last) == text


def test_week_begins_on_its_monday() -> None:
    assert fmt.week(date(2026, 12, 28)) == "28 Des 2026 \N{EN DASH} 3 Jan 2027"


def test_count_has_no_plural() -> None:
    assert fmt.count(1234, "artikel") == "1.234 artikel"


def test_coverage_of_a_week() -> None:
    assert fmt.reached(7.0, 8.0) == "7 dari 8 sumber"
    assert fmt.reached(None, None) == fmt.reached(NAN, NAN) == "belum dipantau"


def test_intervals_and_places_are_withheld_together() -> None:
    assert fmt.interval(0.33, 0.79, fmt.percent) == "33% sampai 79%"
    assert fmt.interval(None, None, fmt.percent) == "data belum cukup"
    assert fmt.places(1, 3, 12) == "1 sampai 3 dari 12"
    assert fmt.places(2, 2, 12) == "2 dari 12"
    assert fmt.places(None, None, None) == "data belum cukup"
