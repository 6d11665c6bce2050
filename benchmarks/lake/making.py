"""A lake with as many made-up documents as wanted, written to its tables in bulk."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime
from importlib.resources import files
from itertools import accumulate
from pathlib import Path

import duckdb

from benchmarks.search import vocabulary
from config import Config, load_config
from pipelines.dimensions import rows
from pipelines.linking.pairs import RULE
from warehouse import Lake
from warehouse.migrate import migrate
from warehouse.store import register_model, sync_dimensions
from warehouse.store.facts import rebuild
from warehouse.store.linking import ARTICLES

NOW = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
DAYS = 791.0
"""26 months."""
SLICE = 450_000
"""Documents written at once: a multiple of 900, so that no story is cut in two."""


def make(home: Path, count: int, days: float = DAYS) -> Lake:
    """Make a lake of `count` documents and leave it open.

    Args:
        home: an empty folder.
        count: a multiple of 900 comes out exactly, any other is rounded down to one.
        days: how long ago the first of them appeared.
    """
    lake = Lake(home, now=NOW, create=True)
    migrate(lake)
    sync_dimensions(lake, dimensions(load_config()))
    register_model(lake, "m1", NOW)
    lake.con.execute("SET VARIABLE phrases = ?::VARCHAR[]", [phrases()])
    count -= count % 900
    for first in range(0, count, SLICE):
        _fill(lake, first, min(first + SLICE, count), count, days)
    _runs(lake)
    lake.write(rebuild)
    lake.write(_linked)
    return lake


def _linked(con: duckdb.DuckDBPyConnection) -> None:
    """Note all articles as linked, as they are: linking has nothing to do until others come in."""
    con.execute(
        "INSERT INTO story_article BY NAME SELECT n.* EXCLUDE (fetched_at), m.copy_of, "  # noqa: S608 - text of ours
        "false AS elsewhere, NULL AS parent_id, coalesce(s.lead_doc_id, n.doc_id) AS root_id, "
        "coalesce(s.first_at, n.dated_at) AS root_at "
        f"FROM ({ARTICLES}) n LEFT JOIN story_member m ON m.doc_id = n.doc_id "
        "LEFT JOIN story s ON s.story_id = m.story_id ORDER BY n.dated_at",
        {"rule": str(RULE)},
    )


def rebuild_seconds(lake: Lake) -> float:
    """How long it takes to work out all facts anew."""
    start = time.perf_counter()
    lake.write(rebuild)
    return time.perf_counter() - start


def dimensions(config: Config) -> dict[str, list[tuple[object, ...]]]:
    """The names of things as they are configured, every source active, and a source per kind of document."""
    found = rows(config)
    sources = [(*row[:5], "active", *row[6:]) for row in found["dim_source"]]
    for name, kind in (("youtube", "video"), ("media_sosial", "social")):
        sources.append(
            (name, name, kind, f"https://{name}.example", "pati_only", "active", "agreement", None)
        )
    return {**found, "dim_source": sources}


def phrases() -> list[str]:
    """Pieces of eight words that made-up texts are put together from; some words are frequent (Zipf)."""
    dice = random.Random(3318)  # noqa: S311 - made-up texts
    words = vocabulary(dice)
    weights = list(accumulate(1 / (place + 3) for place in range(len(words))))
    return [" ".join(dice.choices(words, cum_weights=weights, k=8)) for _ in range(50_000)]


def _fill(lake: Lake, first: int, last: int, total: int, days: float) -> None:
    sql = (files("benchmarks.lake") / "made_up.sql").read_text(encoding="utf-8")
    numbers = {"first": first, "last": last, "total": total, "days": days}
    for name, value in {**numbers, "now": f"'{NOW.isoformat()}'"}.items():
        sql = sql.replace(f"${name}", str(value))
    lake.write(lambda con: con.execute(sql))


def _runs(lake: Lake) -> None:
    """A year of daily collecting."""
    lake.write(
        lambda con: con.execute(
            "INSERT INTO run_source SELECT 'r' || d, source_id, "
            "getvariable('pati_now') - to_days(CAST(d AS INTEGER)), true, 10, 8, 2, 0, NULL, 0 "
            "FROM dim_source, range(365) t(d)"
        )
    )
