"""Read fast: answer from memory what the lake says at its newest snapshot.

Planning one query over DuckLake asks the catalog several questions per table (about 20 ms
each), and a mart reads a dozen tables: a page of ten numbers would take seconds even over an
empty lake. A reader that asks many questions at one snapshot copies the tables once and lets
the same mart definitions run over the copy.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.definitions import define
from warehouse.errors import LakeError
from warehouse.lake import Lake

MAX_DOCUMENTS = 200_000
"""More than this are read where they are: a copy of their texts would not fit a small machine."""

# Tables that no question of `warehouse.queries` reads.
_NOT_READ = ("schema_migration", "mart_set", "fact_set", "landing_batch")

# Tables of a large lake that stay where they are: with the number of documents they grow out of memory.
_LARGE = (
    "document", "document_fact", "enrichment", "metric_history", "story_member", "complaint_event",
    "label_correction", "rejected", "tombstone",
)  # fmt: skip

# What most questions begin with: worked out once per snapshot, not per question.
_WORKED_OUT = (
    "mart_complaint_due", "mart_complaint_clock", "mart_complaint", "mart_complaint_scope",
    "mart_complaint_load", "mart_source_health", "mart_coverage_week", "mart_comment_mood",
    "mart_week_total", "mart_week_subject",
)  # fmt: skip


def open_reading(
    home: Path, now: datetime, max_documents: int = MAX_DOCUMENTS, *, gently: bool = False
) -> tuple[Lake, int]:
    """A lake for reading only, all of whose answers rest on one snapshot.

    Args:
        home: the folder everything lives in.
        now: what the marts call "now" (aware).
        max_documents: of a larger lake only the small tables are copied; documents are read
            where they are, at the same snapshot.
        gently: open it with one thread, beside others who work; see `all_threads`.

    Returns:
        The lake and the snapshot its answers rest on.

    Raises:
        LakeMissingError: there is no lake.
        LakeError: the lake is not ready (its first run has not finished, or another version
            of this program made it).
    """
    with Lake(home, now=now) as newest:
        snapshot = newest.snapshot()
    lake = Lake(home, now=now, snapshot=snapshot)
    try:
        if gently:
            lake.con.execute("SET VARIABLE pati_threads = current_setting('threads')")
            lake.con.execute("SET threads = 1")
        large = lake.value("SELECT count(*) FROM document") > max_documents
        _copy(lake, _LARGE if large else ())
    except duckdb.Error as err:
        lake.close()
        raise LakeError(
            f"Gudang data di {home} belum siap dibaca; jalankan `pati run`, lalu buka lagi."
        ) from err
    return lake, snapshot


def all_threads(lake: Lake) -> None:
    """Let a lake that was opened `gently` use all processors from now on."""
    threads = int(lake.value("SELECT getvariable('pati_threads')"))
    lake.con.execute(f"SET threads = {threads}")


def _copy(lake: Lake, left: Collection[str]) -> None:
    """Copy the tables into memory, except those that are `left` where they are."""
    # Asked of the catalog: DuckDB's own list of tables plans every view of the lake first.
    names = [
        name
        for (name,) in lake.rows("SELECT DISTINCT table_name FROM ducklake_table_info('lake') ORDER BY 1")
        if name not in _NOT_READ
    ]
    lake.con.execute("SET parquet_metadata_cache = true")  # a file of the lake never changes
    lake.con.execute("ATTACH ':memory:' AS reading")
    with nullcontext() if left else _one_thread(lake.con):
        lake.con.execute("BEGIN")  # DuckLake asks its catalog again for every transaction
        for name in names:
            kind = "VIEW" if name in left else "TABLE"
            lake.con.execute(f'CREATE {kind} reading."{name}" AS FROM lake."{name}"')
        lake.con.execute("COMMIT")
        lake.con.execute("USE reading")
        define(lake.con, _WORKED_OUT)


@contextmanager
def _one_thread(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Hundreds of statements over small tables: more threads only wait for each other (twice the time)."""
    (threads,) = con.execute("SELECT current_setting('threads')").fetchall()[0]
    con.execute("SET threads = 1")
    yield
    con.execute(f"SET threads = {threads}")
