"""League tables: never a bare order, always with n, an interval, shrinkage and a range of ranks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from warehouse.lake import Lake
from warehouse.queries.indicators import Period, check_period

if TYPE_CHECKING:
    import pandas as pd

LeagueName = Literal["opd_tone", "opd_unanswered", "opd_closed", "kecamatan_tone"]
_SHOWN = "unit_id, unit, n, share, low, high, shrunk, mean, rank_first, rank_last, n_ranked"


def league(
    lake: Lake, name: LeagueName, period: Period = "weeks_12", start: date | None = None
) -> pd.DataFrame:
    """One league table of shares, the largest shrunk share first, units below ten at the end.

    Returns:
        Columns unit_id, unit, unit_group, n, k, share, low, high, shrunk, mean, rank_first, rank_last and
        n_ranked of `mart_league`; shares and ranks are NULL below ten.
    """
    check_period(period, start)
    return lake.frame(
        f"SELECT {_SHOWN}, unit_group, k FROM mart_league WHERE league = $league AND period_kind = $kind "  # noqa: S608 - names of ours
        "AND period = coalesce($start::DATE, period) ORDER BY shrunk DESC NULLS LAST, n DESC, unit_id",
        {"league": name, "kind": period, "start": start},
    )


def league_intake(lake: Lake, period: Period = "weeks_12", start: date | None = None) -> pd.DataFrame:
    """Kecamatan by complaints per 10,000 people, in the same shape (`mart_league_intake`).

    Returns:
        Columns unit_id, unit, population, n, rate, low, high, shrunk, mean, rank_first, rank_last, n_ranked.
    """
    return lake.frame(
        f"SELECT {_SHOWN.replace('share', 'rate')}, population FROM mart_league_intake "  # noqa: S608 - names of ours
        "WHERE period_kind = $kind AND period = coalesce($start::DATE, period) "
        "ORDER BY shrunk DESC NULLS LAST, n DESC, unit_id",
        {"kind": period, "start": start},
    )
