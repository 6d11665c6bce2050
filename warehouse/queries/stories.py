"""Stories and alerts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warehouse.lake import Lake
from warehouse.queries.weeks import Week

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Story:
    """One story and its articles (columns of `documents`, oldest first)."""

    head: dict[str, Any]
    articles: pd.DataFrame


def stories(lake: Lake, week: Week | None = None, topic: str | None = None, limit: int = 50) -> pd.DataFrame:
    """Stories with an article in `week` (None: any week), most articles first.

    Returns:
        Columns of `mart_story` plus n_articles_week: articles within the week.
    """
    return lake.frame(
        """
        SELECT s.*, w.n_articles_week
        FROM mart_story s
        JOIN (
          SELECT story_id, count(*) AS n_articles_week FROM mart_document
          WHERE relevant AND story_id IS NOT NULL AND ($week IS NULL OR week = $week::DATE) GROUP BY story_id
        ) w ON w.story_id = s.story_id
        WHERE $topic IS NULL OR s.topic = $topic
        ORDER BY w.n_articles_week DESC, s.n_voices DESC, s.last_at DESC, s.story_id LIMIT $limit
        """,
        {"week": week.monday if week else None, "topic": topic, "limit": limit},
    )


def story(lake: Lake, story_id: str) -> Story | None:
    """One story with its articles, or None if there is none of this id."""
    head = lake.frame("SELECT * FROM mart_story WHERE story_id = $id", {"id": story_id})
    if head.empty:
        return None
    articles = lake.frame(
        "SELECT doc_id, source_name, title, url, dated_at, sentiment, copy_of, advertorial, left(text, 300) AS excerpt "
        "FROM mart_document WHERE story_id = $id AND relevant ORDER BY dated_at, doc_id",
        {"id": story_id},
    )
    return Story(dict(head.iloc[0]), articles)


def alerts(lake: Lake, *, open_only: bool = True) -> pd.DataFrame:
    """Alerts, newest window first.

    Returns:
        Columns of the `alert` table plus subject_label (topic or source name).
    """
    return lake.frame(
        """
        SELECT a.*, coalesce(t.label, s.name, a.subject) AS subject_label
        FROM alert a
        LEFT JOIN dim_topic t ON t.topic = a.subject
        LEFT JOIN dim_source s ON s.source_id = a.subject
        WHERE NOT $open_only OR a.status <> 'closed'
        ORDER BY a.window_end DESC, a.observed / greatest(a.expected, 0.1) DESC, a.alert_id
        """,
        {"open_only": open_only},
    )


def story_total(lake: Lake) -> int:
    """How many stories there are."""
    return int(lake.value("SELECT count(*) FROM mart_story"))
