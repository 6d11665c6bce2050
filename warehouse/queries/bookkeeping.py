"""What the stages ask about what is stored already."""

from __future__ import annotations

from datetime import datetime

from warehouse.lake import Lake


def content_hashes(lake: Lake) -> dict[str, str]:
    """Content hash by id of the stored complaints and posts: what an import compares with."""
    return dict(lake.rows("SELECT doc_id, content_hash FROM document WHERE kind IN ('complaint', 'social')"))


def last_collected_at(lake: Lake) -> datetime | None:
    """When the last collecting that worked began, None if there was none."""
    found: datetime | None = lake.value(
        "SELECT max(started_at) FROM run WHERE stage = 'collect' AND status = 'ok'"
    )
    return found


def automatic_phrases(lake: Lake) -> tuple[str, ...]:
    """By which a remark is known as an automatic acknowledgement, lower case; none in an old lake."""
    tables = {name for (name,) in lake.rows("SELECT table_name FROM duckdb_tables()")}
    if "dim_automatic" not in tables:
        return ()
    return tuple(words for (words,) in lake.rows("SELECT words FROM dim_automatic WHERE kind = 'phrase'"))
