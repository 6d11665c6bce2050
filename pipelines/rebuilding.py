"""`pati lake rebuild`: derive everything after the landing zone again, and put it in place at once.

The landing batches are loaded again in the order, with the run ids and at the moments at which they
came in, into a lake beside the one in use; then labels, then stories. What people entered and what
happened is carried over (`warehouse.maintain.tables`). Rows that come out the same are not written.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from nlp import Analyzer
from pipelines.dimensions import rows
from pipelines.learning import load_analyzer
from pipelines.progress import Progress
from pipelines.result import StageResult
from pipelines.run import RunError, alone, book, landing_kept, open_lake
from pipelines.searching import keep_in_step
from pipelines.settings import Settings, new_run_id
from pipelines.stages import enrich, link, load
from warehouse import Lake
from warehouse.maintain.derive import (
    Difference,
    carry,
    carry_wordless,
    compared,
    exported,
    loaded,
    put_in_place,
)
from warehouse.migrate import migrate
from warehouse.store import register_model, sync_dimensions

FOLDER = ".rebuild"
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came out.

    Attributes:
        tables: how the derived rows differ, by table.
        n_batches: landing batches loaded again.
        n_wordless: documents whose words are gone; they were carried over as they are.
        model: version of the labels.
        replaced: tables that were replaced; none in a dry run.
    """

    tables: Mapping[str, Difference]
    n_batches: int
    n_wordless: int
    model: str
    replaced: tuple[str, ...]

    @property
    def same(self) -> bool:
        """The lake is what the landing zone says, row for row."""
        return all(one.same for one in self.tables.values())


def rebuild(
    settings: Settings, progress: Progress, *, dry_run: bool = False, analyzer: Analyzer | None = None
) -> Rebuilt:
    """Derive the lake again.

    Args:
        settings: of this installation.
        progress: who is told how far it is.
        dry_run: compare only.
        analyzer: the one in force, unless a test has its own.

    Raises:
        RunError: another run is at work, batches of the landing zone are gone, or the lake in use is
            damaged.
    """
    analyzer = analyzer or load_analyzer(settings)
    try:
        return _rebuild(settings, progress, analyzer, dry_run=dry_run)
    except duckdb.IOException as error:
        raise RunError(
            f"Gudang data tidak terbaca ({str(error).splitlines()[0]}); periksa dengan `pati lake verify`, "
            "lalu pulihkan dari cadangan."
        ) from error


def _rebuild(settings: Settings, progress: Progress, analyzer: Analyzer, *, dry_run: bool) -> Rebuilt:
    with alone(settings), landing_kept(settings), _aside(settings) as folder, open_lake(settings) as old:
        _all_there(old, settings)
        with Lake(folder / "home", now=settings.now(), create=True) as new:
            migrate(new)
            sync_dimensions(new, rows(settings.config))
            carry(old, new, folder)
            n_batches = _load(old, new, settings, progress)
            n_wordless = carry_wordless(old, new, folder)
            enrich.run(new, settings, progress, analyzer)
            link.run(new, settings, progress)
            files = exported(new, analyzer.version, folder)
        progress.begin("Membandingkan", None)
        found = compared(old, files, analyzer.version)
        changed = tuple(name for name, one in found.items() if not one.same)
        done = Rebuilt(found, n_batches, n_wordless, analyzer.version, () if dry_run else changed)
        if not dry_run:
            register_model(old, analyzer.version, settings.now())
            put_in_place(old, files, analyzer.version, changed)
            book(old, settings, "rebuild", new_run_id(), progress, lambda *_: _result(done))
            keep_in_step(old, settings, progress)
    return done


def _result(done: Rebuilt) -> StageResult:
    n, new = (sum(getattr(one, name) for one in done.tables.values()) for name in ("n_after", "n_new"))
    said = ", ".join(done.replaced) or "tidak ada yang berubah"
    return StageResult(
        "rebuild",
        n_in=n,
        n_stored=new,
        n_new=new,
        n_duplicate=n - new,
        message=f"Diturunkan ulang dari {done.n_batches} berkas pengumpulan; diganti: {said}.",
    )


@contextmanager
def _aside(settings: Settings) -> Iterator[Path]:
    """A folder for the new lake; what a killed rebuild left is removed first."""
    folder = settings.home / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _all_there(old: Lake, settings: Settings) -> None:
    """Refuse to forget what a batch brought in that is not there any more."""
    names = [name for one in loaded(old) for name in one.names]
    gone = [name for name in names if not (settings.landing / name).exists()]
    if gone:
        raise RunError(
            f"{len(gone)} berkas pengumpulan yang pernah dimuat tidak ada lagi di {settings.landing} "
            f"(misalnya {', '.join(gone[:SHOWN])}); isinya akan hilang. Pulihkan dari cadangan lebih dulu."
        )


def _load(old: Lake, new: Lake, settings: Settings, progress: Progress) -> int:
    steps = loaded(old)
    total = sum(len(one.names) for one in steps)
    progress.begin("Memuat ulang", total)
    for one in steps:
        paths = [settings.landing / name for name in one.names]
        load.load_batches(new, settings, progress, one.run_id, one.loaded_at, paths)
    return total
