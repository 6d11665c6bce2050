"""The tables of the report, and those behind its charts, as a workbook whose bytes never vary."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from openpyxl import Workbook

from config.zones import WIB
from dashboard.report.answers import Table
from dashboard.report.text import ZERO_WIDTH_SPACE
from warehouse.spreadsheet import for_excel

Row = Sequence[Any]

FIXED: Final = (1980, 1, 1, 0, 0, 0)
"""The oldest date a zip file can hold: what it says of its parts must not depend on the day."""

_CUT: Final = " … (dipotong)"
"""Ends a cell that holds less than it should: one of a workbook has its limit."""

_NAME: Final = re.compile(r"[\\/*?:\[\]]")
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def workbook(data: Mapping[str, Any], charts: Mapping[str, Table], now: datetime) -> bytes:
    """One sheet for each table.

    Args:
        data: plain values as `document.compose` makes them.
        charts: name of a sheet and the answer behind the chart.
        now: the moment the report speaks of; the workbook's own date.
    """
    book = Workbook(write_only=True)
    book.properties.creator = data["letterhead"][-1]
    book.properties.title = f"{data['title']} {data['subtitle']}"
    book.properties.created = now.replace(tzinfo=None)
    cover = book.create_sheet("Laporan")
    for line in (*data["letterhead"], data["title"], data["subtitle"], data["classification"]):
        cover.append([_cell(line)])
    taken = {"laporan"}
    for name, rows in (*_tables(data["parts"]), *_answers(charts)):
        sheet = book.create_sheet(_sheet_name(name, taken))
        for row in rows:
            sheet.append([_cell(cell) for cell in row])
    written = io.BytesIO()
    book.save(written)
    return steady(written.getvalue(), now)


def _tables(parts: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, list[Row]]]:
    for part in parts:
        for block in _flat(part["blocks"]):
            if block["kind"] == "table":
                # A bar draws what other columns of its row say.
                kept = [
                    n
                    for n, _ in enumerate(block["columns"])
                    if not any(row[n]["bar"] for row in block["rows"])
                ]
                head = [block["columns"][n]["title"] for n in kept]
                yield part["title"], [head, *([row[n]["text"] for n in kept] for row in block["rows"])]


def _flat(blocks: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for block in blocks:
        if block["kind"] == "beside":
            yield from _flat(block["left"])
            yield from _flat(block["right"])
        else:
            yield block


def _answers(charts: Mapping[str, Table]) -> Iterator[tuple[str, list[Row]]]:
    for name, table in charts.items():
        yield name, [table.columns, *([row[column] for column in table.columns] for row in table.rows)]


def _cell(value: Any) -> Any:  # noqa: ANN401 - a cell
    """A value as a workbook may hold it: no text can act as a formula."""
    if isinstance(value, datetime):
        return (value.astimezone(WIB) if value.tzinfo else value).isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, int | float):
        return value
    text, cut = for_excel(str(value).replace(ZERO_WIDTH_SPACE, ""))
    return text[: -len(_CUT)] + _CUT if cut else text


def _sheet_name(name: str, taken: set[str]) -> str:
    """At most 31 signs, none that Excel refuses, each name once."""
    base = _NAME.sub(" ", name).strip("' ")[:26] or "Tabel"
    nth, found = 1, base
    while found.lower() in taken:
        nth += 1
        found = f"{base} {nth}"
    taken.add(found.lower())
    return found


def steady(written: bytes, now: datetime) -> bytes:
    """The same zip file with fixed dates: neither the day nor the machine shows in its bytes."""
    stamp = now.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as old, zipfile.ZipFile(result, "w") as new:
        for name in sorted(old.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            part = zipfile.ZipInfo(name, FIXED)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 0
            new.writestr(part, content)
    return result.getvalue()
