"""The run table: one row per run of one stage, with counts that add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import datetime

import duckdb

from warehouse.lake import Lake


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run of one stage.

    Raises:
        ValueError: n_in is not n_stored + n_duplicate + n_rejected.
    """

    run_id: str
    stage: str
    started_at: datetime
    finished_at: datetime
    status: str
    n_in: int
    n_stored: int
    n_new: int
    n_duplicate: int
    n_rejected: int
    message: str

    def __post_init__(self) -> None:
        out = self.n_stored + self.n_duplicate + self.n_rejected
        if self.n_in != out:
            raise ValueError(f"stage {self.stage}: {self.n_in} records in, but {out} accounted for")


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One attempt to collect one source.

    Attributes:
        n_deferred: addresses put off to the next run.
        reasons: why records were not kept, with counts.
    """

    run_id: str
    source_id: str
    at: datetime
    reachable: bool
    n_in: int
    n_stored: int
    n_duplicate: int
    n_rejected: int
    last_error: str | None
    n_deferred: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)


def record_run(lake: Lake, row: RunRow) -> None:
    """Write one row to `run`."""
    lake.write(
        lambda con: con.execute(
            "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", list(astuple(row))
        )
    )


def record_sources(lake: Lake, rows: Sequence[SourceRow]) -> None:
    """Write what became of each source in one collect run."""
    if not rows:
        return
    plain = [list(astuple(row))[:-1] for row in rows]
    reasons = [[row.run_id, row.source_id, name, n] for row in rows for name, n in row.reasons.items()]

    def work(con: duckdb.DuckDBPyConnection) -> None:
        con.executemany("INSERT INTO run_source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", plain)
        if reasons:
            con.executemany("INSERT INTO run_source_reason VALUES (?, ?, ?, ?)", reasons)

    lake.write(work)
