"""The register of numbers: complete, valid, and the only source of its documentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import ConfigError
from tests.conftest import ROOT
from warehouse import Lake
from warehouse.metrics import document, footnote, load_metrics, metric, metrics, named, tooltip
from warehouse.queries.trends import MIN_N

ENTRY = """metrics:
  - id: contoh
    name: Contoh
    formula: Banyaknya contoh.
    unit: contoh
    denominator: tidak ada
    min_n: 10
    caveat: Hanya contoh.
    mart: mart_contoh
    column: n
    n: n
    grain: [week]
    drill: {view: drill_contoh}
    source: tes
"""


def test_every_indicator_is_defined() -> None:
    assert {one.code for one in metrics().values() if one.code} == {f"I{i}" for i in range(1, 16)}


def test_the_documentation_is_current() -> None:
    written = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")
    assert written == document(metrics().values()), "jalankan `pati metrics docs`"


def test_marts_and_their_columns_exist(lake: Lake) -> None:
    columns: dict[str, set[str]] = {}
    for table, column in lake.rows("SELECT table_name, column_name FROM duckdb_columns()"):
        columns.setdefault(table, set()).add(column)
    for one in metrics().values():
        assert {one.column, one.n, *one.grain, *one.where} <= columns[one.mart], one.id
        way = one.drill
        wanted = {way.names.get(name, name) for name in one.grain} | set(way.where or ()) | {way.key}
        assert wanted | ({way.only} if way.only else set()) <= columns[way.view], one.id


def test_the_least_n_is_one_rule(lake: Lake) -> None:
    assert lake.rows("SELECT enough($n - 1), enough($n)", {"n": MIN_N}) == [(False, True)]
    assert {one.min_n for one in metrics().values()} == {0, MIN_N}


def test_what_is_shown_of_a_number() -> None:
    assert "kurang dari 10" in tooltip("i10_net_tone")
    assert "kurang dari" not in tooltip("articles")
    assert footnote("i10_net_tone").startswith("Nada bersih layanan (I10): ")
    assert [one.id for one in named("i5")] == ["i5_resolution", "i5_resolution_all"]


def test_an_unknown_number_is_a_sentence_with_a_hint() -> None:
    with pytest.raises(KeyError, match="mungkin maksudnya 'i10_net_tone'"):
        metric("i10_nett_tone")


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("unit: contoh", "satuan: contoh", 5, "satuan"),
        ("min_n: 10", "min_n: 5", 7, "min_n"),
        ("formula: Banyaknya contoh.", "formula: Banyaknya contoh", 4, "titik"),
        ("{view: drill_contoh}", "{view: drill_contoh, names: {day: hari}}", 13, "bukan kolom di grain"),
        ("    source: tes\n", "    source: tes\n" + ENTRY.split("\n", 1)[1], 15, "sudah didefinisikan"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    (tmp_path / "salah.yaml").write_text(ENTRY.replace(old, new))
    with pytest.raises(ConfigError, match=says) as caught:
        load_metrics(tmp_path)
    assert (caught.value.file, caught.value.line) == ("salah.yaml", line)
