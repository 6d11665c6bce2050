"""Parts of a stage, each in a process of its own, possibly on machines of their own.

A whole run keeps everybody else out of the home folder (`pipelines.run.alone`). Parts keep out whole
runs, and another process at the same part, but not each other: which is safe because they share nothing.
Parts of collecting are lanes (`crawlers.lanes`), parts of enriching are classes of document ids.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from filelock import FileLock

from pipelines.progress import Silent
from pipelines.result import StageResult
from pipelines.run import RunError, alone, book, keep_index, open_lake, retain, stage
from pipelines.scope import Part, Scope
from pipelines.settings import Settings, new_run_id
from pipelines.sharing import shared

PART_SECONDS = 6 * 3600.0
"""A part waits for the process before it: after a killed one, that ends with it."""


def begin(settings: Settings) -> None:
    """What a whole run does before its first stage: raw files whose time is over, addresses put back in line.

    Raises:
        RunError: another run is at work.
    """
    from pipelines.quarantine import line_up  # it brings the crawler's books

    with alone(settings), open_lake(settings) as lake:
        retain(lake, settings, new_run_id(), Silent())
        line_up(lake, settings)


def collect_part(settings: Settings, lane: str, sources: Sequence[str], scope: Scope) -> StageResult:
    """Collect some sources of one lane while others collect other lanes.

    Raises:
        RunError: a whole run is at work, or it failed (its row says so).
    """
    with _beside(settings, f"collect-{lane}"), open_lake(settings) as lake:
        work = stage("collect", sources, Scope(due_only=scope.due_only, period=scope.period, lane=lane))
        return book(lake, settings, "collect", new_run_id(), Silent(), work)


def enrich_part(settings: Settings, part: Part) -> StageResult:
    """Label one class of documents while others label the others.

    Raises:
        RunError: a whole run is at work, or it failed (its row says so).
    """
    with _beside(settings, f"enrich-{part.k}-{part.n}"), open_lake(settings) as lake:
        return book(lake, settings, "enrich", new_run_id(), Silent(), stage("enrich", scope=Scope(part=part)))


def refresh_index(settings: Settings) -> None:
    """Bring the search index up to date, after the last part."""
    with open_lake(settings) as lake:
        keep_index(lake, settings, new_run_id(), Silent())


@contextmanager
def _beside(settings: Settings, part: str) -> Iterator[None]:
    with shared(settings.home / "run.lock") as free:
        if not free:
            raise RunError(f"`pati run` lain sedang bekerja di {settings.home}; tunggu sampai selesai.")
        folder = settings.home / "parts"
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / f"{part}.lock", timeout=PART_SECONDS):
            yield
