"""Backups: complete or absent, cheap the second time, restored byte by byte or refused."""

from __future__ import annotations

import sqlite3
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.conftest import NOW
from tests.warehouse.rows import complaint, document, enrich, labels, load
from warehouse import Lake, LakeMissingError
from warehouse.maintain.backup import back_up
from warehouse.maintain.files import clear
from warehouse.maintain.objects import BackupError, Store
from warehouse.maintain.restore import restore, verified

PLAIN = (
    "landing/r1/s1-000001.jsonl.gz", "landing/r2/s1-000002.jsonl.gz", "keys/pseudonym.key", "inbox/aduan.csv",
    "config/sources.yaml", "reports/2026-W46/laporan.html", "catatan.txt",
)  # fmt: skip


def state(home: Path) -> Path:
    path = home / "state" / "crawl.sqlite"
    path.parent.mkdir(exist_ok=True)
    con = sqlite3.connect(path)
    con.execute("PRAGMA journal_mode=WAL")
    con.execute("CREATE TABLE IF NOT EXISTS seen (url TEXT)")
    con.execute("INSERT INTO seen VALUES ('https://s1.example/a')")
    con.commit()
    con.close()
    return path


@pytest.fixture
def home(lake: Lake) -> Path:
    load(lake, "one", [document(f"d{n:02d}", kind="complaint") for n in range(30)],
         [complaint(f"d{n:02d}") for n in range(30)])  # fmt: skip
    load(lake, "two", [document("x", title="Kecil")])
    enrich(lake, [labels(f"d{n:02d}") for n in range(30)])
    load(lake, "three", [document("x", title="Diperbarui", content_hash="n")])
    lake.close()
    state(lake.home)
    for name in PLAIN:
        path = lake.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"isi {name}")
    (lake.home / "lake" / "index").mkdir()
    (lake.home / "lake" / "index" / "cache").write_text("cache")
    return lake.home


def everything(home: Path, snapshot: int | None = None) -> dict[str, Counter[Any]]:
    """Every row of every table, as text."""
    with Lake(home, now=NOW, snapshot=snapshot) as lake:
        names = lake.rows("SELECT table_name FROM duckdb_tables() WHERE database_name = 'lake'")
        return {name: Counter(map(str, lake.rows(f'FROM "{name}"'))) for (name,) in names}


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside the home folder."""
    return tmp_path_factory.mktemp("outside")


def test_what_is_restored_is_what_was_there(home: Path, folder: Path) -> None:
    kept, back = folder / "kept", folder / "back"
    before = everything(home)
    done = back_up(home, kept, NOW)
    assert done.manifest.counts == {name: rows.total() for name, rows in before.items()}
    assert set(done.manifest.left_out) == {"keys", "inbox", "lake/index"}
    with Lake(home, now=NOW) as lake:  # what comes later is not in it
        load(lake, "four", [document("later")])
    store = Store(kept)
    assert list(store.damaged(store.manifest())) == []
    assert restore(store, store.manifest(), back).n_there == 0
    assert everything(back) == before
    for name in ("config/sources.yaml", "reports/2026-W46/laporan.html", "catatan.txt",
                 "landing/r1/s1-000001.jsonl.gz"):  # fmt: skip
        assert (back / name).read_bytes() == (home / name).read_bytes()
    assert not (back / "keys").exists()
    with sqlite3.connect(back / "state" / "crawl.sqlite") as con:
        assert con.execute("SELECT count(*) FROM seen").fetchall() == [(1,)]
    con.close()
    assert list(verified(back)) == []
    with Lake(back, now=NOW) as lake:  # it is a lake to work on
        assert load(lake, "four", [document("later")]).n_new == 1
        assert lake.rows("SELECT count(*) FROM mart_document") == [(32,)]


def test_a_second_backup_costs_what_changed(home: Path, folder: Path) -> None:
    first = back_up(home, folder, NOW)
    again = back_up(home, folder, NOW + timedelta(hours=1))
    changed = {name for name, one in again.manifest.files.items() if first.manifest.files[name] != one}
    assert changed <= {"lake/catalog.sqlite", "state/crawl.sqlite"}
    assert again.n_new <= 2
    assert [one.name for one in Store(folder).manifests()] == sorted(
        [first.manifest.name, again.manifest.name]
    )


def test_pruning_keeps_what_newer_backups_need(home: Path, folder: Path) -> None:
    store = Store(folder)
    back_up(home, folder, NOW)
    (home / "catatan.txt").write_text("baru")
    back_up(home, folder, NOW + timedelta(hours=1))
    lists, contents = store.prune(1)
    assert lists == 1
    assert contents >= 1
    assert [list(store.damaged(one)) for one in store.manifests()] == [[]]
    assert store.prune(1) == (0, 0)


def test_a_clock_that_was_set_back_does_not_cost_the_last_backup(home: Path, folder: Path) -> None:
    back_up(home, folder, NOW)
    last = back_up(home, folder, NOW - timedelta(days=400)).manifest
    store = Store(folder)
    assert store.prune(1)[0] == 1
    assert store.manifest() == last
    assert list(store.damaged(last)) == []


def test_only_chosen_batches(home: Path, folder: Path) -> None:
    done = back_up(home, folder, NOW, landing=lambda path: "r2" in path.parts)
    assert [name for name in done.manifest.files if name.startswith("landing/")] == [
        "landing/r2/s1-000002.jsonl.gz"
    ]


def test_an_interrupted_backup_is_no_backup_and_is_taken_up(
    home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(left: int) -> None:
        if left == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(home, folder, NOW, on_file=stop)
    with pytest.raises(BackupError, match="Tidak ada cadangan yang selesai"):
        Store(folder).manifest()
    copied = back_up(home, folder, NOW).n_known
    assert copied > 5, "contents of the interrupted one are used"


def test_damage_is_found_and_nothing_is_restored(home: Path, folder: Path) -> None:
    kept, back = folder / "kept", folder / "back"
    back_up(home, kept, NOW)
    store = Store(kept)
    files = store.manifest().files
    victim = next(name for name in files if name.endswith(".parquet"))
    path = store.path(files[victim].sha256)
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    store.path(files["catatan.txt"].sha256).unlink()
    assert dict(store.damaged(store.manifest())) == {
        victim: "isinya berubah (SHA-256 lain)", "catatan.txt": "tidak ada",
    }  # fmt: skip
    with pytest.raises(BackupError):
        restore(store, store.manifest(), back)
    assert not back.exists()


def test_a_place_with_something_in_it_is_left_alone(home: Path, folder: Path) -> None:
    back_up(home, folder / "kept", NOW)
    store = Store(folder / "kept")
    before = (home / "catatan.txt").read_text()
    with pytest.raises(BackupError, match="tidak ditimpa"):
        restore(store, store.manifest(), home)
    assert (home / "catatan.txt").read_text() == before


@pytest.mark.proof
def test_an_interrupted_restore_is_taken_up(home: Path, folder: Path) -> None:
    back_up(home, folder / "kept", NOW)
    store = Store(folder / "kept")

    def stop(left: int) -> None:
        if left == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(store, store.manifest(), folder / "back", stop)
    assert not (folder / "back").exists()
    assert restore(store, store.manifest(), folder / "back").n_there > 5
    assert everything(folder / "back") == everything(home)
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith(".")) == []


@pytest.mark.parametrize("name", ["../luar.txt", "lake/../../luar.txt"])
def test_a_list_cannot_write_outside(home: Path, folder: Path, name: str) -> None:
    kept = folder / "kept"
    back_up(home, kept, NOW)
    path = next((kept / "backups").iterdir())
    path.write_text(path.read_text().replace('"catatan.txt"', f'"{name}"'))
    store = Store(kept)
    with pytest.raises(BackupError, match="di luar"):
        restore(store, store.manifest(), folder / "a" / "b")
    assert not list(folder.rglob("luar.txt"))


@pytest.mark.proof
def test_verify_finds_a_missing_and_a_broken_file(home: Path) -> None:
    assert list(verified(home)) == []
    some = min((home / "lake" / "parquet" / "main" / "document").glob("*.parquet"))
    whole = some.read_bytes()
    some.write_bytes(whole[: len(whole) // 2])
    assert some.relative_to(home).as_posix() in dict(verified(home))
    some.unlink()
    assert dict(verified(home))[some.relative_to(home).as_posix()] == "tidak ada"


def test_a_backup_does_not_lie_in_what_it_backs_up(home: Path) -> None:
    with pytest.raises(BackupError, match="di luar folder data"):
        back_up(home, home / "cadangan", NOW)
    assert not (home / "cadangan").exists()


def test_there_must_be_a_lake(folder: Path) -> None:
    with pytest.raises(LakeMissingError):
        back_up(folder / "nothing", folder / "kept", NOW)
    with pytest.raises(BackupError, match="tidak ada"):
        Store(folder / "nowhere").manifest()


def test_files_that_wait_for_deletion_are_not_needed(home: Path, folder: Path) -> None:
    from warehouse.maintain.compact import compact

    with Lake(home, now=NOW) as lake:
        for number in range(3):
            load(lake, f"m{number}", [document(f"m{number}-{n}") for n in range(20)])
        compact(lake)
    done = back_up(home, folder / "kept", NOW)
    assert any("berkas lama" in name for name in done.manifest.left_out)
    restore(Store(folder / "kept"), done.manifest, folder / "back")
    assert clear(folder / "back", timedelta(0), dry_run=False).n_files == 0
    assert everything(folder / "back") == everything(home)
