"""What part of the work a run does."""

from __future__ import annotations

from dataclasses import dataclass

from crawlers.context import Period


@dataclass(frozen=True, slots=True)
class Part:
    """One class of documents of `n`, by a stable hash of their ids; `k` counts from 0.

    Raises:
        ValueError: there is no such class.
    """

    k: int
    n: int

    def __post_init__(self) -> None:
        if not 0 <= self.k < self.n:
            raise ValueError(f"part {self.k} of {self.n}")


@dataclass(frozen=True, slots=True)
class Scope:
    """What part of the sources to read, and of the documents to label.

    Attributes:
        due_only: leave alone what was read a short while ago (scheduled runs).
        period: fill in this range of time instead of reading what is new.
        lane: sources of one lane, while other processes read other lanes; None: nobody else reads.
        part: only this class of documents; None: all.
    """

    due_only: bool = False
    period: Period | None = None
    lane: str | None = None
    part: Part | None = None
