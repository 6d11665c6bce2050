"""Volumes and tones over weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from warehouse.access import whole
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


@whole
def week_total(lake: Lake, week: Week, kinds: Sequence[str] | None = None) -> WeekTotal:
    """Totals of one week (`mart_week_total`).

    Args:
        lake: an open lake.
        week: the week.
        kinds: the kind of documents, one of them; None: all together.

    Raises:
        ValueError: more than one kind; sources and stories of several do not add up.
    """
    if kinds and len(kinds) > 1:
        raise ValueError(f"one kind at a time, or all of them, not {list(kinds)}")
    row = lake.rows(
        """
        WITH t AS (
          SELECT
            CAST(coalesce(sum(n) FILTER (week = $week::DATE), 0) AS BIGINT) AS n,
            CAST(coalesce(sum(n) FILTER (week = $week::DATE - 7), 0) AS BIGINT) AS n_before,
            coalesce(sum(n) FILTER (week < $week::DATE), 0) / 4.0 AS mean_4,
            coalesce(any_value(n_stories) FILTER (week = $week::DATE), 0) AS n_stories,
            coalesce(any_value(n_sources) FILTER (week = $week::DATE), 0) AS n_sources,
            coalesce(any_value(n_negative) FILTER (week = $week::DATE), 0) AS n_negative,
            coalesce(any_value(n_neutral) FILTER (week = $week::DATE), 0) AS n_neutral,
            coalesce(any_value(n_positive) FILTER (week = $week::DATE), 0) AS n_positive
          FROM mart_week_total
          WHERE kind = $kind AND week BETWEEN $week::DATE - 28 AND $week::DATE
        )
        SELECT *,
          share(n - n_before, n_before), net_tone(n_negative, n_neutral, n_positive)
        FROM t
        """,
        {"week": week.monday, "kind": kinds[0] if kinds else "*"},
    )[0]
    return WeekTotal(*row)


def volume_by_week(lake: Lake, first: Week, last: Week) -> pd.DataFrame:
    """Documents per week and kind, with zero rows for silent weeks.

    Returns:
        Columns week (date), kind, n, n_stories, n_sources, and of the week n_reached, n_expected
        and coverage (`mart_coverage_week`; NULL: no source was expected yet).
    """
    return lake.frame(
        """
        WITH w AS (SELECT CAST(unnest(range($first::DATE, $last::DATE + INTERVAL 1 DAY, INTERVAL 7 DAY)) AS DATE) AS week),
        k AS (SELECT DISTINCT kind FROM mart_week_kind),
        m AS (SELECT * FROM mart_week_kind WHERE week BETWEEN $first::DATE AND $last::DATE)
        SELECT w.week, k.kind, coalesce(m.n, 0) AS n, coalesce(m.n_stories, 0) AS n_stories,
          coalesce(m.n_sources, 0) AS n_sources, c.n_reached, c.n_expected, c.coverage
        FROM w CROSS JOIN k LEFT JOIN m ON m.week = w.week AND m.kind = k.kind
        LEFT JOIN mart_coverage_week c ON c.week = w.week
        ORDER BY w.week, k.kind
        """,
        {"first": first.monday, "last": last.monday},
    )


def week_coverage(lake: Lake, first: Week, last: Week) -> pd.DataFrame:
    """Source coverage of each week: what every point of a trend rests on.

    Returns:
        Columns week, n_reached, n_expected, coverage; NULL where no source was expected yet.
    """
    return lake.frame(
        """
        WITH w AS (SELECT CAST(unnest(range($first::DATE, $last::DATE + INTERVAL 1 DAY, INTERVAL 7 DAY)) AS DATE) AS week)
        SELECT w.week, c.n_reached, c.n_expected, c.coverage
        FROM w LEFT JOIN mart_coverage_week c ON c.week = w.week ORDER BY w.week
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
        Columns week, sentiment (negatif, netral, positif), n, and coverage as in `volume_by_week`.
    """
    return lake.frame(
        """
        SELECT t.*, c.n_reached, c.n_expected, c.coverage FROM (
        SELECT week, sentiment, CAST(sum(n) AS BIGINT) AS n FROM (
          UNPIVOT (
            SELECT week, n_negative AS negatif, n_neutral AS netral, n_positive AS positif
            FROM mart_week_topic
            WHERE week BETWEEN $first::DATE AND $last::DATE
              AND ($kinds IS NULL OR list_contains($kinds::VARCHAR[], kind))
              AND ($topic IS NULL OR topic = $topic)
          ) ON negatif, netral, positif INTO NAME sentiment VALUE n
        ) GROUP BY week, sentiment
        ) t LEFT JOIN mart_coverage_week c ON c.week = t.week ORDER BY t.week, t.sentiment
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

    The same as `mart_tone` (I10), for any window: for the last complete weeks the two agree.

    Returns:
        Columns opd_id, opd_short, opd_name, opd_group, n, n_negative, n_neutral, n_positive,
        n_toned (documents with a service sentiment), net_tone and its 95 % interval (net_tone_low,
        net_tone_high), which are NULL below ten toned documents. rank_first, rank_last and n_ranked:
        the places from the most negative on that the intervals allow, as in `mart_league`; offices
        above the regency are ranked among themselves. NULL without an interval.
    """
    return opd_tone_between(lake, week.shift(1 - window).monday, week.sunday)


@whole
def opd_tone_between(lake: Lake, first: date, last: date) -> pd.DataFrame:
    """The same for any days (WIB, both included); columns of `opd_tone`."""
    return lake.frame(
        """
        WITH texts AS (
          SELECT scope_id AS opd_id, root, count(*) AS n, count(sentiment) AS n_toned,
            count(*) FILTER (sentiment = 'negatif') AS n_negative,
            count(*) FILTER (sentiment = 'netral') AS n_neutral,
            count(*) FILTER (sentiment = 'positif') AS n_positive
          FROM mart_counted_scope
          WHERE scope = 'opd' AND day BETWEEN $first::DATE AND $last::DATE
          GROUP BY scope_id, root
        ),
        summed AS (
          SELECT opd_id, CAST(sum(n) AS BIGINT) AS n, CAST(sum(n_negative) AS BIGINT) AS n_negative,
            CAST(sum(n_neutral) AS BIGINT) AS n_neutral, CAST(sum(n_positive) AS BIGINT) AS n_positive,
            CAST(sum(n_toned) AS BIGINT) AS n_toned,
            sum(n_toned) * sum(n_toned) / nullif(sum(n_toned * n_toned), 0) AS n_effective
          FROM texts GROUP BY opd_id
        ),
        judged AS (
          SELECT s.opd_id, o.short AS opd_short, o.name AS opd_name, o.grp AS opd_group,
            s.* EXCLUDE (opd_id, n_effective), net_tone(n_negative, n_neutral, n_positive) AS net_tone,
            CASE WHEN enough(n_toned) THEN net_tone_low(n_positive / n_toned, n_negative / n_toned, n_effective) END AS net_tone_low,
            CASE WHEN enough(n_toned) THEN net_tone_high(n_positive / n_toned, n_negative / n_toned, n_effective) END AS net_tone_high
          FROM summed s LEFT JOIN dim_opd o ON o.opd_id = s.opd_id
        ),
        beside AS (
          SELECT *, list({low: net_tone_low, high: net_tone_high}) FILTER (net_tone_low IS NOT NULL)
            OVER (PARTITION BY opd_group IS NOT DISTINCT FROM 'vertical') AS ranked
          FROM judged
        )
        SELECT * EXCLUDE (ranked),
          CASE WHEN net_tone_low IS NOT NULL THEN 1 + len(list_filter(ranked, lambda x: x.high < net_tone_low)) END AS rank_first,
          CASE WHEN net_tone_low IS NOT NULL THEN len(ranked) - len(list_filter(ranked, lambda x: x.low > net_tone_high)) END AS rank_last,
          CASE WHEN net_tone_low IS NOT NULL THEN len(ranked) END AS n_ranked
        FROM beside ORDER BY n DESC, opd_id
        """,
        {"first": first, "last": last},
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


@whole
def quick_wins(lake: Lake, week: Week, window: int = 4) -> pd.DataFrame:
    """Mentions of every quick win over the `window` weeks that end with `week`, zeros too.

    Returns:
        Columns quick_win, name, n, n_stories (once, however many weeks it went on), n_advertorial,
        n_negative, n_neutral, n_positive.
    """
    return lake.frame(
        """
        WITH told AS (
          SELECT unnest(m.quick_wins) AS quick_win, m.* FROM mart_counted m
          WHERE m.week <= $week::DATE AND m.week > $week::DATE - to_weeks($window)
        )
        SELECT q.quick_win, q.name, count(m.doc_id) AS n, count(DISTINCT m.item) AS n_stories,
          count(*) FILTER (m.advertorial) AS n_advertorial,
          count(*) FILTER (m.sentiment = 'negatif') AS n_negative,
          count(*) FILTER (m.sentiment = 'netral') AS n_neutral,
          count(*) FILTER (m.sentiment = 'positif') AS n_positive
        FROM dim_quick_win q LEFT JOIN told m ON m.quick_win = q.quick_win
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
