"""What the page of one agency asks: its volume, tone, topics and places over some weeks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from warehouse.access import whole
from warehouse.lake import Lake
from warehouse.queries.weeks import Week

if TYPE_CHECKING:
    import pandas as pd

_WEEKS = "w AS (SELECT CAST(unnest(range($first::DATE, $last::DATE + INTERVAL 1 DAY, INTERVAL 7 DAY)) AS DATE) AS week)"


@dataclass(frozen=True, slots=True)
class Office:
    """One agency over some weeks.

    Attributes:
        opd_id: its key.
        short: short name.
        name: official name.
        group: `grp` of the register.
        n: documents that concern it.
        n_items: different stories, complaints, posts and comments among them.
        n_complaints: complaints among them.
    """

    opd_id: str
    short: str
    name: str
    group: str
    n: int
    n_items: int
    n_complaints: int


@whole
def office(lake: Lake, opd_id: str, first: Week, last: Week) -> Office | None:
    """One agency, or None if the register has none of this id."""
    rows = lake.rows(
        """
        SELECT o.opd_id, o.short, o.name, o.grp, count(d.doc_id), count(DISTINCT d.item),
          count(d.doc_id) FILTER (d.kind = 'complaint')
        FROM dim_opd o LEFT JOIN mart_counted_scope d
          ON d.scope = 'opd' AND d.scope_id = o.opd_id AND d.week BETWEEN $first::DATE AND $last::DATE
        WHERE o.opd_id = $id GROUP BY ALL
        """,
        {"id": opd_id, "first": first.monday, "last": last.monday},
    )
    return Office(*rows[0]) if rows else None


@whole
def office_volume(lake: Lake, opd_id: str, first: Week, last: Week) -> pd.DataFrame:
    """Its documents per week and kind, silent weeks too; columns of `volume_by_week`."""
    return lake.frame(
        f"""
        WITH {_WEEKS},
        m AS (
          SELECT week, kind, count(*) AS n, count(DISTINCT item) AS n_stories, count(DISTINCT source_id) AS n_sources
          FROM mart_counted_scope
          WHERE scope = 'opd' AND scope_id = $id AND week BETWEEN $first::DATE AND $last::DATE GROUP BY week, kind
        )
        SELECT w.week, k.kind, coalesce(m.n, 0) AS n, coalesce(m.n_stories, 0) AS n_stories,
          coalesce(m.n_sources, 0) AS n_sources, c.n_reached, c.n_expected, c.coverage
        FROM w CROSS JOIN (SELECT DISTINCT kind FROM m) k
        LEFT JOIN m ON m.week = w.week AND m.kind = k.kind
        LEFT JOIN mart_coverage_week c ON c.week = w.week
        ORDER BY w.week, k.kind
        """,  # noqa: S608 - text of ours
        {"id": opd_id, "first": first.monday, "last": last.monday},
    )


def office_tone(lake: Lake, opd_id: str, first: Week, last: Week) -> pd.DataFrame:
    """Its documents per week and tone, silent weeks too; columns of `sentiment_by_week`. Empty if none."""
    return lake.frame(
        f"""
        WITH {_WEEKS},
        m AS (
          SELECT week, sum(n_negative) AS negatif, sum(n_neutral) AS netral, sum(n_positive) AS positif
          FROM mart_week_opd WHERE opd_id = $id AND week BETWEEN $first::DATE AND $last::DATE GROUP BY week
        ),
        filled AS (
          SELECT w.week, coalesce(m.negatif, 0) AS negatif, coalesce(m.netral, 0) AS netral,
            coalesce(m.positif, 0) AS positif
          FROM w LEFT JOIN m ON m.week = w.week
          WHERE (SELECT sum(negatif + netral + positif) FROM m) > 0
        )
        SELECT t.week, t.sentiment, CAST(t.n AS BIGINT) AS n, c.n_reached, c.n_expected, c.coverage
        FROM (UNPIVOT filled ON negatif, netral, positif INTO NAME sentiment VALUE n) t
        LEFT JOIN mart_coverage_week c ON c.week = t.week ORDER BY t.week, t.sentiment
        """,  # noqa: S608 - text of ours
        {"id": opd_id, "first": first.monday, "last": last.monday},
    )


def office_pairs(
    lake: Lake, opd_id: str, other: Literal["topic", "kecamatan"], first: Week, last: Week
) -> pd.DataFrame:
    """What it is talked about for, or where, most documents first.

    Returns:
        Columns other_id, label, n, n_complaints, n_negative, n_neutral, n_positive (`mart_opd_pair`).
    """
    return lake.frame(
        """
        SELECT p.other_id, coalesce(any_value(t.label), p.other_id) AS label, CAST(sum(n) AS BIGINT) AS n,
          CAST(sum(n_complaints) AS BIGINT) AS n_complaints, CAST(sum(n_negative) AS BIGINT) AS n_negative,
          CAST(sum(n_neutral) AS BIGINT) AS n_neutral, CAST(sum(n_positive) AS BIGINT) AS n_positive
        FROM mart_opd_pair p LEFT JOIN dim_topic t ON p.other = 'topic' AND t.topic = p.other_id
        WHERE p.opd_id = $id AND p.other = $other AND p.week BETWEEN $first::DATE AND $last::DATE
        GROUP BY p.other_id ORDER BY n DESC, p.other_id
        """,
        {"id": opd_id, "other": other, "first": first.monday, "last": last.monday},
    )
