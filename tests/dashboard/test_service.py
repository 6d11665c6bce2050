"""Numbers about service in words: what stands in each tile, and what in place of a number."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dashboard import service
from warehouse.queries import Backlog, Cohort, Compliance, Load, Resolution, Response, Scope
from warehouse.queries.complaint_numbers import Verdict

DAYS = {"period": date(2026, 8, 24), "period_end": date(2026, 11, 15), "data_through": date(2026, 11, 14)}
RESPONSE = Response(
    **DAYS,
    moment_unknown=0.1,
    n=40,
    n_replied=30,
    n_measured=27,
    n_censored=10,
    n_waiting=8,
    n_moment_unknown=3,
    n_no_start=0,
    unanswered=0.2,
    median=3,
    p90=11,
    verdict="ok",
)
RESOLUTION = Resolution(
    **DAYS,
    moment_unknown=None,
    n_days=14,
    n_received=50,
    n_valid=45,
    n_closed_within=18,
    n_closed=20,
    n_not_yet=6,
    n_moment_unknown=1,
    n_outside_calendar=0,
    verdict="ok",
    of_valid=0.4,
    of_received=0.36,
)
COMPLIANCE = Compliance(
    **DAYS,
    moment_unknown=0.05,
    step="answer",
    n_due=40,
    n_on_time=19,
    n_late=19,
    n_still_waiting=7,
    n_moment_unknown=2,
    verdict="ok",
    compliance=0.5,
)
BACKLOG = Backlog(
    **DAYS,
    moment_unknown=0.0,
    n_open=1_200,
    n_0_5=200,
    n_6_14=300,
    n_15_60=400,
    n_over_60=300,
    n_outside_calendar=0,
    n_unsure=4,
    median_age=20,
    p90_age=90,
    oldest=140,
    over_14=0.58,
    over_60=0.25,
)
LOAD = Load(**DAYS, moment_unknown=None, n_open=90, n_unassigned=5, n_admins=12, n_agencies=10, load=7.5)
COHORT = Cohort(
    **DAYS,
    moment_unknown=0.1,
    n_received=50,
    n_valid=45,
    n_invalid=3,
    n_not_ours=2,
    n_unscreened=1,
    n_answered=30,
    n_unanswered=8,
    n_closed=20,
    n_closed_without_work=0,
    n_disputed=1,
    n_disposed=30,
    n_misrouted=2,
    n_rated=0,
    rating=None,
    validity=0.9,
    unanswered=0.18,
    dispute=0.03,
    misroute=0.07,
)


def test_every_tile_says_what_it_rests_on_and_through_when() -> None:
    tiles = [
        service.response("reply", RESPONSE),
        service.response("agency_reply", RESPONSE),
        service.received(COHORT),
        service.resolution(RESOLUTION),
        service.compliance("answer", COMPLIANCE),
        service.backlog(BACKLOG),
        service.load(LOAD),
        *service.ages(BACKLOG),
    ]
    for tile in tiles:
        assert tile.through == "data s.d. 14 Nov 2026", tile.label
        assert any(sign.isdigit() for sign in tile.n)
        assert tile.definition


def test_response_names_median_p90_and_what_waits() -> None:
    tile = service.response("reply", RESPONSE)
    assert tile.value == "3 hari kerja"
    assert tile.n == "n = 40 aduan yang diterima dalam periode"
    assert "median; p90: 11 hari kerja" in tile.note
    assert "belum dijawab: 8 dari 40 (20%)" in tile.note
    assert "waktu tak tercatat: 3 dari 30 jawaban (10%)" in tile.note


@pytest.mark.parametrize(
    ("verdict", "shown"),
    [("few", "data belum cukup"), ("moments_missing", "tidak tersedia"), ("not_reached", "belum tercapai")],
)
def test_without_enough_there_is_no_number(verdict: Verdict, shown: str) -> None:
    tile = service.response("reply", replace(RESPONSE, verdict=verdict, median=None, p90=None))
    assert tile.value == shown
    assert "p90" not in tile.note
    assert service.resolution(replace(RESOLUTION, verdict=verdict, of_valid=None)).value == shown
    assert service.compliance("answer", replace(COMPLIANCE, verdict=verdict, compliance=None)).value == shown
    assert service.withheld(verdict, "7 hari kerja") == shown


def test_p90_that_is_not_reached_is_said() -> None:
    assert "p90: belum tercapai" in service.response("reply", replace(RESPONSE, p90=None)).note


def test_what_is_not_ours_stands_apart() -> None:
    note = service.received(COHORT).note
    assert "sah: 45 dari 50 (90%)" in note
    assert "bukan wewenang: 2" in note
    assert "ganda: 3" in note


def test_shares_name_their_denominator() -> None:
    assert (service.resolution(RESOLUTION).value, service.resolution(RESOLUTION).n) == (
        "40%", "n = 45 aduan sah yang diterima dalam periode",
    )  # fmt: skip
    kept = service.compliance("answer", COMPLIANCE)
    assert (kept.value, kept.n) == ("50%", "n = 40 tenggat yang jatuh dalam periode")
    assert "19 tepat waktu, 19 lewat" in kept.note
    assert service.load(LOAD).value == "7,5"
    assert "dibagi 12 admin aktif di 10 OPD" in service.load(LOAD).note
    assert service.load(replace(LOAD, load=None)).value == "tidak tersedia"


def test_the_backlog_has_four_ages() -> None:
    assert [(tile.label, tile.value) for tile in service.ages(BACKLOG)] == [
        ("0\N{EN DASH}5 hari kerja", "200"),
        ("6\N{EN DASH}14 hari kerja", "300"),
        ("15\N{EN DASH}60 hari kerja", "400"),
        ("> 60 hari kerja", "300"),
    ]
    assert "umur median: 20 hari kerja, p90: 90 hari kerja" in service.backlog(BACKLOG).note


def test_nothing_at_all_is_no_error() -> None:
    empty = [
        service.response("reply", None), service.received(None), service.resolution(None),
        service.compliance("verify", None), service.backlog(None), service.load(None),
    ]  # fmt: skip
    assert [tile.value for tile in empty] == ["tidak ada", "0", "tidak ada", "tidak ada", "0", "tidak ada"]
    assert service.ages(None) == []


DEADLINES = [
    (date(2026, 11, 20), 4, False, "answer", "20 Nov 2026, sisa 4 hari kerja (jawaban pertama)"),
    (date(2026, 11, 10), -3, True, "verify", "10 Nov 2026, lewat 3 hari kerja (verifikasi)"),
    (date(2026, 11, 13), 0, True, "resolve", "13 Nov 2026, lewat 0 hari kerja (penyelesaian)"),
    (date(2026, 11, 16), 0, False, "resolve", "16 Nov 2026, sisa 0 hari kerja (penyelesaian)"),
    (date(2031, 1, 1), None, False, "answer", "1 Jan 2031, hari kerja belum diketahui (jawaban pertama)"),
    (None, None, False, None, ""),
]


@pytest.mark.parametrize(("day", "left", "overdue", "step", "shown"), DEADLINES)
def test_deadlines(day: date | None, left: int | None, overdue: bool, step: str | None, shown: str) -> None:
    assert service.due(day, left, overdue, step) == shown


def test_closing_by_itself_is_a_forecast() -> None:
    assert service.auto_close(None, None) == ""
    assert service.auto_close(date(2026, 11, 20), passed=False).startswith(
        "akan ditutup otomatis pada 20 Nov 2026"
    )
    assert "belum mengabarkan" in service.auto_close(date(2026, 11, 2), passed=True)


def test_periods_are_windows_and_months() -> None:
    now = datetime(2026, 1, 31, 20, tzinfo=UTC)  # 1 February in WIB
    found = service.periods(now)
    assert list(found)[:5] == [
        "12 minggu penuh terakhir", "4 minggu penuh terakhir", "Semua waktu", "Februari 2026", "Januari 2026",
    ]  # fmt: skip
    assert found["Desember 2025"] == Scope("month", date(2025, 12, 1))
    assert service.ends_now(found["Februari 2026"], now)
    assert service.ends_now(found["Semua waktu"], now)
    assert not service.ends_now(found["Januari 2026"], now)
