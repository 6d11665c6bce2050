"""Parts of a stage: side by side they make the lake that one whole run makes."""

from __future__ import annotations

import hashlib
import multiprocessing
from pathlib import Path
from typing import Any

import pytest

from nlp import Analyzer
from pipelines.beside import enrich_part
from pipelines.learning import load_analyzer
from pipelines.progress import Silent
from pipelines.run import RunError, alone, run_stages
from pipelines.scope import Part
from pipelines.settings import Settings
from pipelines.sharing import shared
from pipelines.stages import enrich
from tests.lakes import new_lake
from tests.warehouse.conftest import NOW
from tests.warehouse.rows import document, load
from warehouse import Lake
from warehouse.store.labels import documents_to_enrich

WORDS = ("Jalan di Juwana rusak parah", "Lampu jalan padam di Tayu", "Pelayanan KTP cepat", "Banjir lagi")
N = 60


def _home(path: Path) -> Settings:
    with new_lake(path, NOW) as lake:
        load(lake, "b1", [document(f"d{i}", text=f"{WORDS[i % 4]} ({i}).") for i in range(N)])
    return Settings(path, fixed_now=NOW)


def _labels(settings: Settings) -> list[tuple[Any, ...]]:
    with Lake(settings.home, now=NOW) as lake:
        return lake.rows("SELECT * FROM enrichment ORDER BY ALL")


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return load_analyzer(Settings(Path("tidak-ada")))


def test_parts_add_up_to_the_whole(tmp_path: Path, analyzer: Analyzer) -> None:
    whole, parts = _home(tmp_path / "whole"), _home(tmp_path / "parts")
    with Lake(whole.home, now=NOW) as lake:
        enrich.run(lake, whole, Silent(), analyzer)
    with Lake(parts.home, now=NOW) as lake:
        sizes = [enrich.run(lake, parts, Silent(), analyzer, Part(k, 3)).n_stored for k in (2, 0, 1)]
        assert enrich.run(lake, parts, Silent(), analyzer).n_stored == 0, "nothing is left"
    assert sum(sizes) == N
    assert min(sizes) > N / 10, "no part is nearly empty"
    assert _labels(parts) == _labels(whole)


def test_the_class_of_an_id_never_changes(tmp_path: Path) -> None:
    """Another split would let two workers do one document when a deployment is updated while they work."""
    settings = _home(tmp_path)
    with Lake(settings.home, now=NOW) as lake:
        found = {row["doc_id"] for row in documents_to_enrich(lake, "m", N, (0, 4))}
    assert found == {f"d{i}" for i in range(N) if _class(f"d{i}", 4) == 0}


def _class(doc_id: str, n: int) -> int:
    """Worked out without DuckDB: one of the two halves of MD5, as a number."""
    return int.from_bytes(hashlib.md5(doc_id.encode()).digest()[8:], "little") % n  # noqa: S324 - no secret


@pytest.mark.parametrize(("k", "n"), [(-1, 2), (2, 2), (0, 0)])
def test_there_is_no_such_part(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="part"):
        Part(k, n)


def test_parts_keep_out_a_whole_run_and_not_each_other(tmp_path: Path) -> None:
    settings = Settings(tmp_path, fixed_now=NOW)
    with shared(tmp_path / "run.lock") as one, shared(tmp_path / "run.lock") as other:
        assert one
        assert other
        with pytest.raises(RunError, match="sedang bekerja"), alone(settings):
            raise AssertionError
    with alone(settings):
        with shared(tmp_path / "run.lock") as free:
            assert not free
        with pytest.raises(RunError, match="sedang bekerja"):
            enrich_part(settings, Part(0, 2))


def _part(home: Path, k: int) -> None:
    enrich_part(Settings(home, fixed_now=NOW), Part(k, 2))


@pytest.mark.proof
def test_two_processes_at_once_label_everything_once(tmp_path: Path) -> None:
    settings = _home(tmp_path)
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=_part, args=(tmp_path, k)) for k in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
        assert worker.exitcode == 0
    labelled = [row[0] for row in _labels(settings)]
    assert sorted(labelled) == sorted({f"d{i}" for i in range(N)})
    with Lake(settings.home, now=NOW) as lake:
        assert lake.value("SELECT count(*) FROM model") == 1, "both began with the same new model"
        assert lake.value("SELECT count(*) FROM run WHERE stage = 'enrich'") == 2
    run_stages(settings, ("link",))
