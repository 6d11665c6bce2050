"""Is the data whole: sources, runs, rejections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from warehouse.access import needs, whole
from warehouse.lake import Lake

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Status:
    """The one line of data health; see `mart_status`."""

    data_through: datetime | None
    n_documents: int
    n_relevant: int
    n_undated: int
    n_sources: int
    n_sources_reachable: int
    n_sources_ok: int
    last_load_at: datetime | None
    n_alerts_open: int
    model_version: str | None


def status(lake: Lake) -> Status:
    """Data health as of the lake's `now`."""
    return Status(*lake.rows("FROM mart_status")[0])


def sources(lake: Lake) -> pd.DataFrame:
    """Every configured source with its verdict; worst first. Columns of `mart_source_health`."""
    return lake.frame(
        "SELECT * FROM mart_source_health ORDER BY list_position("
        "['hilang', 'diblokir', 'rusak', 'sepi', 'belum dicoba', 'baik', 'nonaktif'], verdict), kind, "
        "source_id"
    )


@whole
def newest_record_at(lake: Lake) -> datetime | None:
    """When the last document was fetched, by the clock of the machine that fetched it; None: there is none."""
    found: datetime | None = lake.value("SELECT max(fetched_at) FROM document_fact")
    return found


def verdict_counts(lake: Lake) -> dict[str, int]:
    """How many of the active sources have which verdict."""
    return dict(
        lake.rows(
            "SELECT verdict, count(*) FROM mart_source_health WHERE status = 'active' GROUP BY verdict "
            "ORDER BY verdict"
        )
    )


def runs(lake: Lake, limit: int = 50) -> pd.DataFrame:
    """The last runs of stages, newest first; columns of the `run` table."""
    return lake.frame(
        "SELECT * FROM run ORDER BY started_at DESC, finished_at DESC LIMIT $limit",
        {"limit": limit},
    )


@needs("sources")
def rejected(lake: Lake, limit: int = 100) -> pd.DataFrame:
    """The last rejected records, newest first."""
    return lake.frame(
        "SELECT * FROM rejected ORDER BY rejected_at DESC, record_key LIMIT $limit",
        {"limit": limit},
    )


def report_sha256(lake: Lake, report_id: str) -> str | None:
    """Checksum of a registered report, or None."""
    found: str | None = lake.value("SELECT sha256 FROM report WHERE report_id = ?", [report_id])
    return found


def reports(lake: Lake, limit: int = 60) -> pd.DataFrame:
    """Registered reports, newest period first; columns of the `report` table."""
    return lake.frame(
        "SELECT * FROM report ORDER BY period_start DESC, report_id LIMIT $limit", {"limit": limit}
    )


def last_runs(lake: Lake) -> pd.DataFrame:
    """The last run of each stage, in the order they ran; columns of the `run` table."""
    return lake.frame(
        "SELECT * FROM run QUALIFY row_number() OVER (PARTITION BY stage ORDER BY started_at DESC) = 1 "
        "ORDER BY started_at"
    )


@whole
def kind_totals(lake: Lake) -> pd.DataFrame:
    """All stored documents by kind: kind, n."""
    return lake.frame("SELECT kind, count(*) AS n FROM document_fact GROUP BY kind ORDER BY n DESC, kind")
