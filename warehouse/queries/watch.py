"""The series that alert rules look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.lake import Lake
from warehouse.queries.weeks import Week

if TYPE_CHECKING:
    import pandas as pd


def topic_series(lake: Lake, last: Week, weeks: int) -> pd.DataFrame:
    """Independent items per topic and week, over `weeks` weeks that end with `last`.

    An item is a complaint, a post, or a story (not an article: copies do not add up).
    Comments are left out: one video can bring hundreds.

    Returns:
        Columns topic, topic_label, week, n and n_articles; every topic has every week.
    """
    return lake.frame(
        """
        WITH w AS (
          SELECT CAST(unnest(range($last::DATE - to_weeks($weeks - 1), $last::DATE + INTERVAL 1 DAY, INTERVAL 7 DAY)) AS DATE) AS week
        ),
        counted AS (
          SELECT topic, week, sum(n_stories) AS n, sum(n) AS n_articles
          FROM mart_week_topic WHERE kind <> 'comment' GROUP BY topic, week
        )
        SELECT t.topic, t.label AS topic_label, w.week,
          CAST(coalesce(c.n, 0) AS BIGINT) AS n, CAST(coalesce(c.n_articles, 0) AS BIGINT) AS n_articles
        FROM dim_topic t CROSS JOIN w
        LEFT JOIN counted c ON c.topic = t.topic AND c.week = w.week
        WHERE t.dimension IS NOT NULL
        ORDER BY t.topic, w.week
        """,
        {"last": last.monday, "weeks": weeks},
    )


def widespread_stories(lake: Lake, week: Week, hours: int, min_sources: int) -> pd.DataFrame:
    """Stories that began in `week` and reached many outlets within `hours` of their beginning.

    Returns:
        Columns story_id, title, n_sources (within the hours), n_voices (outlets with a text
        of their own, over the whole story).
    """
    return lake.frame(
        """
        SELECT s.story_id, s.title, count(DISTINCT d.source_id) AS n_sources, any_value(s.n_voices) AS n_voices
        FROM mart_story s JOIN mart_document d ON d.story_id = s.story_id
        WHERE s.first_week = $week::DATE AND d.relevant AND d.dated_at <= s.first_at + to_hours($hours)
        GROUP BY s.story_id, s.title HAVING count(DISTINCT d.source_id) >= $min_sources
        ORDER BY n_sources DESC, s.story_id
        """,
        {"week": week.monday, "hours": hours, "min_sources": min_sources},
    )
