"""Questions of someone who looks around: stories by any filter, ways in for complaints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from warehouse.access import whole
from warehouse.lake import Lake
from warehouse.queries.documents import DocumentFilter, Page, conditions, source
from warehouse.queries.stories import heads

if TYPE_CHECKING:
    import pandas as pd


def find_stories(
    lake: Lake,
    wanted: DocumentFilter,
    limit: int = 20,
    offset: int = 0,
    *,
    doc_ids: Sequence[str] | None = None,
) -> Page:
    """Stories with at least one article that fits, the most independent voices first.

    Args:
        lake: an open lake.
        wanted: what fits.
        limit: stories at most.
        offset: stories to pass over.
        doc_ids: only these documents can fit (a search found them); None: any.

    Returns:
        Columns of `mart_story` plus n_matching: articles of the story that fit the filter.
    """
    where, params = conditions(wanted)
    if doc_ids is not None:
        where += " AND doc_id IN (SELECT unnest($doc_ids::VARCHAR[]))"
        params["doc_ids"] = list(doc_ids)
    if doc_ids is None and wanted == DocumentFilter():
        matching = "SELECT story_id, n_articles AS n_matching FROM mart_story_count"
    else:
        matching = (
            f"SELECT story_id, count(*) AS n_matching FROM {source(wanted)} "  # noqa: S608 - conditions of ours
            f"WHERE story_id IS NOT NULL AND {where} GROUP BY story_id"
        )
    found = lake.frame(
        f"""
        WITH m AS MATERIALIZED ({matching}),
        page AS (
          SELECT row_number() OVER () AS place, story_id, n_matching FROM (
            SELECT c.story_id, m.n_matching
            FROM mart_story_count c
            JOIN m ON m.story_id = c.story_id
            JOIN story s ON s.story_id = c.story_id
            ORDER BY c.n_voices DESC, c.n_articles DESC, s.last_at DESC, c.story_id LIMIT $limit OFFSET $offset
          )
        )
        SELECT t.total, page.* FROM (SELECT count(*) AS total FROM m) t LEFT JOIN page ON true ORDER BY place
        """,  # noqa: S608 - same
        {**params, "limit": limit, "offset": offset},
    )
    page = found.loc[found["story_id"].notna(), ["story_id", "n_matching"]].astype({"n_matching": "int64"})
    rows = heads(lake, list(page["story_id"])).merge(page, on="story_id")
    return Page(rows, int(found["total"].iloc[0]))


@whole
def channels(lake: Lake) -> pd.DataFrame:
    """The channels complaints came in by, and how many relevant ones: channel, n."""
    return lake.frame(
        "SELECT channel, count(*) AS n FROM mart_complaint WHERE relevant GROUP BY channel ORDER BY n DESC, channel"
    )
