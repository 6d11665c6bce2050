"""Scrapy's settings for this crawler: every hardening in one place, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawlers.net.address import AddressPolicy
from crawlers.net.turns import Patience

if TYPE_CHECKING:
    from config import Config
    from crawlers.context import CrawlContext

MOST_BYTES = 10 * 1024 * 1024


def policy_of(config: Config) -> AddressPolicy:
    """Build the address policy from the configuration."""
    crawl = config.crawl
    return AddressPolicy(tuple(crawl.allow_hosts), tuple(crawl.block_hosts), tuple(crawl.allow_ports))


def agent_of(config: Config) -> str:
    """Build the User-Agent header: who we are and where to complain."""
    agent, contact = config.crawl.user_agent, config.crawl.contact
    return agent if contact in agent else f"{agent} (+{contact})"


def scrapy_settings(ctx: CrawlContext) -> dict[str, Any]:
    """Build the settings of one crawl."""
    return {
        "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
        **_manners(ctx, agent_of(ctx.config)),
        **_safety(ctx),
        **_quiet(),
        "PATI_CLOCK": ctx.now,
        "PATI_MASK": ctx.mask_key,
    }


def patience_of(config: Config) -> Patience:
    """Build the patience with hosts from the configuration.

    With two seconds between requests a failing host is left alone for 4, 8, 16, ... seconds.
    """
    crawl = config.crawl
    base = min(max(2 * crawl.delay_seconds, 0.5), 30.0)
    return Patience(base, crawl.longest_wait_seconds, crawl.per_host_cap, crawl.concurrency_per_host)


def excused_hosts(ctx: CrawlContext) -> frozenset[str]:
    """Return the hosts whose certificate is not verified today."""
    today = ctx.now().date()
    return frozenset(e.host.lower() for e in ctx.config.crawl.tls_exceptions if today <= e.until)


def _manners(ctx: CrawlContext, agent: str) -> dict[str, Any]:
    crawl = ctx.config.crawl
    return {
        "USER_AGENT": agent,
        "PATI_PATIENCE": patience_of(ctx.config),
        # without limit: hosts that are waited for must not fill the places of the others. What
        # is on the wire at a time is bounded by `Patience.at_once`, per host by the frontier.
        "CONCURRENT_REQUESTS": 0,
        # Scrapy starts this many tasks for every page to carry items on; the spider yields none
        "CONCURRENT_ITEMS": 1,
        "CONCURRENT_REQUESTS_PER_DOMAIN": crawl.concurrency_per_host,
        "DOWNLOAD_DELAY": crawl.delay_seconds,
        # no delay is asked for only where there is nobody to be polite to: our own machine
        "AUTOTHROTTLE_ENABLED": crawl.delay_seconds > 0,
        "AUTOTHROTTLE_START_DELAY": crawl.delay_seconds,
        "AUTOTHROTTLE_MAX_DELAY": max(60.0, crawl.delay_seconds),
        "DOWNLOAD_TIMEOUT": crawl.timeout_seconds,
        "PATI_URL_SECONDS": 2 * crawl.timeout_seconds,
        # a page that fails twice is tried again in the next run, not a third time in this one
        "RETRY_TIMES": min(crawl.retries, 1),
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "id,en;q=0.5",
        },
    }


def _safety(ctx: CrawlContext) -> dict[str, Any]:
    most = min(ctx.config.crawl.max_bytes, MOST_BYTES)
    return {
        "PATI_ADDRESS_POLICY": policy_of(ctx.config),
        "PATI_TLS_EXCUSED": excused_hosts(ctx),
        "TWISTED_DNS_RESOLVER": "crawlers.net.guard.GuardedResolver",
        "DNSCACHE_ENABLED": False,  # the guard must see every resolution
        "DOWNLOADER_MIDDLEWARES": _middlewares(obey=ctx.config.crawl.obey_robots),
        "DOWNLOAD_HANDLERS": {
            **dict.fromkeys(("data", "file", "ftp", "s3")),
            **dict.fromkeys(("http", "https"), "crawlers.net.handler.PatientHandler"),
        },
        "DOWNLOAD_MAXSIZE": most,  # of what is received, and again of what that unpacks to
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": False,  # a torn body is tried again, then kept with a flag
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "HTTPPROXY_ENABLED": False,  # a proxy would connect where the guard cannot look
        "COOKIES_ENABLED": False,
        "REFERER_ENABLED": False,
        # the spider settles every answer itself, counts depth itself, and must hear of every address
        # that is not asked for: Scrapy's filters would only swallow requests
        "SPIDER_MIDDLEWARES": {
            f"scrapy.spidermiddlewares.{name}Middleware": None
            for name in ("httperror.HttpError", "referer.Referer", "urllength.UrlLength", "depth.Depth")
        },
        "REDIRECT_MAX_TIMES": 5,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
    }


def _middlewares(*, obey: bool) -> dict[str, int | None]:
    """Order ours; Scrapy's that they replace are off.

    Requests pass from small numbers to large ones, answers the other way: unpacked, tried again
    if need be, then followed to where they lead.
    """
    ours = {
        "crawlers.net.guard.AddressPolicyMiddleware": 10,
        "crawlers.net.robots.RobotsMiddleware": 100,
        "crawlers.net.hops.HopsMiddleware": 540,
        "crawlers.net.manners.RetryMiddleware": 550,
        "crawlers.net.inflate.InflateMiddleware": 590,
    }
    theirs = (
        "offsite.Offsite", "robotstxt.RobotsTxt", "httpauth.HttpAuth", "retry.Retry",
        "httpcompression.HttpCompression", "redirect.Redirect", "redirect.MetaRefresh",
    )  # fmt: skip
    off = [f"scrapy.downloadermiddlewares.{name}Middleware" for name in theirs]
    off.append("scrapy.downloadermiddlewares.stats.DownloaderStats")
    if not obey:
        off.append("crawlers.net.robots.RobotsMiddleware")
    return {**ours, **dict.fromkeys(off)}


def _quiet() -> dict[str, Any]:
    """Scrapy prints addresses and items; our own log says what matters, masked."""
    return {
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        # nobody reads Scrapy's own counts: the intake keeps the books
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
        "EXTENSIONS": {
            "scrapy.extensions.corestats.CoreStats": None,
            "scrapy.extensions.logstats.LogStats": None,
            "scrapy.extensions.memusage.MemoryUsage": None,
        },
    }
