"""Which days a page of a list lies on."""

from datetime import date

import pytest

from warehouse.queries.paging import Window, window

A, B, C = date(2026, 11, 3), date(2026, 11, 2), date(2026, 11, 1)
COUNTS = [(A, 5), (B, 3), (C, 4), (None, 2)]


@pytest.mark.parametrize(
    ("limit", "offset", "expected"),
    [
        (5, 0, Window(A, A, undated=False, offset=0)),
        (6, 0, Window(B, A, undated=False, offset=0)),
        (2, 3, Window(A, A, undated=False, offset=3)),
        (2, 4, Window(B, A, undated=False, offset=4)),
        (3, 5, Window(B, B, undated=False, offset=0)),
        (4, 6, Window(C, B, undated=False, offset=1)),
        (4, 11, Window(C, C, undated=True, offset=3)),
        (4, 12, Window(None, None, undated=True, offset=0)),
        (4, 14, Window(None, None, undated=False, offset=0)),
    ],
)
def test_the_window_holds_the_page(limit: int, offset: int, expected: Window) -> None:
    assert window(COUNTS, limit, offset) == expected


def test_no_rows_no_days() -> None:
    assert window([], 20, 0).condition() == "false"


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Window(C, A, undated=False, offset=0), "day BETWEEN DATE '2026-11-01' AND DATE '2026-11-03'"),
        (
            Window(A, A, undated=True, offset=0),
            "(day BETWEEN DATE '2026-11-03' AND DATE '2026-11-03' OR day IS NULL)",
        ),
        (Window(None, None, undated=True, offset=0), "day IS NULL"),
    ],
)
def test_the_condition_names_the_days(where: Window, expected: str) -> None:
    assert where.condition() == expected
