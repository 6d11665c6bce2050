"""What can be seen of a finished report without knowing what it says: its pages, and what acts in it."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pypdfium2

from dashboard.report import WeeklyReport

MM = 72 / 25.4
A4 = (595.28, 841.89)
SIDE, TOP, BOTTOM = 19 * MM, 19 * MM, 20 * MM
"""Margins of `template.typ`; the footer lies within the lowest, the header within the highest."""
DIGEST_SIDE = 9 * MM
CLEAR = 3.0
"""Points between the body and the footer that stay white."""
WHITE = 250


class Seen(HTMLParser):
    """Tags, attributes and words of an HTML file."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.extend(attrs)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def text_of(pdf: Path) -> str:
    """All text a reader can select, in one line, soft breaks removed."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    joined = "\n".join(pages).replace("\ufffe", "").replace("\u200b", "")
    return re.sub(r"\s+", " ", joined)


def flaws(report: WeeklyReport, max_pages: int) -> list[str]:
    """Everything that a reader must not meet in any of the files of a report; empty if all is well."""
    found = [*page_flaws(report.pdf, SIDE), *page_flaws(report.summary_pdf, DIGEST_SIDE)]
    if report.body_pages > max_pages:
        found.append(f"{report.body_pages} pages before the annex")
    if not report.summary_png.read_bytes().startswith(b"\x89PNG"):
        found.append("the picture is none")
    return [*found, *web_flaws(report.html.read_text(encoding="utf-8")), *sheet_flaws(report.xlsx)]


def page_flaws(pdf: Path, side: float) -> list[str]:
    """Characters and ink outside the type area, characters on top of others, pages of another size.

    Args:
        pdf: the file.
        side: white at the left and at the right, in points.
    """
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for number, page in enumerate(document, 1):
        width, height = page.get_size()
        if side == SIDE and (round(width, 2), round(height, 2)) != A4:
            found.append(f"page {number} is {width:.0f} x {height:.0f} points")
        boxes = list(_characters(page))
        out = [char for char, left, _, right, _ in boxes if left < side - 1 or right > width - side + 1]
        if out:
            found.append(f"page {number}: {''.join(out)[:40]!r} stands in the margin")
        if over := _overlapping(boxes):
            found.append(f"page {number}: {over[:12]} lie on top of each other")
        found += [f"page {number}: ink {where}" for where in _ink(page, side)]
    document.close()
    return found


def _characters(page: Any) -> Iterator[tuple[str, float, float, float, float]]:
    """Visible characters with left, bottom, right and top, in reading order."""
    textpage = page.get_textpage()
    for n in range(textpage.count_chars()):
        char = chr(pypdfium2.raw.FPDFText_GetUnicode(textpage, n))
        left, bottom, right, top = textpage.get_charbox(n)
        # a space at the end of a line may hang, and a mark lies on its letter
        if (
            not char.isspace()
            and unicodedata.category(char) not in ("Mn", "Me", "Cf")
            and right > left
            and top > bottom
        ):
            yield char, left, bottom, right, top


def _overlapping(boxes: list[tuple[str, float, float, float, float]]) -> list[str]:
    """Pairs of characters of which one hides a good part of the other.

    Neighbours in reading order are let be: a ligature is one picture of two characters, and kerning brings
    pairs together.
    """
    cells: dict[tuple[int, int], list[int]] = {}
    for n, (_, left, bottom, right, top) in enumerate(boxes):
        for x in range(int(left // 16), int(right // 16) + 1):
            for y in range(int(bottom // 16), int(top // 16) + 1):
                cells.setdefault((x, y), []).append(n)
    pairs = {pair for held in cells.values() for pair in combinations(held, 2) if pair[1] - pair[0] > 2}
    return [boxes[a][0] + boxes[b][0] for a, b in sorted(pairs) if _shared(boxes[a], boxes[b]) > 0.3]


def _shared(
    one: tuple[str, float, float, float, float], other: tuple[str, float, float, float, float]
) -> float:
    """Which part of the smaller box the two have in common."""
    across = min(one[3], other[3]) - max(one[1], other[1])
    up = min(one[4], other[4]) - max(one[2], other[2])
    if across <= 0 or up <= 0:
        return 0.0
    areas = [(box[3] - box[1]) * (box[4] - box[2]) for box in (one, other)]
    return across * up / min(areas)


def _ink(page: Any, side: float) -> Iterator[str]:
    """Where something is drawn that should be white; also boxes, rules and pictures, not only text."""
    drawn = np.asarray(page.render(scale=1.0, grayscale=True).to_pil())
    left, right = int(side) - 2, drawn.shape[1] - int(side) + 2
    if (drawn[:, :left] < WHITE).any():
        yield "left of the type area"
    if (drawn[:, right:] < WHITE).any():
        yield "right of the type area"
    if side == SIDE:
        floor = drawn.shape[0] - int(BOTTOM)
        if (drawn[floor + 1 : floor + 1 + int(CLEAR)] < WHITE).any():
            yield "between the body and the footer"


def web_flaws(text: str) -> list[str]:
    """What could act in an HTML file."""
    seen = Seen()
    seen.feed(text)
    found = [f"<{tag}>" for tag in sorted(seen.tags & {"script", "iframe", "object", "embed", "form"})]
    for name, value in seen.attributes:
        if name.startswith("on"):
            found.append(f"{name}={value}")
        if name in ("href", "src") and not re.match(r"https?://|data:image/svg\+xml;base64,", value or ""):
            found.append(f"{name}={value}")
    return found


def sheet_flaws(path: Path) -> list[str]:
    """Cells of a workbook that are formulas, or that a program might take for one."""
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    cells = [(sheet, one) for sheet in book for row in sheet.iter_rows() for one in row]
    return [
        f"{sheet.title}!{one.coordinate}: {one.value!r:.40}"
        for sheet, one in cells
        if one.data_type == "f" or (isinstance(one.value, str) and one.value[:1] in tuple("=+-@\t"))
    ]
