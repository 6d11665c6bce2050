"""HTML and XLSX of a report: whole, the same bytes each time, and nothing from outside acts in them."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
from looking import Seen

from dashboard.report.answers import Table
from dashboard.report.web import page
from dashboard.report.workbook import workbook

NOW = datetime(2026, 11, 16, tzinfo=UTC)
HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style><svg onload=alert(1)>",
    "&lt;b&gt; & 'kutip'", '=HYPERLINK("http://jahat.example";"klik")', "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+1", "-1-1", "\t=1+1", "W" * 40_000, "", "#panic('x')",
)  # fmt: skip


def cell(text: str, url: str | None = None, bar: tuple[int, ...] = ()) -> dict[str, Any]:
    return {"text": text, "url": url, "bar": bar}


def said(text: str, url: str | None = None) -> dict[str, Any]:
    return {"id": "R1", "text": text, "url": url}


def report(text: str, url: str | None = None) -> dict[str, Any]:
    """One part with every kind of block, each holding the text."""
    table = {
        "kind": "table", "note": text,
        "columns": [{"title": text, "align": "left"}, {"title": "Tone", "align": "left"},
                    {"title": "Jumlah", "align": "right"}],
        "rows": [[cell(text, url), cell("", bar=(1, 0, 2)), cell("1.234")]],
    }  # fmt: skip
    blocks: list[Mapping[str, Any]] = [
        {"kind": "text", "said": [said(text, url)], "note": True},
        {"kind": "bullets", "said": [said(text)]},
        {"kind": "callout", "title": text, "said": said(text)},
        {"kind": "tiles", "tiles": [{"value": text, "label": text, "note": text}]},
        {"kind": "pairs", "pairs": [(text, text)]},
        {"kind": "heading", "title": text},
        {"kind": "issue", "rank": 1, "title": said(text, url), "facts": [(text, text)], "volume": said(text),
         "excerpt": text, "excerpt_source": text, "steps": [("12 Nov", said(text, url))]},
        {"kind": "beside", "left": [table], "right": [
            {"kind": "figure", "svg": f"<svg><text>{text}</text></svg>", "caption": text, "alt": text}]},
    ]  # fmt: skip
    return {
        "letterhead": [text, text], "title": text, "subtitle": text, "classification": text,
        "signature": text, "signatory": text,
        "parts": [{"id": "isu", "title": text, "blocks": blocks, "annex": False}],
    }  # fmt: skip


def read(text: str) -> Seen:
    seen = Seen()
    seen.feed(text)
    return seen


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:20]))
def test_no_text_becomes_markup(text: str) -> None:
    plain, hostile = read(page(report("teks biasa"))), read(page(report(text)))
    assert hostile.tags <= plain.tags
    assert "script" not in hostile.tags
    assert not [name for name, _ in hostile.attributes if name.startswith("on")]
    assert text in hostile.words or not text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "https://"])
def test_no_address_that_acts_is_linked(url: str) -> None:
    assert not [value for name, value in read(page(report("a", url))).attributes if name == "href"]


def test_an_ordinary_address_is_linked() -> None:
    seen = read(page(report("a", "https://warta.example/x?a=1&b=2")))
    assert {value for name, value in seen.attributes if name == "href"} == {"https://warta.example/x?a=1&b=2"}


def test_the_page_loads_nothing_and_stands_alone() -> None:
    text = page(report("a"))
    sources = [value for name, value in read(text).attributes if name == "src"]
    assert sources
    assert all(str(value).startswith("data:image/svg+xml;base64,") for value in sources)
    policy = next(value for _, value in read(text).attributes if value and "default-src" in value)
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert "script-src" not in policy
    assert not re.search(r"@import|url\(", text)
    assert '<html lang="id">' in text


CHARTS = {
    "Grafik [dokumen]/minggu": Table("volume_by_week", {}, ("week", "n"), ({"week": NOW.date(), "n": 1234},)),
    "Grafik": Table("q", {}, ("nama", "n"), ({"nama": "=1+1", "n": None},)),
}


def rows_of(written: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(written))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:20]))
def test_no_cell_is_a_formula(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(report(text), CHARTS, NOW)))
    cells = [one for sheet in book for row in sheet.iter_rows() for one in row]
    assert cells
    assert not [one.coordinate for one in cells if one.data_type == "f"]
    assert not [one for one in cells if isinstance(one.value, str) and one.value[:1] in ("=", "+", "-", "@")]


def test_the_workbook_holds_the_tables_and_what_is_behind_the_charts() -> None:
    found = rows_of(workbook(report("Sebaran"), CHARTS, NOW))
    assert list(found) == ["Laporan", "Sebaran", "Grafik  dokumen  minggu", "Grafik"]
    assert found["Sebaran"] == [("Sebaran", "Jumlah"), ("Sebaran", "1.234")]
    assert found["Grafik  dokumen  minggu"] == [("week", "n"), ("2026-11-16", 1234)]
    assert found["Grafik"] == [("nama", "n"), ("'=1+1", None)]


def test_the_workbook_has_the_same_bytes_later() -> None:
    first = workbook(report("a"), CHARTS, NOW)
    time.sleep(2.1)  # a zip file counts in steps of two seconds
    assert workbook(report("a"), CHARTS, NOW) == first
    core = openpyxl.load_workbook(io.BytesIO(first)).properties
    assert (core.created, core.modified) == (NOW.replace(tzinfo=None), NOW.replace(tzinfo=None))
