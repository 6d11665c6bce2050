"""Try rejected records once more: put what was asked for back in line, and say what became of it.

A record that was not kept is not kept anywhere else either: another try is another look at where it came
from. What somebody asked for (on the dashboard or with `pati quarantine retry`) is put in the crawler's own
line before the next collecting, or its batch is loaded again; the same desk then keeps or rejects it, and
the counts of that run hold it as they hold everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from config import Source
from config.retry_ways import NoWayError, Way, way_back
from crawlers.discovery import Found
from crawlers.folders import digest
from crawlers.state import Change, CrawlState, Waiting
from pipelines.progress import Progress
from pipelines.scope import Scope
from pipelines.settings import Settings
from warehouse import Lake
from warehouse.access.audit import add
from warehouse.queries.quarantine import Quarantined, quarantine
from warehouse.store import loaded_batches
from warehouse.store.quarantine import (
    Asked,
    Outcome,
    ask_again,
    forget_batch,
    note_lined_up,
    note_outcomes,
    waiting,
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What can be tried again, and what cannot.

    Attributes:
        ways: how, by record.
        refused: why not (one sentence), by record.
    """

    ways: dict[str, Way]
    refused: dict[str, str]


def plan(records: Sequence[Asked | Quarantined], sources: Sequence[Source]) -> Plan:
    """Say how each record is tried again. Pure."""
    known = {source.id: source for source in sources}
    ways: dict[str, Way] = {}
    refused: dict[str, str] = {}
    for one in records:
        try:
            ways[one.record_id] = way_back(known.get(one.source_id), one.reason, one.record_key)
        except NoWayError as why:
            refused[one.record_id] = str(why)
    return Plan(ways, refused)


def outcomes(asked: Sequence[Asked], out_there: Callable[[Asked], bool]) -> dict[str, Outcome]:
    """What became of records that stood in line. Pure.

    Args:
        asked: what was asked for.
        out_there: whether a record has not been looked at yet (its host rests, its run was cut short).
    """
    found: dict[str, Outcome] = {}
    for one in asked:
        if one.in_line and one.rejected_again:
            found[one.record_id] = "rejected"
        elif one.in_line and not out_there(one):
            found[one.record_id] = "settled"
    return found


def line_up(lake: Lake, settings: Settings) -> int:
    """Put what was asked for back in line; what has no way any more stays rejected.

    Returns:
        How many records stand in line now that did not.
    """
    asked = [one for one in waiting(lake) if not one.in_line]
    if not asked:
        return 0
    ways = plan(asked, settings.config.sources).ways
    with _state(settings) as state:
        put = {
            one.record_id
            for one in asked
            if one.record_id in ways and _put_back(one, ways[one.record_id], lake, settings, state)
        }
    note_lined_up(lake, put, settings.now())
    gone: dict[str, Outcome] = {one.record_id: "rejected" for one in asked if one.record_id not in put}
    note_outcomes(lake, gone, settings.now())
    return len(put)


def settle(lake: Lake, settings: Settings) -> dict[str, Outcome]:
    """Write down what became of what stood in line, after a load."""
    asked = [one for one in waiting(lake) if one.in_line]
    if not asked:
        return {}
    ways = plan(asked, settings.config.sources).ways
    with _state(settings) as state:
        loaded = loaded_batches(lake)

        def out_there(one: Asked) -> bool:
            way = ways.get(one.record_id)
            if way == "batch":
                return one.record_key not in loaded
            if way == "address":
                key = Found(one.record_key).key
                return any(Found.from_json(text).key == key for text, _ in state.waiting(one.source_id))
            names = _cursors(one, settings)
            return not names or any(not state.has_cursor(one.source_id, name) for name in names)

        found = outcomes(asked, out_there)
    note_outcomes(lake, found, settings.now())
    return found


def request(lake: Lake, settings: Settings, records: Sequence[Quarantined], by: str) -> Plan:
    """Ask for one more try of those records that have a way back."""
    found = plan(records, settings.config.sources)
    ask_again(lake, found.ways, by, settings.now())
    return found


def _put_back(one: Asked, way: Way, lake: Lake, settings: Settings, state: CrawlState) -> bool:
    """Let the next stages look at a record again; False: what it was read from is gone."""
    if way == "batch":
        if not (settings.landing / one.record_key).is_file():
            return False
        forget_batch(lake, one.record_key)
    elif way == "address":
        found = Found(one.record_key)
        state.commit({one.source_id: Change(waiting={found.key: Waiting(found.key, found.to_json())})})
    else:
        names = _cursors(one, settings)
        for name in names:
            state.forget_cursors(one.source_id, name)
        return bool(names)
    return True


def _cursors(one: Asked, settings: Settings) -> list[str]:
    """Under what the crawler remembers that it has read the page or the file of a record."""
    source = next((source for source in settings.config.sources if source.id == one.source_id), None)
    names = []
    for entry in source.discover if source else ():
        if entry.method == "folder":
            files = (path for path in (settings.inbox / entry.target).rglob("*") if path.is_file())
            names += [f"file {digest(path)} " for path in files if _is_of(path, one.record_key)]
        elif entry.target == one.record_key:
            names.append(f"due {entry.method}:{entry.target}")
    return names


def _is_of(path: Path, key: str) -> bool:
    """Whether a place (``file:line`` or the file alone) is in a file."""
    return key == path.name or key.rpartition(":")[0] == path.name


@contextmanager
def _state(settings: Settings) -> Iterator[CrawlState]:
    """What the crawler remembers, while no crawl is at work."""
    settings.state.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(settings.state.with_suffix(".lock")), CrawlState(settings.state) as state:
        yield state


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of records that were tried again at once.

    Attributes:
        n: how many there were.
        settled: how many are out of quarantine.
        again: those that were rejected again, with their new reason.
        no_way: why some cannot be tried, by record.
    """

    n: int
    settled: int
    again: tuple[Quarantined, ...]
    no_way: dict[str, str]

    @property
    def counts(self) -> dict[str, int]:
        """All of them, by what became of them; the parts add up to `n`."""
        waits = self.n - self.settled - len(self.again) - len(self.no_way)
        return {
            "n": self.n, "settled": self.settled, "rejected": len(self.again), "waiting": waits,
            "no_way": len(self.no_way),
        }  # fmt: skip


def try_again(settings: Settings, records: Sequence[Quarantined], by: str, progress: Progress) -> Tried:
    """Ask for one more try of records, and make it now: collect their sources, load, label.

    Raises:
        pipelines.run.RunError: another run is at work, or a stage failed.
    """
    from pipelines.run import run_stages

    with Lake(settings.home, now=settings.now()) as lake:
        found = request(lake, settings, records, by)
    add(settings.home, by, "changed", "", f"quarantine retry n={len(found.ways)}")
    sources = sorted(
        {one.source_id for one in records if found.ways.get(one.record_id) not in (None, "batch")}
    )
    if found.ways:
        stages = (*(("collect",) if sources else ()), "load", "enrich")
        run_stages(settings, stages, progress, sources, Scope(due_only=True))
    with Lake(settings.home, now=settings.now()) as lake:
        still = {one.record_id: one for one in quarantine(lake, record_ids=list(found.ways))}
    again = tuple(one for one in still.values() if one.asked_at is None)
    return Tried(len(records), len(found.ways) - len(still), again, found.refused)
