"""Changing one value of a file: comments stay, a wrong value is refused, the file before is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from config import ConfigError, load_config
from config.loader import BUNDLED
from config.putting import HISTORY
from config.writing import change_value, with_value

NOW = datetime(2026, 11, 16, tzinfo=UTC)
TEXT = "# atas\nsatu:\n  dua: 2 # dua\n  tiga: tiga\ndaftar:\n  - id: a\n    nama: A\n    jenis: x\n"


@pytest.mark.parametrize(
    ("place", "value", "line"),
    [
        (("satu", "dua"), 2.5, "  dua: 2.5 # dua"),
        (("satu", "tiga"), "ya: tidak", "  tiga: 'ya: tidak'"),
        (("daftar", "a", "nama"), "B", "    nama: B"),
        (("daftar", "a", "baru"), True, "    baru: true"),
    ],
)
def test_only_its_line_changes(place: tuple[str, ...], value: object, line: str) -> None:
    lines = with_value(TEXT, "x.yaml", place, value).splitlines()  # type: ignore[arg-type]
    assert line in lines
    assert len([one for one in TEXT.splitlines() if one not in lines]) <= 1


@pytest.mark.parametrize("place", [("satu",), ("nol", "x"), ("daftar", "b", "nama")])
def test_a_place_that_is_not_there_is_named(place: tuple[str, ...]) -> None:
    with pytest.raises(ConfigError, match="tidak ditemukan"):
        with_value(TEXT, "x.yaml", place, 1)


def test_a_change_is_checked_by_the_loader_and_the_file_before_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    change_value(folder, "alerts.yaml", ("budget", "false_per_month"), 3, NOW)
    assert load_config(folder).alerts.budget.false_per_month == 3
    first = (folder / "alerts.yaml").read_text(encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        change_value(folder, "alerts.yaml", ("budget", "false_per_month"), -1, NOW)
    assert refused.value.line is not None
    assert (folder / "alerts.yaml").read_text(encoding="utf-8") == first
    change_value(folder, "alerts.yaml", ("surge", "enabled"), value=False, now=NOW)
    assert not load_config(folder).alerts.surge.enabled
    [copy] = (folder / HISTORY).iterdir()
    assert copy.read_text(encoding="utf-8") == first


def test_every_bundled_source_can_be_paused(tmp_path: Path) -> None:
    text = (BUNDLED / "sources.yaml").read_text(encoding="utf-8")
    sources = load_config().sources
    for source in sources:
        text = with_value(text, "sources.yaml", ("sources", source.id, "status"), "investigating")
    (tmp_path / "sources.yaml").write_text(text, encoding="utf-8")
    assert {source.status for source in load_config(tmp_path).sources} == {"investigating"}
    assert len(load_config(tmp_path).sources) == len(sources)
