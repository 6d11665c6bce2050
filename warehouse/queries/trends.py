"""Volumes and tones over weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.lake import Lake
from warehouse.queries.weeks import Week

if TYPE_CHECKING:
    import pandas as pd

MIN_N = 10
"""Below this many documents no percentage and no net tone is shown (domain rule)."""


@dataclass(frozen=True, slots=True)
class WeekTotal:
    """One number for a week beside what it is compared with.

    Attributes:
        n: documents this week.
        n_before: documents in the week before.
        mean_4: mean of the four weeks before this one.
        n_stories: distinct stories this week (documents outside any story count as one each).
        n_sources: sources that published this week.
        change: share of change against the week before, or None when that week had
            fewer than `MIN_N` documents.
        net_tone: (positive - negative) / n of documents with a service sentiment,
            or None when there are fewer than `MIN_N` of them.
    """

    n: int
    n_before: int
    mean_4: float
    n_stories: int
    n_sources: int
    n_negative: int
    n_neutral: int
    n_positive: int
    change: float | None
    net_tone: float | None


def week_total(lake: Lake, week: Week, kinds: Sequence[str] | None = None) -> WeekTotal:
    """Totals of one week over some kinds of documents (None: all kinds)."""
    row = lake.rows(
        """
        WITH k AS (
          SELECT * FROM mart_document
          WHERE relevant AND ($kinds IS NULL OR list_contains($kinds::VARCHAR[], kind))
            AND week BETWEEN $week::DATE - INTERVAL 4 WEEK AND $week::DATE
        ),
        t AS (
          SELECT
            count(*) FILTER (week = $week::DATE) AS n,
            count(*) FILTER (week = $week::DATE - INTERVAL 1 WEEK) AS n_before,
            count(*) FILTER (week < $week::DATE) / 4.0 AS mean_4,
            count(DISTINCT coalesce(story_id, doc_id)) FILTER (week = $week::DATE) AS n_stories,
            count(DISTINCT source_id) FILTER (week = $week::DATE) AS n_sources,
            count(*) FILTER (week = $week::DATE AND sentiment = 'negatif') AS n_negative,
            count(*) FILTER (week = $week::DATE AND sentiment = 'netral') AS n_neutral,
            count(*) FILTER (week = $week::DATE AND sentiment = 'positif') AS n_positive
          FROM k
        )
        SELECT *,
          CASE WHEN n_before >= $min_n THEN (n - n_before) / n_before::DOUBLE END,
          CASE WHEN n_negative + n_neutral + n_positive >= $min_n
            THEN (n_positive - n_negative) / (n_negative + n_neutral + n_positive)::DOUBLE END
        FROM t
        """,
        {"week": week.monday, "kinds": list(kinds) if kinds else None, "min_n": MIN_N},
    )[0]
    return WeekTotal(*row)


def volume_by_week(lake: Lake, first: Week, last: Week) -> pd.DataFrame:
    """Documents per week and kind, with zero rows for silent weeks.

    Returns:
        Columns week (date), kind, n, n_stories, n_sources.
    """
    return lake.frame(
        """
        WITH w AS (SELECT CAST(unnest(range($first::DATE, $last::DATE + INTERVAL 1 DAY, INTERVAL 7 DAY)) AS DATE) AS week),
        k AS (SELECT DISTINCT kind FROM mart_week_kind)
        SELECT w.week, k.kind, coalesce(m.n, 0) AS n, coalesce(m.n_stories, 0) AS n_stories,
          coalesce(m.n_sources, 0) AS n_sources
        FROM w CROSS JOIN k LEFT JOIN mart_week_kind m ON m.week = w.week AND m.kind = k.kind
        ORDER BY w.week, k.kind
        """,
        {"first": first.monday, "last": last.monday},
    )


def sentiment_by_week(
    lake: Lake,
    first: Week,
    last: Week,
    kinds: Sequence[str] | None = None,
    topic: str | None = None,
) -> pd.DataFrame:
    """Documents per week and sentiment toward the service.

    Returns:
        Columns week, sentiment (negatif, netral, positif), n.
    """
    return lake.frame(
        """
        SELECT week, sentiment, CAST(sum(n) AS BIGINT) AS n FROM (
          UNPIVOT (
            SELECT week, n_negative AS negatif, n_neutral AS netral, n_positive AS positif
            FROM mart_week_topic
            WHERE week BETWEEN $first::DATE AND $last::DATE
              AND ($kinds IS NULL OR list_contains($kinds::VARCHAR[], kind))
              AND ($topic IS NULL OR topic = $topic)
          ) ON negatif, netral, positif INTO NAME sentiment VALUE n
        ) GROUP BY week, sentiment ORDER BY week, sentiment
        """,
        {
            "first": first.monday,
            "last": last.monday,
            "kinds": list(kinds) if kinds else None,
            "topic": topic,
        },
    )


def topics(lake: Lake, week: Week, kinds: Sequence[str] | None = None, window: int = 1) -> pd.DataFrame:
    """Topics of the `window` weeks that end with `week`, beside the mean of the 4 weeks before.

    Returns:
        Columns topic, topic_label, dimension_label, n, n_stories, mean_before (per window),
        n_negative, n_neutral, n_positive; most frequent first.
    """
    return lake.frame(
        """
        SELECT topic, any_value(topic_label) AS topic_label, any_value(dimension_label) AS dimension_label,
          CAST(coalesce(sum(n) FILTER (week > $week::DATE - to_weeks($window)), 0) AS BIGINT) AS n,
          CAST(coalesce(sum(n_stories) FILTER (week > $week::DATE - to_weeks($window)), 0) AS BIGINT) AS n_stories,
          coalesce(sum(n) FILTER (week <= $week::DATE - to_weeks($window)), 0) * $window / 4.0 AS mean_before,
          CAST(coalesce(sum(n_negative) FILTER (week > $week::DATE - to_weeks($window)), 0) AS BIGINT) AS n_negative,
          CAST(coalesce(sum(n_neutral) FILTER (week > $week::DATE - to_weeks($window)), 0) AS BIGINT) AS n_neutral,
          CAST(coalesce(sum(n_positive) FILTER (week > $week::DATE - to_weeks($window)), 0) AS BIGINT) AS n_positive
        FROM mart_week_topic
        WHERE week <= $week::DATE AND week > $week::DATE - to_weeks($window + 4)
          AND ($kinds IS NULL OR list_contains($kinds::VARCHAR[], kind))
        GROUP BY topic HAVING n > 0 ORDER BY n DESC, topic
        """,
        {"week": week.monday, "kinds": list(kinds) if kinds else None, "window": window},
    )


def opd_tone(lake: Lake, week: Week, window: int = 4) -> pd.DataFrame:
    """Tone per agency over the `window` weeks that end with `week`, all kinds.

    Returns:
        Columns opd_id, opd_short, opd_name, opd_group, n, n_negative, n_neutral, n_positive,
        n_toned (documents with a service sentiment) and net_tone, which is NULL below
        `MIN_N` toned documents.
    """
    return lake.frame(
        """
        SELECT *, CASE WHEN n_toned >= $min_n THEN (n_positive - n_negative) / n_toned::DOUBLE END AS net_tone
        FROM (
          SELECT opd_id, any_value(opd_short) AS opd_short, any_value(opd_name) AS opd_name,
            any_value(opd_group) AS opd_group, CAST(sum(n) AS BIGINT) AS n,
            CAST(sum(n_negative) AS BIGINT) AS n_negative, CAST(sum(n_neutral) AS BIGINT) AS n_neutral,
            CAST(sum(n_positive) AS BIGINT) AS n_positive,
            CAST(sum(n_negative + n_neutral + n_positive) AS BIGINT) AS n_toned
          FROM mart_week_opd
          WHERE week <= $week::DATE AND week > $week::DATE - to_weeks($window)
          GROUP BY opd_id
        ) ORDER BY n DESC, opd_id
        """,
        {"week": week.monday, "window": window, "min_n": MIN_N},
    )


def kecamatan_volume(
    lake: Lake, week: Week, kinds: Sequence[str] | None = None, window: int = 4
) -> pd.DataFrame:
    """Documents per kecamatan over the `window` weeks that end with `week`; all 21, zeros too.

    Returns:
        Columns kecamatan, lat, lon (degrees), population, n, n_negative, n_positive.
    """
    return lake.frame(
        """
        SELECT k.kecamatan, k.lat, k.lon, k.population,
          CAST(coalesce(sum(m.n), 0) AS BIGINT) AS n,
          CAST(coalesce(sum(m.n_negative), 0) AS BIGINT) AS n_negative,
          CAST(coalesce(sum(m.n_positive), 0) AS BIGINT) AS n_positive
        FROM dim_kecamatan k
        LEFT JOIN mart_week_kecamatan m ON m.kecamatan = k.kecamatan
          AND m.week <= $week::DATE AND m.week > $week::DATE - to_weeks($window)
          AND ($kinds IS NULL OR list_contains($kinds::VARCHAR[], m.kind))
        GROUP BY k.kecamatan, k.lat, k.lon, k.population ORDER BY n DESC, k.kecamatan
        """,
        {"week": week.monday, "kinds": list(kinds) if kinds else None, "window": window},
    )


def quick_wins(lake: Lake, week: Week, window: int = 4) -> pd.DataFrame:
    """Mentions of every quick win over the `window` weeks that end with `week`, zeros too.

    Returns:
        Columns quick_win, name, n, n_stories, n_advertorial, n_negative, n_neutral, n_positive.
    """
    return lake.frame(
        """
        SELECT q.quick_win, q.name,
          CAST(coalesce(sum(m.n), 0) AS BIGINT) AS n, CAST(coalesce(sum(m.n_stories), 0) AS BIGINT) AS n_stories,
          CAST(coalesce(sum(m.n_advertorial), 0) AS BIGINT) AS n_advertorial,
          CAST(coalesce(sum(m.n_negative), 0) AS BIGINT) AS n_negative,
          CAST(coalesce(sum(m.n_neutral), 0) AS BIGINT) AS n_neutral,
          CAST(coalesce(sum(m.n_positive), 0) AS BIGINT) AS n_positive
        FROM dim_quick_win q
        LEFT JOIN mart_week_quick_win m ON m.quick_win = q.quick_win
          AND m.week <= $week::DATE AND m.week > $week::DATE - to_weeks($window)
        GROUP BY q.quick_win, q.name ORDER BY n DESC, q.quick_win
        """,
        {"week": week.monday, "window": window},
    )


def choices(lake: Lake) -> dict[str, pd.DataFrame]:
    """What filters may offer: frames `sources`, `topics`, `opd`, `kecamatan` (key, label)."""
    return {
        "sources": lake.frame("SELECT source_id AS key, name AS label FROM dim_source ORDER BY label"),
        "topics": lake.frame("SELECT topic AS key, label FROM dim_topic ORDER BY label"),
        "opd": lake.frame("SELECT opd_id AS key, short AS label FROM dim_opd ORDER BY label"),
        "kecamatan": lake.frame(
            "SELECT kecamatan AS key, kecamatan AS label FROM dim_kecamatan ORDER BY label"
        ),
    }
