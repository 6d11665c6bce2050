"""The indicators that are not about single complaints: one mart each, for one period.

What a number means stands in the register (`warehouse/metrics`) and at the head of its mart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from warehouse.lake import Lake

if TYPE_CHECKING:
    import pandas as pd

Period = Literal["week", "month", "year", "weeks_4", "weeks_12", "all"]
"""``weeks_4`` and ``weeks_12``: complete weeks before "now"; ``all``: all days; the others need a start."""
ToneScope = Literal["all", "opd", "kecamatan", "dimension", "topic"]


@dataclass(frozen=True, slots=True)
class Tone:
    """`mart_tone`: the tone toward a service; what rests on fewer than ten documents is None.

    Attributes:
        n: documents that judge a service.
        n_stories: stories they belong to.
        n_voices: independent texts among them.
        n_effective: number of texts the interval rests on.
        net_tone: (positive - negative) / n.
        net_tone_low: lower end of its 95 % interval.
        net_tone_high: upper end.
        negative_share: negative / n.
    """

    period: date
    period_end: date
    n: int
    n_stories: int
    n_voices: int
    n_effective: float
    n_negative: int
    n_neutral: int
    n_positive: int
    net_tone: float | None
    net_tone_low: float | None
    net_tone_high: float | None
    negative_share: float | None


def tone(
    lake: Lake,
    period: Period = "weeks_4",
    start: date | None = None,
    scope: ToneScope = "all",
    scope_id: str = "*",
) -> Tone | None:
    """I10 of one agency, kecamatan, dimension, topic, or of all; None if nothing judges a service."""
    check_period(period, start)
    names = ", ".join(Tone.__slots__)
    found = lake.rows(
        f"SELECT {names} FROM mart_tone WHERE period_kind = $kind AND period = coalesce($start::DATE, period) "  # noqa: S608 - names of ours
        "AND scope = $scope AND scope_id = $id",
        {"kind": period, "start": start, "scope": scope, "id": scope_id},
    )
    return Tone(*found[0]) if found else None


def intake(lake: Lake, period: Period = "weeks_4", start: date | None = None) -> pd.DataFrame:
    """I1 of the regency (kecamatan ``*``) and each kecamatan; columns of `mart_intake`."""
    return _period(lake, "mart_intake", "kecamatan", period, start)


def issue_shares(lake: Lake, period: Period = "weeks_4", start: date | None = None) -> pd.DataFrame:
    """I11 of each dimension, the largest first; columns of `mart_issue_share`."""
    return _period(
        lake, "mart_issue_share", "round(share, 9) DESC NULLS LAST, n DESC, dimension", period, start
    )


def recurring_issues(lake: Lake) -> pd.DataFrame:
    """I12: the issues that recur, most weeks first; columns of `mart_recurring`."""
    return lake.frame(
        "SELECT * FROM mart_recurring WHERE recurring ORDER BY n_weeks DESC, n DESC, topic, desa, kecamatan"
    )


def quick_win_numbers(lake: Lake, period: Period = "weeks_12", start: date | None = None) -> pd.DataFrame:
    """I13 of each quick win that was mentioned, most stories first; columns of `mart_quick_win`."""
    return _period(lake, "mart_quick_win", "n_stories DESC, quick_win", period, start)


def gov_voice(lake: Lake, period: Period = "weeks_4", start: date | None = None) -> pd.DataFrame:
    """I14 of all (opd_id ``*``) and each agency; columns of `mart_gov_voice`."""
    return _period(lake, "mart_gov_voice", "n DESC, opd_id", period, start)


def check_period(period: Period, start: date | None) -> None:
    """A week, a month and a year have a first day, the others must not have one.

    Raises:
        ValueError: they do not go together.
    """
    if (period in ("week", "month", "year")) != (start is not None):
        raise ValueError(f"period {period!r} and start {start} do not go together")


def _period(lake: Lake, mart: str, order: str, period: Period, start: date | None) -> pd.DataFrame:
    check_period(period, start)
    return lake.frame(
        f"SELECT * FROM {mart} WHERE period_kind = $kind AND period = coalesce($start::DATE, period) ORDER BY {order}",  # noqa: S608 - names of ours
        {"kind": period, "start": start},
    )
