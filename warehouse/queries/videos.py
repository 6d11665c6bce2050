"""Videos and their comments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from warehouse.lake import Lake
from warehouse.queries.documents import Found, only_these
from warehouse.queries.narrowed import Values, narrowed

if TYPE_CHECKING:
    import pandas as pd


def videos_by_id(lake: Lake, page: Sequence[Found]) -> pd.DataFrame:
    """Rows of `mart_video`, in the order of `page`."""
    ids = [doc_id for doc_id, _, _ in page]
    only: dict[str, Values] = {**only_these(page), "mart_comment_mood": {"parent_id": ids}}
    return narrowed(lake, "mart_video", only).set_index("doc_id").loc[ids].reset_index()


def video_comments(lake: Lake, video_id: str, limit: int = 200) -> pd.DataFrame:
    """Comments on one video, newest first: doc_id, author, text, dated_at, sentiment, likes."""
    page = lake.rows(
        "SELECT doc_id, day, fetched_at FROM document_fact WHERE parent_id = $id AND kind = 'comment' "
        "ORDER BY dated_at DESC, doc_id LIMIT $limit",
        {"id": video_id, "limit": limit},
    )
    frame = narrowed(lake, "mart_said", only_these(page)).set_index("doc_id")
    return frame.loc[[doc_id for doc_id, _, _ in page]].reset_index()
