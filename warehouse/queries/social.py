"""What the page of social media asks: channels, mood, videos, and the words that mark one group of texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from warehouse.lake import Lake
from warehouse.queries.documents import Page, newest
from warehouse.queries.videos import videos_by_id
from warehouse.queries.weeks import Week

if TYPE_CHECKING:
    import pandas as pd

Contrast = Literal["before", "negative"]
"""``before``: these weeks against as many before; ``negative``: negative texts of these weeks against the rest."""

PRIOR_WEIGHT = 500.0
"""Words the prior counts for: the more, the more a rare word has to show before it stands out."""
PRIOR_WEEKS = 12
"""The prior is how often a word was used in these last weeks, whatever the group."""
LEAST_TEXTS = 5
LEAST_PEOPLE = 3
"""A word that fewer texts or people have is not shown: it might point at a person."""
LEAST_Z = 1.96
"""Below this a difference may be chance (5 in 100)."""


@dataclass(frozen=True, slots=True)
class Mood:
    """Documents of some kinds over some weeks.

    Attributes:
        n: all of them.
        net_tone: (positive - negative) / toned ones, None below ten of these.
    """

    n: int
    n_toned: int
    n_negative: int
    n_neutral: int
    n_positive: int
    net_tone: float | None


def mood(lake: Lake, kinds: Sequence[str], first: Week, last: Week) -> Mood:
    """How much was said from `first` to `last`, and in which tone (`mart_week_kind`)."""
    row = lake.rows(
        """
        WITH t AS (
          SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS n, CAST(coalesce(sum(n_negative), 0) AS BIGINT) AS n_negative,
            CAST(coalesce(sum(n_neutral), 0) AS BIGINT) AS n_neutral,
            CAST(coalesce(sum(n_positive), 0) AS BIGINT) AS n_positive
          FROM mart_week_kind
          WHERE list_contains($kinds::VARCHAR[], kind) AND week BETWEEN $first::DATE AND $last::DATE
        )
        SELECT n, n_negative + n_neutral + n_positive, n_negative, n_neutral, n_positive,
          net_tone(n_negative, n_neutral, n_positive) FROM t
        """,
        {"kinds": list(kinds), "first": first.monday, "last": last.monday},
    )[0]
    return Mood(*row)


def mood_by_week(lake: Lake, kinds: Sequence[str], first: Week, last: Week) -> pd.DataFrame:
    """The same per week, silent weeks too; columns of `sentiment_by_week`. Empty if nothing is toned."""
    return lake.frame(
        """
        WITH w AS (SELECT CAST(unnest(range($first::DATE, $last::DATE + INTERVAL 1 DAY, INTERVAL 7 DAY)) AS DATE) AS week),
        m AS (
          SELECT week, sum(n_negative) AS negatif, sum(n_neutral) AS netral, sum(n_positive) AS positif
          FROM mart_week_kind WHERE list_contains($kinds::VARCHAR[], kind) GROUP BY week
        ),
        filled AS (
          SELECT w.week, coalesce(m.negatif, 0) AS negatif, coalesce(m.netral, 0) AS netral,
            coalesce(m.positif, 0) AS positif
          FROM w LEFT JOIN m ON m.week = w.week
        )
        SELECT t.week, t.sentiment, CAST(t.n AS BIGINT) AS n, c.n_reached, c.n_expected, c.coverage
        FROM (UNPIVOT filled ON negatif, netral, positif INTO NAME sentiment VALUE n) t
        LEFT JOIN mart_coverage_week c ON c.week = t.week
        WHERE (SELECT sum(negatif + netral + positif) FROM filled) > 0
        ORDER BY t.week, t.sentiment
        """,
        {"kinds": list(kinds), "first": first.monday, "last": last.monday},
    )


def channel_volume(lake: Lake, first: Week, last: Week) -> pd.DataFrame:
    """What each channel brought, most comments and posts first (`mart_channel_week`).

    Returns:
        Columns source_id, source_name, n_videos, n_posts, n_comments, n_toned, n_negative, n_positive,
        net_tone (NULL below ten toned comments and posts).
    """
    return lake.frame(
        """
        WITH t AS (
          SELECT source_id, CAST(coalesce(sum(n) FILTER (kind = 'video'), 0) AS BIGINT) AS n_videos,
            CAST(coalesce(sum(n) FILTER (kind = 'social'), 0) AS BIGINT) AS n_posts,
            CAST(coalesce(sum(n) FILTER (kind = 'comment'), 0) AS BIGINT) AS n_comments,
            CAST(coalesce(sum(n_negative) FILTER (kind <> 'video'), 0) AS BIGINT) AS n_negative,
            CAST(coalesce(sum(n_neutral) FILTER (kind <> 'video'), 0) AS BIGINT) AS n_neutral,
            CAST(coalesce(sum(n_positive) FILTER (kind <> 'video'), 0) AS BIGINT) AS n_positive
          FROM mart_channel_week WHERE week BETWEEN $first::DATE AND $last::DATE GROUP BY source_id
        )
        SELECT t.source_id, coalesce(s.name, t.source_id) AS source_name, n_videos, n_posts, n_comments,
          n_negative + n_neutral + n_positive AS n_toned, n_negative, n_positive,
          net_tone(n_negative, n_neutral, n_positive) AS net_tone
        FROM t LEFT JOIN dim_source s ON s.source_id = t.source_id
        ORDER BY n_comments + n_posts DESC, n_videos DESC, t.source_id
        """,
        {"first": first.monday, "last": last.monday},
    )


def find_videos(
    lake: Lake, first: Week, last: Week, source_id: str | None = None, limit: int = 20, offset: int = 0
) -> Page:
    """Relevant videos of some weeks, newest first; columns of `mart_video`."""
    where = (
        "kind = 'video' AND relevant AND week BETWEEN $first::DATE AND $last::DATE "
        "AND ($source IS NULL OR source_id = $source)"
    )
    params = {"first": first.monday, "last": last.monday, "source": source_id}
    page, total = newest(lake, "document_fact", where, params, limit, offset)
    return Page(videos_by_id(lake, page), total)


def words_by_contrast(
    lake: Lake, contrast: Contrast, kinds: Sequence[str], first: Week, last: Week, limit: int = 12
) -> pd.DataFrame:
    """The words that mark one group of comments and posts against another (macro `log_odds`).

    A word counts once per text. Only words of at least `LEAST_TEXTS` texts and `LEAST_PEOPLE` people,
    and of at least `LEAST_Z` standard deviations.

    Args:
        lake: an open lake.
        contrast: which groups.
        kinds: ``comment``, ``social`` or both.
        first: oldest week of the period.
        last: its newest week.
        limit: words at most for each side.

    Returns:
        Columns word, z (above zero: marks the first group), n (texts of the first group that have the
        word), n_other (of the other), n_texts, n_other_texts (texts of each group); the strongest first.
    """
    return lake.frame(
        """
        WITH told AS MATERIALIZED (
          SELECT word, doc_id, author, CASE
            WHEN $contrast = 'before' AND week >= $first::DATE THEN 1
            WHEN $contrast = 'before' AND week >= $before::DATE THEN 2
            WHEN $contrast = 'negative' AND week >= $first::DATE THEN CASE WHEN sentiment = 'negatif' THEN 1 ELSE 2 END
            END AS side
          FROM drill_word
          WHERE list_contains($kinds::VARCHAR[], kind) AND week BETWEEN $oldest::DATE AND $last::DATE
        ),
        sizes AS (
          SELECT count(*) AS used, count(*) FILTER (side = 1) AS n1, count(*) FILTER (side = 2) AS n2,
            count(DISTINCT doc_id) FILTER (side = 1) AS texts1, count(DISTINCT doc_id) FILTER (side = 2) AS texts2
          FROM told
        ),
        counted AS (
          SELECT word, count(*) AS used, count(*) FILTER (side = 1) AS y1, count(*) FILTER (side = 2) AS y2
          FROM told GROUP BY word
          HAVING y1 + y2 >= $texts AND count(DISTINCT author) FILTER (side IS NOT NULL) >= $people
        ),
        judged AS (
          SELECT c.word, c.y1 AS n, c.y2 AS n_other, s.texts1 AS n_texts, s.texts2 AS n_other_texts,
            log_odds(c.y1, s.n1, c.y2, s.n2, $weight * c.used / s.used, $weight) AS z
          FROM counted c CROSS JOIN sizes s WHERE s.n1 > 0 AND s.n2 > 0
        )
        SELECT word, z, n, n_other, n_texts, n_other_texts FROM judged
        WHERE abs(z) >= $least
        QUALIFY row_number() OVER (PARTITION BY z > 0 ORDER BY abs(z) DESC, word) <= $limit
        ORDER BY z DESC, word
        """,
        {
            "contrast": contrast,
            "kinds": list(kinds),
            "first": first.monday,
            "last": last.monday,
            "before": _before(first, last).monday,
            "oldest": min(last.shift(1 - PRIOR_WEEKS), _before(first, last)).monday,
            "texts": LEAST_TEXTS,
            "people": LEAST_PEOPLE,
            "weight": PRIOR_WEIGHT,
            "least": LEAST_Z,
            "limit": limit,
        },
    )


def _before(first: Week, last: Week) -> Week:
    """The oldest week of as many weeks before `first` as the period has."""
    return Week(first.monday - (last.shift(1).monday - first.monday))
