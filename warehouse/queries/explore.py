"""Questions of someone who looks around: stories by any filter, what rose, ways in for complaints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.lake import Lake
from warehouse.queries.documents import DocumentFilter, Page, conditions
from warehouse.queries.trends import MIN_N, topics
from warehouse.queries.weeks import Week

if TYPE_CHECKING:
    import pandas as pd


def find_stories(lake: Lake, wanted: DocumentFilter, limit: int = 20, offset: int = 0) -> Page:
    """Stories with at least one article that fits, the most independent voices first.

    Returns:
        Columns of `mart_story` plus n_matching: articles of the story that fit the filter.
    """
    where, params = conditions(wanted)
    matching = (
        "SELECT story_id, count(*) AS n_matching FROM mart_document "  # noqa: S608 - conditions of ours
        f"WHERE story_id IS NOT NULL AND {where} GROUP BY story_id"
    )
    total = lake.value(f"SELECT count(*) FROM ({matching})", params)  # noqa: S608 - same
    rows = lake.frame(
        f"SELECT s.*, m.n_matching FROM mart_story s JOIN ({matching}) m ON m.story_id = s.story_id "  # noqa: S608 - same
        "ORDER BY s.n_voices DESC, s.n_articles DESC, s.last_at DESC, s.story_id LIMIT $limit OFFSET $offset",
        {**params, "limit": limit, "offset": offset},
    )
    return Page(rows, int(total))


def risen_topics(lake: Lake, week: Week, limit: int = 5) -> pd.DataFrame:
    """Topics with more documents in `week` than usual, the largest rise first.

    Only topics with at least `MIN_N` documents in the week: fewer are chance.

    Returns:
        Columns of `topics` plus more: documents above the mean of the four weeks before.
    """
    frame = topics(lake, week)
    frame = frame.assign(more=frame["n"] - frame["mean_before"])
    risen = frame[(frame["n"] >= MIN_N) & (frame["more"] > 0)]
    return risen.sort_values(["more", "topic"], ascending=[False, True]).head(limit)


def channels(lake: Lake) -> pd.DataFrame:
    """The channels complaints came in by, and how many relevant ones: channel, n."""
    return lake.frame(
        "SELECT channel, count(*) AS n FROM mart_complaint WHERE relevant GROUP BY channel ORDER BY n DESC, channel"
    )
