"""Quick wins: how they live on, what judges gave them, and the order that follows from each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from config.quick_wins import Judging, Milestone
from warehouse.access import AccessError, needs, whole
from warehouse.assessment.comparison import Judgement, Standing, compare
from warehouse.assessment.continuity import Kept, Life, standings, why_flagged
from warehouse.assessment.milestones import steps
from warehouse.lake import Lake
from warehouse.queries.documents import Page

if TYPE_CHECKING:
    import pandas as pd

SOON: Final = timedelta(days=14)
"""So long before its day a step is named in the weekly report."""


@whole
def quick_win_flags(lake: Lake) -> pd.DataFrame:
    """Quick wins with a flag: columns quick_win, name, flags (joined by commas) and why (a sentence); by name."""
    import pandas as pd

    flagged = sorted((one for one in _lives(lake, None, None) if one.flags), key=lambda one: one.name)
    rows = [(one.quick_win, one.name, ", ".join(one.flags), why_flagged(one)) for one in flagged]
    return pd.DataFrame(rows, columns=["quick_win", "name", "flags", "why"])


@whole
def quick_win_steps(lake: Lake, day: date) -> pd.DataFrame:
    """The steps of quick wins that are overdue on a day, or due soon after it.

    Args:
        lake: an open lake.
        day: the day they are looked at.

    Returns:
        Columns step (quick_win/position), name (of the quick win), milestone, due and state (see
        `warehouse.assessment.milestones.Step`), the earliest day first.
    """
    import pandas as pd

    known: dict[str, tuple[str, date | None, list[Milestone]]] = {}
    for win, name, start, milestone, due, done in lake.rows(
        """
        SELECT q.quick_win, q.name, q.start, m.name, m.due, m.done
        FROM dim_quick_win q JOIN dim_quick_win_milestone m ON m.quick_win = q.quick_win
        ORDER BY q.quick_win, m.position
        """
    ):
        known.setdefault(win, (name, start, []))[2].append(Milestone(name=milestone, due=due, done=done))
    rows = [
        (f"{win}/{nth}", name, step.name, step.due, step.state)
        for win, (name, start, milestones) in known.items()
        for nth, step in enumerate(steps(start, milestones, day), 1)
        if step.due is not None
        and (step.state == "overdue" or (step.state == "open" and step.due <= day + SOON))
    ]
    rows.sort(key=lambda row: (row[3], row[0]))
    return pd.DataFrame(rows, columns=["step", "name", "milestone", "due", "state"])


@needs("quick_wins")
def continuity(lake: Lake, quick_wins: Sequence[str] | None = None) -> list[Kept]:
    """How quick wins live on: numbers, flags, and an order as far as the data tell them apart.

    An office is shown its own, ordered among themselves.

    Args:
        lake: an open lake.
        quick_wins: ids of those that are looked at; None: all.
    """
    return standings(_lives(lake, quick_wins, lake.viewer.opd))


@needs("quick_wins")
def quick_win_documents(lake: Lake, quick_win: str, limit: int | None = None, offset: int = 0) -> Page:
    """The documents that the life of a quick win counts, the newest first: columns of `mart_listed`.

    An office reads those of its own quick wins, and of complaints among them its own.

    Args:
        lake: an open lake.
        quick_win: its id.
        limit: rows at most; None: all.
        offset: rows left out first.

    Raises:
        AccessError: it is another office's.
    """
    own = lake.viewer.opd
    if own and not lake.value(
        "SELECT count(*) FROM dim_quick_win WHERE quick_win = ? AND opd_id = ?", [quick_win, own]
    ):
        raise AccessError("Quick win itu milik OPD lain.", "quick_wins", quick_win)
    behind = (
        "FROM drill_quick_win_life w JOIN mart_listed l ON l.doc_id = w.doc_id WHERE w.quick_win = $quick_win"
    )
    frame = lake.frame(
        f"SELECT l.* {behind} ORDER BY l.dated_at DESC NULLS LAST, l.doc_id "
        "LIMIT coalesce($limit, 9223372036854775807) OFFSET $offset",
        {"quick_win": quick_win, "limit": limit, "offset": offset},
    )
    total = lake.value(f"SELECT count(*) {behind}", {"quick_win": quick_win})
    return Page(frame, int(total))


def _lives(lake: Lake, quick_wins: Sequence[str] | None, opd: str | None) -> list[Life]:
    names = ", ".join(one.name for one in fields(Life))
    rows = lake.rows(
        f"SELECT {names} FROM mart_quick_win_life "  # noqa: S608 - names of ours
        "WHERE ($ids IS NULL OR list_contains($ids::VARCHAR[], quick_win)) AND ($opd IS NULL OR opd_id = $opd) "
        "ORDER BY quick_win",
        {"ids": None if quick_wins is None else list(quick_wins), "opd": opd},
    )
    return [Life(*row) for row in rows]


@needs("assessment")
def compared(lake: Lake, rules: Judging, year: int, quick_wins: Sequence[str]) -> list[Standing]:
    """The scored comparison of a year out of what judges gave; see `warehouse.assessment.comparison`."""
    rows = lake.rows(
        "SELECT quick_win, criterion, judge, score FROM mart_quick_win_judgement WHERE year = ? ORDER BY position",
        [year],
    )
    names = dict(lake.rows("SELECT quick_win, name FROM dim_quick_win"))
    return compare(rules, quick_wins, (Judgement(*row) for row in rows), names)


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
