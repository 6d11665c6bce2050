"""Which sources were in reach when, and what a number may therefore be compared with. Pure.

Like is compared with like: a week is judged by the documents of the sources in reach in that very
week, and so are the weeks before it. A source that died takes its past out of the comparison too, so
its silence is no fall; one that came back brings its past along, so its return is no surge; one that
is new does not count until it has a past.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pipelines.alerting.counts import Floats
from pipelines.alerting.judge import Panel
from pipelines.alerting.season import factors
from warehouse.queries import Week, weeks_before

if TYPE_CHECKING:
    import pandas as pd

SETTLED = 4
"""Weeks in reach before a week, after which a source has a past."""


# cached_property needs a __dict__, so no slots here
@dataclass(frozen=True)
class Cover:
    """Sources and weeks.

    Attributes:
        sources: ids.
        weeks: oldest first, without a gap.
        reached: sources x weeks, whether a source was in reach.
    """

    sources: tuple[str, ...]
    weeks: tuple[Week, ...]
    reached: NDArray[np.bool_]

    @classmethod
    def of(cls, frame: pd.DataFrame, last: Week) -> Cover:
        """From rows of `mart_source_week` up to `last`."""
        frame = frame[frame["week"].dt.date <= last.monday]
        if frame.empty:
            return cls((), (), np.zeros((0, 0), dtype=bool))
        first = Week(frame["week"].min().date())
        weeks = weeks_before(last, (last.monday - first.monday).days // 7 + 1)
        sources = tuple(sorted(set(frame["source_id"].tolist())))
        place = {name: j for j, name in enumerate(sources)}
        reached = np.zeros((len(sources), len(weeks)), dtype=bool)
        for name, week, covered in _rows(frame, "source_id", "week", "covered"):
            reached[place[name], (week.date() - first.monday).days // 7] = bool(covered)
        return cls(sources, tuple(weeks), reached)

    def until(self, week: Week) -> Cover:
        """The same as it was at the end of an earlier week."""
        n = self.weeks.index(week) + 1
        return Cover(self.sources, self.weeks[:n], self.reached[:, :n])

    def recent(self, count: int) -> Cover:
        """Its last `count` weeks."""
        return Cover(self.sources, self.weeks[-count:], self.reached[:, -count:])

    @cached_property
    def settled(self) -> NDArray[np.bool_]:
        """Sources with a past before the last week."""
        found: NDArray[np.bool_] = self.reached[:, :-1].sum(1) >= SETTLED
        return found

    @cached_property
    def compared(self) -> NDArray[np.bool_]:
        """Sources that the last week is judged by: in reach, with a past."""
        found: NDArray[np.bool_] = self.settled & self.reached[:, -1]
        return found

    def gone(self) -> list[tuple[str, date]]:
        """Source and week whose documents are left out."""
        out = ~self.reached | ~self.compared[:, None]
        return [(self.sources[j], self.weeks[t].monday) for j, t in np.argwhere(out)]


@dataclass(frozen=True, slots=True)
class Series:
    """The series of one run and what they hold.

    Attributes:
        family: of each series.
        subject: of each series.
        panel: their numbers.
    """

    family: NDArray[np.int64]
    subject: tuple[str, ...]
    panel: Panel

    def key(self, i: int) -> tuple[int, str]:
        """Family and subject of one series."""
        return int(self.family[i]), self.subject[i]


def arrange(counts: pd.DataFrame, by_source: pd.DataFrame, cover: Cover) -> Series:
    """Put counts into series x weeks with their exposure.

    Args:
        counts: rows of `warehouse.queries.watch.series` for `cover.gone()`.
        by_source: rows of `series_sources`.
        cover: up to the judged week.
    """
    keys = sorted(set(_rows(counts, "family", "subject")))
    place = {key: i for i, key in enumerate(keys)}
    column = {week.monday: t for t, week in enumerate(cover.weeks)}
    shape = (len(keys), len(cover.weeks))
    n = np.zeros(shape)
    for f, subject, week, items in _rows(counts, "family", "subject", "week", "n"):
        if week.date() in column:
            n[place[f, subject], column[week.date()]] = items
    share = _shares(keys, by_source, cover)
    total = share @ cover.compared
    exposure = (share * cover.compared) @ cover.reached.astype(float) / np.maximum(total, 1e-9)[:, None]
    usual = share @ cover.settled
    family = np.array([f for f, _ in keys], dtype=np.int64)
    panel = Panel(
        family, n, exposure * factors(n, exposure), np.where(usual > 0, total / np.maximum(usual, 1e-9), 0.0)
    )
    return Series(family, tuple(s for _, s in keys), panel)


def _shares(keys: Sequence[tuple[int, str]], by_source: pd.DataFrame, cover: Cover) -> Floats:
    """Documents of each source per week in reach, for each series: series x sources.

    What a series has seen too little of is filled up with its family's shares (one document's worth).
    """
    place = {key: i for i, key in enumerate(keys)}
    source = {name: j for j, name in enumerate(cover.sources)}
    raw = np.zeros((len(keys), len(cover.sources)))
    for f, subject, name, n in _rows(by_source, "family", "subject", "source_id", "n"):
        i, j = place.get((f, subject)), source.get(name)
        if i is not None and j is not None:
            raw[i, j] = n
    if not len(keys):
        return raw
    family = np.array([f for f, _ in keys])
    for one in np.unique(family):
        mine = family == one
        common = raw[mine].sum(0)
        raw[mine] += common / max(float(common.sum()), 1.0)
    per_week: Floats = raw / np.maximum(cover.reached.sum(1), 1)
    return per_week


def _rows(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(frame[name].tolist() for name in columns), strict=True)
