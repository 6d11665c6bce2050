"""Recommendations by rules from counts: office, action, deadline, and what became of last week's. Pure.

The rules know nothing but numbers of `warehouse.queries`; the same numbers give the same advice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from dashboard import format as fmt
from dashboard.report.text import clean
from dashboard.report.words import one_or

Rule = Literal["late", "vertical", "unassigned", "clarify", "sources"]
LATE = 3
"""Offices that are asked at most; all others stand in the table of complaints."""

CLARIFY = 2
TITLE = 90


@dataclass(frozen=True, slots=True)
class Advice:
    """One recommendation.

    Attributes:
        rule: which rule made it; deadlines are kept by rule.
        key: what it is about, unique within the rule (an office, a story).
        office: who is asked.
        action: what for.
        n: the number behind it.
        n_next: the same a week later, None where it is not known.
    """

    rule: Rule
    key: str
    office: str
    action: str
    n: int
    n_next: int | None = None


def advise(
    owed: Sequence[Mapping[str, Any]],
    disputed: Sequence[Mapping[str, Any]],
    n_failing: int,
    owner: str,
) -> list[Advice]:
    """The recommendations of a week, the most pressing first.

    Args:
        owed: rows of `queries.owed`.
        disputed: rows of `queries.disputed_stories`.
        n_failing: sources that do not work; 0 where that is not known of the week.
        owner: short name of the office that issues the report.
    """
    late = [row for row in owed if row["n_late"] and row["opd_id"] is not None]
    ours = [row for row in late if row["opd_group"] != "vertical"][:LATE]
    above = [row for row in late if row["opd_group"] == "vertical"][:1]
    lost = [row for row in owed if row["opd_id"] is None]
    found = [
        Advice(
            "late", str(row["opd_id"]), _office(row), _late(row["n_late"]), row["n_late"], row["n_late_next"]
        )
        for row in ours
    ]
    found += [
        Advice("vertical", str(row["opd_id"]), owner, _above(row["n_late"], _office(row)), row["n_late"],
               row["n_late_next"])
        for row in above
    ]  # fmt: skip
    found += [
        Advice("unassigned", "kosong", owner, _lost(row["n_open"]), row["n_open"], row["n_open_next"])
        for row in lost
    ]
    found += [
        Advice("clarify", str(row["item"]), clean(row["opd_short"]) or owner, _clarify(row), row["n"],
               row["n_next"])
        for row in disputed if row["word"]
    ][:CLARIFY]  # fmt: skip
    if n_failing:
        found.append(Advice("sources", "sumber", owner, _sources(n_failing), n_failing))
    return found


def _office(row: Mapping[str, Any]) -> str:
    return clean(row["opd_short"] or row["opd_id"])


def _late(n: int) -> str:
    return f"Menjawab atau menuntaskan {one_or(n)} aduan yang terbuka lebih dari 14 hari."


def _above(n: int, office: str) -> str:
    return f"Menanyakan kepada {office} perkembangan {one_or(n)} aduan yang terbuka lebih dari 14 hari."


def _lost(n: int) -> str:
    return f"Menetapkan OPD penanggung jawab untuk {one_or(n)} aduan terbuka yang belum memilikinya."


def _clarify(row: Mapping[str, Any]) -> str:
    return f"Memeriksa dan bila perlu memberi keterangan resmi atas cerita “{clean(row['title'], TITLE)}”."


def _sources(n: int) -> str:
    return f"Memulihkan {one_or(n)} sumber pemantauan yang tidak berfungsi baik."


def state(advice: Advice) -> str:
    """What became of a recommendation a week later, in a few words."""
    n, after = advice.n, advice.n_next
    if after is None:
        return "tidak dapat diukur"
    if advice.rule == "clarify":
        return "tidak diberitakan lagi" if after == 0 else f"masih diberitakan dalam {one_or(after)} artikel"
    if after == 0:
        return f"selesai (dari {fmt.number(n)} menjadi nihil)"
    if after == n:
        return f"belum berubah ({fmt.number(n)})"
    return f"{'berkurang' if after < n else 'bertambah'} dari {fmt.number(n)} menjadi {fmt.number(after)}"
