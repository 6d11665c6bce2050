"""A lake of every earlier schema opens, migrates, and gives the numbers it gave in its time."""

from __future__ import annotations

import json
import tarfile
from datetime import timedelta
from pathlib import Path

import pytest

from config import Config
from pipelines.dimensions import rows as names
from tests.warehouse.lakes.make import COMMITS, HERE
from tests.warehouse.lakes.rows import NOW, NUMBERS, asked, rows
from warehouse import Lake, LakeError
from warehouse.maintain.backup import back_up, table_counts
from warehouse.maintain.files import clear
from warehouse.maintain.objects import Store
from warehouse.maintain.restore import restore
from warehouse.maintain.tables import TABLES
from warehouse.migrate import _steps, migrate
from warehouse.store import sync_dimensions

GROW = ("complaint_event", "metric_history", "schema_migration", "mart_set")
"""Tables to which migrations and opening add rows; names of things come from the configuration."""


def opened(number: int, folder: Path) -> Path:
    with tarfile.open(HERE / f"schema-{number}.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return folder


def kept(counts: dict[str, int]) -> dict[str, int]:
    return {name: n for name, n in counts.items() if name not in GROW and not name.startswith("dim_")}


def test_there_is_a_lake_of_every_schema() -> None:
    known = {number for number, _ in _steps()}
    # those after the last one released are in the making: their lake is made with the next release
    assert set(COMMITS) == {number for number in known if number <= max(COMMITS)}
    assert {int(path.name[7]) for path in HERE.glob("schema-*.tar.xz")} == set(COMMITS)


@pytest.mark.proof
@pytest.mark.parametrize("number", sorted(COMMITS))
def test_an_old_lake_gives_the_same_numbers(number: int, tmp_path: Path, cfg: Config) -> None:
    home = opened(number, tmp_path)
    said = json.loads((HERE / f"schema-{number}.json").read_text(encoding="utf-8"))
    assert len(said) >= 14
    assert all(said[name] for name in ("documents", "weeks by kind", "stories", "complaints", "labels"))
    with Lake(home, now=NOW) as lake:
        assert lake.value("SELECT max(number) FROM schema_migration") == number
        before = kept(table_counts(lake))
        applied = migrate(lake)
        assert len(applied) == len(_steps()) - number
        sync_dimensions(lake, names(cfg))
        assert {name: asked(lake, NUMBERS[name]) for name in said} == said
        after = kept(table_counts(lake))
        after["alert"] = lake.value("SELECT count(*) FROM alert")  # a view by now
        assert {name: after[name] for name in before} == before
        assert migrate(lake) == []
        assert lake.value("SELECT count(*) FROM document WHERE title LIKE '%(baru)'") == 1


@pytest.mark.proof
@pytest.mark.parametrize("number", [min(COMMITS), max(COMMITS)])
def test_an_old_lake_can_be_looked_after(number: int, tmp_path: Path, cfg: Config) -> None:
    """Backup and clean-up know nothing of schemas; an old lake is backed up before it migrates."""
    home = opened(number, tmp_path / "home")
    made = back_up(home, tmp_path / "kept", NOW)
    assert made.manifest.schema == number
    assert clear(home, timedelta(0), dry_run=True).n_files == 0
    restore(Store(tmp_path / "kept"), made.manifest, tmp_path / "back")
    with Lake(tmp_path / "back", now=NOW) as lake:
        migrate(lake)
        assert set(table_counts(lake)) == set(TABLES)
        assert lake.value("SELECT count(*) FROM document") == len(rows()["document"])
        assert lake.value("SELECT sum(n) FROM mart_week_kind") > 0


def test_a_lake_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    home = opened(max(COMMITS), tmp_path)
    with Lake(home, now=NOW) as lake:
        lake.write(lambda con: con.execute("INSERT INTO schema_migration VALUES (9999, 'later')"))
        with pytest.raises(LakeError, match="skema nomor 9999"):
            migrate(lake)
