"""Dates of imported tables: decided by their column, refused where it does not tell."""

from datetime import UTC, datetime
from typing import Any

import pytest

from crawlers.files.moments import MomentError, dates_of, moment_of

NOW = datetime(2024, 11, 30, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("values", "given", "order"),
    [
        (["13/08/2024", "05/09/2024"], None, "dmy"),
        (["9/25/2024", "9/5/2024"], None, "mdy"),
        (["05/09/2024"], None, None),
        (["05/09/2024"], "mdy", "mdy"),
        (["13/08/2024", "05/09/2024"], "mdy", "mdy"),
        (["13/08/2024", "9/25/2024"], None, None),
        (["31/02/2024", "05/09/2024"], None, None),  # a day that does not exist decides nothing
        (["05/05/2024"], None, "dmy"),  # the same day either way
        (["2024-09-05", "45540", "3 Jan 2026", "", "Kamis, 5 September 2024"], None, "dmy"),
        (["5-9-24", "13.8.24"], None, "dmy"),
    ],
)
def test_the_column_decides(values: list[str], given: Any, order: str | None) -> None:
    assert dates_of(values, given).order == order


@pytest.mark.parametrize(
    ("cell", "clock", "order", "at"),
    [
        ("05/09/2024", "", "dmy", "2024-09-04T17:00"),  # midnight in Pati is the evening before in UTC
        ("05/09/2024", "", "mdy", "2024-05-08T17:00"),
        ("05/05/2024", "", None, "2024-05-04T17:00"),
        ("13/08/2024", "", None, "2024-08-12T17:00"),  # a column that shows both orders
        ("8/13/2024 14:05", "", None, "2024-08-13T07:05"),
        ("45540", "", None, "2024-09-04T17:00"),
        ("45540.5", "", None, "2024-09-05T05:00"),
        ("2024-09-05", "08:15", "mdy", "2024-09-05T01:15"),
        ("3 Agu 2024", "08:15:30", None, "2024-08-03T01:15"),
        ("3 Aug 2024", "", None, "2024-08-02T17:00"),
        ("3 Mei 2024", "", None, "2024-05-02T17:00"),
        ("5 Okt 2024", "", None, "2024-10-04T17:00"),
        ("Kamis, 5 September 2024", "", None, "2024-09-04T17:00"),
        ("05-Sep-24", "", None, "2024-09-04T17:00"),
    ],
)
def test_cells(cell: str, clock: str, order: Any, at: str) -> None:
    values = {"dmy": ["13/08/2024"], "mdy": ["8/13/2024"], None: ["05/09/2024"]}[order]
    got = moment_of(cell, clock, dates_of(values), now=NOW, zone="Asia/Jakarta")
    assert got is not None
    assert got.strftime("%Y-%m-%dT%H:%M") == at


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("05/09/2024", "ambiguous_date"),
        ("05/09/2024 14:05", "ambiguous_date"),
        ("31/02/2024", "bad_date"),
        ("nanti", "bad_date"),
        ("kemarin", "bad_date"),  # counted back from the import, it would move with every import
        ("5 Sep 2031", "bad_date"),
        ("0000-00-00", "bad_date"),
    ],
)
def test_cells_that_say_nothing_certain(cell: str, reason: str) -> None:
    with pytest.raises(MomentError) as caught:
        moment_of(cell, "", dates_of(["05/09/2024"]), now=NOW, zone="Asia/Jakarta")
    assert caught.value.reason == reason
    assert cell in str(caught.value)


def test_an_empty_cell_is_no_date() -> None:
    assert moment_of(" ", "", dates_of([]), now=NOW, zone="Asia/Jakarta") is None
