from pathlib import Path

import pytest

from crawlers.tokens import load_tokens, why_missing


def written(path: Path, text: str, mode: int = 0o600) -> Path:
    file = path / "rahasia.env"
    file.write_text(text, "utf-8")
    file.chmod(mode)
    return file


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = written(
        tmp_path, "# token\n\nX_BEARER_TOKEN=dari-berkas\nYOUTUBE_API_KEY = 'k1' \nGRAPH_TOKEN=g\n"
    )
    tokens = load_tokens({"X_BEARER_TOKEN": "dari-luar", "GRAPH_TOKEN": ""}, file)
    assert dict(tokens) == {"X_BEARER_TOKEN": "dari-luar", "YOUTUBE_API_KEY": "k1", "GRAPH_TOKEN": "g"}
    assert "k1" not in repr(tokens)
    assert tokens.problem is None


@pytest.mark.parametrize(
    ("text", "mode", "says"),
    [
        ("A=1\n", 0o640, "chmod 600"),
        ("A=1\n", 0o604, "chmod 600"),
        ("A=1\nbukan pasangan\n", 0o600, "baris 2"),
        ("A B=1\n", 0o600, "baris 1"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_not_used(tmp_path: Path, text: str, mode: int, says: str) -> None:
    tokens = load_tokens({}, written(tmp_path, text, mode))
    assert dict(tokens) == {}
    assert says in why_missing(tokens, "A")
    assert "A=…" in why_missing(tokens, "A")


def test_no_file_is_no_problem(tmp_path: Path) -> None:
    tokens = load_tokens({}, tmp_path / "rahasia.env")
    assert why_missing(tokens, "X_BEARER_TOKEN").startswith("isi variabel lingkungan X_BEARER_TOKEN")
    assert why_missing({}, "X_BEARER_TOKEN") == why_missing(tokens, "X_BEARER_TOKEN")


def test_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "rahasia.env"
    folder.mkdir(mode=0o700)
    assert "tidak dapat dibaca" in why_missing(load_tokens({}, folder), "A")
