"""Set a composed report in type.

The template is ours and fixed; everything from outside goes in as one JSON value, which Typst
shows as text and never reads as markup. Only fonts inside the typst package are used, no file
but the template can be read, and the only date is the report's own, so the same data gives the
same bytes on every machine.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import typst

from dashboard.report.errors import ReportError
from dashboard.report.text import marked, unprinted

STANDARD: Final = "ua-1"
"""PDF/UA-1: the typesetter refuses to write a file that a screen reader could not read."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF and its pages.

    Attributes:
        pdf: the bytes.
        pages: all of them.
        body_pages: those before the annex.
        data: what was set; other than what was given where the fonts lack a character.
    """

    pdf: bytes
    pages: int
    body_pages: int
    data: Mapping[str, Any]


PPI: Final = 144.0
"""Dots per inch of a picture: 148 mm are 839 dots, a phone's width."""


ROUNDS: Final = 3
"""So often what cannot be printed is asked for; a sign put for one character may change its neighbours."""

_LACKING: Final = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


def render(data: Mapping[str, Any]) -> Printed:
    """Make the PDF. A character that no font has is printed as a visible sign; the last page says how many.

    Only the typesetter knows what its fonts have, so it is asked: in this standard it refuses to print
    what it has no picture of, and names it.

    Args:
        data: plain values for ``template.typ``, as `document.compose` makes them.

    Raises:
        ReportError: Typst could not set it; its reason is chained.
    """
    shown, n_signs = data, 0
    for _ in range(ROUNDS):
        try:
            return _set(shown)
        except ReportError as err:
            shown, n = marked(shown, lacking(getattr(err.__cause__, "diagnostic", "")))
            if n == 0:
                raise
            n_signs += n
            shown = {**shown, "unprinted": unprinted(n_signs)}
    return _set(shown)


def lacking(diagnostic: str) -> frozenset[str]:
    """The characters that the typesetter says it has no picture of. Pure."""
    return frozenset(
        _ESCAPED.sub(lambda one: chr(int(one[1], 16)) if one[1] else one[2], found)
        for found in _LACKING.findall(diagnostic)
    )


def _set(data: Mapping[str, Any]) -> Printed:
    with _compiler(data) as compiler:
        counted = json.loads(compiler.query("<pages>", field="value", one=True))
        pdf = compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=0)
    if not isinstance(pdf, bytes):
        raise ReportError("Typst tidak menghasilkan satu berkas PDF.")
    return Printed(pdf, counted["all"], counted["body"], data)


def picture(data: Mapping[str, Any], ppi: float = PPI) -> bytes:
    """Draw a document of one page as PNG.

    Args:
        data: of a printed document of one page, as `digest.digest` makes it.
        ppi: dots per inch.

    Raises:
        ReportError: Typst could not set it, or it has several pages.
    """
    with _compiler(data) as compiler:
        drawn = compiler.compile(format="png", ppi=ppi)
    if not isinstance(drawn, bytes):
        raise ReportError("Ringkasan laporan tidak muat pada satu halaman.")
    return drawn


@contextmanager
def _compiler(data: Mapping[str, Any]) -> Iterator[typst.Compiler]:
    template = (files("dashboard.report") / "template.typ").read_bytes()
    with tempfile.TemporaryDirectory(prefix="pati-laporan-") as folder:
        # An empty root: the template can read nothing but what it is given.
        root = Path(folder)
        main = root / "laporan.typ"
        main.write_bytes(template)
        try:
            yield typst.Compiler(
                main,
                root=root,
                font_paths=[],
                ignore_system_fonts=True,
                sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
                package_path=root,
                package_cache_path=root,
            )
        except (typst.TypstError, RuntimeError) as err:
            raise ReportError(f"Laporan tidak dapat dicetak oleh Typst: {err}") from err
