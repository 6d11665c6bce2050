"""The complaints behind a number of service, as a condition on a list of complaints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from warehouse.metrics import metric

PeriodKind = Literal["week", "month", "weeks_4", "weeks_12", "all", "now"]
Part = Literal["in_0_5", "in_6_14", "in_15_60", "in_over_60"]
"""Some of what a number counts: a column of its drill view that is true for them."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which complaints a number is about.

    Attributes:
        kind: ``weeks_4`` and ``weeks_12``: complete weeks before "now"; ``all``: all days;
            ``week`` and ``month`` need `start`; ``now`` is for the backlog only.
        start: first day of the week (Monday) or month.
        channel: id of a channel, None for all.
        opd: id of an agency, None for all.
    """

    kind: PeriodKind = "weeks_12"
    start: date | None = None
    channel: str | None = None
    opd: str | None = None

    def __post_init__(self) -> None:
        if (self.kind in ("week", "month")) != (self.start is not None):
            raise ValueError(f"period {self.kind!r} and start {self.start} do not go together")


@dataclass(frozen=True, slots=True)
class Behind:
    """What one number of service counts.

    Attributes:
        metric_id: of the register (`warehouse/metrics`).
        scope: period, channel and agency of the number.
        more: values of the other columns of its grain, e.g. ``("step", "answer")``.
        part: only some of it; None: all.
    """

    metric_id: str
    scope: Scope
    more: tuple[tuple[str, str], ...] = ()
    part: Part | None = None

    def rows(self) -> tuple[str, dict[str, Any]]:
        """A query of the ids, and its parameters; the way is the one that the register says.

        Raises:
            KeyError: there is no such number.
            ValueError: its grain has columns that are not given.
        """
        one = metric(self.metric_id)
        grain: dict[str, Any] = {
            "period_kind": self.scope.kind, "channel": self.scope.channel or "*", "opd_id": self.scope.opd or "*",
            **dict(self.more),
        }  # fmt: skip
        # A window, "all" and "now" have one period each: its first day need not be said.
        if {*grain, "period"} != set(one.grain):
            raise ValueError(f"{self.metric_id} needs {sorted(one.grain)}, not {sorted(grain)}")
        if self.scope.start is not None:
            grain["period"] = self.scope.start
        way = one.drill
        grain = {way.names.get(key, key): value for key, value in grain.items()}
        grain |= one.where if way.where is None else way.where
        parts = [f"{column} = $behind_{column}" for column in grain]
        parts += [column for column in (way.only, self.part) if column]
        sql = f"SELECT {way.key} FROM {way.view} WHERE {' AND '.join(parts)}"  # noqa: S608 - names of the register
        return sql, {f"behind_{column}": value for column, value in grain.items()}


PARTS: Final[tuple[Part, ...]] = ("in_0_5", "in_6_14", "in_15_60", "in_over_60")
"""The backlog by age, the youngest first."""
