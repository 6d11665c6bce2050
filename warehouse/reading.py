"""Read fast: answer from memory what the lake says at its newest snapshot.

Planning one query over DuckLake asks the catalog several questions per table (about 20 ms
each), and a mart reads a dozen tables: a page of ten numbers would take seconds even over an
empty lake. A reader that asks many questions at one snapshot copies the tables once and lets
the same mart definitions run over the copy.
"""

from __future__ import annotations

from datetime import datetime
from importlib.resources import files
from pathlib import Path

import duckdb

from warehouse.errors import LakeError
from warehouse.lake import Lake

MAX_DOCUMENTS = 200_000
"""More than this are read from the lake itself: a copy would not fit a small machine."""

# Tables that no question of `warehouse.queries` reads.
_NOT_READ = ("schema_migration", "mart_set", "landing_batch")

# Marts that most questions about complaints begin with: worked out once per copy, not per question.
_WORKED_OUT = ("mart_complaint_step", "mart_complaint_due")


def open_reading(home: Path, now: datetime, max_documents: int = MAX_DOCUMENTS) -> tuple[Lake, int]:
    """A lake for reading only, all of whose answers rest on one snapshot.

    Args:
        home: the folder everything lives in.
        now: what the marts call "now" (aware).
        max_documents: a larger lake is not copied; its answers rest on the newest snapshot
            at the moment of each question.

    Returns:
        The lake and the snapshot its answers rest on.

    Raises:
        LakeMissingError: there is no lake.
        LakeError: the lake is not ready (its first run has not finished, or another version
            of this program made it).
    """
    lake = Lake(home, now=now)
    try:
        # Read before copying: a commit in between makes the copy newer than its label, and the
        # next look reloads; the other way round a change would go unseen.
        snapshot = lake.snapshot()
        if lake.value("SELECT count(*) FROM document") <= max_documents:
            _copy(lake)
    except duckdb.Error as err:
        lake.close()
        raise LakeError(
            f"Gudang data di {home} belum siap dibaca; jalankan `pati run`, lalu buka lagi."
        ) from err
    return lake, snapshot


def _copy(lake: Lake) -> None:
    names = [
        name
        for (name,) in lake.rows("SELECT table_name FROM duckdb_tables() WHERE database_name = 'lake'")
        if name not in _NOT_READ
    ]
    lake.con.execute("ATTACH ':memory:' AS reading")
    lake.con.execute("BEGIN")  # one transaction, one snapshot
    for name in names:
        lake.con.execute(f'CREATE TABLE reading."{name}" AS FROM lake."{name}"')
    lake.con.execute("COMMIT")
    lake.con.execute("USE reading")
    folder = files("warehouse") / "marts"
    for mart in sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name):
        name = mart.name.removesuffix(".sql").split("_", 1)[1]
        kind = "TABLE" if name in _WORKED_OUT else "VIEW"
        lake.con.execute(f"CREATE {kind} {name} AS\n{mart.read_text(encoding='utf-8')}")
