"""The door to collecting: all sources in one blocking call."""

from __future__ import annotations

import gc
import logging
import threading
from typing import TYPE_CHECKING

from crawlers.complaints import import_open311
from crawlers.context import CrawlContext, SourceReport
from crawlers.folders import import_folders
from crawlers.harvest import WEB_METHODS
from crawlers.intake import Intake
from crawlers.quietly import relay_logs
from crawlers.social import import_social
from crawlers.state import CrawlState
from crawlers.youtube import import_channels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config import Source

__all__ = ["CrawlContext", "SourceReport", "crawl"]

log = logging.getLogger(__name__)


def crawl(
    sources: Sequence[Source], ctx: CrawlContext, *, extensions: Sequence[str] = ()
) -> tuple[SourceReport, ...]:
    """Collect all sources: files in the inbox, YouTube, social platforms, Open311 servers, then the web.

    Scrapy's reactor can run only once in a process: give this call a process of its own.

    Args:
        sources: what to collect; sources whose permission is ``blocked`` are reported and left.
        ctx: everything from outside.
        extensions: import paths of Scrapy extensions to run beside the crawl (a probe).

    Returns:
        One final report per source, in the order given.
    """
    relay_logs(ctx.mask_key)
    with CrawlState(ctx.state) as state:
        intake = Intake(sources, ctx, state)
        open_to_us = [s for s in sources if s.permission != "blocked"]
        import_folders(open_to_us, ctx, intake, state)
        import_channels(open_to_us, ctx, intake, state)
        import_social(open_to_us, ctx, intake, state)
        import_open311(open_to_us, ctx, intake, state)
        on_web = [s for s in open_to_us if any(d.method in WEB_METHODS for d in s.discover)]
        if on_web:
            _crawl_web(on_web, ctx, intake, state, extensions)
        finished = {s.id for s in on_web}
        for source in sources:
            if source.id not in finished:
                if source.permission == "blocked":
                    intake.trouble(source.id, "Sumber ini ditandai blocked dan tidak diambil.")
                intake.finish(source.id)
        return intake.reports()


def _crawl_web(
    sources: Sequence[Source],
    ctx: CrawlContext,
    intake: Intake,
    state: CrawlState,
    extensions: Sequence[str],
) -> None:
    from scrapy.crawler import AsyncCrawlerProcess

    from crawlers.settings import scrapy_settings
    from crawlers.spider import PressSpider

    settings = scrapy_settings(ctx)
    settings["EXTENSIONS"] = settings["EXTENSIONS"] | dict.fromkeys(extensions, 0)
    process = AsyncCrawlerProcess(settings)
    relay_logs(ctx.mask_key)  # Scrapy has set its own levels meanwhile
    process.crawl(PressSpider, sources=sources, ctx=ctx, intake=intake, state=state)
    # What is loaded by now stays until the end: no collection of garbage has to look at it again.
    gc.collect()
    gc.freeze()
    in_main = threading.current_thread() is threading.main_thread()
    process.start(install_signal_handlers=in_main)
