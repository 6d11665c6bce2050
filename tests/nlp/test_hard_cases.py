from __future__ import annotations

from typing import TYPE_CHECKING

from tests.nlp.hard_cases import CASES

if TYPE_CHECKING:
    from nlp import Analysis, Analyzer
    from tests.nlp.hard_cases import Case


def misses(case: Case, found: Analysis) -> set[tuple[int, str]]:
    first = found.opd[0][0] if found.opd else None
    right = {
        "relevant": found.relevant == case.relevant,
        "topic": found.topic in case.topics,
        "opd": (first is None) if case.opd is None else (first or "-") in case.opd,
        "sentiment": found.sentiment in case.sentiment,
        "kecamatan": found.kecamatan == case.kecamatan,
    }
    return {(case.number, field) for field, ok in right.items() if not ok}


def test_all_labels_of_all_cases_are_right(analyzer: Analyzer) -> None:
    found = analyzer.analyze(
        [case.text for case in CASES], [case.kind for case in CASES], [case.scope for case in CASES]
    )
    missed = set().union(*(misses(case, result) for case, result in zip(CASES, found, strict=True)))
    assert missed == set()


def test_all_thirty_are_there() -> None:
    assert [case.number for case in CASES] == list(range(1, 31))
