"""The report as DOCX, for those who must paste it into an official letter: the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, cast

import vl_convert
from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph

from dashboard.report.figures import MEASURED_IN, PRINTED_IN
from dashboard.report.text import ZERO_WIDTH_SPACE, web_address
from dashboard.report.workbook import steady

Block = Mapping[str, Any]
WIDTH: Final = 172.0
"""Text width in mm: A4 less 19 mm on each side."""

SMALL: Final = Pt(9)


def letter(data: Mapping[str, Any], now: datetime) -> bytes:
    """The whole file.

    Args:
        data: plain values as `document.compose` makes them.
        now: the moment the report speaks of; the file's own date.
    """
    book = Document()
    _page(book)
    _properties(book, data, now)
    if emblem := bytes(data.get("logo", ())):
        book.add_picture(io.BytesIO(emblem), height=Mm(18))
        book.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in data["letterhead"]:
        _line(book, line.upper(), bold=True).alignment = WD_ALIGN_PARAGRAPH.CENTER
    book.add_heading(_plain(data["title"]), 0)
    _line(book, data["subtitle"])
    last = next((part for part in reversed(data["parts"]) if not part["annex"]), None)
    for part in data["parts"]:
        if part["annex"]:
            book.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        book.add_heading(_plain(part["title"]), 1)
        _blocks(book, part["blocks"])
        if part is last:
            _line(book, data["signature"]).alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _line(book, data["signatory"], bold=True).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    written = io.BytesIO()
    book.save(written)
    return steady(written.getvalue(), now)


def _page(book: Docx) -> None:
    section = book.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(19)
    section.top_margin = section.bottom_margin = Mm(20)
    style = cast("ParagraphStyle", book.styles["Normal"])
    style.font.name, style.font.size = "Times New Roman", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "id-ID")
    style.element.get_or_add_rPr().append(language)


def _properties(book: Docx, data: Mapping[str, Any], now: datetime) -> None:
    own = book.core_properties
    own.title = _plain(f"{data['title']} {data['subtitle']}")[:255]
    own.author = own.last_modified_by = _plain(data["letterhead"][-1])[:255]
    own.language, own.comments = "id", ""
    own.created = own.modified = now.replace(tzinfo=None)


def _plain(text: str) -> str:
    """Text as Word may hold it; a word that is too long is broken by Word itself."""
    return text.replace(ZERO_WIDTH_SPACE, "")


def _line(book: Docx, text: str, *, bold: bool = False) -> Paragraph:
    paragraph = book.add_paragraph()
    paragraph.add_run(_plain(text)).bold = bold
    return paragraph


def _said(paragraph: Paragraph, said: Mapping[str, Any]) -> None:
    _linked(paragraph, said["text"], said["url"])
    if said["id"]:
        mark = paragraph.add_run(f" {said['id']} ")
        mark.font.size = Pt(6.5)


def _linked(paragraph: Paragraph, text: str, url: str | None) -> None:
    """A link only where the address is one that a reader may follow."""
    address = web_address(url)
    run = paragraph.add_run(_plain(text))
    if address is None:
        return
    target = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), target)
    run.font.underline = True
    link.append(run._r)  # noqa: SLF001 - python-docx has no call for links
    paragraph._p.append(link)  # noqa: SLF001 - same


def _blocks(book: Docx, blocks: Sequence[Block]) -> None:
    for block in blocks:
        WRITERS[block["kind"]](book, block)


def _text(book: Docx, block: Block) -> None:
    paragraph = book.add_paragraph()
    for one in block["said"]:
        _said(paragraph, one)
        paragraph.add_run(" ")
    if block["note"]:
        for run in paragraph.runs:
            run.font.size = SMALL


def _bullets(book: Docx, block: Block) -> None:
    for one in block["said"]:
        _said(book.add_paragraph(style="List Bullet"), one)


def _callout(book: Docx, block: Block) -> None:
    paragraph = _line(book, f"{block['title']}. ", bold=True)
    _said(paragraph, block["said"])


def _tiles(book: Docx, block: Block) -> None:
    rows = [[one["value"] for one in block["tiles"]], [one["label"] for one in block["tiles"]]]
    rows.append([one["note"] for one in block["tiles"]])
    table = _grid(book, rows, [1.0] * len(block["tiles"]), header=False)
    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.font.size, run.bold = Pt(18), True


def _pairs(book: Docx, block: Block) -> None:
    _grid(book, [list(pair) for pair in block["pairs"]], [1.0, 3.2], header=False)


def _table(book: Docx, block: Block) -> None:
    # A bar draws what other columns of its row say.
    kept = [n for n, _ in enumerate(block["columns"]) if not any(row[n]["bar"] for row in block["rows"])]
    columns = [block["columns"][n] for n in kept]
    table = _grid(
        book,
        [[one["title"] for one in columns], *([""] * len(kept) for _ in block["rows"])],
        [one["share"] for one in columns],
    )
    for cells, row in zip((one.cells for one in list(table.rows)[1:]), block["rows"], strict=True):
        for cell, n in zip(cells, kept, strict=True):
            paragraph = cell.paragraphs[0]
            _linked(paragraph, row[n]["text"], row[n]["url"])
            if block["columns"][n]["align"] == "right":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if block["note"]:
        _text(book, {"said": [{"id": "", "text": block["note"], "url": None}], "note": True})


def _grid(
    book: Docx, rows: Sequence[Sequence[str]], shares: Sequence[float], *, header: bool = True
) -> DocxTable:
    table: DocxTable = book.add_table(rows=len(rows), cols=len(shares))
    table.style = "Table Grid" if header else "Normal Table"
    table.autofit = False
    whole = sum(shares)
    for nth, (line, texts) in enumerate(zip(table.rows, rows, strict=True)):
        for cell, text, share in zip(line.cells, texts, shares, strict=True):
            cell.width = Mm(WIDTH * share / whole)
            if text:
                cell.paragraphs[0].add_run(_plain(text)).bold = header and nth == 0
    if header:  # repeated on every page the table runs over
        mark = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx has no call for it
    book.add_paragraph()
    return table


def _figure(book: Docx, block: Block) -> None:
    drawn = vl_convert.svg_to_png(block["svg"].replace(PRINTED_IN, MEASURED_IN), scale=2)
    paragraph = book.add_paragraph()
    shape = paragraph.add_run().add_picture(io.BytesIO(drawn), width=Mm(WIDTH * block["share"]))
    described = shape._inline.docPr  # noqa: SLF001 - python-docx has no call for alternative text
    described.set("descr", _plain(block["alt"]))
    _text(book, {"said": [{"id": "", "text": block["caption"], "url": None}], "note": True})


def _issue(book: Docx, block: Block) -> None:
    head = _line(book, f"{block['rank']}. ", bold=True)
    _said(head, block["title"])
    _said(book.add_paragraph(), block["volume"])
    _line(book, " | ".join(f"{name}: {value}" for name, value in block["facts"]))
    if block["excerpt"]:
        quoted = _line(book, f"“{block['excerpt']}” ({block['excerpt_source']})")
        quoted.runs[0].italic = True
    for day, one in block["steps"]:
        paragraph = book.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{day}: ")
        _said(paragraph, one)


def _heading(book: Docx, block: Block) -> None:
    book.add_heading(_plain(block["title"]), 2)


def _beside(book: Docx, block: Block) -> None:
    _blocks(book, block["left"])
    _blocks(book, block["right"])


WRITERS: Final[Mapping[str, Callable[[Docx, Block], None]]] = {
    "text": _text,
    "bullets": _bullets,
    "callout": _callout,
    "tiles": _tiles,
    "pairs": _pairs,
    "table": _table,
    "figure": _figure,
    "issue": _issue,
    "heading": _heading,
    "beside": _beside,
}
