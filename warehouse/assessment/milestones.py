"""The steps of a quick win against the one to two months that it has for them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from config.quick_wins import Milestone

LONGEST = timedelta(days=61)
"""Two months after the launch: a quick win that takes longer is none."""
State = Literal["done", "late", "overdue", "open", "undated"]


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone as of a day.

    Attributes:
        name: what is to be done.
        due: the last day: as agreed, else the end of the two months; None: neither is known.
        done: when it was done.
        state: ``done`` in time, done ``late``, ``overdue``, ``open``, or ``undated``: no day to hold it to.
        within: whether its day lies in the two months; None: the launch or the day is not known.
    """

    name: str
    due: date | None
    done: date | None
    state: State
    within: bool | None


def steps(start: date | None, milestones: Iterable[Milestone], today: date) -> list[Step]:
    """The milestones of a quick win that began on `start` (None: nobody knows when), in the given order."""
    end = start + LONGEST if start else None
    made = []
    for milestone in milestones:
        due = milestone.due or end
        within = None if end is None or due is None else due <= end
        made.append(Step(milestone.name, due, milestone.done, _state(due, milestone.done, today), within))
    return made


def _state(due: date | None, done: date | None, today: date) -> State:
    if due is None:
        return "undated"
    if done is not None:
        return "done" if done <= due else "late"
    return "overdue" if today > due else "open"
