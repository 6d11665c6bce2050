"""Retention, expiry, compaction and clean-up: fewer bytes and words, the same numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.retention import Snapshots, Texts
from tests.warehouse.conftest import NOW
from tests.warehouse.rows import FETCHED, complaint, document, enrich, labels, load
from tests.warehouse.test_forget import everything
from warehouse import Lake, LakeBusyError
from warehouse.maintain.compact import compact
from warehouse.maintain.files import clear
from warehouse.maintain.locks import files_kept
from warehouse.maintain.retention import Due, expire_words, unlabelled
from warehouse.maintain.snapshots import expire, over
from warehouse.store import carry_labels, documents_to_enrich, register_model

HEAD, TAIL = "Kepala berita. " * 20, "Ekor yang harus hilang. "
LONG = HEAD + TAIL * 3
OLD, MONTH = FETCHED - timedelta(days=40), timedelta(days=30)
RULES = Texts(days=30, kinds={"complaint": None}, sources={"perjanjian": None})
DAY = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "source", "age", "gone"),
    [
        ("news", "s1", 29, False),
        ("news", "s1", 30, True),
        ("complaint", "s1", 900, False),
        ("news", "perjanjian", 900, False),
        ("comment", "s1", 31, True),
    ],
)
def test_when_words_are_over(kind: str, source: str, age: int, gone: bool) -> None:
    assert RULES.over(kind, source, NOW - timedelta(days=age), NOW) is gone


@pytest.mark.parametrize(
    ("ages", "reports", "gone"),
    [
        ([30, 20, 10, 0], [], [1, 2]),
        ([30, 20], [], [1]),
        ([30, 20, 10], [(1, DAY - timedelta(days=28))], [2]),
        ([500, 20, 10], [(1, DAY - timedelta(days=450))], [1, 2]),
        ([14, 13], [], []),
        ([], [], []),
    ],
)
def test_which_versions_may_go(ages: list[int], reports: list[tuple[int, datetime]], gone: list[int]) -> None:
    known = [(number, DAY - timedelta(days=age)) for number, age in enumerate(ages, 1)]
    assert over(known, reports, Snapshots(days=14, report_days=400), DAY) == gone


@pytest.fixture
def home(lake: Lake) -> Path:
    """Long texts old and new, in files and in the catalog, one superseded, one never labelled."""
    many = [document(f"d{n:02d}", text=f"{n} {LONG}", fetched_at=OLD) for n in range(30)]
    many[3] |= {"source_id": "perjanjian"}
    many[4] |= {"kind": "complaint"}
    many[5] |= {"fetched_at": FETCHED}
    many[6] |= {"text": "pendek"}
    load(lake, "one", many, [complaint("d04")])
    load(lake, "two", [document("kecil", text=f"kecil {LONG}", fetched_at=OLD)])
    enrich(lake, [labels(f"d{n:02d}") for n in range(29)] + [labels("kecil")])
    load(lake, "three", [{**many[7], "text": f"baru {LONG}", "content_hash": "n", "fetched_at": FETCHED}])
    enrich(lake, [labels("d07")])
    lake.close()
    return lake.home


def due(home: Path) -> Due:
    with Lake(home, now=NOW) as lake:
        return Due(RULES, NOW, unlabelled(lake))


def counts(home: Path) -> list[tuple[Any, ...]]:
    """What every snapshot with documents counts; tables only: what marts make of them is theirs."""
    found: list[tuple[Any, ...]] = []
    with Lake(home, now=NOW) as lake:
        known = lake.rows(
            "SELECT snapshot_id FROM ducklake_snapshots('lake') WHERE snapshot_id > 8 ORDER BY 1"
        )
        for (number,) in known:
            documents = (
                "SELECT kind, count(*), min(doc_id), max(title) FROM document {} GROUP BY 1 ORDER BY 1"
            )
            topics = "SELECT topic, count(*) FROM enrichment {} GROUP BY 1"
            at = f"AT (VERSION => {number})"
            found.append((number, lake.rows(documents.format(at)), lake.rows(topics.format(at))))
        found.append(("marts", lake.rows("SELECT week, n, n_negative FROM mart_week_topic ORDER BY ALL")))
    return found


KEPT = {"d03", "d04", "d05", "d07", "d29"}  # agreement, complaint, fetched lately (twice), not labelled


def test_words_leave_every_version_and_all_counts_stay(home: Path) -> None:
    before = counts(home)
    told = expire_words(home, due(home), dry_run=True)
    done = expire_words(home, due(home))
    assert told.n_file_rows == done.n_file_rows == 25  # d07's first version among them
    assert told.n_inlined_rows == done.n_inlined_rows == 1
    assert counts(home) == before
    with Lake(home, now=NOW) as lake:
        rows = dict(lake.rows("SELECT doc_id, text FROM document"))
        assert {key for key, text in rows.items() if TAIL in text} == KEPT
        assert rows["d00"] == f"0 {LONG}"[:300]
        assert rows["d06"] == "pendek"
        flagged = lake.rows("SELECT doc_id FROM document WHERE list_contains(flags, 'expired')")
        assert {key for (key,) in flagged} == rows.keys() - KEPT - {"d06"}
        assert lake.value("SELECT count(*) FROM document WHERE title = '' OR url IS NULL") == 0
    cleared = clear(home, timedelta(0), dry_run=False)
    assert cleared.n_files >= 1
    left = everything(home)
    for number in (0, 28, 7):
        assert f"{number} {LONG}".encode() not in left
    assert f"kecil {LONG}".encode() not in left
    assert f"3 {LONG}".encode() in left
    assert counts(home) == before
    again = expire_words(home, due(home))
    assert (again.n_rewritten, again.n_inlined_rows) == (0, 0)


def test_replaced_files_wait_for_readers_at_work(home: Path) -> None:
    expire_words(home, due(home))
    waiting = clear(home, timedelta(hours=1), dry_run=False)
    assert (waiting.n_files, waiting.n_waiting) == (0, 1)
    told = clear(home, timedelta(0), dry_run=True)
    assert told.n_files == 1
    assert clear(home, timedelta(0), dry_run=False) == told
    assert clear(home, timedelta(0), dry_run=False).n_files == 0


def test_a_new_model_takes_over_the_labels_of_expired_words(home: Path) -> None:
    expire_words(home, due(home))
    with Lake(home, now=NOW) as lake:
        register_model(lake, "m2", NOW)
        waiting = {row["doc_id"] for row in documents_to_enrich(lake, "m2", 1000)}
        assert waiting == KEPT | {"d06"}
        assert carry_labels(lake, "m2") == 25
        assert lake.rows("SELECT topic FROM enrichment_current WHERE doc_id = 'd00'") == [("jalan_jembatan",)]


def same(after: list[tuple[Any, ...]], before: list[tuple[Any, ...]]) -> bool:
    """Every version that was there counts as before; compaction adds its own."""
    return [one for one in after if one[0] in {two[0] for two in before}] == before


def test_compaction_leaves_every_version_as_it_was(home: Path) -> None:
    with Lake(home, now=NOW) as lake:
        for number in range(6):
            load(lake, f"more{number}", [document(f"m{number}-{n}", text=LONG) for n in range(20)])
    before = counts(home)
    files = len(list(home.rglob("*.parquet")))
    with Lake(home, now=NOW) as lake:
        assert compact(lake) >= 6
    assert clear(home, timedelta(0), dry_run=False).n_files >= 6
    assert len(list(home.rglob("*.parquet"))) < files
    assert same(counts(home), before)
    expire_words(home, due(home))  # files put together can still lose words
    assert same(counts(home), before)
    with Lake(home, now=NOW) as lake:
        assert TAIL not in lake.value("SELECT text FROM document WHERE doc_id = 'd00'")


def test_expired_versions_are_gone_and_the_newest_counts_the_same(home: Path) -> None:
    before = counts(home)
    with Lake(home, now=NOW) as lake:
        last = lake.snapshot()
        later = datetime.now(UTC) + timedelta(days=1)
        rules = Snapshots(days=0, report_days=400)
        told = expire(lake, rules, later, dry_run=True)
        assert expire(lake, rules, later, dry_run=False) == told == last
        assert expire(lake, rules, later, dry_run=False) == 0
        assert lake.rows("SELECT snapshot_id FROM ducklake_snapshots('lake')") == [(last,)]
        assert last == before[-2][0]
    clear(home, timedelta(0), dry_run=False)
    assert counts(home) == before[-2:]


def test_nothing_is_deleted_while_a_backup_reads(home: Path) -> None:
    expire_words(home, due(home))
    with files_kept(home), pytest.raises(LakeBusyError):
        clear(home, timedelta(0), dry_run=False)
    assert clear(home, timedelta(0), dry_run=False).n_files == 1
