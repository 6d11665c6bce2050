"""`pati lake`: words leave everywhere, numbers stay; backup, restore, export as a person would do it."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import typer
from openpyxl import load_workbook
from typer.testing import CliRunner

from config.retention import Texts
from crawlers.landing import batches, read_batch, replace_batch
from pipelines.cli import lake as lake_commands
from pipelines.cli.app import options
from pipelines.erasure.contents import cells
from pipelines.exporting import _xlsx, plain
from pipelines.progress import Silent
from pipelines.rebuilding import rebuild
from pipelines.run import landing_kept
from pipelines.upkeep import cut, maintain
from tests.pipelines.small_life import START, TAIL, article, complaint, home, lived, settings_at
from warehouse import Lake
from warehouse.maintain.locks import files_kept
from warehouse.maintain.retention import Due

__all__ = ["home", "lived"]
pytestmark = pytest.mark.proof

SAID = TAIL.strip()
app = typer.Typer()
app.callback()(options)
lake_commands.register(app)
MARTS = ("mart_week_kind", "mart_week_topic", "mart_week_opd", "mart_story", "mart_complaint_status")


def numbers(home: Path, now: datetime) -> dict[str, Counter[Any]]:
    with Lake(home, now=now) as lake:
        return {name: Counter(map(str, lake.rows(f"FROM {name}"))) for name in MARTS}


def holders(home: Path) -> set[str]:
    """Documents whose full words still lie anywhere in the landing zone."""
    return {
        record.doc_id  # type: ignore[union-attr]
        for path in batches(home / "landing")
        for record in read_batch(path)
        if SAID in getattr(record, "text", "")
    }


@pytest.mark.parametrize(
    ("record", "days", "is_cut"),
    [
        (article(1, START), 29, False),
        (article(1, START), 30, True),
        (article(1, START, text="pendek"), 99, False),
        (article(1, START, flags=("expired",)), 99, False),
        (complaint(1, START), 99, False),
    ],
)
def test_what_is_cut(record: Any, days: int, is_cut: bool) -> None:
    due = Due(Texts(kinds={"complaint": None}), START + timedelta(days=days), frozenset())
    done: Any = cut(record, due)
    assert (done is not record) == is_cut
    assert done.doc_id == record.doc_id
    if is_cut:
        assert (done.text, done.flags) == (record.text[:300], ("expired",))
    assert cut(record, Due(due.rules, due.now, frozenset({record.doc_id}))) is record


def test_words_leave_everywhere_and_no_number_changes(home: Path, lived: tuple[Path, datetime]) -> None:
    settings = settings_at(home, lived[1])
    before, landed = numbers(home, lived[1]), holders(home)
    told = maintain(settings, Silent(), dry_run=True)
    assert holders(home) == landed
    done = maintain(settings, Silent())
    assert (told.n_texts, told.n_landed, told.n_snapshots) == (done.n_texts, done.n_landed, done.n_snapshots)
    assert done.n_landed == 27  # twenty, five of the clone, two fetched again five weeks later
    assert done.n_texts >= 26
    assert numbers(home, lived[1]) == before
    fresh = {article(n, lived[1]).doc_id for n in range(40, 45)}
    assert holders(home) == fresh | {complaint(n, START).doc_id for n in range(8)}
    with Lake(home, now=lived[1]) as lake:
        assert (
            lake.value("SELECT count(*) FROM document WHERE kind = 'news' AND contains(text, ?)", [SAID]) == 5
        )
        assert (
            lake.value("SELECT n_stored FROM run WHERE stage = 'retention'") == done.n_texts + done.n_landed
        )
    again = maintain(settings, Silent())
    assert (again.n_texts, again.n_landed) == (0, 0)


def test_a_lake_without_words_is_derived_again_the_same(home: Path, lived: tuple[Path, datetime]) -> None:
    maintain(settings_at(home, lived[1]), Silent())
    before = numbers(home, lived[1])
    done = rebuild(settings_at(home, lived[1]), Silent())
    assert done.n_wordless == 24
    assert {name: one for name, one in done.tables.items() if not one.same and "story" not in name} == {}
    assert {name: rows for name, rows in numbers(home, lived[1]).items() if name != "mart_story"} == {
        name: rows for name, rows in before.items() if name != "mart_story"
    }


def test_a_maintenance_killed_half_way_costs_no_label(home: Path, lived: tuple[Path, datetime]) -> None:
    settings, rules = settings_at(home, lived[1]), Texts(kinds={"complaint": None})
    due = Due(rules, lived[1], frozenset())
    for path in batches(settings.landing):  # the landing zone is done, the lake is not
        replace_batch(path, [cut(record, due) for record in read_batch(path)])
    done = rebuild(settings, Silent(), dry_run=True)
    assert {name: one for name, one in done.tables.items() if not one.same} == {}


def test_what_stands_in_the_way_is_said_and_done_the_next_time(
    home: Path, lived: tuple[Path, datetime]
) -> None:
    settings = settings_at(home, lived[1])
    with landing_kept(settings):
        done = maintain(settings, Silent())
    assert (done.n_texts, done.n_landed, len(done.notes)) == (0, 0, 1)
    with files_kept(home):
        done = maintain(settings, Silent(), dry_run=True)
    assert len(done.notes) == 2
    assert maintain(settings, Silent()).notes == []


def test_a_home_is_backed_up_checked_and_restored(home: Path, lived: tuple[Path, datetime], tmp_path: Path,
                                                  monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setenv("PATI_NOW", lived[1].isoformat())

    def pati(*words: str, at: Path = home) -> Any:
        done = CliRunner().invoke(app, ["--home", str(at), "lake", *words])
        return done.exit_code, done.output

    kept, back = tmp_path / "kept", tmp_path / "back"
    assert pati("backup", str(kept), "--no-landing")[0] == 0
    assert pati("verify", str(kept)) == (0, pati("verify", str(kept))[1])
    code, said = pati("restore", str(kept), "--into", str(back))
    assert (code, "keys/" in said) == (0, True)
    assert numbers(back, lived[1]) == numbers(home, lived[1])
    assert list(batches(back / "landing")) == []  # all of it is in the lake
    code, said = pati("restore", str(kept), "--into", str(home))
    assert (code, "tidak ditimpa" in said) == (1, True)
    assert pati("verify", at=back)[0] == 0
    code, said = pati("rebuild", at=back)
    assert (code, "berkas pengumpulan" in said) == (1, True)
    for path in (back / "lake" / "parquet" / "main" / "document").glob("*.parquet"):
        path.unlink()
    code, said = pati("verify", at=back)
    assert (code, "tidak ada" in said) == (1, True)
    shutil.copytree(home / "landing", back / "landing", dirs_exist_ok=True)
    code, said = pati("rebuild", at=back)
    assert (code, "pulihkan dari cadangan" in said) == (1, True)


CSV_INJECTION = '=HYPERLINK("https://jahat.example")'


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (CSV_INJECTION, "'" + CSV_INJECTION), ("-1+2", "'-1+2"), (-5, -5), ("biasa", "biasa"), (True, "ya"),
        (None, None),
        (["=a", "b"], "'=a; b"), ([], ""), (START, "2026-09-07 08:00:00+07:00"), ("\t=1", "'\t=1"),
    ],
)  # fmt: skip
def test_cells(cell: Any, written: Any) -> None:
    assert plain(cell) == written


def test_an_export_has_every_row_and_nobody_in_it(
    home: Path, lived: tuple[Path, datetime], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATI_NOW", lived[1].isoformat())
    with Lake(home) as lake:
        sql = "UPDATE document SET title = '=1+1 ke 081200001234', author = 'u-01' WHERE title LIKE '%(9)'"
        lake.write(lambda con: con.execute(sql))

    def export(name: str, *words: str) -> Any:
        done = CliRunner().invoke(
            app, ["--home", str(home), "lake", "export", str(tmp_path / name), *words, "--json"]
        )
        return json.loads(done.stdout) if done.exit_code == 0 else done.exit_code

    with Lake(home, now=lived[1]) as lake:
        relevant = lake.value("SELECT count(*) FROM mart_document WHERE relevant")
    assert export("a.csv")["rows"] == relevant > 20
    with (tmp_path / "a.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == relevant
    assert "author" not in rows[0]
    assert {row["title"] for row in rows if "=1+1" in row["title"]} == {"'=1+1 ke [HP]"}
    assert max(len(row["excerpt"]) for row in rows) <= 301
    assert export("a.csv") == 1, "an existing file is not overwritten"
    assert export("b.parquet", "--kind", "complaint", "--all", "--authors")["rows"] == 8
    assert "author" in pq.read_schema(tmp_path / "b.parquet").names
    assert export("c.xlsx", "--what", "mart_week_topic")["sheets"] == 1
    with closing(load_workbook(tmp_path / "c.xlsx", read_only=True)) as book:
        n_rows = sum(1 for _ in book.worksheets[0].rows)
    assert n_rows == 1 + sum(numbers(home, lived[1])["mart_week_topic"].values())
    assert export("d.csv", "--what", "document") == 2
    assert export("e.csv", "--what", "mart_story", "--kind", "news") == 2
    assert export("f.pdf") == 1


def test_a_workbook_goes_on_in_further_sheets(tmp_path: Path) -> None:
    import pyarrow as pa

    batch = pa.RecordBatch.from_pydict({"n": list(range(25)), "t": ["x" * 40_000, *["\x01y"] * 24]})
    done = _xlsx(tmp_path / "x.xlsx", batch.schema, [batch], sheet_rows=10)
    assert (done.n_rows, done.n_sheets, done.n_cut) == (25, 3, 1)
    book = load_workbook(tmp_path / "x.xlsx")
    found = [row[0].value for sheet in book.worksheets for row in list(sheet.rows)[1:]]
    assert found == list(range(25))
    assert [sheet["A1"].value for sheet in book.worksheets] == ["n"] * 3
    assert book.worksheets[0]["B3"].value == "y"
    assert {cell.text for cell in cells(tmp_path / "x.xlsx") if cell.text == "n"} == {"n"}
