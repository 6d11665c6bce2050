"""An old lake meets this program: looked at, backed up, migrated, and back again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.cli.upgrade import lines
from pipelines.progress import Silent
from pipelines.run import RunError, alone, open_lake
from pipelines.scheduling.lock import alone as scheduling
from pipelines.settings import Settings
from pipelines.upgrading import FOLDER, plan, rollback, upgrade
from tests.lakes import new_lake
from tests.warehouse.lakes.make import COMMITS, HERE
from warehouse import Lake
from warehouse.maintain.backup import table_counts
from warehouse.maintain.objects import Store
from warehouse.maintain.restore import verified
from warehouse.migrate import schema_state

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)
OLD = max(COMMITS)
BROKEN = """
ALTER TABLE document ADD COLUMN setengah VARCHAR;
DELETE FROM document;
SELECT tidak_ada FROM tabel_yang_tidak_ada;
"""


def old_home(folder: Path, number: int = OLD) -> Settings:
    with tarfile.open(HERE / f"schema-{number}.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    (folder / "keys").mkdir(mode=0o700)
    (folder / "keys" / "pseudonym.key").write_text("33" * 32)
    return Settings(folder, None, NOW)


def number_of(settings: Settings) -> int:
    with Lake(settings.home, now=NOW) as lake:
        return schema_state(lake).present


def documents(settings: Settings) -> list[tuple[object, ...]]:
    with Lake(settings.home, now=NOW) as lake:
        return lake.rows("SELECT doc_id, title FROM document ORDER BY doc_id")


def test_what_would_be_done_is_said_and_nothing_is_done(tmp_path: Path) -> None:
    settings = old_home(tmp_path / "home")
    found = plan(settings)
    assert found.schema is not None
    assert (found.schema.present, found.obstacles, found.rollback) == (OLD, [], None)
    assert len(found.steps) == found.schema.known - OLD - len(absent(OLD, found.schema.known))
    assert any("cadangan ke" in line for line in lines(found))
    assert number_of(settings) == OLD
    assert not found.folder.exists()


def absent(first: int, last: int) -> list[int]:
    """Numbers that no migration has."""
    there = {int(path.name[:4]) for path in (ROOT / "warehouse" / "migrations").glob("*.sql")}
    return [number for number in range(first + 1, last + 1) if number not in there]


def test_an_up_to_date_lake_needs_nothing(tmp_path: Path) -> None:
    new_lake(tmp_path / "home").close()
    settings = Settings(tmp_path / "home", None, NOW)
    assert plan(settings).steps == ()
    assert upgrade(settings, Silent()).backup is None
    assert plan(Settings(tmp_path / "nothing", None, NOW)).schema is None


def test_what_stands_in_the_way_is_said(tmp_path: Path) -> None:
    settings = old_home(tmp_path / "home")
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "crawl.yaml").write_text("user_agen: x\n", encoding="utf-8")
    [said] = plan(Settings(settings.home, folder, NOW)).obstacles
    assert "crawl.yaml baris 1" in said
    with alone(settings), pytest.raises(RunError, match="sedang bekerja"):
        upgrade(settings, Silent())
    with scheduling(settings), pytest.raises(RunError, match="sudah berjalan"):
        rollback(settings, Silent())
    with pytest.raises(RunError, match="Belum ada cadangan"):
        rollback(settings, Silent())
    with Lake(settings.home, now=NOW) as lake:
        lake.write(lambda con: con.execute("INSERT INTO schema_migration VALUES (9999, 'later')"))
    with pytest.raises(RunError, match="9999"):
        upgrade(settings, Silent())


@pytest.mark.proof
@pytest.mark.parametrize("number", [min(COMMITS), OLD])
def test_an_old_lake_is_upgraded_and_can_go_back(number: int, tmp_path: Path) -> None:
    settings = old_home(tmp_path / "home", number)
    before = documents(settings)
    done = upgrade(settings, Silent())
    assert done.backup is not None
    assert plan(settings).steps == ()
    assert plan(settings).rollback == done.backup
    assert documents(settings) == before
    for _ in range(2):  # twice: what was put aside the first time is not in the way
        back = rollback(settings, Silent())
        assert number_of(settings) == number
        assert documents(settings) == before
        assert list(verified(settings.home)) == []
        assert (settings.home / "keys" / "pseudonym.key").read_text() == "33" * 32
        with Lake(back.aside, now=NOW) as lake:
            assert table_counts(lake)["document"] == len(before)
    open_lake(settings).close()
    assert documents(settings) == before


@pytest.mark.proof
def test_an_interrupted_rollback_goes_on(tmp_path: Path) -> None:
    settings = old_home(tmp_path / "home")
    (settings.home / "state").mkdir()
    (settings.home / "state" / "a.json").write_text("lama")
    upgrade(settings, Silent())
    (settings.home / "state" / "a.json").write_text("baru")
    rollback(settings, Silent())
    # as it stands when the power fails between the two renames of the last folder
    [aside] = settings.home.parent.glob("home-sebelum-*")
    fresh, mark = settings.home.with_name("home.pulih"), settings.home.with_name("home.pulih.json")
    fresh.mkdir()
    (settings.home / "state").rename(fresh / "state")
    mark.write_text(f'{{"aside": "{aside}"}}')
    assert rollback(settings, Silent()).aside == aside
    assert (settings.home / "state" / "a.json").read_text() == "lama"
    assert (aside / "state" / "a.json").read_text() == "baru"
    assert not fresh.exists()
    assert not mark.exists()


@pytest.mark.proof
def test_a_migration_that_fails_half_way_leaves_the_old_lake(tmp_path: Path) -> None:
    """A real program with one more migration, which is broken; what went before it was applied already."""
    settings = old_home(tmp_path / "home")
    before = documents(settings)
    program = tmp_path / "program"
    shutil.copytree(ROOT / "warehouse", program / "warehouse", ignore=shutil.ignore_patterns("__pycache__"))
    (program / "warehouse" / "migrations" / "9001_rusak.sql").write_text(BROKEN, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "from pipelines.cli import main; main()", "--home", settings.home, "upgrade"],
        env={**os.environ, "PYTHONPATH": f"{program}:{ROOT}", "PATI_NOW": NOW.isoformat()}, cwd=program,
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Keadaan sebelumnya sudah dikembalikan" in done.stderr
    assert "Naik versi gagal" in done.stderr
    assert number_of(settings) == OLD
    assert documents(settings) == before
    assert list(verified(settings.home)) == []
    [manifest] = Store(settings.home.with_name("home-cadangan") / FOLDER).manifests()
    assert manifest.schema == OLD
    assert (settings.home / "keys" / "pseudonym.key").exists()
