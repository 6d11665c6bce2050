"""One installation through many hours: what happens to it, and what is seen of it afterwards."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import yaml

from pipelines.overview import overview
from pipelines.settings import Settings
from samples.files import write_inbox
from samples.newsroom_config import write_config
from samples.server import Newsroom
from tests.pipelines.conftest import PATI
from tests.soak.disk import empty, fill
from warehouse import Lake

HOUR: Final = timedelta(hours=1)
SCHEDULE: Final = {
    "jobs": {
        "run": {"minutes": [5], "limit_minutes": 30}, "report": {"day": "senin", "at": "06:00"},
        "maintain": {"at": "01:30"}, "backup": {"at": "02:30"}, "heartbeat": {"minutes": [5]}, "send": None,
    },
    "limits": {"free_gb": 0.004, "quarantine": 100_000, "clock_jump_minutes": 10},
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
        megabytes: most memory that any of its processes took.
        lake_files: files of the lake.
        state_bytes: bytes of state and logs.
        home_bytes: bytes of all.
        seconds: how long it took.
    """

    at: datetime
    fault: str
    seen: tuple[str, ...]
    megabytes: float
    lake_files: int
    state_bytes: int
    home_bytes: int
    seconds: float


@dataclass
class Life:
    """One home folder and its newsroom.

    Args:
        room: what it reads.
        folder: where the home lies; backups lie beside it.
        disk: the small disk it lies on, None: it cannot be filled.
        chance: decides when a kill comes.
    """

    room: Newsroom
    folder: Path
    disk: Path | None
    chance: random.Random
    hours: list[Hour] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.config = self.folder / "config"
        write_config(self.room.base_port, self.config)
        crawl = yaml.safe_load((self.config / "crawl.yaml").read_text(encoding="utf-8"))
        crawl["polling"] = {"least_minutes": 20, "most_minutes": 45}  # every feed in every hour
        (self.config / "crawl.yaml").write_text(yaml.safe_dump(crawl), encoding="utf-8")
        self.rules(SCHEDULE["limits"]["quarantine"])  # type: ignore[index]
        write_inbox(self.room.world, self.folder / "inbox")
        self.environment = {**os.environ, "PATI_FAST": "1", "YOUTUBE_API_KEY": "newsroom"}
        # one key for all homes: their documents can then be compared
        self.environment["PATI_KEY_FILE"] = str(self.folder.parent.parent / "pseudonym.key")

    def rules(self, quarantine: int) -> None:
        """Write the schedule with another limit of the quarantine."""
        backup = {"folder": str(self.folder.parent.parent / "cadangan")}
        plan = {**SCHEDULE, "backup": backup, "limits": {**SCHEDULE["limits"], "quarantine": quarantine}}  # type: ignore[dict-item]
        (self.config / "schedule.yaml").write_text(yaml.safe_dump(plan), encoding="utf-8")

    def live(self, at: datetime, fault: str = "") -> Hour:
        """One hour of the world, with something that goes wrong in it."""
        self.room.now = at
        began = time.monotonic()
        with self._suffering(fault) as meet:
            megabytes = self._once(at + 3 * 365 * timedelta(days=1) if fault == "clock_forward" else at, meet)
            if fault == "clock_forward":  # and back
                megabytes = max(megabytes, self._once(at, None))
            seen = self.seen(at)
        if fault == "kill_all":  # the next one notices
            megabytes = max(megabytes, self._once(at, None))
            seen |= self.seen(at)
        hour = Hour(at, fault, tuple(sorted(seen)), megabytes, *self._sizes(), time.monotonic() - began)
        self.hours.append(hour)
        return hour

    def seen(self, at: datetime) -> set[str]:
        """Codes of what `pati status` shows as wrong now, or as over in this hour."""
        shown = overview(Settings(self.folder, self.config, at.astimezone(UTC)))
        return {
            one.code for one in [*shown.faults, *(o for o in shown.over if o.over_at and o.over_at >= at)]
        }

    def documents(self) -> Counter[str]:
        """How often each document is stored."""
        with Lake(self.folder) as lake:
            return Counter(str(doc_id) for (doc_id,) in lake.rows("SELECT doc_id FROM document"))

    @contextmanager
    def _suffering(self, fault: str) -> Iterator[Callable[[subprocess.Popen[bytes]], None] | None]:
        if fault == "disk_full" and self.disk is not None:
            fill(self.disk)
            yield None
            empty(self.disk)
        elif fault == "network":
            self.room.stop()
            yield None
            self.room.start()
        elif fault == "quarantine":
            self.rules(1)
            yield None
            self.rules(SCHEDULE["limits"]["quarantine"])  # type: ignore[index]
        elif fault in ("kill_job", "kill_all"):
            yield self._kill_all if fault == "kill_all" else self._kill_job
        else:
            yield None

    def _once(self, at: datetime, meet: Callable[[subprocess.Popen[bytes]], None] | None) -> float:
        """`pati schedule --once`; the most memory that any of its processes took, in MB."""
        environment = {**self.environment, "PATI_NOW": at.astimezone(UTC).isoformat()}
        log = self.folder.parent.parent / "once.log"
        with log.open("ab") as out:
            process = subprocess.Popen(
                [PATI, "--home", self.folder, "schedule", "--once"], env=environment, stdout=out, stderr=out,
                start_new_session=True,
            )  # fmt: skip
            if meet:
                threading.Thread(target=meet, args=(process,), daemon=True).start()
            _, _, usage = os.wait4(process.pid, 0)
            process.returncode = 0  # it was waited for here
        return usage.ru_maxrss / 1024

    def _kill_all(self, process: subprocess.Popen[bytes]) -> None:
        """The power fails."""
        self._wait_for_work(process)
        self._killed(lambda: os.killpg(process.pid, signal.SIGKILL))

    def _kill_job(self, process: subprocess.Popen[bytes]) -> None:
        """Only the process of a job, as one without memory would be."""
        for pid in self._wait_for_work(process):
            self._killed(lambda pid=pid: os.kill(pid, signal.SIGKILL))  # type: ignore[misc]

    def _wait_for_work(self, process: subprocess.Popen[bytes]) -> list[int]:
        found: list[int] = []
        until = time.monotonic() + 60
        while not found and time.monotonic() < until:
            found = [pid for pid in children(process.pid) if b"scheduling.work" in command(pid)]
            time.sleep(0.02)
        time.sleep(self.chance.uniform(0.2, 1.5))
        return found

    @staticmethod
    def _killed(kill: Callable[[], None]) -> None:
        with suppress(ProcessLookupError):
            kill()

    def _sizes(self) -> tuple[int, int, int]:
        sizes = {path: size_of(path) for path in self.folder.rglob("*") if path.is_file()}
        lake = sum(path.is_relative_to(self.folder / "lake") for path in sizes)
        small = (self.folder / "state", self.folder / "logs")
        state = sum(size for path, size in sizes.items() if any(path.is_relative_to(top) for top in small))
        return lake, state, sum(sizes.values())


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
