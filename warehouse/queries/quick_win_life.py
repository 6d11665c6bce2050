"""Quick wins: how they live on, what judges gave them, and the order that follows from each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from config.quick_wins import Judging
from warehouse.access import needs, whole
from warehouse.assessment.comparison import Judgement, Standing, compare
from warehouse.assessment.continuity import Kept, Life, standings, why_flagged
from warehouse.lake import Lake

if TYPE_CHECKING:
    import pandas as pd


@whole
def quick_win_flags(lake: Lake) -> pd.DataFrame:
    """Quick wins with a flag: columns quick_win, name, flags (joined by commas) and why (a sentence); by name."""
    import pandas as pd

    flagged = sorted((one for one in _lives(lake, None) if one.flags), key=lambda one: one.name)
    rows = [(one.quick_win, one.name, ", ".join(one.flags), why_flagged(one)) for one in flagged]
    return pd.DataFrame(rows, columns=["quick_win", "name", "flags", "why"])


@needs("assessment")
def continuity(lake: Lake, quick_wins: Sequence[str] | None = None) -> list[Kept]:
    """How quick wins live on: numbers, flags, and an order as far as the data tell them apart.

    Args:
        lake: an open lake.
        quick_wins: ids of those that are looked at; None: all.
    """
    return standings(_lives(lake, quick_wins))


def _lives(lake: Lake, quick_wins: Sequence[str] | None) -> list[Life]:
    names = ", ".join(one.name for one in fields(Life))
    rows = lake.rows(
        f"SELECT {names} FROM mart_quick_win_life "  # noqa: S608 - names of ours
        "WHERE $ids IS NULL OR list_contains($ids::VARCHAR[], quick_win) ORDER BY quick_win",
        {"ids": None if quick_wins is None else list(quick_wins)},
    )
    return [Life(*row) for row in rows]


@needs("assessment")
def compared(lake: Lake, rules: Judging, year: int, quick_wins: Sequence[str]) -> list[Standing]:
    """The scored comparison of a year out of what judges gave; see `warehouse.assessment.comparison`."""
    rows = lake.rows(
        "SELECT quick_win, criterion, judge, score FROM mart_quick_win_judgement WHERE year = ? ORDER BY position",
        [year],
    )
    return compare(rules, quick_wins, (Judgement(*row) for row in rows))


@needs("assessment")
def judgement_history(lake: Lake, year: int, quick_win: str) -> pd.DataFrame:
    """Everything judges gave and took back for a quick win: columns of the table, the oldest first."""
    return lake.frame(
        "SELECT criterion, judge, score, remark, judged_at FROM quick_win_judgement "
        "WHERE year = ? AND quick_win = ? ORDER BY position, criterion",
        [year, quick_win],
    )


@needs("assessment")
def own_scores(lake: Lake, year: int, quick_win: str, judge: str) -> dict[str, int]:
    """What one judge gave a quick win, by criterion."""
    return dict(
        lake.rows(
            "SELECT criterion, score FROM mart_quick_win_judgement "
            "WHERE year = ? AND quick_win = ? AND lower(judge) = lower(?)",
            [year, quick_win, judge],
        )
    )
