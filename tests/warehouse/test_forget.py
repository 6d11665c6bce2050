"""Words leave every version of the lake; rows, counts and snapshots stay."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from shutil import copytree
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.lakes import new_lake
from tests.warehouse.conftest import NOW
from tests.warehouse.rows import complaint, document, enrich, labels, load
from warehouse import Lake
from warehouse.forget import Plan, every_row, forget
from warehouse.store import carry_labels, documents_to_enrich, register_model
from warehouse.store.history import mark_erased

SAID = "Kalimat rahasia yang hanya satu warga tulis"
PLAIN = "Kalimat orang lain"


def no_change(text: str) -> str:
    return text


@pytest.mark.parametrize(
    ("table", "row", "changed"),
    [
        ("document", {"doc_id": "b", "text": PLAIN}, {}),
        (
            "document",
            {"doc_id": "a", "title": "J", "text": "T", "author": "u-1", "url": "https://x",
             "tags": ["t"], "flags": None, "kind": "complaint"},
            {"title": "", "text": "", "author": "", "url": None, "tags": [], "flags": ["erased"]},
        ),
        ("document", {"doc_id": "a", "text": "", "author": None, "flags": ["erased"]}, {}),
        ("document", {"doc_id": "a", "text": "x", "flags": ["f"]}, {"text": "", "flags": ["f", "erased"]}),
        ("complaint", {"doc_id": "a", "ticket_id": "7", "agency": "DPUTR"}, {"ticket_id": None}),
        ("complaint_event", {"doc_id": "a", "note": "Untuk Bu Sarpi", "actor": "X"}, {"note": "[DIHAPUS]"}),
        ("complaint_event", {"doc_id": "a", "note": "SUDAH MASUK, Bu"}, {"note": "[DIHAPUS] sudah masuk"}),
        ("complaint_event", {"doc_id": "a", "note": "[DIHAPUS] sudah masuk"}, {}),
        ("complaint_event", {"doc_id": "a", "note": ""}, {}),
        ("enrichment", {"doc_id": "a", "topic": "pju", "keywords": ["k"], "why": []}, {"keywords": []}),
        ("evidence_event", {"doc_id": "a", "comment": "Kata Bu Sarpi"}, {"comment": "[DIHAPUS]"}),
        ("evidence_event", {"doc_id": "a", "comment": None}, {}),
        ("story_member", {"doc_id": "a", "story_id": "s"}, {}),
    ],
)  # fmt: skip
def test_what_becomes_of_a_row(table: str, row: dict[str, Any], changed: dict[str, Any]) -> None:
    assert Plan({"a"}, no_change, ("sudah masuk",)).row(table, row) == changed


def test_a_mention_is_redacted_wherever_it_stands() -> None:
    plan = Plan(set(), lambda text: text.replace("Sarpi", "[NAMA]"))
    row = {"doc_id": "a", "text": "Bu Sarpi", "tags": ["Sarpi", "jalan"], "views": 3}
    assert plan.row("document", row) == {"text": "Bu [NAMA]", "tags": ["[NAMA]", "jalan"]}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake with old versions, rows in files and rows in the catalog, and text in statistics."""
    folder = tmp_path_factory.mktemp("made")
    with new_lake(folder, NOW) as lake:
        many = [document(f"d{n:03d}", kind="complaint", text=f"{PLAIN} {n}") for n in range(60)]
        many[7] |= {"text": f"A {SAID} 1", "author": "u-0123456789", "title": f"A {SAID}"}
        load(lake, "one", many, [complaint(f"d{n:03d}") for n in range(60)])
        few = [document("d100", kind="complaint", text=f"Z {SAID} 2", flags=["partial"]), document("d101")]
        load(lake, "two", few, [complaint("d100")])
        enrich(lake, [labels(f"d{n:03d}", keywords=[SAID]) for n in (*range(60), 100, 101)])
        newer = {"text": f"B {SAID} 3", "content_hash": "new"}
        load(lake, "three", [{**many[7], **newer}], [complaint("d007")])
        enrich(lake, [labels("d007", why=[SAID])])
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    copytree(made, tmp_path / "home")
    return tmp_path / "home"


def everything(home: Path) -> bytes:
    """All bytes of the lake, Parquet pages decompressed."""
    parts = [path.read_bytes() for path in (home / "lake").rglob("*") if path.is_file()]
    for path in home.rglob("*.parquet"):
        parts.append(repr(pq.read_table(path, partitioning=None).to_pylist()).encode())
        meta = pq.read_metadata(path)
        groups = range(meta.num_row_groups)
        parts += [repr(meta.row_group(g).column(c)).encode() for g in groups for c in range(meta.num_columns)]
    return b"\n".join(parts)


def dump(home: Path) -> list[object]:
    """What the lake holds, without the bytes that opening a database changes."""
    con = sqlite3.connect(home / "lake" / "catalog.sqlite")
    rows = list(con.iterdump())
    con.close()
    return [rows, {path.name: path.read_bytes() for path in home.rglob("*.parquet")}]


def counts(home: Path) -> list[tuple[Any, ...]]:
    """What every snapshot counts, and by which labels."""
    with Lake(home, now=NOW) as lake:
        last = lake.snapshot()
    found: list[tuple[Any, ...]] = []
    for snapshot in range(1, last + 1):
        with Lake(home, now=NOW, snapshot=snapshot) as lake:
            if not lake.rows("SELECT 1 FROM duckdb_views() WHERE view_name = 'mart_week_topic'"):
                continue  # before the first migration was over
            found.append((
                snapshot,
                lake.rows("SELECT kind, count(*), count(author), min(doc_id) FROM document GROUP BY 1"),
                lake.rows("SELECT topic, sentiment, count(*) FROM enrichment GROUP BY ALL"),
                lake.rows("SELECT doc_id, kind FROM document WHERE doc_id IN ('d007', 'd100') ORDER BY 1"),
                lake.rows("SELECT n, n_negative FROM mart_week_topic ORDER BY ALL"),
            ))  # fmt: skip
    return found


@pytest.mark.proof
def test_nothing_is_left_and_every_snapshot_counts_the_same(home: Path) -> None:
    before = counts(home)
    with sqlite3.connect(home / "lake" / "catalog.sqlite") as con:
        inlined = con.execute("SELECT count(*) FROM sqlite_master WHERE name LIKE 'ducklake_inlined_data_%'")
        assert inlined.fetchone()[0] > 10
    con.close()
    assert len(before) > 4
    assert everything(home).count(SAID.encode()) > 6
    versions = [
        row["text"]
        for _, row in every_row(home, ("document",), ("doc_id", "text"))
        if row["doc_id"] == "d007"
    ]
    assert len(versions) == 2, "the old version must be there for this test to mean anything"
    done = forget(home, Plan({"d007", "d100"}, no_change))
    assert done.n_rewritten >= 1
    assert done.n_inlined_rows >= 1
    assert SAID.encode() in everything(home), "labels of others hold it too"
    forget(home, Plan({f"d{n:03d}" for n in range(102)}, no_change))
    assert SAID.encode() not in everything(home)
    assert counts(home) == before


def test_others_are_left_alone_and_again_changes_nothing(home: Path) -> None:
    forget(home, Plan({"d007", "d100"}, no_change))
    files = {path: path.read_bytes() for path in home.rglob("*.parquet")}
    with Lake(home, now=NOW) as lake:
        rows = lake.rows(
            "SELECT doc_id, text, flags FROM document WHERE text LIKE 'Kalimat orang%' ORDER BY 1"
        )
        assert len(rows) == 59
        gone = lake.rows(
            "SELECT doc_id, title, text, author, flags FROM document "
            "WHERE list_contains(flags, 'erased') ORDER BY 1"
        )
        assert gone == [("d007", "", "", "", ["erased"]), ("d100", "", "", None, ["partial", "erased"])]
        assert lake.value("SELECT count(*) FROM document WHERE url IS NULL") == 2
    again = forget(home, Plan({"d007", "d100"}, no_change))
    assert (again.n_rewritten, again.n_inlined_rows, again.n_statistics, again.n_orphans) == (0, 0, 0, 0)
    assert {path: path.read_bytes() for path in home.rglob("*.parquet")} == files


def test_a_dry_run_counts_and_changes_nothing(home: Path) -> None:
    before = dump(home)
    told = forget(home, Plan({"d007", "d100"}, no_change), dry_run=True)
    assert dump(home) == before
    done = forget(home, Plan({"d007", "d100"}, no_change))
    assert (told.n_file_rows, told.n_inlined_rows) == (done.n_file_rows, done.n_inlined_rows)


def test_files_of_a_killed_erasure_are_cleared(home: Path) -> None:
    some = next(home.rglob("*.parquet"))
    left = some.with_name("ducklake-left-behind.parquet")
    left.write_bytes(some.read_bytes())
    assert forget(home, Plan(set(), no_change)).n_orphans == 1
    assert not left.exists()


def test_an_erased_document_does_not_come_back_with_another_batch(home: Path) -> None:
    with Lake(home, now=NOW) as lake:
        lake.write(lambda con: mark_erased(con, {"d007": "s1"}))
    forget(home, Plan({"d007"}, no_change))
    with Lake(home, now=NOW) as lake:
        again = document("d007", kind="complaint", text=SAID, content_hash="later")
        done = load(lake, "four", [again], [complaint("d007")])
        assert (done.n_in, done.n_new, done.n_updated, done.n_duplicate) == (1, 0, 0, 1)
        assert lake.value("SELECT text FROM document WHERE doc_id = 'd007'") == ""


def test_a_new_model_takes_over_the_labels_of_what_was_erased(home: Path) -> None:
    forget(home, Plan({"d007"}, no_change))
    with Lake(home, now=NOW) as lake:
        register_model(lake, "m2", NOW)
        waiting = {row["doc_id"] for row in documents_to_enrich(lake, "m2", 1000)}
        assert "d007" not in waiting
        assert "d030" in waiting
        assert carry_labels(lake, "m2") == 1
        assert carry_labels(lake, "m2") == 0
        kept = lake.rows(
            "SELECT topic, opd_ids, kecamatan, sentiment FROM enrichment_current WHERE doc_id = 'd007'"
        )
        assert kept == [("jalan_jembatan", ["dputr"], ["Juwana"], "negatif")]
