"""CPU, wall time and memory of a program and everything it starts."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_EVERY = 0.1
_PAGE = os.sysconf("SC_PAGE_SIZE")
_MIB = 1024**2


@dataclass(frozen=True, slots=True)
class Usage:
    """What a program took.

    Attributes:
        status: its exit status.
        cpu: user and system seconds of the program and of all descendants it waited for.
        wall: seconds.
        rss: peak resident memory of the program itself, MiB.
        tree: peak resident memory of the program and its descendants together, MiB (pages
            that they share count for each).
        growth: how much more memory the program itself held in the last tenth of its run than
            in the middle, MiB.
        output: what it wrote to standard error, the end of it.
    """

    status: int
    cpu: float
    wall: float
    rss: float
    tree: float
    growth: float
    output: str


@contextmanager
def on_core(number: int | None) -> Iterator[None]:
    """Let what is started meanwhile run on one core only, where there are two; None: on all."""
    before = os.sched_getaffinity(0)
    cores = sorted(before)
    if number is not None and len(cores) > 1:
        os.sched_setaffinity(0, {cores[number]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def run(command: Sequence[str], environment: Mapping[str, str], core: int | None, log: Path) -> Usage:
    """Run a program to its end.

    Args:
        command: the program.
        environment: its environment.
        core: the only core it may use; None for all.
        log: file for its output.
    """
    samples: list[tuple[int, int]] = []
    done = threading.Event()
    started = time.perf_counter()
    with log.open("wb") as out, on_core(core):
        process = subprocess.Popen(
            command, cwd=ROOT, env=dict(environment), stdout=out, stderr=out, start_new_session=True
        )
    watch = threading.Thread(target=_watch, args=(process.pid, samples, done))
    watch.start()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    done.set()
    watch.join()
    own = [one for one, _ in samples]
    middle = own[len(own) // 2 : len(own) * 6 // 10] or [0]
    last = own[len(own) * 9 // 10 :] or [0]
    return Usage(
        status=process.returncode,
        cpu=usage.ru_utime + usage.ru_stime,
        wall=wall,
        rss=max(own, default=0) / _MIB,
        tree=max((whole for _, whole in samples), default=0) / _MIB,
        growth=(sum(last) / len(last) - sum(middle) / len(middle)) / _MIB,
        output=log.read_text(encoding="utf-8", errors="replace")[-2000:],
    )


def _watch(pid: int, samples: list[tuple[int, int]], done: threading.Event) -> None:
    while not done.wait(_EVERY):
        own = _resident(pid)
        if own:
            samples.append((own, sum(map(_resident, _session(pid)))))


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def _session(pid: int) -> Iterator[int]:
    """All processes that the program started: they share its session."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if os.getsid(int(folder.name)) == pid:
                    yield int(folder.name)
            except OSError:
                continue
