"""A Scrapy extension that measures how late the reactor is.

A task sleeps 25 milliseconds at a time and notes by how much it overslept: that is how long
every other download, timer and signal had to wait too.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import time
from pathlib import Path
from typing import Any, Self

from scrapy import signals

from benchmarks.crawling.job import LAG_VARIABLE

SLEEP = 0.025


class LagProbe:
    """Writes all delays, in milliseconds, to the file named in the environment."""

    def __init__(self) -> None:
        self._late: list[float] = []
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:  # noqa: ANN401 - Scrapy is untyped
        """Build and listen."""
        probe = cls()
        crawler.signals.connect(probe.opened, signal=signals.spider_opened)
        crawler.signals.connect(probe.closed, signal=signals.spider_closed)
        return probe

    def opened(self) -> None:
        """Begin to measure."""
        self._task = asyncio.get_running_loop().create_task(self._measure())

    def closed(self) -> None:
        """Write what was measured."""
        if self._task is not None:
            self._task.cancel()
        Path(os.environ[LAG_VARIABLE]).write_text(json.dumps(self._late), encoding="utf-8")

    async def _measure(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            while True:
                before = time.perf_counter()
                await asyncio.sleep(SLEEP)
                self._late.append((time.perf_counter() - before - SLEEP) * 1000)
