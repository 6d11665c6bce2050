"""One installation through many hours: what happens to it, and what is seen of it afterwards.

Every hour runs the scheduler's own `Engine.once` with the clock passed in: it decides what is due and runs
collect, load, enrich, index, link and watch, each job in a process of its own as always, collecting in one
more, over real HTTP from the newsroom. Two things are not as in an office: the scheduler's process goes on
to the next hour instead of waiting for it, and the jobs' processes are forked from one that has the libraries
loaded (`tests.soak.warm`). An hour in which the power fails is the real `pati schedule --once`, started cold.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import yaml

from pipelines.overview import overview
from pipelines.scheduling.engine import Engine
from pipelines.settings import Settings
from samples.files import write_inbox
from samples.newsroom_config import write_config
from samples.server import Newsroom
from tests.pipelines.conftest import PATI
from tests.soak.disk import empty, fill
from tests.soak.warm import MODULES, Warm
from warehouse import Lake

HOUR: Final = timedelta(hours=1)
FULL: Final = 100_000
FAR, NEAR = timedelta(days=3 * 365), timedelta(days=40)
COLD_SECONDS: Final = 8.0
"""About how long a real run takes, from its job's start on."""
MEASURED_EVERY: Final = 6
"""Hours from one look at all files to the next."""
SCHEDULE: Final = {
    "jobs": {
        "run": {"minutes": [5], "limit_minutes": 30}, "report": {"day": "senin", "at": "06:00"},
        "maintain": {"at": "01:30"}, "backup": {"at": "02:30"}, "heartbeat": {"minutes": [5]}, "send": None,
    },
    "limits": {"free_gb": 0.004, "quarantine": FULL, "clock_jump_minutes": 10},
    "heartbeat": {"silent_hours": 12},
    "port": 0,
}  # fmt: skip
FAULTS: Final = ("kill_job", "kill_all", "disk_full", "clock_forward", "network", "quarantine")
SHOWN: Final[dict[str, set[str]]] = {
    "kill_job": {"killed"}, "kill_all": {"killed"}, "disk_full": {"disk_full", "disk_low"},
    "clock_forward": {"clock_jumped"}, "network": {"network_away"}, "quarantine": {"quarantine_grew"},
}  # fmt: skip
"""By fault: the codes of which `pati status` must show one."""


@dataclass(frozen=True, slots=True)
class Hour:
    """What was measured in one hour.

    Attributes:
        at: the hour.
        fault: what was done to it; empty: nothing.
        seen: codes that `pati status` shows then.
        said: what it says of the fault.
        megabytes: most memory that any process of a job took.
        scheduler_megabytes: memory of the process that has the scheduler (and the newsroom) in it.
        lake_files: files of the lake.
        state_bytes: bytes of state and logs.
        home_bytes: bytes of all.
        seconds: how long it took.
    """

    at: datetime
    fault: str
    seen: tuple[str, ...]
    said: str
    megabytes: float
    scheduler_megabytes: float
    lake_files: int
    state_bytes: int
    home_bytes: int
    seconds: float


@dataclass
class Life:
    """One home folder and its newsroom; made by `living`.

    Args:
        room: what it reads.
        folder: where the home lies.
        aside: for what must not lie on its disk: backups, the key, notes.
        disk: the small disk it lies on, None: it cannot be filled.
        chance: decides when a kill comes.
        warm: where its jobs' processes come from.
    """

    room: Newsroom
    folder: Path
    aside: Path
    disk: Path | None
    chance: random.Random
    warm: Warm
    hours: list[Hour] = field(default_factory=list)
    missed: int = 0
    """Kills that came too late: what they were for was done already. Their hours count as quiet."""
    _typical: float = 2.0
    _sizes: tuple[int, int, int] = (0, 0, 0)
    _week: tuple[int, int] = (0, 0)

    def live(self, at: datetime, fault: str = "") -> Hour:
        """One hour of the world, with something that goes wrong in it."""
        self.room.now = at
        self.room.requests.clear()
        if self._week != at.isocalendar()[:2]:
            self.put_files(at)
        began = time.monotonic()
        struck = threading.Event()
        with self._suffering(fault, struck):
            if fault == "kill_all":
                self._cold(at, struck)
            else:
                self._once(at + self._jump() if fault == "clock_forward" else at)
            if fault in ("clock_forward", "kill_all"):  # and back; the next one notices
                self._once(at)
            shown = self.shown(at)
        if fault in ("kill_job", "kill_all") and not struck.is_set():
            fault, self.missed = "", self.missed + 1
        seconds = time.monotonic() - began
        if not fault:
            self._typical = 0.8 * self._typical + 0.2 * seconds
        if fault or len(self.hours) % MEASURED_EVERY == 0:
            self._sizes = self._measured()
        hour = Hour(
            at, fault, tuple(sorted(shown)),
            " ".join(shown[code] for code in SHOWN.get(fault, ()) if code in shown),
            self.warm.most_megabytes(), resident_megabytes(), *self._sizes, seconds,
        )  # fmt: skip
        self.hours.append(hour)
        return hour

    def _jump(self) -> timedelta:
        """How far the clock jumps: by years once, which means a minute of missed weeks; then less."""
        return FAR if not any(one.fault == "clock_forward" for one in self.hours) else NEAR

    def shown(self, at: datetime) -> dict[str, str]:
        """What `pati status` shows as wrong now, or as over in this hour: sentences by code."""
        found = overview(self.settings(at))
        over = [one for one in found.over if one.over_at and one.over_at >= at]
        return {one.code: one.sentence for one in [*over, *found.faults]}

    def settings(self, at: datetime) -> Settings:
        """Of this installation, its clock standing at a moment."""
        return Settings(self.folder, self.folder / "config", at.astimezone(UTC))

    def documents(self) -> Counter[str]:
        """How often each document is stored."""
        with Lake(self.folder) as lake:
            return Counter(str(doc_id) for (doc_id,) in lake.rows("SELECT doc_id FROM document"))

    def rules(self, quarantine: int) -> None:
        """Write the schedule with another limit of the quarantine."""
        backup = {"folder": str(self.aside / "cadangan")}
        plan = {**SCHEDULE, "backup": backup, "limits": {**SCHEDULE["limits"], "quarantine": quarantine}}  # type: ignore[dict-item]
        (self.folder / "config" / "schedule.yaml").write_text(yaml.safe_dump(plan), encoding="utf-8")

    def put_files(self, at: datetime) -> None:
        """What the offices put into the inbox once a week, as it is at a moment."""
        write_inbox(self.room.world, self.folder / "inbox", at)
        self._week = at.isocalendar()[:2]

    @contextmanager
    def _suffering(self, fault: str, struck: threading.Event) -> Iterator[None]:
        if fault == "disk_full" and self.disk is not None:
            fill(self.disk)
            yield
            empty(self.disk)
        elif fault == "network":
            self.room.stop()
            yield
            self.room.start()
        elif fault == "quarantine":
            self.rules(1)
            yield
            self.rules(FULL)
        elif fault == "kill_job":
            # of a job, or of what it started; at any moment of a usual hour
            pause, module = self.chance.uniform(0.02, self._typical / 2), self.chance.choice(MODULES)
            killer = threading.Thread(target=self._kill_job, args=(module, pause, struck))
            killer.start()
            yield
            killer.join()
        else:
            yield

    def _once(self, at: datetime) -> None:
        """What `pati schedule --once` does, in this process; each job is a process of its own."""
        with (self.aside / "once.log").open("a", encoding="utf-8") as out:
            Engine(self.settings(at), lambda line: print(line, file=out)).once()

    def _kill_job(self, module: str, pause: float, struck: threading.Event) -> None:
        """Only the process of a job, as one without memory would be."""
        until = time.monotonic() + 60
        while not (found := self.warm.at_work(module)) and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(pause / 2 if module == MODULES[1] else pause)
        for pid in found:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                struck.set()

    def _cold(self, at: datetime, struck: threading.Event) -> None:
        """The real program in processes of its own, until the power fails."""
        environment = {**os.environ, "PATI_NOW": at.astimezone(UTC).isoformat()}
        with (self.aside / "once.log").open("ab") as out:
            process = subprocess.Popen(
                [PATI, "--home", self.folder, "schedule", "--once"], env=environment, stdout=out, stderr=out,
                start_new_session=True,
            )  # fmt: skip
        while process.poll() is None and not any(
            b"scheduling.work" in command(pid) for pid in children(process.pid)
        ):
            time.sleep(0.02)
        with suppress(subprocess.TimeoutExpired):
            process.wait(self.chance.uniform(0.5, COLD_SECONDS))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            struck.set()
        process.wait()

    def _measured(self) -> tuple[int, int, int]:
        sizes = {path: size_of(path) for path in self.folder.rglob("*") if path.is_file()}
        lake = sum(path.is_relative_to(self.folder / "lake") for path in sizes)
        small = (self.folder / "state", self.folder / "logs")
        state = sum(size for path, size in sizes.items() if any(path.is_relative_to(top) for top in small))
        return lake, state, sum(sizes.values())


@contextmanager
def living(
    room: Newsroom, home: Path, aside: Path, disk: Path | None, chance: random.Random
) -> Iterator[Life]:
    """A home folder with everything that it needs, for the duration of the block."""
    config = home / "config"
    write_config(room.base_port, config)
    crawl = yaml.safe_load((config / "crawl.yaml").read_text(encoding="utf-8"))
    crawl["polling"] = {"least_minutes": 20, "most_minutes": 45}  # every feed in every hour
    (config / "crawl.yaml").write_text(yaml.safe_dump(crawl), encoding="utf-8")
    aside.mkdir(parents=True, exist_ok=True)
    mine = {
        "PATI_FAST": "1", "PATI_THREADS": "1", "YOUTUBE_API_KEY": "newsroom",
        # one key for all homes: their documents can then be compared
        "PATI_KEY_FILE": str(aside.parent / "pseudonym.key"),
    }  # fmt: skip
    before = {name: os.environ.get(name) for name in mine}
    os.environ.update(mine)
    try:
        with Warm(aside / "warm", config) as warm:
            life = Life(room, home, aside, disk, chance, warm)
            life.rules(FULL)
            yield life
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def resident_megabytes() -> float:
    """Memory of this process now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


def free_port() -> int:
    """A port that a newsroom can come back to after it was away."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def children(pid: int) -> list[int]:
    """Processes that a process started."""
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def command(pid: int) -> bytes:
    """The command line of a process."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def size_of(path: Path) -> int:
    """Its size; 0 if it has just gone."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
