"""The crawl that looks at one site: Scrapy's downloader with the crawler's own settings."""

from __future__ import annotations

import logging
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import scrapy

from crawlers.hosts import HostBook
from crawlers.onboarding.desk import Desk
from crawlers.onboarding.fetch import Fetcher
from crawlers.onboarding.identify import address_of
from crawlers.onboarding.model import OnboardingError
from crawlers.onboarding.probe import Look, Wish, look_at
from crawlers.onboarding.readers import SiteReaders
from crawlers.quietly import relay_logs
from crawlers.settings import scrapy_settings
from crawlers.state import CrawlState
from crawlers.urls import host_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from crawlers.context import CrawlContext

log = logging.getLogger(__name__)

MOST_SAMPLES, MOST_REQUESTS = 20, 60


class SiteSpider(scrapy.Spider):
    """Looks at one site; `outcome` holds what came of it."""

    name = "site"

    def __init__(
        self,
        wish: Wish,
        ctx: CrawlContext,
        tell: Callable[[str, int | None], None],
        told: Callable[[str], None],
        outcome: list[Look | OnboardingError],
        allowance: int,
    ) -> None:
        super().__init__()
        self._allowance = allowance
        self._wish, self._ctx = wish, ctx
        self._tell, self._told = tell, told
        self._outcome = outcome

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Do everything; requests go straight to the downloader, so none is handed out."""
        most = min(MOST_REQUESTS, self._ctx.config.crawl.per_host_cap, self._allowance)
        readers = SiteReaders()
        desk = Desk(self._ctx, Fetcher(self.crawler, most, self._told), readers, self._tell)
        try:
            self._outcome.append(await look_at(desk, self._wish, MOST_SAMPLES))
        except OnboardingError as error:
            self._outcome.append(error)
        except Exception as error:  # our own mistake: it must reach a person, not only a log
            log.exception("looking at a site broke")
            self._outcome.append(OnboardingError(f"Kesalahan di dalam pemeriksaan ({type(error).__name__})."))
        finally:
            readers.close()
        no_requests: tuple[scrapy.Request, ...] = ()
        for request in no_requests:  # makes this the generator that Scrapy wants
            yield request


@contextmanager
def _account(ctx: CrawlContext) -> Iterator[HostBook]:
    """The hosts' accounts that the crawl keeps; before the first crawl there are none to keep."""
    with CrawlState(ctx.state if ctx.state.exists() else Path(":memory:")) as state:
        yield HostBook(ctx, state)


def inspect_site(
    wish: Wish,
    ctx: CrawlContext,
    *,
    tell: Callable[[str, int | None], None] = lambda _title, _total: None,
    told: Callable[[str], None] = lambda _url: None,
) -> Look:
    """Look at a site in one blocking call.

    Scrapy's reactor can run only once in a process: give this call a process of its own.

    Args:
        wish: what to look at.
        ctx: the crawl's context; its landing zone and state are left alone.
        tell: called with a step's title and how many parts it has, None if not known.
        told: called before each request with its address.

    Raises:
        OnboardingError: the address cannot be read at all.
    """
    from scrapy.crawler import AsyncCrawlerProcess

    host = host_of(address_of(wish.address))
    with _account(ctx) as book:
        if book.rests(host):
            raise OnboardingError(
                f"{host} sedang diistirahatkan karena gagal berkali-kali atau meminta jeda; coba lagi besok."
            )
        if book.left_today(host) < 1:
            raise OnboardingError(f"Jatah permintaan untuk {host} hari ini sudah habis; coba lagi besok.")
        outcome: list[Look | OnboardingError] = []
        spent: Counter[str] = Counter()

        def asked(url: str) -> None:
            spent[host_of(url)] += 1
            told(url)

        process = AsyncCrawlerProcess(scrapy_settings(ctx))
        relay_logs(ctx.mask_key)
        process.crawl(SiteSpider, wish=wish, ctx=ctx, tell=tell, told=asked,
                      outcome=outcome, allowance=book.left_today(host))  # fmt: skip
        process.start(install_signal_handlers=True)
        book.spend(spent)
    if not outcome:
        raise OnboardingError("Pemeriksaan dihentikan sebelum selesai.")
    if isinstance(outcome[0], OnboardingError):
        raise outcome[0]
    return outcome[0]
