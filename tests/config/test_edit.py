"""Adding to `sources.yaml` as a careful person would: only the lines concerned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from config import ConfigError, load_config
from config.edit import put_source, with_source
from config.loader import BUNDLED

NEW: dict[str, Any] = {
    "id": "baru", "name": "Kabar: Baru", "kind": "news", "url": "https://baru.example", "scope": "general",
    "discover": [{"feed": "https://baru.example/feed/"},
                 {"listing": "https://baru.example/", "link_pattern": r"^https?://baru\.example/\d+-[^/?#]+$"}],
    "permission": "rss_public", "status": "active", "expected_per_week": 3.5, "note": "Baik: 'ya' # dua",
}  # fmt: skip
TEXT = """# kepala berkas
sources:
  # ---- lokal
  - id: satu
    name: Satu   # nama pendek
    kind: news
    url: https://satu.example
    scope: pati_only
    discover:
      - feed: https://satu.example/feed
    permission: robots_ok
    status: investigating
    note: |
      Baris satu.
      Baris dua.

  # ---- regional
  - id: dua
    name: Dua
    kind: news
    url: https://dua.example
    scope: general
    permission: robots_ok
    status: investigating
# ekor berkas
"""


def loaded(text: str, folder: Path) -> dict[str, Any]:
    (folder / "sources.yaml").write_text(text)
    return {source.id: source for source in load_config(folder).sources}


def test_an_entry_is_added_and_nothing_else_changes(tmp_path: Path) -> None:
    changed = with_source(TEXT, NEW)
    assert changed.startswith(TEXT)
    found = loaded(changed, tmp_path)
    assert list(found) == ["satu", "dua", "baru"]
    baru = found["baru"]
    assert (baru.name, baru.note, baru.expected_per_week) == (NEW["name"], NEW["note"], 3.5)
    assert baru.discover[1].link_pattern == NEW["discover"][1]["link_pattern"]


@pytest.mark.parametrize(("replaced", "kept"), [("satu", "dua"), ("dua", "satu")])
def test_an_entry_takes_anothers_place_and_comments_around_it_stay(
    tmp_path: Path, replaced: str, kept: str
) -> None:
    changed = with_source(TEXT, NEW, replaces=replaced)
    found = loaded(changed, tmp_path)
    assert set(found) == {"baru", kept}
    assert list(found).index("baru") == ["satu", "dua"].index(replaced)
    for comment in ("# kepala berkas", "# ---- lokal", "# ---- regional", "# ekor berkas"):
        assert comment in changed
    assert ("# nama pendek" in changed) == (kept == "satu")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("sources: []\n", id="empty list"),
        pytest.param("sources: []  # belum ada\n", id="empty list with a comment"),
        pytest.param("# kosong\nsources:\n- id: satu\n  name: S\n  kind: news\n  scope: general\n"
                     "  permission: robots_ok\n  status: investigating\n", id="dashes at the margin"),
        pytest.param(TEXT.rstrip("\n"), id="no line end at the end"),
        pytest.param(TEXT.replace("\n", "\r\n"), id="lines as Windows ends them"),
    ],
)  # fmt: skip
def test_other_ways_of_writing_the_list(tmp_path: Path, text: str) -> None:
    assert "baru" in loaded(with_source(text, NEW), tmp_path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sources: [{id: satu}]\n", "kurung siku"),
        ("sumber: []\n", "tidak ditemukan"),
        ("sources:\n  - id: 'a\n", "tidak ditemukan"),
    ],
)
def test_what_cannot_be_edited_is_said(text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        with_source(text, NEW)


def test_replacing_what_is_not_there_is_an_error() -> None:
    with pytest.raises(ConfigError, match="'tiga' tidak ditemukan"):
        with_source(TEXT, NEW, replaces="tiga")


def test_a_folder_without_a_list_gets_the_bundled_one_first(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    path = put_source(folder, NEW)
    assert path == folder / "sources.yaml"
    assert path.read_text().startswith((BUNDLED / "sources.yaml").read_text())
    sources = load_config(folder).sources
    assert sources[:-1] == load_config().sources
    assert sources[-1].id == "baru"
    assert [file.name for file in folder.iterdir()] == ["sources.yaml"]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"id": "satu"}, id="id in use"),
        pytest.param({"opd": "dinas_entah"}, id="office that is in another file"),
        pytest.param({"discover": []}, id="active without a way in"),
    ],
)
def test_what_does_not_fit_is_never_written(tmp_path: Path, changes: dict[str, Any]) -> None:
    (tmp_path / "sources.yaml").write_text(TEXT)
    with pytest.raises(ConfigError):
        put_source(tmp_path, {**NEW, **changes})
    assert (tmp_path / "sources.yaml").read_text() == TEXT
    assert len(list(tmp_path.iterdir())) == 1
