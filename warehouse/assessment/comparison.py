"""The scored comparison of quick wins by several judges: totals, agreement, order, and why. Pure.

How much is written about a programme is no criterion: only what judges scored counts. Equal totals stay a
tie, and nothing is ranked before enough judges have scored every criterion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from config.quick_wins import Criterion, Judging


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one judge gave.

    Attributes:
        quick_win: its id.
        criterion: id of the criterion.
        judge: account of the judge; blank counts as nobody.
        score: within the criterion's limits.
    """

    quick_win: str
    criterion: str
    judge: str
    score: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one quick win stands.

    Attributes:
        quick_win: its id.
        rank: 1 is best, equal totals share a rank; None while it cannot be ranked.
        total: weighted mean of complete judges, on a scale of 0 to 100; None while it cannot be ranked.
        n_judges: judges who scored every criterion.
        spread: largest difference between totals of judges (0 to 100), None below two judges.
        means: mean score by criterion, of complete judges.
        tied_with: ids of those of the same total.
        chosen: whether it is among the best; None: a tie on the border leaves it open.
        reasons: Indonesian sentences that a reader can check.
    """

    quick_win: str
    rank: int | None
    total: float | None
    n_judges: int
    spread: float | None
    means: dict[str, float]
    tied_with: tuple[str, ...]
    chosen: bool | None
    reasons: tuple[str, ...]


def compare(
    rules: Judging,
    quick_wins: Sequence[str],
    judgements: Iterable[Judgement],
    names: Mapping[str, str] | None = None,
) -> list[Standing]:
    """Compare quick wins, the best first; those that cannot be ranked last, by id.

    Args:
        rules: criteria, weights, and how many judges are needed.
        quick_wins: ids of those that compete.
        judgements: the last one of a judge for a criterion holds.
        names: of quick wins, for the reasons; those without one go by their id.
    """
    called = names or {}
    by_judge: dict[str, dict[str, dict[str, int]]] = {name: {} for name in quick_wins}
    for one in judgements:
        if one.judge.strip() and one.quick_win in by_judge:
            judge = by_judge[one.quick_win].setdefault(one.judge.strip().casefold(), {})
            judge[one.criterion] = one.score
    whole = {name: _complete(rules, given) for name, given in by_judge.items()}
    totals = {
        name: sum((_total(rules, scores) for scores in given.values()), Fraction(0)) / len(given)
        for name, given in whole.items()
        if len(given) >= rules.judges
    }
    standings = [_standing(rules, name, whole[name], totals, called) for name in quick_wins]
    return sorted(standings, key=lambda one: (one.rank is None, one.rank or 0, one.quick_win))


def _complete(rules: Judging, given: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """Judges who scored every criterion within its limits."""
    return {
        judge: scores
        for judge, scores in given.items()
        if all(c.id in scores and c.least <= scores[c.id] <= c.most for c in rules.criteria)
    }


def _points(one: Criterion, score: Fraction) -> Fraction:
    """A score as a part of the criterion's weight."""
    return (score - one.least) / (one.most - one.least) * Fraction(repr(one.weight))


def _total(rules: Judging, scores: dict[str, int]) -> Fraction:
    return sum((_points(one, Fraction(scores[one.id])) for one in rules.criteria), Fraction(0))


def _standing(
    rules: Judging,
    name: str,
    given: dict[str, dict[str, int]],
    totals: dict[str, Fraction],
    called: Mapping[str, str],
) -> Standing:
    each = [_total(rules, scores) for scores in given.values()]
    spread = float(max(each) - min(each)) if len(each) > 1 else None
    means = {
        c.id: Fraction(sum(s[c.id] for s in given.values()), len(given)) for c in rules.criteria if given
    }
    if name not in totals:
        why = f"Baru {len(given)} dari {rules.judges} juri menilai semua kriteria; belum diperingkat."
        plain = {key: float(value) for key, value in means.items()}
        return Standing(name, None, None, len(given), spread, plain, (), None, (why,))
    total = totals[name]
    better = sum(1 for other in totals.values() if other > total)
    tied = tuple(sorted(other for other, value in totals.items() if value == total and other != name))
    chosen = None
    if better >= rules.best:
        chosen = False
    elif better + len(tied) < rules.best:
        chosen = True
    plain = {key: float(value) for key, value in means.items()}
    return Standing(
        name, better + 1, float(total), len(given), spread, plain, tied, chosen,
        _reasons(rules, means, spread, [called.get(other, other) for other in tied]),
    )  # fmt: skip


def _reasons(
    rules: Judging, means: dict[str, Fraction], spread: float | None, tied: Sequence[str]
) -> tuple[str, ...]:
    said = [
        f"{one.name}: rata-rata {_number(float(means[one.id]))} dari {one.most}, "
        f"bobot {_number(one.weight)}, menyumbang {_number(float(_points(one, means[one.id])))} poin."
        for one in rules.criteria
    ]
    if spread is not None:
        said.append(f"Selisih terbesar antarjuri {_number(spread)} poin dari 100.")
    if tied:
        said.append(f"Seri dengan {', '.join(tied)}; juri yang memutuskan, bukan sistem.")
    return tuple(said)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
