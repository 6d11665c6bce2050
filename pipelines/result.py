"""What every stage returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

STAGES = ("collect", "load", "enrich", "link", "watch", "publish")
HOURLY = STAGES[:-1]
"""What runs every hour; the report has a time of its own."""


@dataclass(frozen=True, slots=True)
class StageResult:
    """Counts of one run of one stage: n_in = n_stored + n_duplicate + n_rejected, always.

    Attributes:
        stage: its name.
        n_in: records looked at.
        n_stored: records written (new ones, and known ones that changed).
        n_new: records that were not there before (part of n_stored).
        n_duplicate: records that were there already.
        n_rejected: records refused, each with a reason in the lake.
        message: one Indonesian sentence for people.
        files: what the stage wrote for people to open.
    """

    stage: str
    n_in: int = 0
    n_stored: int = 0
    n_new: int = 0
    n_duplicate: int = 0
    n_rejected: int = 0
    message: str = ""
    files: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Timed:
    """A result with the moments it ran between."""

    result: StageResult
    started_at: datetime
    finished_at: datetime
