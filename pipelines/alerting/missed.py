"""Weeks that no run has looked at, and what is said about making up for them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from warehouse.queries import Week, weeks_before

LONGEST = 52
"""Weeks that are made up for, at most; what is older is said to be left out."""


@dataclass(frozen=True, slots=True)
class Missed:
    """Complete weeks since the last look, but the newest.

    Attributes:
        weeks: to be looked at now, oldest first.
        n_left_out: weeks before them that are too old.
    """

    weeks: tuple[Week, ...] = ()
    n_left_out: int = 0

    @property
    def message(self) -> str:
        """One or two Indonesian sentences; empty if nothing was missed."""
        if not self.weeks:
            return ""
        said = (
            f"{len(self.weeks)} minggu tanpa putaran dinilai susulan "
            f"({self.weeks[0].monday:%d-%m-%Y} sampai {self.weeks[-1].sunday:%d-%m-%Y})."
        )
        if self.n_left_out:
            said += f" {self.n_left_out} minggu sebelumnya terlalu lama berlalu dan tidak dinilai."
        return said


def missed(last: date | None, newest: Week) -> Missed:
    """Weeks between the last one that was looked at and the newest.

    Args:
        last: Monday of the newest week that was looked at; None: no week ever was, so none is missing.
        newest: the newest complete week.
    """
    n = 0 if last is None else max((newest.monday - last).days // 7 - 1, 0)
    kept = min(n, LONGEST)
    return Missed(tuple(weeks_before(newest.shift(-1), kept)), n - kept)
