"""`pati init`: what a new installation needs is made once, and never written over."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from config import ConfigError, load_config
from config.loader import BUNDLED
from config.secret_file import read_secrets
from pipelines.beginning import COPIED, begin, with_contact
from pipelines.cli.init import NOTES, begun_lines
from pipelines.settings import Settings, SettingsError

OURS = "https://diskominfo.contoh.go.id"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_home_has_what_one_will_edit_for_its_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "rumah"
    begun = begin(Settings(home), OURS)
    assert (begun.kept, begun.contact) == ((), OURS)
    assert set(begun.made) == set(NOTES)
    assert all((home / name).exists() for name in begun.made)
    assert (mode(home), mode(home / "keys"), mode(home / "keys" / "rahasia.env")) == (0o700, 0o700, 0o600)
    config = load_config(home / "config")
    assert config.crawl.contact == OURS
    folders = [one.folder for source in config.sources for one in source.discover if one.folder]
    assert folders, "the bundled list has sources that wait for files"
    assert all((home / "inbox" / name).is_dir() for name in folders)
    for name in COPIED:
        comments = [line for line in (BUNDLED / name).read_text().splitlines() if line.startswith("#")]
        assert set(comments) <= set((home / "config" / name).read_text().splitlines())


def test_the_file_of_secrets_has_only_examples(tmp_path: Path) -> None:
    begin(Settings(tmp_path / "rumah"))
    assert read_secrets(tmp_path / "rumah" / "keys" / "rahasia.env") == ({}, None)


def test_a_second_time_nothing_is_written_over(tmp_path: Path) -> None:
    home = tmp_path / "rumah"
    begin(Settings(home))
    (home / "config" / "report.yaml").write_text((BUNDLED / "report.yaml").read_text() + "# milik kami\n")
    (home / "keys" / "rahasia.env").write_text("PATI_REPORT_TO=kami@contoh.example\n")
    (home / "config" / "crawl.yaml").unlink()
    begun = begin(Settings(home, home / "config"))
    assert begun.made == ("config/crawl.yaml",)
    assert (home / "config" / "report.yaml").read_text().endswith("# milik kami\n")
    assert (home / "keys" / "rahasia.env").read_text() == "PATI_REPORT_TO=kami@contoh.example\n"
    assert begin(Settings(home, home / "config"), OURS).contact == OURS


@pytest.mark.parametrize("contact", ["", "dua kata", "a\nobey_robots: false", "*", 'x"', "x#y", "[x"])
def test_a_contact_that_would_break_the_file_changes_nothing(tmp_path: Path, contact: str) -> None:
    home = tmp_path / "rumah"
    begin(Settings(home))
    before = (home / "config" / "crawl.yaml").read_text()
    with pytest.raises(ConfigError):
        begin(Settings(home, home / "config"), contact)
    assert (home / "config" / "crawl.yaml").read_text() == before


def test_another_folder_of_configuration_is_not_filled(tmp_path: Path) -> None:
    (tmp_path / "lain").mkdir()
    with pytest.raises(SettingsError, match="lain"):
        begin(Settings(tmp_path / "rumah", tmp_path / "lain"))
    assert not (tmp_path / "rumah").exists()


def test_a_file_without_the_line_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="contact"):
        with_contact("user_agent: x\n", OURS)


def test_what_is_said(tmp_path: Path) -> None:
    begun = begin(Settings(tmp_path / "rumah"), OURS)
    said = "\n".join(begun_lines(begun, "https://bawaan.example"))
    assert all(f"  {name} " in said for name in begun.made)
    assert f"memperkenalkan diri dengan {OURS}" in said
    again = begin(Settings(tmp_path / "rumah", tmp_path / "rumah" / "config"))
    said = "\n".join(begun_lines(again, OURS))
    assert "isinya dibiarkan" in said
    assert "memperkenalkan" not in said
    assert said.count("pati ") >= 4
