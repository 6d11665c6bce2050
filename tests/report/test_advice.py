"""Recommendations follow from numbers alone: a table of situations and what is asked then."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.report.advice import Advice, advise, state


def owes(opd: str | None, n_open: int, n_late: int, group: str = "opd", after: int = 0) -> dict[str, Any]:
    return {"opd_id": opd, "opd_short": opd and opd.upper(), "opd_group": group, "n_open": n_open,
            "n_late": n_late, "n_open_next": after, "n_late_next": after}  # fmt: skip


def told(item: str, word: str | None, opd: str | None = None) -> dict[str, Any]:
    return {"item": item, "title": f"Kabar {item}", "word": word, "opd_short": opd, "n": 3, "n_next": 1}


@pytest.mark.parametrize(
    ("owed", "disputed", "n_failing", "asked"),
    [
        ([], [], 0, []),
        ([owes("dlh", 9, 0)], [], 0, []),
        ([owes("dlh", 9, 1)], [], 0, [("DLH", "Menjawab atau menuntaskan satu aduan")]),
        (
            [owes("a", 9, 5), owes("b", 9, 4), owes("c", 9, 3), owes("d", 9, 2)], [], 0,
            [("A", "5 aduan"), ("B", "4 aduan"), ("C", "3 aduan")],
        ),
        ([owes("pln", 8, 7, "vertical")], [], 0, [("Diskominfo", "Menanyakan kepada PLN perkembangan 7")]),
        ([owes(None, 6, 6)], [], 0, [("Diskominfo", "Menetapkan OPD penanggung jawab untuk 6")]),
        ([], [told("x", "hoaks", "DKP")], 0, [("DKP", "atas cerita “Kabar x”")]),
        ([], [told("x", "hoaks")], 0, [("Diskominfo", "atas cerita “Kabar x”")]),
        ([], [told("x", None, "DKP")], 0, []),
        ([], [told(str(n), "hoaks", "DKP") for n in range(5)], 0, [("DKP", "Kabar 0"), ("DKP", "Kabar 1")]),
        ([], [], 2, [("Diskominfo", "Memulihkan 2 sumber")]),
    ],
)  # fmt: skip
def test_what_is_asked(
    owed: list[dict[str, Any]], disputed: list[dict[str, Any]], n_failing: int, asked: list[tuple[str, str]]
) -> None:
    found = advise(owed, disputed, n_failing, "Diskominfo")
    assert [one.office for one in found] == [office for office, _ in asked]
    assert all(part in one.action for one, (_, part) in zip(found, asked, strict=True))


@pytest.mark.parametrize(
    ("rule", "n", "after", "words"),
    [
        ("late", 5, 0, "selesai (dari 5 menjadi nihil)"),
        ("late", 5, 5, "belum berubah (5)"),
        ("late", 5, 3, "berkurang dari 5 menjadi 3"),
        ("late", 5, 1200, "bertambah dari 5 menjadi 1.200"),
        ("sources", 5, None, "tidak dapat diukur"),
        ("clarify", 5, 0, "tidak diberitakan lagi"),
        ("clarify", 5, 1, "masih diberitakan dalam satu artikel"),
    ],
)
def test_what_became_of_it(rule: Any, n: int, after: int | None, words: str) -> None:
    assert state(Advice(rule, "k", "DLH", "…", n, after)) == words
