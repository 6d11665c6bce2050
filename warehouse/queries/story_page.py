"""What the page of one story asks beside its articles: its course, who repeats whom, quotes, offices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.lake import Lake
from warehouse.queries.documents import find_by_id, only_these
from warehouse.queries.narrowed import Values, narrowed
from warehouse.queries.stories import articles_of, days_of

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Echo:
    """Press-release echo (`mart_story_echo`).

    Attributes:
        n: articles of the press.
        n_echo: those that repeat a text a government published too.
    """

    n: int
    n_echo: int


def story_days(lake: Lake, story_id: str) -> pd.DataFrame:
    """Articles per day and voice (`mart_story_day`), oldest day first; days in between without any, too.

    Returns:
        Columns day (date), voice (release, own, copy), n.
    """
    return lake.frame(
        """
        WITH told AS (SELECT * FROM mart_story_day WHERE story_id = $id),
        days AS (
          SELECT CAST(unnest(range(min(day), max(day) + INTERVAL 1 DAY, INTERVAL 1 DAY)) AS DATE) AS day FROM told
        )
        SELECT d.day, v.voice, coalesce(t.n, 0) AS n
        FROM days d CROSS JOIN (SELECT DISTINCT voice FROM told) v
        LEFT JOIN told t ON t.day = d.day AND t.voice = v.voice ORDER BY d.day, v.voice
        """,
        {"id": story_id},
    )


def story_echo(lake: Lake, story_id: str) -> Echo:
    """How much of the press repeats a government's text; zeros for a story without press."""
    rows = lake.rows("SELECT n, n_echo FROM mart_story_echo WHERE story_id = $id", {"id": story_id})
    return Echo(*rows[0]) if rows else Echo(0, 0)


def story_outlets(lake: Lake, story_id: str) -> pd.DataFrame:
    """Who wrote: source_name, n, n_own, n_copies, n_advertorial, first_at; the first to write first."""
    return lake.frame(
        f"""
        SELECT any_value(source_name) AS source_name, count(*) AS n, count(*) FILTER (copy_of IS NULL) AS n_own,
          count(*) FILTER (copy_of IS NOT NULL) AS n_copies, count(*) FILTER (advertorial) AS n_advertorial,
          min(dated_at) AS first_at
        FROM mart_fact WHERE relevant AND story_id = $id AND {days_of(lake, story_id)}
        GROUP BY source_id ORDER BY first_at, source_id
        """,  # noqa: S608 - days
        {"id": story_id},
    )


def story_offices(lake: Lake, story_id: str) -> pd.DataFrame:
    """The offices its articles concern: opd_id, opd_short, n, n_negative, n_neutral, n_positive; most first."""
    return lake.frame(
        f"""
        SELECT s.opd_id, coalesce(any_value(o.short), s.opd_id) AS opd_short, count(*) AS n,
          count(*) FILTER (s.sentiment = 'negatif') AS n_negative,
          count(*) FILTER (s.sentiment = 'netral') AS n_neutral,
          count(*) FILTER (s.sentiment = 'positif') AS n_positive
        FROM (
          SELECT unnest(opd_ids) AS opd_id, sentiment FROM document_fact
          WHERE relevant AND story_id = $id AND {days_of(lake, story_id)}
        ) s
        LEFT JOIN dim_opd o ON o.opd_id = s.opd_id GROUP BY s.opd_id ORDER BY n DESC, s.opd_id
        """,  # noqa: S608 - days
        {"id": story_id},
    )


def story_copies(lake: Lake, story_id: str) -> pd.DataFrame:
    """Who repeats whom in one story: columns of `mart_copy`, oldest first."""
    roots = lake.rows(
        "SELECT DISTINCT copy_of FROM document_fact WHERE relevant AND story_id = $id "  # noqa: S608 - days
        f"AND copy_of IS NOT NULL AND {days_of(lake, story_id)}",
        {"id": story_id},
    )
    own = articles_of(lake, story_id)
    days = {day for _, day, _ in own if day is not None}
    wanted = {*own, *find_by_id(lake, [root for (root,) in roots], days)}
    there = sorted(wanted, key=lambda one: one[0])
    only: dict[str, Values] = {**only_these(there), "enrichment": {"doc_id": [one[0] for one in there]}}
    frame = narrowed(lake, "mart_copy", only)
    mine = frame[frame["story_id"] == story_id]
    return mine.sort_values(["dated_at", "doc_id"]).reset_index(drop=True)


def story_quotes(lake: Lake, story_id: str, limit: int = 6) -> pd.DataFrame:
    """Quotes of one story (`mart_quote`): those that most outlets carry first."""
    frame = narrowed(lake, "mart_quote", only_these(articles_of(lake, story_id)))
    order = frame.sort_values(["n_sources", "dated_at", "quote"], ascending=[False, True, True])
    return order.head(limit).reset_index(drop=True)
