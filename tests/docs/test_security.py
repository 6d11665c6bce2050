"""SECURITY.md: every guard names tests, and they are there."""

from __future__ import annotations

import re

from tests.docs.reading import ROOT

PAGE = ROOT / "SECURITY.md"
_GUARD = re.compile(r"^\| (G\d+) \|(.*)\|$", re.MULTILINE)
_TEST = re.compile(r"^(?:async )?def test_", re.MULTILINE)


def guards() -> dict[str, list[str]]:
    """Number of a guard → its cells."""
    found = _GUARD.findall(PAGE.read_text(encoding="utf-8"))
    return {number: [cell.strip() for cell in cells.split(" | ")] for number, cells in found}


def paths_of(cell: str) -> list[str]:
    """The test paths that a cell names."""
    return [path for path in re.findall(r"`([^`]+)`", cell) if path.startswith("tests/")]


def holds_tests(path: str) -> bool:
    """Whether each file that a path or pattern stands for, or some file of a folder, holds a test."""
    found = list(ROOT.glob(path))
    texts = [
        "\n".join(inner.read_text() for inner in one.rglob("test_*.py")) if one.is_dir() else one.read_text()
        for one in found
    ]
    return bool(texts) and all(_TEST.search(text) for text in texts)


def test_every_guard_has_tests() -> None:
    found = guards()
    assert list(found) == [f"G{number}" for number in range(1, len(found) + 1)]
    assert len(found) >= 20
    assert {number: cells for number, cells in found.items() if len(cells) != 5} == {}
    named = {number: paths_of(cells[-1]) for number, cells in found.items()}
    assert [number for number, paths in named.items() if not paths] == []
    assert [(n, path) for n, paths in named.items() for path in paths if not holds_tests(path)] == []


def test_every_guard_is_of_a_class_of_stride() -> None:
    wrong = {
        number: cells[1]
        for number, cells in guards().items()
        if not re.fullmatch(r"[STRIDE](, [STRIDE])*", cells[1])
    }
    assert wrong == {}


def test_actors_name_guards_that_there_are() -> None:
    text = PAGE.read_text(encoding="utf-8")
    actors = text.partition("## Actors")[2].partition("\n## ")[0]
    named = {int(number) for number in re.findall(r"\bG(\d+)\b", actors)}
    for first, last in re.findall(r"\bG(\d+) to G(\d+)\b", actors):
        named |= set(range(int(first), int(last) + 1))
    assert named <= {int(number[1:]) for number in guards()}
    assert len(named) > 12
    assert actors.count("\n| ") >= 9


def test_a_path_without_a_test_is_noticed() -> None:
    assert not holds_tests("tests/lakes.py")
    assert not holds_tests("tests/docs/test_nothing.py")
    assert not holds_tests("docs")
    assert holds_tests("tests/docs")
    assert holds_tests("tests/pipelines/test_erasure*.py")
