"""DOCX and the page for messaging: whole, the same bytes each time, and nothing from outside acts in them."""

from __future__ import annotations

import io
import time
import zipfile
from typing import Any

import pytest
from docx import Document
from PIL import Image
from test_other_formats import HOSTILE, NOW, said
from test_other_formats import report as every_block

from dashboard.report.digest import digest
from dashboard.report.letter import letter
from dashboard.report.typst import picture, render

PRINTABLE = [text for text in HOSTILE if text]


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="9" height="9"/></svg>'


def report(text: str, url: str | None = None) -> dict[str, Any]:
    """Every kind of block, with a picture that can be drawn."""
    data = every_block(text, url)
    data["parts"][0]["blocks"][-1]["right"][0]["svg"] = SVG
    for figure in data["parts"][0]["blocks"][-1]["right"]:
        figure["share"] = 1.0
    for column in data["parts"][0]["blocks"][-1]["left"][0]["columns"]:
        column["share"] = 1.0
    return data


def front(data: dict[str, Any]) -> dict[str, Any]:
    """The same with what only the typesetter wants."""
    return {**data, "iso": "2026-W46", "date": [2026, 11, 16], "keywords": ["a"]}


def words(written: bytes) -> str:
    book = Document(io.BytesIO(written))
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in book.paragraphs), *cells])


@pytest.mark.parametrize("text", PRINTABLE, ids=lambda text: repr(text[:20]))
def test_every_text_is_in_the_letter_as_text(text: str) -> None:
    written = letter(report(text.replace("\t", " ")), NOW)
    assert text.replace("\t", " ") in words(written)
    parts = zipfile.ZipFile(io.BytesIO(written)).namelist()
    assert not [name for name in parts if "vba" in name.lower() or "embed" in name.lower()]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "https://"])
def test_no_address_that_acts_is_linked(url: str) -> None:
    links = zipfile.ZipFile(io.BytesIO(letter(report("a", url), NOW))).read("word/_rels/document.xml.rels")
    assert b"External" not in links
    good = letter(report("a", "https://warta.example/x?a=1&b=2"), NOW)
    assert b"https://warta.example/x?a=1&amp;b=2" in zipfile.ZipFile(io.BytesIO(good)).read(
        "word/_rels/document.xml.rels"
    )


def test_the_letter_has_the_same_bytes_later() -> None:
    first = letter(report("a"), NOW)
    time.sleep(2.1)  # a zip file counts in steps of two seconds
    assert letter(report("a"), NOW) == first
    own = Document(io.BytesIO(first)).core_properties
    assert (own.created, own.modified) == (NOW, NOW)
    assert own.language == "id"


def test_pictures_have_words_for_those_who_cannot_see_them() -> None:
    xml = zipfile.ZipFile(io.BytesIO(letter(report("Grafik aduan"), NOW))).read("word/document.xml").decode()
    assert 'descr="Grafik aduan"' in xml
    assert "<w:tblHeader/>" in xml


def week() -> dict[str, Any]:
    issues = [
        {"kind": "issue", "rank": n, "title": said(f"Cerita {n}"), "facts": [], "volume": said("…"),
         "excerpt": "", "excerpt_source": "", "steps": []}
        for n in range(1, 6)
    ]  # fmt: skip
    note = {"kind": "text", "said": [said("Catatan")], "note": True}
    asked = {"kind": "text", "said": [said("Rekomendasi kini")], "note": False}
    past = [{"kind": "heading", "title": "Minggu lalu"},
            {"kind": "text", "said": [said("Rekomendasi lalu")], "note": False}]  # fmt: skip
    parts = [
        {"id": "isu", "title": "Isu", "blocks": issues, "annex": False},
        {"id": "rekomendasi", "title": "Rekomendasi", "blocks": [asked, *past, note], "annex": False},
        {"id": "lampiran", "title": "Lampiran", "blocks": [note], "annex": True},
        {"id": "ringkasan", "title": "Ringkasan", "blocks": report("Angka")["parts"][0]["blocks"][:4],
         "annex": False},
    ]  # fmt: skip
    return front({**report("Laporan"), "parts": parts})


def test_the_page_for_messaging_has_what_a_reader_must_know() -> None:
    short = digest(week())
    assert [part["id"] for part in short["parts"]] == ["ringkasan", "isu", "rekomendasi"]
    (titles,) = short["parts"][1]["blocks"]
    assert [one["text"] for one in titles["said"]] == [f"Cerita {n}" for n in range(1, 6)]
    assert [one["said"][0]["text"] for one in short["parts"][2]["blocks"]] == ["Rekomendasi kini"]


@pytest.mark.parametrize("text", ["kata " * 400, "W" * 100, '#panic("x")'], ids=["long", "wide", "markup"])
def test_it_is_one_page_whatever_it_says(text: str) -> None:
    data = front({**digest(week()), "title": text[:200]})
    data["parts"][0]["blocks"].append({"kind": "text", "said": [said(text)], "note": False})
    assert render(data).pages == 1
    drawn = picture(data)
    assert picture(data) == drawn
    image = Image.open(io.BytesIO(drawn))
    assert image.width == round(148 / 25.4 * 144)
    assert image.height > image.width / 2
