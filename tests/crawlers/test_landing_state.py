import gzip
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.items import Alias, Counts, Document, Record, Rejection, Tombstone
from crawlers.landing import Landing, batches, read_batch
from crawlers.state import Change, CrawlState, Item, Validator, Waiting

NOW = datetime(2024, 9, 11, 3, tzinfo=UTC)


def document(number: int) -> Document:
    return Document("news", "kabar", f"Judul {number}", "Teks", NOW, url=f"https://a.example/{number}")


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    records: list[Record] = [
        document(1),
        Rejection("kabar", "k", "gone", "Sudah tidak ada.", NOW),
        Alias("kabar", document(1).doc_id, "https://a.example/?p=1", NOW),
        Counts("kabar", document(1).doc_id, {"views": 7, "likes": 0}, NOW),
        Tombstone("kabar", document(1).doc_id, "deleted", NOW),
    ]
    path = Landing(tmp_path, "run-1").write("kabar", records)
    assert list(read_batch(path)) == records
    assert list(batches(tmp_path)) == [path]


def test_same_records_give_same_bytes(tmp_path: Path) -> None:
    first = Landing(tmp_path / "a", "run").write("kabar", [document(1)])
    second = Landing(tmp_path / "b", "run").write("kabar", [document(1)])
    assert first.read_bytes() == second.read_bytes()


def test_half_written_batches_are_invisible(tmp_path: Path) -> None:
    landing = Landing(tmp_path, "run")
    whole = landing.write("kabar", [document(1)])
    (landing.folder / ".kabar-000002.jsonl.gz.part").write_bytes(gzip.compress(b"{")[:5])
    assert list(batches(tmp_path)) == [whole]


def test_a_run_taken_up_again_overwrites_nothing(tmp_path: Path) -> None:
    Landing(tmp_path, "run").write("kabar", [document(1)])
    Landing(tmp_path, "run").write("kabar", [document(2)])
    titles = [r.title for b in batches(tmp_path) for r in read_batch(b) if isinstance(r, Document)]
    assert titles == ["Judul 1", "Judul 2"]


def test_an_empty_batch_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least one"):
        Landing(tmp_path, "run").write("kabar", [])


def test_state_survives_the_process(tmp_path: Path) -> None:
    change = Change({"a"}, {"b": Waiting("b", "{}", 2)}, {"u": Validator('"e"', "Mon")}, {"c": "9"})
    with CrawlState(tmp_path / "state.db") as state:
        state.commit({"kabar": change})
    with CrawlState(tmp_path / "state.db") as state:
        assert state.seen("kabar", ["a", "b"]) == {"a"}
        assert state.seen("lain", ["a"]) == set()
        assert state.waiting("kabar") == [("{}", 2)]
        assert state.validator("kabar", "u") == Validator('"e"', "Mon")
        assert state.cursor("kabar", "c") == "9"
        assert state.cursor("kabar", "d") is None


def test_what_was_fetched_waits_no_longer(tmp_path: Path) -> None:
    with CrawlState(tmp_path / "state.db") as state:
        state.commit({"kabar": Change(waiting={"b": Waiting("b", "{}")})})
        state.commit({"kabar": Change(seen={"b"})})
        assert state.waiting("kabar") == []


def test_a_failed_commit_changes_nothing(tmp_path: Path) -> None:
    broken = Change({"a"}, cursors={"c": None})  # type: ignore[dict-item]
    with CrawlState(tmp_path / "state.db") as state:
        with pytest.raises(sqlite3.IntegrityError):
            state.commit({"kabar": broken})
        assert state.seen("kabar", ["a"]) == set()


def test_items_are_found_by_id_by_age_and_by_owner(tmp_path: Path) -> None:
    old = Item("video", "v1", None, "w", "{}", NOW - timedelta(days=30))
    items = [old, Item("video", "v2", None, "w", "{}", NOW), replace(old, external_id="v3", gone=True)]
    with CrawlState(tmp_path / "state.db") as state:
        state.commit({"kabar": Change(items={(i.kind, i.external_id): i for i in items})})
        state.commit({"lain": Change(items={("video", "v2"): items[1]})})
        assert state.item("kabar", "video", "v1") == old
        assert state.item("lain", "video", "v1") is None
        assert state.items_before("kabar", "video", NOW - timedelta(days=1)) == [old]
        assert state.items_before("kabar", "comment", NOW) == []
        assert state.owners("video", "v2") == ["kabar", "lain"]
        assert state.owners("video", "v3") == []
