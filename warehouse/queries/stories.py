"""Stories and alerts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warehouse.lake import Lake
from warehouse.queries.documents import Found, find, listed, only_these
from warehouse.queries.narrowed import Values, narrowed
from warehouse.queries.paging import Window
from warehouse.queries.weeks import Week

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Story:
    """One story and its articles (columns of `mart_listed`, oldest first)."""

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
          SELECT story_id, count(*) AS n_articles_week FROM document_fact
          WHERE relevant AND story_id IS NOT NULL AND ($week IS NULL OR week = $week::DATE) GROUP BY story_id
        ) w ON w.story_id = s.story_id
        WHERE $topic IS NULL OR s.topic = $topic
        ORDER BY w.n_articles_week DESC, s.n_voices DESC, s.last_at DESC, s.story_id LIMIT $limit
        """,
        {"week": week.monday if week else None, "topic": topic, "limit": limit},
    )


def story(lake: Lake, story_id: str) -> Story | None:
    """One story with its articles, or None if there is none of this id."""
    head = heads(lake, [story_id])
    if head.empty:
        return None
    return Story(dict(head.iloc[0]), listed(lake, articles_of(lake, story_id)))


def articles_of(lake: Lake, story_id: str) -> list[Found]:
    """The relevant articles of one story, the oldest first."""
    return lake.rows(
        "SELECT doc_id, day, fetched_at FROM document_fact WHERE story_id = $id AND relevant "  # noqa: S608 - days
        f"AND {days_of(lake, story_id)} ORDER BY dated_at, doc_id",
        {"id": story_id},
    )


def days_of(lake: Lake, story_id: str) -> str:
    """A condition on `day`: where the relevant articles of one story lie."""
    lies = lake.rows(
        "SELECT first_day, last_day, n_undated FROM story_fact WHERE story_id = $id", {"id": story_id}
    )
    first, last, n_undated = lies[0] if lies else (None, None, 0)
    return Window(first, last, n_undated > 0, 0).condition()


def heads(lake: Lake, story_ids: Sequence[str]) -> pd.DataFrame:
    """Rows of `mart_story`, in the order of the ids; those without a relevant article have none."""
    only: dict[str, Values] = {
        "story": {"story_id": story_ids},
        "mart_story_count": {"story_id": story_ids},
        **only_these(_leads(lake, story_ids)),
    }
    frame = narrowed(lake, "mart_story", only).set_index("story_id")
    return frame.loc[[key for key in story_ids if key in frame.index]].reset_index()


def _leads(lake: Lake, story_ids: Sequence[str]) -> list[Found]:
    """The first articles; looked for on the first days of their stories, and elsewhere only if need be."""
    rows = lake.rows(
        "SELECT s.lead_doc_id, f.first_day, "
        "CAST(range(s.first_at - INTERVAL 1 DAY, s.last_at + INTERVAL 2 DAY, INTERVAL 1 DAY) AS DATE[]) "
        "FROM story s LEFT JOIN story_fact f ON f.story_id = s.story_id "
        "WHERE list_contains($ids::VARCHAR[], s.story_id)",
        {"ids": list(story_ids)},
    )
    ids = [key for key, _, _ in rows]
    first = {day for _, day, _ in rows if day is not None}
    for days in (first, first | {day for _, _, several in rows for day in several}):
        found = find(lake, {"doc_id": ids, "day": days})
        if len(found) == len(ids):
            return found
    return find(lake, {"doc_id": ids})


def alerts(lake: Lake, *, open_only: bool = True) -> pd.DataFrame:
    """Alerts, newest window first.

    Returns:
        Columns of `mart_alert`.
    """
    return lake.frame(
        """
        SELECT * FROM mart_alert WHERE NOT $open_only OR status <> 'closed'
        ORDER BY window_end DESC, observed / greatest(expected, 0.1) DESC, alert_id
        """,
        {"open_only": open_only},
    )


def story_total(lake: Lake) -> int:
    """How many stories there are."""
    return int(lake.value("SELECT count(*) FROM mart_story"))


def copies(lake: Lake, story_id: str | None = None, week: Week | None = None) -> pd.DataFrame:
    """The copy graph: each article that repeats an earlier text, with the one it repeats.

    Args:
        lake: an open lake.
        story_id: only articles of this story.
        week: only articles of this week.

    Returns:
        Columns of `mart_copy`, oldest first.
    """
    return lake.frame(
        """
        SELECT * FROM mart_copy
        WHERE ($story IS NULL OR story_id = $story) AND ($week IS NULL OR week = $week::DATE)
        ORDER BY dated_at, doc_id
        """,
        {"story": story_id, "week": week.monday if week else None},
    )


def press_echo(lake: Lake, first: Week, last: Week) -> pd.DataFrame:
    """How much of the press about each office repeats the government's own releases.

    Returns:
        Columns opd_id, opd_short, opd_name, n_articles, n_echo, and share (0 to 1; NULL below ten
        articles), from Monday of `first` to Sunday of `last`; most articles first.
    """
    return lake.frame(
        """
        SELECT opd_id, any_value(opd_short) AS opd_short, any_value(opd_name) AS opd_name,
          CAST(sum(n_articles) AS BIGINT) AS n_articles, CAST(sum(n_echo) AS BIGINT) AS n_echo,
          CASE WHEN sum(n_articles) >= 10 THEN sum(n_echo) / sum(n_articles) END AS share
        FROM mart_press_echo WHERE week BETWEEN $first::DATE AND $last::DATE
        GROUP BY opd_id ORDER BY n_articles DESC, opd_id
        """,
        {"first": first.monday, "last": last.monday},
    )


def story_edits(lake: Lake, story_id: str | None = None) -> pd.DataFrame:
    """What people changed about stories, newest first.

    Returns:
        Columns edit, action (merge, split, undo), story_id, undoes, reason, edited_by, edited_at,
        n_articles (pinned by it) and undone.
    """
    return lake.frame(
        """
        SELECT e.*, (SELECT count(*) FROM story_pin p WHERE p.edit = e.edit) AS n_articles,
          e.edit IN (SELECT undoes FROM story_edit WHERE undoes IS NOT NULL) AS undone
        FROM story_edit e
        WHERE $story IS NULL OR e.story_id = $story
          OR e.edit IN (SELECT edit FROM story_pin WHERE story_id = $story)
        ORDER BY e.edit DESC
        """,
        {"story": story_id},
    )
