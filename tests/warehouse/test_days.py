"""The calendar in the lake gives the answers of `config.clock`: one definition, two languages."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import Config, load_config
from config.clock import WIB, due_at, office_minutes_between, working_days_between
from pipelines.dimensions import complaint_rows
from tests.warehouse.rows import complaint, document, event, load
from warehouse import Lake
from warehouse.store import sync_dimensions

CONFIG = load_config()
DAYS = st.dates(date(2021, 12, 25), date(2028, 1, 6))


def pairs(count: int) -> list[tuple[datetime, datetime]]:
    """Two moments each, the same at every run: a lake is too slow to make one per example."""
    rng, found = random.Random(7), []  # noqa: S311 - test data
    for _ in range(count):
        day = date(2021, 12, 25) + timedelta(days=rng.randrange(2200))
        first = datetime.combine(day, time(rng.randrange(24), rng.randrange(1, 60)), WIB).astimezone(UTC)
        later = first + timedelta(minutes=rng.randrange(60 * 24 * rng.choice((1, 5, 40))))
        found.append((first, later + timedelta(minutes=later.astimezone(WIB).time() == time())))
    return found


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    rows = complaint_rows(CONFIG)["dim_day"]
    names = ["day", "is_working", "name", "ordinal", "opens", "closes", "minutes_before"]
    with duckdb.connect() as opened:
        opened.register("days", pa.table([pa.array(column) for column in zip(*rows, strict=True)], names))
        opened.execute("CREATE TABLE dim_day AS FROM days")
        yield opened


def or_unknown(answer: Any, *arguments: Any) -> Any:
    try:
        return answer(*arguments)
    except LookupError:
        return None


@given(DAYS, DAYS)
def test_working_days_are_a_subtraction(con: duckdb.DuckDBPyConnection, first: date, last: date) -> None:
    found = con.execute(
        "SELECT (SELECT ordinal FROM dim_day WHERE day = ?) - (SELECT ordinal FROM dim_day WHERE day = ?)",
        [last, first],
    ).fetchall()
    assert found == [(or_unknown(working_days_between, CONFIG.calendar, first, last),)]


def clock_rows(lake: Lake, asked: list[tuple[datetime, datetime]]) -> list[tuple[Any, Any]]:
    """Load complaints with one reply each, and read days and office minutes from the mart."""
    documents, complaints, events = [], [], []
    for number, (received, replied) in enumerate(asked):
        key = f"c{number:04d}"
        documents.append(document(key, kind="complaint", published_at=received))
        complaints.append(complaint(key, status="dibalas", received_at=received))
        events.append(event(key, "dibalas", replied))
    load(lake, "b", documents, complaints, events)
    return lake.rows("SELECT days, minutes FROM mart_complaint_clock WHERE clock = 'reply' ORDER BY doc_id")


def test_the_mart_measures_what_the_functions_measure(lake: Lake) -> None:
    asked = pairs(400)
    found = clock_rows(lake, asked)
    expected = [
        (
            or_unknown(working_days_between, CONFIG.calendar, *(one.astimezone(WIB).date() for one in pair)),
            or_unknown(office_minutes_between, CONFIG.calendar, *pair),
        )
        for pair in asked
    ]
    assert {None} < {days for days, _ in expected}
    assert found == expected


def test_due_days_of_the_mart_are_those_of_the_function(lake: Lake) -> None:
    moments = [first for first, _ in pairs(300)]
    channels = ("sp4n", "laporbup", "whatsapp")
    documents = [document(f"c{i:04d}", kind="complaint") for i in range(len(moments))]
    complaints = [
        complaint(f"c{i:04d}", received_at=moment, channel=channels[i % 3])
        for i, moment in enumerate(moments)
    ]
    load(lake, "b", documents, complaints)
    found = {
        (doc_id, step): due
        for doc_id, step, due in lake.rows("SELECT doc_id, step, due_day FROM mart_complaint_due")
    }
    assert len(found) == 3 * len(moments)
    for row in complaints:
        for step in ("verify", "answer", "resolve"):
            due = or_unknown(
                due_at, CONFIG.calendar, CONFIG.complaints, row["received_at"], step, row["channel"]
            )
            assert found[row["doc_id"], step] == (due.date() if due else None), (row, step)


def test_a_changed_calendar_changes_the_lake(lake: Lake, cfg: Config) -> None:
    rows = complaint_rows(cfg)
    assert not sync_dimensions(lake, rows)
    strike = [
        (day, False, "Contoh", *rest) if day == date(2026, 11, 12) else (day, working, name, *rest)
        for day, working, name, *rest in rows["dim_day"]
    ]
    assert sync_dimensions(lake, {"dim_day": strike})
    assert lake.rows("SELECT is_working, name FROM dim_day WHERE day = DATE '2026-11-12'") == [
        (False, "Contoh")
    ]
