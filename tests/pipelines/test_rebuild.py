"""Everything after the landing zone, derived again: the same rows; what people entered stays."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipelines.progress import Silent
from pipelines.rebuilding import FOLDER, rebuild
from pipelines.run import RunError, alone
from tests.pipelines.small_life import home, lived, settings_at
from warehouse import Lake
from warehouse.maintain.tables import TABLES

__all__ = ["home", "lived"]
pytestmark = pytest.mark.proof

FILLED = [
    "label_correction",
    "tombstone",
    "metric_history",
    "rejected",
    "story",
    "complaint_event",
    "enrichment",
]


def tables(home: Path, snapshot: int | None = None) -> dict[str, Counter[Any]]:
    with Lake(home, snapshot=snapshot) as lake:
        return {name: Counter(map(str, lake.rows(f'FROM "{name}"'))) for name in TABLES if name != "run"}


def test_every_table_is_in_the_list(home: Path) -> None:
    with Lake(home) as lake:
        known = lake.rows("SELECT table_name FROM duckdb_tables() WHERE database_name = 'lake'")
    assert {name for (name,) in known} == set(TABLES)


def test_a_lake_that_is_what_the_landing_zone_says_stays_as_it_is(
    home: Path, lived: tuple[Path, datetime]
) -> None:
    before = tables(home)
    assert before["document"].total() == 37
    assert [name for name in FILLED if not before[name].total()] == []
    done = rebuild(settings_at(home, lived[1]), Silent())
    assert {name: one for name, one in done.tables.items() if not one.same} == {}
    assert (done.replaced, done.n_wordless) == ((), 0)
    assert done.tables["document"].n_after == 37
    assert tables(home) == before
    assert not (home / FOLDER).exists()


def damage(home: Path) -> None:
    """As a bug of an earlier version might have left the lake."""
    with Lake(home) as lake:
        lake.write(lambda con: con.execute("UPDATE document SET title = 'salah' WHERE title LIKE '%(7)'"))
        lake.write(lambda con: con.execute("DELETE FROM enrichment WHERE topic IS NOT NULL"))
        lake.write(lambda con: con.execute("INSERT INTO story_member SELECT * FROM story_member LIMIT 1"))
        lake.write(
            lambda con: con.execute(
                "DELETE FROM complaint_event WHERE origin = 'import' AND status = 'dibalas'"
            )
        )


def test_what_went_wrong_is_put_right_and_old_versions_stay(home: Path, lived: tuple[Path, datetime]) -> None:
    before = tables(home)
    damage(home)
    with Lake(home) as lake:
        damaged = lake.snapshot()
    wrong = tables(home)
    told = rebuild(settings_at(home, lived[1]), Silent(), dry_run=True)
    assert tables(home) == wrong
    assert told.replaced == ()
    changed = {name: (one.n_gone, one.n_new) for name, one in told.tables.items() if not one.same}
    assert changed == {
        "document": (1, 1), "enrichment": (0, before["enrichment"].total()), "story_member": (1, 0),
        "complaint_event": (0, 1),
    }  # fmt: skip
    done = rebuild(settings_at(home, lived[1]), Silent())
    assert set(done.replaced) == set(changed)
    assert tables(home) == before
    assert tables(home, damaged) == wrong
    with Lake(home) as lake:
        booked = lake.rows("SELECT n_in = n_stored + n_duplicate, n_new FROM run WHERE stage = 'rebuild'")
        assert booked == [(True, sum(new for _, new in changed.values()))]
        assert lake.value("SELECT count(*) FROM mart_document") == 37


def test_nothing_is_forgotten_because_a_batch_is_gone(home: Path, lived: tuple[Path, datetime]) -> None:
    before = tables(home)
    next(home.glob("landing/*/*.jsonl.gz")).unlink()
    with pytest.raises(RunError, match="1 berkas pengumpulan"):
        rebuild(settings_at(home, lived[1]), Silent())
    assert tables(home) == before


def test_only_one_works_at_a_time(home: Path, lived: tuple[Path, datetime]) -> None:
    settings = settings_at(home, lived[1])
    with alone(settings), pytest.raises(RunError, match="sedang bekerja"):
        rebuild(settings, Silent())
