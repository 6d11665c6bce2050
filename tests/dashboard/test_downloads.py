"""Tables as files: what a spreadsheet opens must not act, and must hold what the page shows."""

from __future__ import annotations

import csv
import io
import math

import pytest
from openpyxl import load_workbook

from dashboard.downloads import as_csv, as_xlsx, rows
from tests.dashboard.seed import HOSTILE


def test_a_file_holds_the_table() -> None:
    table = {"OPD": ["DLH", "Dinas \N{LATIN SMALL LETTER E WITH ACUTE}"], "n": [3, math.nan]}
    data = as_csv(table)
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert read == [["OPD", "n"], ["DLH", "3"], ["Dinas \N{LATIN SMALL LETTER E WITH ACUTE}", ""]]
    sheet = load_workbook(io.BytesIO(as_xlsx(table))).active
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [
        ["OPD", "n"], ["DLH", 3], ["Dinas \N{LATIN SMALL LETTER E WITH ACUTE}", None],
    ]  # fmt: skip


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_no_cell_acts(name: str) -> None:
    table = {HOSTILE[name]: [HOSTILE[name], "+1", "-2", "@SUM(A1)", "\t=1"]}
    for row in rows(table):
        assert not str(row[0]).startswith(("=", "+", "-", "@", "\t", "\r"))
    sheet = load_workbook(io.BytesIO(as_xlsx(table))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
