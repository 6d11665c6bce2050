import multiprocessing
import sqlite3
import time
from pathlib import Path
from threading import Event, Thread

import duckdb
import pytest

from tests.lakes import new_lake
from tests.warehouse.conftest import NOW
from tests.warehouse.rows import document, load
from warehouse import Lake, LakeError, LakeMissingError, queries
from warehouse.lake import retry
from warehouse.maintain.compact import compact
from warehouse.migrate import migrate
from warehouse.reading import open_reading
from warehouse.store import RunRow, sync_dimensions


def test_no_lake_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(LakeMissingError, match=r"jalankan `pati run`"):
        Lake(tmp_path)


def test_the_catalog_is_in_wal_mode(lake: Lake) -> None:
    with sqlite3.connect(lake.folder / "catalog.sqlite") as catalog:
        assert catalog.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    catalog.close()


def test_migrating_twice_changes_nothing(lake: Lake) -> None:
    before = lake.snapshot()
    assert migrate(lake) == []
    assert lake.snapshot() == before


def test_a_lake_from_the_future_is_refused(lake: Lake) -> None:
    lake.write(lambda con: con.execute("INSERT INTO schema_migration VALUES (9999, 'future')"))
    with pytest.raises(LakeError, match="9999"):
        migrate(lake)


def test_a_failed_write_leaves_nothing(lake: Lake) -> None:
    def work(con: duckdb.DuckDBPyConnection) -> None:
        con.execute("INSERT INTO model VALUES ('m', now())")
        raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        lake.write(work)
    assert lake.value("SELECT count(*) FROM model") == 0


@pytest.mark.parametrize("ever", [False, True], ids=["never a row", "emptied and tidied"])
def test_an_empty_table_has_no_newest_row(lake: Lake, ever: bool) -> None:
    if ever:
        lake.write(
            lambda con: con.execute("INSERT INTO alert_look VALUES ('2026-11-16', '2026-11-23', false)")
        )
        lake.write(lambda con: con.execute("DELETE FROM alert_look"))
        compact(lake)
    assert lake.value("SELECT max(week) FROM alert_look") is None
    assert lake.value("SELECT min(looked_at) FROM alert_look") is None


def test_a_pinned_lake_shows_the_past(lake: Lake, tmp_path: Path) -> None:
    load(lake, "b1", [document("d1")])
    then = lake.snapshot()
    load(lake, "b2", [document("d2")])
    with Lake(tmp_path, snapshot=then) as past:
        assert past.value("SELECT count(*) FROM document") == 1


def test_a_home_folder_can_be_moved(tmp_path: Path) -> None:
    with new_lake(tmp_path / "old", NOW) as lake:
        load(lake, "b1", [document(f"d{i}") for i in range(100)])
    (tmp_path / "old").rename(tmp_path / "new")
    with Lake(tmp_path / "new", now=NOW) as lake:
        load(lake, "b2", [document("later")])
        assert lake.value("SELECT count(*) FROM mart_document") == 101


def test_unchanged_names_make_no_snapshot(lake: Lake) -> None:
    rows = {"dim_topic": [("pju", "Lampu jalan", "living", "Living"), ("politik", "Politik", None, None)]}
    assert sync_dimensions(lake, rows)
    before = lake.snapshot()
    assert not sync_dimensions(lake, rows)
    assert lake.snapshot() == before


def test_retry_gives_up_on_what_will_not_pass() -> None:
    calls = []

    def work() -> None:
        calls.append(1)
        raise duckdb.IOException("no such file")

    with pytest.raises(duckdb.IOException):
        retry(work, "x")
    assert len(calls) == 1


def test_counts_must_add_up() -> None:
    with pytest.raises(ValueError, match="accounted"):
        RunRow("r", "load", NOW, NOW, "ok", 3, 1, 1, 1, 0, "")


BATCHES, PER_BATCH = 40, 10
WEEK = queries.last_complete_week(NOW)


def _load_all(home: Path, loader: int) -> None:
    with Lake(home, now=NOW) as lake:
        for number in range(BATCHES):
            # Every loader offers the same ids: only one of them may win each.
            load(lake, f"{loader}-{number}", [document(f"d{number}-{i}") for i in range(PER_BATCH)])


@pytest.mark.proof
def test_two_loaders_and_a_reader(tmp_path: Path) -> None:
    """The dashboard's questions never fail while two processes load, and no id gets in twice."""
    new_lake(tmp_path, NOW).close()
    spawn = multiprocessing.get_context("spawn")
    loaders = [spawn.Process(target=_load_all, args=(tmp_path, n)) for n in range(2)]
    for loader in loaders:
        loader.start()
    counts = []
    with Lake(tmp_path, now=NOW) as reader:
        while any(loader.is_alive() for loader in loaders):
            total, distinct = reader.rows("SELECT count(*), count(DISTINCT doc_id) FROM mart_document")[0]
            assert total == distinct
            counts.append(total)
            queries.week_total(reader, WEEK)
            queries.documents(reader, queries.DocumentFilter(words="isi"))
            copy, _ = open_reading(tmp_path, NOW)
            assert queries.status(copy).n_documents >= total
            copy.close()
        for loader in loaders:
            loader.join()
            assert loader.exitcode == 0
        assert reader.value("SELECT count(DISTINCT doc_id) FROM document") == BATCHES * PER_BATCH
        assert reader.value("SELECT count(*) FROM document") == BATCHES * PER_BATCH
    assert counts == sorted(counts), "a reader must never see documents disappear"
    assert len(counts) > 2


def test_busy_writers_do_not_keep_out_a_third(tmp_path: Path) -> None:
    new_lake(tmp_path, NOW).close()
    stop, turns = Event(), {"busy": 0}

    def work() -> None:
        with Lake(tmp_path) as lake:
            while not stop.is_set():
                with lake.locked():
                    turns["busy"] += 1
                    time.sleep(0.03)

    busy = [Thread(target=work) for _ in range(2)]
    for thread in busy:
        thread.start()
    try:
        while not turns["busy"]:
            time.sleep(0.01)
        with Lake(tmp_path) as lake:
            before = turns["busy"]
            for _ in range(10):
                with lake.locked():
                    pass
            waited = turns["busy"] - before
    finally:
        stop.set()
        for thread in busy:
            thread.join()
    assert waited < 100
