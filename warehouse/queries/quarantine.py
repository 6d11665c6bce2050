"""Records that were looked at and not kept, and whether they are tried again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from warehouse.access import needs
from warehouse.lake import Lake


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One record in quarantine; see `mart_quarantine`.

    Attributes:
        record_id: names it.
        source_id: its source; of a damaged batch the run that wrote it.
        record_key: address, ticket or place in a file (masked).
        reason: why it was not kept the last time.
        detail: the same as a sentence.
        n_times: how often it was rejected.
        first_at: when first.
        last_at: when last.
        asked_at: when somebody asked for one more try that has not been made; None: nobody.
        asked_by: who.
        lined_at: since when it stands in line for that.
    """

    record_id: str
    source_id: str
    record_key: str
    reason: str
    detail: str
    n_times: int
    first_at: datetime
    last_at: datetime
    asked_at: datetime | None
    asked_by: str | None
    lined_at: datetime | None


@dataclass(frozen=True, slots=True)
class QuarantineCount:
    """How many records of a source are in quarantine for a reason, and how many wait for a retry."""

    source_id: str
    reason: str
    n: int
    n_asked: int


@needs("sources")
def quarantine(
    lake: Lake,
    source_id: str | None = None,
    reason: str | None = None,
    record_ids: Collection[str] | None = None,
    limit: int | None = None,
) -> list[Quarantined]:
    """Records in quarantine, the newest rejection first.

    Args:
        lake: an open lake.
        source_id: only of this source.
        reason: only for this reason.
        record_ids: only these.
        limit: at most so many; None: all.
    """
    asked: dict[str, Any] = {
        "source": source_id, "reason": reason, "ids": None if record_ids is None else sorted(record_ids),
        "limit": limit,
    }  # fmt: skip
    rows = lake.rows(
        "SELECT record_id, source_id, record_key, reason, detail, n_times, first_at, last_at, asked_at, "
        "asked_by, lined_at "
        "FROM mart_quarantine WHERE source_id = coalesce($source, source_id) AND reason = "
        "coalesce($reason, reason) "
        "AND ($ids::VARCHAR[] IS NULL OR list_contains($ids::VARCHAR[], record_id)) "
        "ORDER BY last_at DESC, source_id, record_key LIMIT $limit",
        asked,
    )
    return [Quarantined(*row) for row in rows]


def quarantine_counts(lake: Lake) -> list[QuarantineCount]:
    """How many records are in quarantine by source and reason, the most first."""
    rows = lake.rows(
        "SELECT source_id, reason, n, n_asked FROM mart_quarantine_count ORDER BY n DESC, source_id, reason"
    )
    return [QuarantineCount(*row) for row in rows]


def quarantine_total(lake: Lake) -> int:
    """How many records are in quarantine."""
    return int(lake.value("SELECT coalesce(sum(n), 0) FROM mart_quarantine_count"))
