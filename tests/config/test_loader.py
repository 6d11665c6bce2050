"""Overriding files, and what a loaded configuration promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from config import Discover, load_config

if TYPE_CHECKING:
    from pathlib import Path

CRAWL = "user_agent: Uji/1.0\ncontact: uji@contoh.example\nallow_hosts: [127.0.0.1:8099]\n"


def test_a_file_replaces_the_bundled_one_and_only_it(tmp_path: Path) -> None:
    (tmp_path / "crawl.yaml").write_text(CRAWL, encoding="utf-8")
    (tmp_path / "catatan.txt").write_text("bukan YAML", encoding="utf-8")
    (tmp_path / ".tersembunyi.yaml").write_text("x", encoding="utf-8")
    ours, bundled = load_config(tmp_path), load_config()
    assert ours.crawl.user_agent == "Uji/1.0"
    assert ours.crawl.allow_hosts == ("127.0.0.1:8099",)
    assert ours.crawl.delay_seconds == 2.0
    assert ours.sources == bundled.sources
    changed = {name for name in bundled.hashes if ours.hashes[name] != bundled.hashes[name]}
    assert changed == {"crawl.yaml"}


def test_an_edited_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "crawl.yaml"
    path.write_text(CRAWL, encoding="utf-8")
    assert load_config(tmp_path).crawl.user_agent == "Uji/1.0"
    path.write_text(CRAWL.replace("Uji/1.0", "Uji/2.00"), encoding="utf-8")
    assert load_config(tmp_path).crawl.user_agent == "Uji/2.00"
    path.unlink()
    assert load_config(tmp_path).crawl.user_agent == load_config().crawl.user_agent


def test_the_configuration_is_frozen() -> None:
    cfg = load_config()
    with pytest.raises(ValidationError, match="frozen"):
        cfg.max_opd = 9  # type: ignore[misc]
    with pytest.raises(ValidationError, match="frozen"):
        cfg.sources[0].name = "lain"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("fields", "method", "target"),
    [
        ({"feed": "https://a.example/rss"}, "feed", "https://a.example/rss"),
        ({"wordpress": "http://127.0.0.1:80"}, "wordpress", "http://127.0.0.1:80"),
        ({"folder": "wa", "format": "whatsapp"}, "folder", "wa"),
        (
            {"youtube_channel": "UCaaaaaaaaaaaaaaaaaaaaaa"},
            "youtube_channel",
            "UCaaaaaaaaaaaaaaaaaaaaaa",
        ),
    ],
)
def test_discover_method_and_target(fields: dict[str, str], method: str, target: str) -> None:
    found = Discover.model_validate(fields)
    assert (found.method, found.target) == (method, target)


def test_keywords_are_lower_case_and_names_keep_their_capitals() -> None:
    cfg = load_config()
    assert all(word == word.lower() for topic in cfg.topics for word in topic.keywords)
    assert cfg.opd_by_id("dputr").short == "DPUTR"
