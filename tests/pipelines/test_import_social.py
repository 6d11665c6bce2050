"""Exports of commercial tools, with a map of their columns."""

import json
from pathlib import Path

import openpyxl
import pytest
import typer
from typer.testing import CliRunner

from pipelines.cli import files
from pipelines.cli.app import options
from warehouse import Lake

HEADER = ["Document ID", "Hit Sentence", "Influencer", "User Id", "Date", "URL", "Reach", "Likes", "Shares"]
ROWS = [
    ["a1", "Jalan Prawoto rusak #Juwana", "wargacontoh", "U77", "9/23/2026 14:05",
     "https://m.example/wargacontoh/1", "1200", "1,5 rb", "-"],
    ["a2", "PJU mati", "lainnyacontoh", "U78", "9/5/2026",
     "https://m.example/lainnyacontoh/2", "3", "entah", "2"],
    ["a3", "", "kosongcontoh", "U79", "9/5/2026", "", "", "", ""],
    ["a4", "Tanggal aneh", "x", "U80", "kapan-kapan", "", "", "", ""],
]  # fmt: skip
MAP = """\
columns:
  id: Document ID
  text: Hit Sentence
  account: Influencer
  account_id: User Id
  date: Date
  url: URL
  likes: Likes
  shares: Shares
platform: instagram
date_order: mdy
"""
APP = typer.Typer()
APP.callback()(options)
files.register(APP)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATI_NOW", "2026-11-16T07:00:00+07:00")
    (tmp_path / "peta.yaml").write_text(MAP, "utf-8")
    return tmp_path


def csv(home: Path, delimiter: str = ";", encoding: str = "utf-16") -> Path:
    path = home / "ekspor.csv"
    lines = [delimiter.join(f'"{cell}"' for cell in row) for row in [HEADER, *ROWS]]
    path.write_bytes("\r\n".join(["Laporan contoh", *lines]).encode(encoding))
    return path


def xlsx(home: Path) -> Path:
    path = home / "ekspor.xlsx"
    book = openpyxl.Workbook()
    for row in [["Laporan contoh"], HEADER, *ROWS]:
        book.active.append(row)
    book.save(path)
    return path


def pati(home: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(APP, ["--home", str(home / "rumah"), "import", "social", *arguments])
    return done.exit_code, done.output


@pytest.mark.parametrize("made", [csv, xlsx])
def test_a_preview_says_column_by_column_what_was_understood(home: Path, made: object) -> None:
    path = made(home)  # type: ignore[operator]
    code, said = pati(home, str(path), "--map", str(home / "peta.yaml"), "--dry-run", "--json")
    assert code == 0, said
    preview = json.loads(said)["preview"]
    assert (preview["n_in"], preview["n_documents"]) == (4, 2)
    assert preview["reasons"] == {"no_text": 1, "bad_date": 1}
    assert preview["columns"]["text"] == "Hit Sentence"
    assert preview["unread"] == ["Reach"]
    first, second = preview["sample"]
    assert first["published_at"] == "2026-09-23T07:05:00+00:00"  # month first, in WIB
    assert second["published_at"].startswith("2026-09-04T17:00")  # the fifth of September, not of May
    assert first["metrics"] == {"likes": 1500}
    assert (second["metrics"], second["flags"]) == ({"shares": 2}, ["count_unread"])
    assert first["tags"] == ["juwana"]
    assert first["external_id"] == "a1"
    assert first["section"] == "instagram"
    assert "wargacontoh" not in said
    assert "U77" not in said
    assert not (home / "rumah" / "landing").exists()


@pytest.mark.proof
def test_the_same_file_again_adds_nothing(home: Path) -> None:
    path = str(csv(home))
    added = []
    for _ in range(2):
        code, said = pati(home, path, "--map", str(home / "peta.yaml"), "--json")
        assert code == 0, said
        added.append([one["n_new"] for one in json.loads(said)["results"] if one["stage"] == "load"])
    assert added == [[2], [0]]
    with Lake(home / "rumah") as lake:
        authors = {author for (author,) in lake.rows("SELECT author FROM document")}
    assert len(authors) == 2
    assert all(author.startswith("u-") for author in authors)


@pytest.mark.parametrize(
    ("find", "replace", "code", "says"),
    [
        ("Hit Sentence", "Kalimat", 1, "Baris judul kolom tidak ditemukan"),
        ("  likes: Likes", "  likes: Jempol", 1, "Kolom 'Jempol' tidak ada; yang ada: 'Document ID'"),
        ("  likes: Likes", "  suka: Likes", 2, "baris 8"),
        ("  text: Hit Sentence\n", "", 2, "harus memuat 'text'"),
        ("likes: Likes", "likes: Shares", 2, "dipakai untuk 'likes' dan 'shares'"),
        ("mdy", "amerika", 2, "date_order"),
        ("columns:", "colums:", 2, "mungkin maksudnya 'columns'"),
    ],
)
def test_a_map_that_does_not_fit_is_explained(
    home: Path, find: str, replace: str, code: int, says: str
) -> None:
    (home / "peta.yaml").write_text(MAP.replace(find, replace), "utf-8")
    got, said = pati(home, str(csv(home)), "--map", str(home / "peta.yaml"), "--dry-run")
    assert got == code
    assert says in " ".join(said.split())


def test_no_map_at_that_place(home: Path) -> None:
    code, said = pati(home, str(csv(home)), "--map", str(home / "tidak-ada.yaml"), "--dry-run")
    assert code == 2
    assert "tidak-ada.yaml" in " ".join(said.split())
