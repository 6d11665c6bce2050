"""Run stages in order and book each of them; `pati run`, the scheduler and the DAGs call this."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from filelock import FileLock, Timeout

from config import Source
from pipelines.dimensions import rows
from pipelines.logs import working
from pipelines.progress import Progress, Silent
from pipelines.raw_files import expire
from pipelines.result import STAGES, StageResult
from pipelines.scope import Scope
from pipelines.settings import Settings, new_run_id
from warehouse import Lake
from warehouse.migrate import migrate
from warehouse.store import RunRow, record_run, sync_dimensions

log = logging.getLogger(__name__)


class RunError(Exception):
    """A stage did not succeed; the text is one Indonesian sentence."""


def open_lake(settings: Settings) -> Lake:
    """Open the lake of a home folder for writing: created, migrated, names up to date."""
    lake = Lake(settings.home, now=settings.now(), create=True)
    migrate(lake)
    sync_dimensions(lake, rows(settings.config))
    return lake


def run_stages(
    settings: Settings,
    stages: Sequence[str] = STAGES,
    progress: Progress | None = None,
    sources: Sequence[str] | None = None,
    scope: Scope | None = None,
) -> list[StageResult]:
    """Run `stages` in the order given, one row in `run` for each.

    Only one run works on a home folder at a time.

    Args:
        settings: where everything is.
        stages: names of stages.
        progress: who is told how far it is.
        sources: ids of the sources to collect; None: all active ones.
        scope: what part of them; None: all that is new.

    Raises:
        RunError: another run is at work, or a stage failed (its row says so).
    """
    settings.config  # noqa: B018 - a broken config ends here, before anything is touched
    from pipelines.quarantine import line_up, settle  # it brings the crawler's books

    with alone(settings), open_lake(settings) as lake:
        run_id = new_run_id()
        shown = progress or Silent()
        retain(lake, settings, run_id, shown)
        results = []
        if {"collect", "load"} & set(stages):
            line_up(lake, settings)
        for place, name in enumerate(stages):
            results.append(book(lake, settings, name, run_id, shown, stage(name, sources, scope)))
            if name == "load":
                settle(lake, settings)
            if name in FEEDS and not set(FEEDS) & set(stages[place + 1 :]):
                keep_index(lake, settings, run_id, shown)
        return results


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Keep other runs out of the home folder.

    Raises:
        RunError: one is at work.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.home / "run.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise RunError(f"`pati run` lain sedang bekerja di {settings.home}; tunggu sampai selesai.") from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def landing_kept(settings: Settings) -> Iterator[None]:
    """Nobody else writes batches of the landing zone again during the block; new ones may come.

    Raises:
        RunError: somebody does just now.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.home / "landing.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise RunError(
            f"Hasil pengumpulan di {settings.landing} sedang ditulis ulang (penghapusan, perawatan, atau "
            "penurunan ulang); tunggu sampai selesai."
        ) from None
    try:
        yield
    finally:
        lock.release()


def retain(lake: Lake, settings: Settings, run_id: str, progress: Progress) -> None:
    """Delete raw files whose time is over; booked like a stage when there were any."""
    gone = expire(settings)
    if gone:
        said = f"{gone} berkas mentah dihapus karena masa simpannya habis."
        result = StageResult("retention", n_in=gone, n_stored=gone, message=said)
        book(lake, settings, "retention", run_id, progress, lambda *_: result)


def keep_index(lake: Lake, settings: Settings, run_id: str, progress: Progress) -> None:
    """Bring the search index up to date. It is a cache: what goes wrong is booked and ends nothing."""
    from pipelines.searching import index_stage

    try:
        book(
            lake, settings, "index", run_id, progress,
            lambda lake, settings, progress, _: index_stage(lake, settings, progress),
        )  # fmt: skip
    except RunError as err:
        log.warning("%s", err)


FEEDS = ("load", "enrich")
"""Stages after which the search index has something to catch up with."""

Stage = Callable[[Lake, Settings, Progress, str], StageResult]


def book(
    lake: Lake, settings: Settings, name: str, run_id: str, progress: Progress, work: Stage
) -> StageResult:
    """Run `work` as the stage `name` and write its row, whether it succeeds or not.

    Raises:
        RunError: it failed.
    """
    started = datetime.now(UTC)
    with working(run_id, name):
        return _booked(lake, name, run_id, started, lambda: work(lake, settings, progress, run_id))


def _booked(
    lake: Lake, name: str, run_id: str, started: datetime, work: Callable[[], StageResult]
) -> StageResult:
    try:
        result = work()
    except Exception as err:
        log.exception("stage %s failed", name)
        row = RunRow(run_id, name, started, datetime.now(UTC), "failed", 0, 0, 0, 0, 0, str(err)[:500])
        record_run(lake, row)
        raise RunError(f"Tahap {name} gagal: {err}") from err
    counts = (result.n_in, result.n_stored, result.n_new, result.n_duplicate, result.n_rejected)
    record_run(lake, RunRow(run_id, name, started, datetime.now(UTC), "ok", *counts, result.message))
    log.info("stage %s: %s", name, result.message)
    return result


def stage(name: str, sources: Sequence[str] | None = None, scope: Scope | None = None) -> Stage:
    """The function of a stage. Imported when needed: each brings libraries of its own."""
    if name == "collect":
        from pipelines.stages import collect

        return lambda lake, settings, progress, run_id: collect.run(
            lake, settings, progress, run_id, chosen(settings, sources), scope
        )
    if name == "load":
        from pipelines.stages import load

        return load.run
    if name == "enrich":
        from pipelines.stages import enrich

        part = scope.part if scope else None
        return lambda lake, settings, progress, _: enrich.run(lake, settings, progress, part=part)
    if name == "link":
        from pipelines.stages import link

        return lambda lake, settings, progress, _: link.run(lake, settings, progress)
    if name == "watch":
        from pipelines.stages import watch

        return lambda lake, settings, progress, _: watch.run(lake, settings, progress)
    if name == "publish":
        from pipelines.stages import publish

        return lambda lake, settings, progress, _: publish.run(lake, settings, progress)
    raise RunError(f"Tahap '{name}' tidak dikenal; yang ada: {', '.join(STAGES)}.")


def chosen(settings: Settings, wanted: Sequence[str] | None) -> list[Source]:
    """The sources to collect: the active ones, or just those named.

    Raises:
        RunError: a name is not in sources.yaml, or the source is not active.
    """
    active = {source.id: source for source in settings.config.sources if source.status == "active"}
    if wanted is None:
        return list(active.values())
    for name in wanted:
        if name not in active:
            raise RunError(
                f"Sumber '{name}' tidak ada atau tidak aktif di sources.yaml; lihat `pati sources`."
            )
    return [active[name] for name in wanted]
