"""`pati search` as people call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from pipelines.cli import search
from pipelines.cli.app import options
from tests.search.conftest import NOW
from tests.warehouse.rows import document, enrich, labels, load
from warehouse import Lake
from warehouse.search.folder import current


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATI_NOW", NOW.isoformat())


def pati(home: Path, *arguments: str, code: int = 0) -> Result:
    app = typer.Typer()
    app.callback()(options)
    search.register(app)
    done = CliRunner().invoke(app, ["--home", str(home), "search", *arguments])
    assert done.exit_code == code, (done.output, done.exception)
    return done


def test_words_filters_and_words_that_must_not_occur(home: Path) -> None:
    found = json.loads(pati(home, "jalan", "rusak", "-rob", "--kecamatan", "juwana", "--json").stdout)
    assert {row["doc_id"] for row in found["rows"]} == {"diperbaiki", "urutan"}
    row = found["rows"][0]
    assert {row["excerpt"][a:b].lower() for a, b in row["excerpt_marks"]} <= {"jalan", "rusak"}
    said = pati(home, "jalan", "rusak", "--limit", "2", "--facets")
    assert "3 dokumen cocok. Ditampilkan 1-2; --page" in said.stdout
    assert "kecamatan: Juwana 2, Dukuhseti 1" in said.stdout
    assert "Ditampilkan 3-3." in pati(home, "jalan", "rusak", "--limit", "2", "--page", "2").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["jalan", "--form", "2026"], "--form"),
        (["jalan", "--sort", "acak"], "relevan atau terbaru"),
        (["jalan", "--opd", "xyz"], "OPD 'xyz'"),
        (["jalan", "--from", "kemarin"], "dari:kemarin"),
        ([], "Tulis kata"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_status_2(home: Path, arguments: list[str], said: str) -> None:
    done = pati(home, *arguments, code=2)
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_slip_is_said(home: Path) -> None:
    assert "ditampilkan hasil untuk: juwana" in pati(home, "juwna").stdout


def test_an_index_that_is_behind_or_gone_is_brought_up_to_date_first(home: Path) -> None:
    with Lake(home, now=NOW) as lake:
        load(lake, "b2", [document("baru", text="waduk retak")])
        enrich(lake, [labels("baru")])
    done = pati(home, "waduk", "--json")
    assert "1 dokumen berubah" in done.stderr
    assert json.loads(done.stdout)["total"] == 1
    (current(home) / "meta.json").write_text("{")
    done = pati(home, "waduk", "--json")
    assert "rusak" in done.stderr
    assert json.loads(done.stdout)["total"] == 1
    assert "Diminta" in pati(home, "--rebuild").stdout


def test_saved_searches(home: Path) -> None:
    assert "Belum ada" in pati(home, "--saved").stdout
    assert "Disimpan sebagai 'Waduk'" in pati(home, "waduk", "--save", "Waduk").stderr
    with Lake(home, now=NOW) as lake:
        load(lake, "b2", [document("baru", text="waduk retak")])
        enrich(lake, [labels("baru")])
    assert "Waduk: 1" in pati(home, "--rebuild").stdout
    assert json.loads(pati(home, "--saved", "--json").stdout)[0]["n_new"] == 0  # the clock stands still
    assert "dihapus" in pati(home, "--delete", "Waduk").stdout
    assert "tidak ada" in pati(home, "--delete", "Waduk", code=1).stderr
    assert "tidak ada" in pati(home, "--show", "Waduk", code=1).stderr
