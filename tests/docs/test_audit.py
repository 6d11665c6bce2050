"""The audit says "clean" only of what was looked up; silence is never safety."""

from __future__ import annotations

import json

import pytest

from tests.audit import CLEAN, FOUND, UNKNOWN, Answer, Known, read, verdict

HOLE = Known("jinja2", "2.4.1", "PYSEC-2019-217", ("2.10.1",))
PYPI, OSV = Answer("pypi", n=2), Answer("osv", n=2)
AWAY = Answer("osv", problem="Could not connect")


@pytest.mark.parametrize(
    ("answers", "status", "says"),
    [
        ([PYPI, OSV], CLEAN, "No known vulnerability"),
        ([PYPI, AWAY], CLEAN, "osv: not reached (Could not connect)"),
        ([Answer("pypi", problem="x"), AWAY], UNKNOWN, "no database could be reached"),
        ([Answer("pypi", skipped=("b",), n=1), AWAY], UNKNOWN, "not looked up: b"),
        ([Answer("pypi", skipped=("b",), n=1), OSV], CLEAN, "No known vulnerability"),
        ([Answer("pypi", (HOLE,), n=2), AWAY], FOUND, "jinja2 2.4.1: PYSEC-2019-217, mended in 2.10.1"),
        ([Answer("pypi", (HOLE,), n=2), OSV], FOUND, "--upgrade-package jinja2"),
        ([], UNKNOWN, "no database could be reached"),
    ],
)
def test_verdict(answers: list[Answer], status: int, says: str) -> None:
    found, lines = verdict(answers, ["a", "b"])
    assert found == status
    assert says in "\n".join(lines)
    assert ("No known vulnerability" in "\n".join(lines)) is (status == CLEAN)


def test_the_same_hole_told_by_both_is_one() -> None:
    _, lines = verdict([Answer("pypi", (HOLE,), n=2), Answer("osv", (HOLE,), n=2)], ["a"])
    assert sum("PYSEC-2019-217" in line for line in lines) == 1


def test_what_pip_audit_prints() -> None:
    output = json.dumps({
        "dependencies": [
            {"name": "jinja2", "version": "2.4.1", "vulns": [{"id": HOLE.id, "fix_versions": ["2.10.1"]}]},
            {"name": "rich", "version": "14", "vulns": []},
            {"name": "own", "skip_reason": "Dependency not found on PyPI"},
        ]
    })  # fmt: skip
    assert read("pypi", output, "Found 1 known vulnerability") == Answer("pypi", (HOLE,), ("own",), 2)


@pytest.mark.parametrize("output", ["", "no json", "[]", '{"dependencies": [{"vulns": [{}]}]}'])
def test_what_is_no_answer_is_no_clean_answer(output: str) -> None:
    found = read("osv", output, "Traceback\n  …\nConnectionError: no route\n\n")
    assert found.problem == "ConnectionError: no route"
    assert (found.known, found.n) == ((), 0)
