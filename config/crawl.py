"""How the crawler behaves towards other people's machines."""

import ipaddress
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from config.base import EnvName, Phrase, Strict, Text, Url

Count = Annotated[int, Field(ge=0)]
Seconds = Annotated[float, Field(gt=0)]


def _host_or_network(value: str) -> str:
    """Check what looks like a network; a typing error must not wait for the first crawl."""
    if "/" in value:
        try:
            ipaddress.ip_network(value, strict=False)
        except ValueError as error:
            raise PydanticCustomError(
                "network", "'{value}' bukan jaringan yang sah; contoh: 10.20.0.0/16", {"value": value}
            ) from error
    return value


class TlsException(Strict):
    """A host whose certificate is not verified for a while; what comes from it is flagged.

    Attributes:
        host: its name, without port.
        until: last day on which it is excused.
        reason: why, and who was told.
    """

    host: Phrase
    until: date
    reason: Text


class Youtube(Strict):
    """YouTube Data API.

    Attributes:
        api_endpoint: another address than the public one (offline newsroom), None for the public.
        api_key_env: name of the environment variable that holds the key; never the key itself.
        units_per_day: quota for list calls.
        searches_per_day: quota for searches, a bucket of its own (100 at YouTube); 0 makes none.
        videos_per_channel: newest uploads looked at in every run, for their counts and comments.
        comments_per_video: most comments taken from one video in one reading.
        refresh_after_days: stored videos and comments that were not seen for so long are asked
            for again.
        delete_after_days: what could not be seen again for so long is deleted (YouTube's
            developer policies allow 30 days).
    """

    api_endpoint: Url | None = None
    api_key_env: EnvName = "YOUTUBE_API_KEY"
    units_per_day: Count = 10_000
    searches_per_day: Count = 0
    videos_per_channel: Annotated[int, Field(ge=1)] = 50
    comments_per_video: Count = 200
    refresh_after_days: Annotated[int, Field(ge=1)] = 21
    delete_after_days: Annotated[int, Field(ge=1)] = 30

    @model_validator(mode="after")
    def _refreshed_in_time(self) -> "Youtube":
        if self.refresh_after_days >= self.delete_after_days:
            raise PydanticCustomError(
                "youtube_refresh",
                "'refresh_after_days' ({refresh}) harus lebih kecil daripada 'delete_after_days' ({delete})",
                {
                    "key": "refresh_after_days",
                    "refresh": self.refresh_after_days,
                    "delete": self.delete_after_days,
                },
            )
        return self


class Polling(Strict):
    """How often a feed is read by scheduled runs: soon where news is quick, seldom where it is slow.

    Attributes:
        least_minutes: shortest pause between two readings of one feed.
        most_minutes: longest pause, however silent the feed.
    """

    least_minutes: Annotated[int, Field(ge=1)] = 30
    most_minutes: Annotated[int, Field(ge=1)] = 1440

    @model_validator(mode="after")
    def _in_order(self) -> "Polling":
        if self.least_minutes > self.most_minutes:
            raise PydanticCustomError(
                "polling_order",
                "'least_minutes' ({least}) lebih besar daripada 'most_minutes' ({most})",
                {"key": "least_minutes", "least": self.least_minutes, "most": self.most_minutes},
            )
        return self


class Crawl(Strict):
    """``crawl.yaml``.

    Attributes:
        user_agent: names the system honestly.
        contact: where an outlet can complain: an address of a page or a mailbox.
        obey_robots: follow robots.txt.
        delay_seconds: least pause between two requests to one host.
        concurrency_per_host: requests at once to one host.
        per_host_cap: most requests to one host in one run; what is cut is reported.
        per_host_daily_cap: most requests to one host in one day (WIB), over all runs.
        per_pattern_cap: most addresses in one run that differ only in their parameters' values;
            calendars and session links would otherwise eat a host's whole allowance.
        polling: how often feeds are read by scheduled runs.
        timeout_seconds: for one request; all attempts and redirects of one address share twice
            as much.
        longest_wait_seconds: longest pause waited for within one run when a host fails or asks
            for patience (``Retry-After``); a longer one puts the host off to the next run.
        retries: further attempts after a failure that may pass; never more than one in one run.
        max_bytes: largest response read, decompressed; never more than 10 MB.
        lookback_days: how far back a first crawl goes.
        complaint_days: complaints of other systems that are not older are looked at in every run:
            they move on.
        allow_hosts: ``host`` or ``host:port`` in private address ranges that may be fetched all
            the same (intranet portals, the offline newsroom), or a network like ``10.20.0.0/16``.
        block_hosts: hosts never fetched (clones, gambling spam); subdomains included.
        allow_ports: ports that may be fetched besides 80 and 443.
        tls_exceptions: hosts whose certificate is not verified until a day.
        youtube: the YouTube Data API.
    """

    user_agent: Text
    contact: Text
    obey_robots: bool = True
    delay_seconds: Annotated[float, Field(ge=0)] = 2.0
    concurrency_per_host: Annotated[int, Field(ge=1, le=8)] = 1
    per_host_cap: Annotated[int, Field(ge=1)] = 500
    per_host_daily_cap: Annotated[int, Field(ge=1)] = 3000
    per_pattern_cap: Annotated[int, Field(ge=1)] = 200
    polling: Polling = Polling()
    timeout_seconds: Seconds = 30.0
    longest_wait_seconds: Seconds = 120.0
    retries: Count = 2
    max_bytes: Annotated[int, Field(ge=1024)] = 5_000_000
    lookback_days: Annotated[int, Field(ge=1)] = 30
    complaint_days: Annotated[int, Field(ge=1)] = 90
    allow_hosts: tuple[Annotated[Phrase, AfterValidator(_host_or_network)], ...] = ()
    block_hosts: tuple[Phrase, ...] = ()
    allow_ports: tuple[Annotated[int, Field(ge=1, le=65535)], ...] = ()
    tls_exceptions: tuple[TlsException, ...] = ()
    youtube: Youtube = Youtube()
