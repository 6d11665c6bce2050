"""What part of the sources a run reads."""

from __future__ import annotations

from dataclasses import dataclass

from crawlers.context import Period


@dataclass(frozen=True, slots=True)
class Scope:
    """What part of the sources to read.

    Attributes:
        due_only: leave alone what was read a short while ago (scheduled runs).
        period: fill in this range of time instead of reading what is new.
    """

    due_only: bool = False
    period: Period | None = None
