"""Acceptance E.4: everything works on one lake at once, and any of it may be killed at any moment.

`make test-endurance` takes five minutes (PATI_ENDURANCE_SECONDS); the ordinary test is a short one.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from crawlers.landing import Landing
from pipelines.progress import Silent
from pipelines.run import open_lake
from pipelines.safekeeping import back_up_home
from pipelines.settings import Settings, new_run_id
from pipelines.stages import enrich, load
from pipelines.upkeep import maintain
from tests.pipelines.endurance import NOW, PER_BATCH, _analyzer, document
from warehouse import Lake
from warehouse.maintain.objects import Store
from warehouse.maintain.restore import restore, verified

pytestmark = pytest.mark.proof

SECONDS = float(os.environ.get("PATI_ENDURANCE_SECONDS", "12"))
CREW = ("loader", "loader", "enricher", "maintainer", "backup", "reader", "reader", "reader", "reader")
PATIENCE = 500.0
AHEAD = 10
"""Batches that may wait for each piece of work that loaders and enricher have both finished."""
SEED = 20261116
RULES = "texts: {days: 30}\nsnapshots: {days: 0, report_days: 1}\ngrace_minutes: 1\nbackups: {keep: 5}\n"


@dataclass
class Crew:
    """The processes at work, each with what it was told to be and where its errors go."""

    folder: Path
    home: Path
    running: list[tuple[str, int, subprocess.Popen[bytes]]] = field(default_factory=list)
    n: int = 0

    def start(self, role: str) -> None:
        self.n += 1
        done, errors = self.folder / f"{role}.done", self.folder / f"{self.n:03d}-{role}.err"
        with errors.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.pipelines.endurance", role, str(self.home), str(done)],
                stdout=out, stderr=out, env={**os.environ, "PATI_FAST": "1"},
            )  # fmt: skip
        self.running.append((role, self.n, process))

    def kill(self, chance: random.Random) -> str:
        """Kill one and start another in its place."""
        role, number, process = self.running.pop(chance.randrange(len(self.running)))
        assert process.poll() is None, (self.folder / f"{number:03d}-{role}.err").read_text()
        process.kill()
        process.wait()
        self.start(role)
        return role

    def troubles(self) -> list[str]:
        """What those said that ended by themselves."""
        return [
            f"{role}: {(self.folder / f'{n:03d}-{role}.err').read_text()[-2000:]}"
            for role, n, process in self.running
            if process.poll() not in (None, 0)
        ]

    def finish(self) -> None:
        """Let everybody end what it is at."""
        (self.folder / "stop").touch()
        for _, _, process in self.running:
            process.wait(timeout=240)

    def pieces(self) -> Counter[str]:
        """Finished pieces of work by role."""
        found = self.folder.glob("*.done")
        return Counter({path.stem: len(path.read_text().splitlines()) for path in found})

    def idle(self) -> set[str]:
        """Who has not finished anything yet."""
        return set(CREW) - set(self.pieces())


@contextmanager
def crew(folder: Path, home: Path) -> Iterator[Crew]:
    at_work = Crew(folder, home)
    try:
        for role in CREW:
            at_work.start(role)
        yield at_work
    finally:
        for _, _, process in at_work.running:
            process.kill()
            process.wait()


def content(home: Path, snapshot: int | None = None) -> dict[str, Counter[Any]]:
    with Lake(home, now=NOW, snapshot=snapshot) as lake:
        names = lake.rows("SELECT table_name FROM duckdb_tables() WHERE database_name = 'lake'")
        return {name: Counter(map(str, lake.rows(f'FROM "{name}"'))) for (name,) in names}


@dataclass
class Newsroom:
    """What two crawls bring in: half of each batch was in the one before; no faster than it is worked on."""

    landing: Landing
    n: int = 0
    batches: int = 0

    def go_on(self, at_work: Crew) -> None:
        """Bring in a batch unless much is waiting, and rest a little."""
        done = at_work.pieces()
        if self.batches < AHEAD * (1 + min(done["loader"], done["enricher"])):
            first = self.n - PER_BATCH // 2
            self.landing.write("sumber", [document(k) for k in range(max(0, first), first + PER_BATCH)])
            self.n, self.batches = first + PER_BATCH, self.batches + 1
        time.sleep(0.25)


def warmed_up(at_work: Crew, room: Newsroom) -> float:
    """Let everybody finish something before the killing begins; kills then come at a fitting pace.

    Returns:
        How slow this machine is just now: seconds until everybody had done something.
    """
    started = time.monotonic()
    while at_work.idle():
        room.go_on(at_work)
        assert at_work.troubles() == []
        assert time.monotonic() < started + PATIENCE, f"never began: {at_work.idle()}"
    return time.monotonic() - started


def test_nothing_is_lost_whatever_is_killed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "config").mkdir(parents=True)
    (home / "config" / "retention.yaml").write_text(RULES)
    settings = Settings(home, home / "config", NOW)
    open_lake(settings).close()
    chance = random.Random(SEED)  # noqa: S311 - moments, not secrets
    room, killed = Newsroom(Landing(settings.landing, new_run_id())), Counter[str]()
    with crew(tmp_path, home) as at_work:
        slow = warmed_up(at_work, room)
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            pause = time.monotonic() + chance.uniform(0.2, 0.6) * max(5.0, slow)
            while time.monotonic() < pause:
                room.go_on(at_work)
            assert at_work.troubles() == []
            killed[at_work.kill(chance)] += 1
        at_work.finish()
        assert at_work.troubles() == []
        pieces = at_work.pieces()
    assert killed
    with open_lake(settings) as lake:
        load.run(lake, settings, Silent(), new_run_id())
        enrich.run(lake, settings, Silent(), _analyzer(settings))
    maintain(settings, Silent())
    n = room.n
    wanted = {document(k).doc_id for k in range(n)}
    with Lake(home, now=NOW) as lake:
        found = [doc_id for (doc_id,) in lake.rows("SELECT doc_id FROM document")]
        assert (len(found), set(found)) == (len(wanted), wanted)
        labelled = [doc_id for (doc_id,) in lake.rows("SELECT doc_id FROM enrichment")]
        assert (len(labelled), set(labelled)) == (len(wanted), wanted)
        batches = [name for (name,) in lake.rows("SELECT batch FROM landing_batch")]
        assert len(batches) == len(set(batches)) == len(list(settings.landing.glob("*/*.jsonl.gz")))
        cut = lake.rows("SELECT doc_id FROM document WHERE list_contains(flags, 'expired')")
        assert {doc_id for (doc_id,) in cut} == {document(k).doc_id for k in range(0, n, 7)}
    assert list(verified(home)) == []

    store = Store(tmp_path / "kept")
    for manifest in store.manifests():  # made at any moment, while all others were at work
        assert list(store.damaged(manifest)) == []
    restore(store, store.manifests()[0], tmp_path / "early")
    with Lake(tmp_path / "early", now=NOW) as lake:
        assert lake.snapshot() == store.manifests()[0].snapshot
        n_documents, distinct = lake.rows("SELECT count(*), count(DISTINCT doc_id) FROM document")[0]
        assert n_documents == distinct
    done, _ = back_up_home(settings, tmp_path / "kept", Silent())
    restore(store, done.manifest, tmp_path / "back")
    assert content(tmp_path / "back") == content(home, done.manifest.snapshot)
    told = f"{n} documents, warm after {slow:.0f} s, {killed.total()} killed {dict(killed)}, "
    told += f"pieces of work {dict(pieces)}"
    print(told)  # noqa: T201 - the proof of `make test-endurance`
