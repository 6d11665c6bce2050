"""Compare a lake that was derived again with the one in use, and put it in its place at once.

Rows travel as Parquet files. The change is one transaction of the lake in use: a reader sees the
old rows or the new ones, earlier versions can still be read, and what people entered never moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import duckdb

from warehouse.forget import WORDLESS
from warehouse.lake import Lake
from warehouse.maintain.tables import OF_WORDLESS, TABLES, Table, derived
from warehouse.store import facts

_OWN = ("landing_batch", "schema_migration", "mart_set")
"""Records that a lake makes of itself."""
_WORDLESS_IDS = f"SELECT doc_id FROM document WHERE list_has_any(coalesce(flags, []), {list(WORDLESS)!r})"  # noqa: S608 - names of ours


@dataclass(frozen=True, slots=True)
class Difference:
    """Derived rows of one table: before, after, and how many are only there."""

    n_before: int
    n_after: int
    n_gone: int
    n_new: int

    @property
    def same(self) -> bool:
        """Row for row the same."""
        return not (self.n_gone or self.n_new)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Landing batches that one transaction of one run brought in."""

    run_id: str
    loaded_at: datetime
    names: tuple[str, ...]


def loaded(lake: Lake) -> list[Loaded]:
    """What was loaded, in the order in which it was."""
    rows = lake.rows(
        "SELECT run_id, loaded_at, list(batch ORDER BY batch) FROM landing_batch "
        "GROUP BY run_id, loaded_at ORDER BY loaded_at, run_id"
    )
    return [Loaded(run_id, at, tuple(names)) for run_id, at, names in rows]


def carry(old: Lake, new: Lake, folder: Path) -> None:
    """Give a new, empty lake what cannot be derived: what people entered, and what happened.

    Args:
        old: the lake in use.
        new: migrated, without rows.
        folder: for files on their way.
    """
    for name, table in TABLES.items():
        if condition := _carried(name, table):
            _copy(old, new, name, condition, folder)


def _carried(name: str, table: Table) -> str | None:
    """Which rows of a table are carried into the new lake; None: none."""
    if table.origin == "human" or (table.origin == "record" and name not in _OWN):
        return "true"
    if table.origin == "derived" and table.rows != "true" and name != "enrichment":
        return f"NOT ({table.rows})"  # labels of earlier models are not needed there
    return None


def carry_wordless(old: Lake, new: Lake, folder: Path) -> int:
    """Give the new lake the documents whose words are gone, here or in the landing zone, as they are.

    Returns:
        How many there are.
    """
    landed = folder / "wordless.parquet"
    new.con.execute(f"COPY ({_WORDLESS_IDS}) TO {_text(str(landed))} (FORMAT parquet)")
    ids = f"{_WORDLESS_IDS} UNION SELECT doc_id FROM read_parquet({_text(str(landed))})"  # noqa: S608 - same
    for name in OF_WORDLESS:
        file = _export(old, name, f"doc_id IN ({ids})", folder)
        new.write(partial(_take_over, name=name, file=file, columns=_columns(new, name)))
    new.write(facts.rebuild)
    return int(old.value(f"SELECT count(*) FROM ({ids})"))  # noqa: S608 - names of ours


def _take_over(con: duckdb.DuckDBPyConnection, *, name: str, file: Path, columns: str) -> None:
    source = f"read_parquet({_text(str(file))})"
    con.execute(f"DELETE FROM {name} WHERE doc_id IN (SELECT doc_id FROM {source})")  # noqa: S608 - names of ours
    con.execute(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM {source}")  # noqa: S608 - same


def exported(new: Lake, model: str, folder: Path) -> dict[str, Path]:
    """Write the derived rows of a lake to files, by table."""
    return {
        name: _export(new, name, condition.replace("$model", _text(model)), folder)
        for name, condition in derived().items()
    }


def compared(lake: Lake, files: Mapping[str, Path], model: str) -> dict[str, Difference]:
    """How the derived rows of a lake differ from those in the files, by table.

    Rows are compared as wholes, however often each occurs, in no order.
    """
    return {name: _compare(lake, name, file, model) for name, file in files.items()}


def put_in_place(lake: Lake, files: Mapping[str, Path], model: str, tables: Iterable[str]) -> None:
    """Replace the derived rows of some tables, all in one transaction.

    Tables whose origin is ``cache`` are worked out again in the same transaction.
    """
    chosen = list(tables)
    columns = {name: _columns(lake, name) for name in chosen}

    def work(con: duckdb.DuckDBPyConnection) -> None:
        for name in chosen:
            condition = derived()[name].replace("$model", _text(model))
            con.execute(f"DELETE FROM {name} WHERE {condition}")  # noqa: S608 - names of ours
            con.execute(
                f"INSERT INTO {name} ({columns[name]}) SELECT {columns[name]} FROM read_parquet(?)",  # noqa: S608 - same
                [str(files[name])],
            )
        facts.rebuild(con)

    if chosen:
        lake.write(work)


def _compare(lake: Lake, name: str, file: Path, model: str) -> Difference:
    columns = _columns(lake, name)
    condition = derived()[name].replace("$model", _text(model))
    # 128 bits of each row's text: two different rows are never taken for the same.
    before = f"SELECT md5(CAST(row({columns}) AS VARCHAR)) AS d FROM {name} WHERE {condition}"  # noqa: S608 - names of ours
    after = f"SELECT md5(CAST(row({columns}) AS VARCHAR)) AS d FROM read_parquet($file)"  # noqa: S608 - same
    row = lake.rows(
        f"WITH b AS MATERIALIZED ({before}), a AS MATERIALIZED ({after}), "  # noqa: S608 - same
        "gone AS (FROM b EXCEPT ALL FROM a), new AS (FROM a EXCEPT ALL FROM b) SELECT "
        "(SELECT count(*) FROM b), (SELECT count(*) FROM a), "
        "(SELECT count(*) FROM gone), (SELECT count(*) FROM new)",
        {"file": str(file)},
    )[0]
    return Difference(*map(int, row))


def _copy(old: Lake, new: Lake, name: str, condition: str, folder: Path) -> None:
    file = _export(old, name, condition, folder)
    columns = _columns(new, name)
    new.write(
        lambda con: con.execute(
            f"INSERT INTO {name} ({columns}) SELECT {columns} FROM read_parquet(?)",  # noqa: S608 - names of ours
            [str(file)],
        )
    )


def _export(lake: Lake, name: str, condition: str, folder: Path) -> Path:
    path = folder / f"{name}.parquet"
    path.unlink(missing_ok=True)
    lake.con.execute(
        f"COPY (SELECT * FROM {name} WHERE {condition}) TO {_text(str(path))} (FORMAT parquet)"  # noqa: S608 - same
    )
    return path


def _columns(lake: Lake, name: str) -> str:
    rows = lake.rows(
        "SELECT column_name FROM duckdb_columns() WHERE database_name = 'lake' AND table_name = ? "
        "ORDER BY column_index",
        [name],
    )
    return ", ".join(f'"{column}"' for (column,) in rows)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
