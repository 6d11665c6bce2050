"""Reading foreign pages in a process that can be killed.

No page may stall the crawl: parsing runs in a worker with limits on memory and CPU time, and a
worker that overruns its time is killed and replaced. The page is then rejected, visibly. A
worker that has read many pages, or has grown, is replaced between two pages: a crawler that
runs for years depends on no library's memory being clean.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import math
import multiprocessing
import os
import resource
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from crawlers.discovery import Discovered, Page, discover
from crawlers.extract import Article, extract_article

if TYPE_CHECKING:
    from datetime import datetime
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

_MEMORY = 2 * 1024**3  # bytes of address space; a 10 MB page needs a quarter of it
_LONGEST_START = 60.0  # seconds
_MOST_WORKERS = 4
_TIDY = 20  # pages between two collections of garbage


class ReadingFailedError(Exception):
    """A page could not be read: it took too long, too much memory, or broke the parser."""


class Job(Protocol):
    """Something a worker can be asked to do; it travels there pickled, as does its result."""

    def run(self) -> object:
        """Do it (in the worker)."""


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """Ask a worker for `extract_article`."""

    body: bytes
    url: str
    charset: str | None
    now: datetime
    hint: datetime | None
    hint_title: str | None
    zone: str

    def run(self) -> Article:
        """Do it (in the worker)."""
        return extract_article(
            self.body, self.url, charset=self.charset, now=self.now,
            hint_date=self.hint, hint_title=self.hint_title, zone=self.zone,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadDiscovery:
    """Ask a worker for `discover`."""

    page: Page
    now: datetime
    zone: str
    since: datetime | None

    def run(self) -> Discovered:
        """Do it (in the worker)."""
        return discover(self.page, now=self.now, zone=self.zone, since=self.since)


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a worker may go.

    Attributes:
        seconds: wall and CPU seconds one page may take.
        pages: after so many pages a worker is replaced.
        resident: bytes of resident memory; a worker that holds more after a page is replaced.
    """

    seconds: float = 20.0
    pages: int = 2000
    resident: int = 400 * 1024**2


class ReaderPool:
    """Worker processes that read pages.

    Args:
        workers: how many processes at most; by default `spare_cores`. Each starts when it is needed.
        limits: how far each may go.
    """

    def __init__(self, workers: int | None = None, limits: Limits | None = None) -> None:
        count = workers or spare_cores()
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="reader")
        self._workers = [_Worker(limits or Limits()) for _ in range(count)]
        # the one that read last reads next: the others start only when there is work for them
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        for worker in self._workers:
            self._idle.put_nowait(worker)

    async def article(self, job: ReadArticle) -> Article:
        """Read an article page.

        Raises:
            ReadingFailedError: see the class.
        """
        result = await self._run(job)
        if not isinstance(result, Article):
            raise ReadingFailedError(str(result))
        return result

    async def discovery(self, job: ReadDiscovery) -> Discovered:
        """Read a feed, sitemap, API page or listing.

        Raises:
            ReadingFailedError: see the class.
        """
        result = await self._run(job)
        if not isinstance(result, Discovered):
            raise ReadingFailedError(str(result))
        return result

    async def _run(self, job: Job) -> object:
        worker = await self._idle.get()
        reading = asyncio.get_running_loop().run_in_executor(self._threads, worker.call, job)
        # a caller that gives up leaves a worker behind that is still reading: not for the next one
        reading.add_done_callback(lambda _: self._idle.put_nowait(worker))
        return await asyncio.shield(reading)

    def close(self) -> None:
        """Stop all workers, also those that are reading; their pages fail."""
        for worker in self._workers:
            worker.kill()
        self._threads.shutdown()


def spare_cores() -> int:
    """Return how many cores this process may use besides the one that downloads: 1 to 4.

    Two hundred polite hosts together give a hundred pages a second, which is what four read.
    """
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not Linux
        cores = os.cpu_count() or 1
    return min(max(1, cores - 1), _MOST_WORKERS)


class _Worker:
    """One process and the pipe to it. Started on first use, again after a kill or its retirement."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._closed = False

    def call(self, job: Job) -> object:
        """Run one job; what comes back is its result or a sentence about its failure."""
        with self._lock:
            if self._closed:
                return "the crawl is ending"
            try:
                pipe = self._pipe or self._start()
                pipe.send(job)
                if not pipe.poll(self._limits.seconds):
                    self._stop()
                    return f"reading took more than {self._limits.seconds:g} seconds"
                result, last = pipe.recv()
            except (EOFError, OSError):
                self._stop()
                return "the reader died on this page"
            if last:
                self._stop()
            return result

    def kill(self) -> None:
        """End the process for good; a call that waits for it returns."""
        self._closed = True
        if self._process is not None:
            with contextlib.suppress(ValueError):  # the reading thread was quicker
                self._process.kill()
        with self._lock:
            self._stop()

    def _stop(self) -> None:
        """Kill the process if there is one."""
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
            self._process = None

    def _start(self) -> Connection:
        # spawn: a fork of a process with a running reactor and threads inherits their locks
        context = multiprocessing.get_context("spawn")
        self._pipe, there = context.Pipe()
        process = context.Process(target=_serve, args=(there, self._limits), daemon=True)
        process.start()
        self._process = process
        there.close()
        if not self._pipe.poll(_LONGEST_START) or self._closed:
            raise EOFError("the reader did not start, or the crawl is ending")
        self._pipe.recv()
        return self._pipe


def _serve(pipe: Connection, limits: Limits) -> None:
    """Read pages until the pipe closes (also when the crawl is killed) or a limit is reached."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    import trafilatura  # noqa: F401 - loaded before the first page's time begins to run

    # What is loaded now stays; what a page leaves behind is looked at every few pages. Left to
    # itself the collector takes a seventh of the time, for it counts every element of a tree.
    gc.collect()
    gc.freeze()
    gc.disable()
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        pipe.send("ready")
        for page in range(1, limits.pages + 1):
            job = pipe.recv()
            _allow_cpu(limits.seconds)
            try:
                result: object = job.run()
            except (Exception, MemoryError) as error:  # noqa: BLE001 - any page may break anything
                result = f"the reader failed: {type(error).__name__}"
            last = page == limits.pages or _resident() > limits.resident
            pipe.send((result, last))
            if last:
                return
            if page % _TIDY == 0:
                gc.collect()


def _allow_cpu(seconds: float) -> None:
    """Let the kernel end the process after so much more CPU, even inside C code or orphaned."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = usage.ru_utime + usage.ru_stime
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used + seconds) + 1, hard))


def _resident() -> int:
    """Bytes of memory that this process holds now; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * resource.getpagesize()
