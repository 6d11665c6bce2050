"""Videos and their comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.lake import Lake

if TYPE_CHECKING:
    import pandas as pd


def videos(lake: Lake, limit: int = 50) -> pd.DataFrame:
    """Relevant videos, newest first; columns of `mart_video`."""
    return lake.frame(
        "SELECT * FROM mart_video WHERE relevant ORDER BY dated_at DESC, doc_id LIMIT $limit",
        {"limit": limit},
    )


def video_comments(lake: Lake, video_id: str, limit: int = 200) -> pd.DataFrame:
    """Comments on one video, newest first: doc_id, author, text, dated_at, sentiment, likes."""
    return lake.frame(
        "SELECT doc_id, author, text, dated_at, sentiment, topic_label, likes FROM mart_document "
        "WHERE parent_id = $id AND kind = 'comment' ORDER BY dated_at DESC, doc_id LIMIT $limit",
        {"id": video_id, "limit": limit},
    )
