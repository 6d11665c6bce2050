"""What the operator's guide says of faults is said of sentences that the program really says."""

from __future__ import annotations

import ast
import re

from pipelines.faults import CODES
from tests.docs.reading import ROOT

GUIDE = ROOT / "docs" / "panduan" / "operator.md"
FAULTS = ROOT / "pipelines" / "faults.py"
HEADING = "## Arti kalimat gangguan"


def beginnings(page: str) -> list[str]:
    """First cells of the table: how each sentence begins."""
    table = page.partition(HEADING)[2].partition("\n## ")[0]
    return re.findall(r"^\| (.+?) \|", table.partition("|---|---|")[2], re.MULTILINE)


def said(source: str) -> list[str]:
    """Every text of a program, its pieces put together; what is filled in is ``…``."""
    return [
        "".join(
            str(part.value) if isinstance(part, ast.Constant) else "…"
            for part in (node.values if isinstance(node, ast.JoinedStr) else [node])
        )
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
    ]


def test_every_beginning_is_one_of_a_sentence() -> None:
    texts = said(FAULTS.read_text(encoding="utf-8"))
    found = beginnings(GUIDE.read_text(encoding="utf-8"))
    assert [one for one in found if not any(text.startswith(one) for text in texts)] == []
    assert len(found) >= 15


def test_every_kind_of_fault_is_in_the_guide() -> None:
    assert len(beginnings(GUIDE.read_text(encoding="utf-8"))) >= len(CODES) - 1, (
        "two kinds share their first words; each other one has a row"
    )


def test_how_they_are_found() -> None:
    assert said('x = f"Jam {a} dan {b}."\ny = "satu " "dua"')[:2] == ["Jam … dan ….", "satu dua"]
    page = f"{HEADING}\n\n| a | b |\n|---|---|\n| Satu | x |\n| Dua | y |\n\n## lain\n| t | u |\n"
    assert beginnings(page) == ["Satu", "Dua"]
