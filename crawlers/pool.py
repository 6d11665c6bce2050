"""Reading foreign pages in a process that can be killed.

No page may stall the crawl: parsing runs in a worker with limits on memory and CPU time, and a
worker that overruns its time is killed and replaced. The page is then rejected, visibly.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import multiprocessing
import resource
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from crawlers.discovery import Discovered, Page, discover
from crawlers.extract import Article, extract_article

if TYPE_CHECKING:
    from datetime import datetime
    from multiprocessing.connection import Connection

_MEMORY = 2 * 1024**3  # bytes of address space; a 10 MB page needs a quarter of it


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


class ReaderPool:
    """Worker processes that read pages.

    Args:
        workers: how many processes.
        limit_seconds: wall and CPU seconds one page may take.
    """

    def __init__(self, workers: int = 1, limit_seconds: float = 20.0) -> None:
        self._limit = limit_seconds
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="reader")
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        for _ in range(workers):
            self._idle.put_nowait(_Worker(limit_seconds))

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
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, worker.call, job)
        finally:
            self._idle.put_nowait(worker)

    def close(self) -> None:
        """Stop all workers."""
        while not self._idle.empty():
            self._idle.get_nowait().stop()
        self._threads.shutdown(wait=False)


class _Worker:
    """One process and the pipe to it. Started on first use, restarted after a kill."""

    def __init__(self, limit_seconds: float) -> None:
        self._limit = limit_seconds
        self._process: Any = None
        self._pipe: Connection | None = None

    def call(self, job: Job) -> object:
        """Run one job; what comes back is its result or a sentence about its failure."""
        pipe = self._pipe or self._start()
        try:
            pipe.send(job)
            if pipe.poll(self._limit):
                return pipe.recv()
        except (EOFError, OSError):
            self.stop()
            return "the reader died on this page"
        self.stop()
        return f"reading took more than {self._limit:g} seconds"

    def stop(self) -> None:
        """Kill the process if there is one."""
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None

    def _start(self) -> Connection:
        # spawn: a fork of a process with a running reactor and threads inherits their locks
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(there, self._limit), daemon=True)
        self._process.start()
        there.close()
        if not here.poll(60):
            raise ReadingFailedError("the reader did not start within a minute")
        here.recv()
        self._pipe = here
        return here


def _serve(pipe: Connection, limit_seconds: float) -> None:
    """Read pages until the pipe closes (also when the crawl is killed)."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    import trafilatura  # noqa: F401 - loaded before the first page's time begins to run

    pipe.send("ready")
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            job = pipe.recv()
            _allow_cpu(limit_seconds)
            try:
                result: object = job.run()
            except (Exception, MemoryError) as error:  # noqa: BLE001 - any page may break anything
                result = f"the reader failed: {type(error).__name__}"
            pipe.send(result)


def _allow_cpu(seconds: float) -> None:
    """Let the kernel end the process after so much more CPU, even inside C code or orphaned."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = usage.ru_utime + usage.ru_stime
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used + seconds) + 1, hard))
