"""Random histories of complaints in a lake, and what plain Python makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from config import Config
from pipelines.dimensions import complaint_rows
from tests.lakes import new_lake
from tests.warehouse.complaint_oracle import Case, Oracle, records
from tests.warehouse.random_history import stories
from tests.warehouse.rows import enrich
from warehouse import Lake
from warehouse.reading import open_reading
from warehouse.store import add_complaint_event, sync_dimensions
from warehouse.store.documents import Batch, store_batch

NOW = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)  # Monday 07.00 WIB
EXPORTS = [
    datetime(2026, 6, 3, 2, tzinfo=UTC),
    datetime(2026, 9, 15, 2, tzinfo=UTC),
    NOW - timedelta(hours=4),
]
SEED, COUNT = 3318, 500
KEYS = ["period_kind", "period", "channel", "opd_id"]


class World(NamedTuple):
    lake: Lake
    oracle: Oracle


@contextmanager
def made(home: Path, cfg: Config) -> Iterator[World]:
    """Tell the histories to a lake in `home`, export by export and by hand, and read it."""
    told = stories(SEED, COUNT, NOW)
    with new_lake(home, NOW) as lake:
        sync_dimensions(lake, complaint_rows(cfg))
        for number, fetched in enumerate(EXPORTS):
            shown = [one for one in told if one.received <= fetched]
            rows = [one.export(fetched, version) for version, one in enumerate(shown)]
            docs, complaints = [row[0] for row in rows], [row[1] for row in rows]
            events = [event for row in rows for event in row[2]]
            store_batch(lake, Batch({f"b{number}": len(docs)}, "r1", docs, complaints, events, []), fetched)
        for number, one in enumerate(told[:24]):
            status = ("dibalas", "selesai_admin", "diproses", "bukan_wewenang")[number % 4]
            at = max(one.received, NOW - timedelta(days=number, hours=number % 7))
            add_complaint_event(lake, one.doc_id, status, f"Catatan {number}", "Dinas Contoh", at, "petugas")
        enrich(lake, [one.labels() for one in told])
    copy, _ = open_reading(home, NOW)
    with copy:
        yield World(copy, Oracle(copy, NOW))


def table(
    lake: Lake, name: str, keys: list[str], where: str = "true"
) -> dict[tuple[Any, ...], dict[str, Any]]:
    rows = records(lake, f"SELECT * FROM {name} WHERE {where}")  # noqa: S608 - names of ours
    found = {tuple(row[key] for key in keys): row for row in rows}
    assert len(found) == len(rows), "one row per group"
    return found


def share(part: int, whole: int, least: int = 10) -> Any:
    return pytest.approx(part / whole) if whole >= least else None


def count(cases: list[Case], wanted: Callable[[Case], object]) -> int:
    return sum(bool(wanted(case)) for case in cases)
