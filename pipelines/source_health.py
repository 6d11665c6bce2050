"""The health of every source: what the lake says of it, and what still waits to be fetched."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from crawlers.discovery import Found
from crawlers.state import CrawlState
from pipelines.settings import Settings
from warehouse import Lake, queries


def source_health(settings: Settings) -> list[dict[str, Any]]:
    """Rows of `mart_source_health`, worst first, with what waits in the crawl state.

    Returns:
        The mart's columns and ``n_waiting`` (addresses known and not yet fetched),
        ``n_failing`` (those of them that failed before) and ``oldest_waiting`` (the earliest
        publication time that discovery named among them, None if it named none).

    Raises:
        LakeMissingError: nothing was ever collected.
    """
    with Lake(settings.home, now=settings.now()) as lake:
        rows = queries.records(queries.sources(lake))
    if not settings.state.exists():
        return [{**row, **_waiting([])} for row in rows]
    with CrawlState(settings.state) as state:
        return [{**row, **_waiting(state.waiting(row["source_id"]))} for row in rows]


def _waiting(addresses: list[tuple[str, int]]) -> dict[str, int | datetime | None]:
    dates = [date for payload, _ in addresses if (date := Found.from_json(payload).published_at)]
    return {
        "n_waiting": len(addresses),
        "n_failing": sum(1 for _, attempts in addresses if attempts),
        "oldest_waiting": min(dates, default=None),
    }
