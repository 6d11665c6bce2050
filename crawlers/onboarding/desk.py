"""What every step of a look at a site needs: fetch, read, tell, remember."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from crawlers.discovery import Discovered, Page
from crawlers.onboarding.front import Front, ReadFront
from crawlers.onboarding.model import Tried
from crawlers.pool import ReadDiscovery, ReadingFailedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from crawlers.context import CrawlContext
    from crawlers.onboarding.fetch import Answer, Fetcher
    from crawlers.onboarding.readers import SiteReaders

log = logging.getLogger(__name__)

ZONE = "Asia/Jakarta"


@dataclass(slots=True)
class Desk:
    """The tools of one look at one site.

    Attributes:
        ctx: configuration, clock and hooks.
        fetcher: fetches.
        readers: read what was fetched, in a process that can be killed.
        tell: called with a step's title and how many parts it has, None if not known.
        tried: what was asked while looking for ways in, and what came of it.
    """

    ctx: CrawlContext
    fetcher: Fetcher
    readers: SiteReaders
    tell: Callable[[str, int | None], None]
    tried: list[Tried] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        """The moment of the look, aware."""
        return self.ctx.now()

    @property
    def since(self) -> datetime:
        """How far back a first crawl would go."""
        return self.now - timedelta(days=self.ctx.config.crawl.lookback_days)

    def note(self, what: str, url: str, outcome: str, *, works: bool = False) -> None:
        """Remember what came of asking an address."""
        self.tried.append(Tried(what, url, outcome, works))

    async def front(self, answer: Answer) -> Front:
        """Read a front page or another page that may list articles."""
        job = ReadFront(answer.body, answer.url, answer.charset, answer.headers, self.now, ZONE)
        try:
            return await self.readers.front(job)
        except ReadingFailedError as error:
            log.warning("%s: %s", self.ctx.mask_key(answer.url), error)
            return Front("unreadable")

    async def discover(self, method: str, answer: Answer, pattern: str | None = None) -> Discovered:
        """Read a page by one method of discovery."""
        page = Page(method, answer.body, answer.url, answer.charset, pattern)
        try:
            return await self.readers.discovery(ReadDiscovery(page, self.now, ZONE, self.since))
        except ReadingFailedError as error:
            log.warning("%s: %s", self.ctx.mask_key(answer.url), error)
            return Discovered(problem="Halaman tidak dapat dibaca dalam batas waktu.")
