"""Scrapy's settings for this crawler: every hardening in one place, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawlers.net.address import AddressPolicy

if TYPE_CHECKING:
    from config import Config
    from crawlers.context import CrawlContext

MOST_BYTES = 10 * 1024 * 1024
LONGEST_WAIT = 120.0


def policy_of(config: Config) -> AddressPolicy:
    """Build the address policy from the configuration."""
    crawl = config.crawl
    return AddressPolicy(tuple(crawl.allow_hosts), tuple(crawl.block_hosts), tuple(crawl.allow_ports))


def scrapy_settings(ctx: CrawlContext) -> dict[str, Any]:
    """Build the settings of one crawl."""
    crawl = ctx.config.crawl
    agent = crawl.user_agent
    if crawl.contact not in agent:
        agent = f"{agent} (+{crawl.contact})"
    return {
        "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
        **_manners(ctx, agent),
        **_safety(ctx.config),
        **_quiet(),
        "PATI_CLOCK": ctx.now,
        "PATI_MASK": ctx.mask_key,
        "PATI_LONGEST_WAIT": LONGEST_WAIT,
        # with a delay of 2 s between requests, a retry waits 4 s, the next one 8 s
        "PATI_RETRY_PAUSE": min(max(2 * crawl.delay_seconds, 0.5), 30.0),
    }


def _manners(ctx: CrawlContext, agent: str) -> dict[str, Any]:
    crawl = ctx.config.crawl
    return {
        "USER_AGENT": agent,
        "ROBOTSTXT_OBEY": crawl.obey_robots,
        "CONCURRENT_REQUESTS": 64,
        # Scrapy starts this many tasks for every page to carry items on; the spider yields none
        "CONCURRENT_ITEMS": 1,
        "CONCURRENT_REQUESTS_PER_DOMAIN": crawl.concurrency_per_host,
        "DOWNLOAD_DELAY": crawl.delay_seconds,
        # no delay is asked for only where there is nobody to be polite to: our own machine
        "AUTOTHROTTLE_ENABLED": crawl.delay_seconds > 0,
        "AUTOTHROTTLE_START_DELAY": crawl.delay_seconds,
        "AUTOTHROTTLE_MAX_DELAY": max(60.0, crawl.delay_seconds),
        "DOWNLOAD_TIMEOUT": crawl.timeout_seconds,
        # a page that fails twice is tried again in the next run, not a third time in this one
        "RETRY_TIMES": min(crawl.retries, 1),
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "id,en;q=0.5",
        },
    }


def _safety(config: Config) -> dict[str, Any]:
    most = min(config.crawl.max_bytes, MOST_BYTES)
    return {
        "PATI_ADDRESS_POLICY": policy_of(config),
        "TWISTED_DNS_RESOLVER": "crawlers.net.guard.GuardedResolver",
        "DNSCACHE_ENABLED": False,  # the guard must see every resolution
        "DOWNLOADER_MIDDLEWARES": {
            "crawlers.net.guard.AddressPolicyMiddleware": 10,
            "crawlers.net.manners.MannersMiddleware": 550,
            "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
        },
        "DOWNLOAD_HANDLERS": dict.fromkeys(("data", "file", "ftp", "s3")),
        "DOWNLOAD_MAXSIZE": most,  # counts decompressed bytes too
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "HTTPPROXY_ENABLED": False,  # a proxy would connect where the guard cannot look
        "COOKIES_ENABLED": False,
        "REFERER_ENABLED": True,
        "REFERRER_POLICY": "no-referrer",
        "REDIRECT_MAX_TIMES": 5,
        "METAREFRESH_MAXDELAY": 10,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "HTTPERROR_ALLOW_ALL": True,  # the spider settles every answer itself
    }


def _quiet() -> dict[str, Any]:
    """Scrapy prints addresses and items; our own log says what matters, masked."""
    return {
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "STATS_DUMP": False,
        "EXTENSIONS": {
            "scrapy.extensions.logstats.LogStats": None,
            "scrapy.extensions.memusage.MemoryUsage": None,
        },
    }
