"""The one spider: discovery pages to articles, articles to the intake, host by host.

It decides nothing by itself: the frontier says what to fetch, workers read the pages, verdicts
say what an answer means, the intake settles the outcome.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import scrapy

from crawlers import verdict as judge
from crawlers.assemble import Fetched, document_of, merge_pages
from crawlers.complaints.pages import has_cases
from crawlers.harvest import Harvest
from crawlers.net.guard import was_refused
from crawlers.net.hops import HOPS, REFRESHED
from crawlers.net.turns import HostCapError, HostRestsError, Turns
from crawlers.pool import ReadArticle, ReaderPool, ReadingFailedError
from crawlers.urls import host_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

    from scrapy.http import Response
    from twisted.python.failure import Failure

    from config import Source
    from crawlers.context import CrawlContext
    from crawlers.extract import Article
    from crawlers.frontier import Task
    from crawlers.intake import Intake
    from crawlers.state import CrawlState
    from crawlers.verdict import Verdict

log = logging.getLogger(__name__)


class PressSpider(scrapy.Spider):
    """Crawls every web source of one run."""

    name = "press"

    def __init__(
        self, sources: Sequence[Source], ctx: CrawlContext, intake: Intake, state: CrawlState
    ) -> None:
        super().__init__()
        self._ctx = ctx
        self._intake = intake
        self._pool = ReaderPool()
        self._harvest = Harvest(sources, ctx, intake, state, self._pool)
        self._flusher: asyncio.Task[None] | None = None

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Put every source's entry points in line and hand out the first requests."""
        self._flusher = asyncio.create_task(self._flush_regularly())
        self._turns.on_probation = self._harvest.on_probation
        self._harvest.begin()
        for request in self._next():
            yield request

    def closed(self, reason: str) -> None:
        """Settle what is left; Scrapy calls this once, also after an interrupt."""
        if self._flusher is not None:
            self._flusher.cancel()
        self._pool.close()
        self._harvest.end(interrupted=reason != "finished")

    async def on_discovery(self, response: Response, task: Task) -> AsyncIterator[scrapy.Request]:
        """Read a discovery page."""
        try:
            self._judged(task, response, await self._harvest.discovery(response, task))
        except Exception as error:  # noqa: BLE001 - one page must not end the crawl; it is counted
            self._broke(task, error)
        for request in self._settled(task):
            yield request

    async def on_article(self, response: Response, task: Task) -> AsyncIterator[scrapy.Request]:
        """Read an article page and settle it."""
        try:
            problem = judge.of_status(response.status) or judge.of_body(response.body)
            self._judged(task, response, problem or await self._article(response, task))
        except ReadingFailedError:
            detail = "Halaman tidak dapat dibaca dalam batas waktu dan memori."
            self._harvest.drop(task, judge.Verdict("unreadable", detail, "retry"))
        except Exception as error:  # noqa: BLE001 - one page must not end the crawl; it is counted
            self._broke(task, error)
        for request in self._settled(task):
            yield request

    async def on_failure(self, failure: Failure) -> AsyncIterator[scrapy.Request]:
        """Settle a fetch that gave no answer."""
        request: scrapy.Request = failure.request  # type: ignore[attr-defined] # Scrapy adds it
        task: Task = request.cb_kwargs["task"]
        error = failure.value or RuntimeError("no reason given")
        host = host_of(request.url).partition(":")[0]
        self._harvest.drop(task, judge.of_failure(error, refused_host=was_refused(host)))
        if isinstance(error, HostCapError):
            self._harvest.frontier.rest(request.url, "cap")
        elif isinstance(error, HostRestsError):
            self._harvest.rest(request.url, error.seconds)
        for request in self._settled(task):
            yield request

    async def _article(self, response: Response, task: Task) -> Verdict | None:
        if has_cases(self._harvest.source(task.source_id)):
            return self._harvest.settle_case(task, (response.body, charset_of(response)), response.url)
        article = await self._read(response, task)
        problem = judge.of_page(article.page_type)
        if article.page_type == "listing":
            await self._harvest.links_of(response, task)
        if problem is not None:
            return problem
        if article.pages:
            later = await self._later_pages(article, task)
            if later is None:
                return judge.Verdict("incomplete", "Halaman lanjutan tidak terbaca.", "retry")
            article = merge_pages(article, later)
        source = self._harvest.owner(task, response.url)
        if isinstance(source, judge.Verdict):
            return source
        assert task.found is not None  # noqa: S101 - article tasks are made from a find
        flags = [*response.flags, *([REFRESHED] if response.meta.get(REFRESHED) else [])]
        fetched = Fetched(response.url, response.meta.get(HOPS, ()), tuple(flags), self._ctx.now())
        document = document_of(source, article, task.found, fetched)
        self._harvest.settle(task, document, response.url)
        return None

    async def _later_pages(self, article: Article, task: Task) -> list[Article] | None:
        """Fetch the rest of a story; None when a part is missing."""
        later: list[Article] = []
        for url in article.pages:
            if not self._harvest.frontier.spend(url):
                return None
            try:
                response = await self.crawler.engine.download_async(scrapy.Request(url))
            except Exception as error:  # noqa: BLE001 - whatever went wrong, the part is missing
                log.info("%s: %s", self._ctx.mask_key(url), type(error).__name__)
                return None
            if response.status != 200:
                return None
            read = await self._read(response, task)
            later.append(replace(read, flags=(*read.flags, *response.flags)))
        return later

    async def _read(self, response: Response, task: Task) -> Article:
        source = self._harvest.source(task.source_id)
        found = task.found
        hint, title = (found.published_at, found.title) if found else (None, None)
        return await self._pool.article(
            ReadArticle(
                response.body, response.url, charset_of(response), self._ctx.now(), hint,
                title, source.timezone,
            )
        )  # fmt: skip

    @property
    def _turns(self) -> Turns:
        return Turns.of(self.crawler)

    def _judged(self, task: Task, response: Response, problem: Verdict | None) -> None:
        """Settle an answer.

        What a status says of its host is noted when it comes; that a page is a bot check in an
        article's clothes is seen only here.
        """
        if problem is not None:
            self._harvest.drop(task, problem)
        if problem is None or not problem.strike:
            self._turns.succeeded(response.url)
            self._harvest.recovered(response.url)
        elif response.status == 200:
            self._turns.failed(response.url)

    def _broke(self, task: Task, error: Exception) -> None:
        """Settle what our own mistake left open: visible, and tried again."""
        log.error("%s: %s", self._ctx.mask_key(task.url), type(error).__name__)
        detail = f"Kesalahan di dalam perayap ({type(error).__name__})."
        self._harvest.drop(task, judge.Verdict("internal_error", detail, "retry"))

    def _settled(self, task: Task) -> Iterator[scrapy.Request]:
        self._harvest.done(task)
        yield from self._next()

    def _next(self) -> Iterator[scrapy.Request]:
        for task in self._harvest.pull():
            yield self._request(task)

    def _request(self, task: Task) -> scrapy.Request:
        headers = self._harvest.walks.validator(task).headers() if task.entry else {}
        callback: Any = self.on_discovery if task.kind == "discovery" else self.on_article
        return scrapy.Request(
            task.url,
            callback=callback,
            errback=self.on_failure,
            headers=headers,
            cb_kwargs={"task": task},
            # the frontier knows what was asked for; Scrapy's filter would swallow redirects
            dont_filter=True,
        )

    async def _flush_regularly(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            while True:
                await asyncio.sleep(1.0)
                self._intake.flush_due()
                self._harvest.note_spent()


def charset_of(response: Response) -> str | None:
    """Return the charset that the Content-Type header declares."""
    raw = (response.headers.get("Content-Type") or b"").decode("latin-1")
    _, _, charset = raw.lower().partition("charset=")
    return charset.split(";")[0].strip(" \"'") or None
