"""How the crawler behaves towards other people's machines."""

from typing import Annotated

from pydantic import Field

from config.base import Phrase, Strict, Text, Url

Count = Annotated[int, Field(ge=0)]
Seconds = Annotated[float, Field(gt=0)]


class Youtube(Strict):
    """YouTube Data API.

    Attributes:
        api_endpoint: another address than the public one (offline newsroom), None for the public.
        api_key_env: name of the environment variable that holds the key; never the key itself.
        units_per_day: quota for list calls.
        videos_per_channel: newest uploads looked at in one run.
        comments_per_video: most comments taken from one video.
    """

    api_endpoint: Url | None = None
    api_key_env: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")] = "YOUTUBE_API_KEY"
    units_per_day: Count = 10_000
    videos_per_channel: Count = 50
    comments_per_video: Count = 200


class Crawl(Strict):
    """``crawl.yaml``.

    Attributes:
        user_agent: names the system honestly.
        contact: where an outlet can complain: an address of a page or a mailbox.
        obey_robots: follow robots.txt.
        delay_seconds: least pause between two requests to one host.
        concurrency_per_host: requests at once to one host.
        per_host_cap: most requests to one host in one run; what is cut is reported.
        timeout_seconds: for one request.
        retries: further attempts after a failure that may pass.
        max_bytes: largest response read.
        lookback_days: how far back a first crawl goes.
        allow_hosts: ``host`` or ``host:port`` in private address ranges that may be fetched all
            the same (intranet portals, the offline newsroom).
        block_hosts: hosts never fetched (clones, gambling spam); subdomains included.
        allow_ports: ports that may be fetched besides 80 and 443.
        youtube: the YouTube Data API.
    """

    user_agent: Text
    contact: Text
    obey_robots: bool = True
    delay_seconds: Annotated[float, Field(ge=0)] = 2.0
    concurrency_per_host: Annotated[int, Field(ge=1, le=8)] = 1
    per_host_cap: Annotated[int, Field(ge=1)] = 500
    timeout_seconds: Seconds = 30.0
    retries: Count = 2
    max_bytes: Annotated[int, Field(ge=1024)] = 5_000_000
    lookback_days: Annotated[int, Field(ge=1)] = 30
    allow_hosts: tuple[Phrase, ...] = ()
    block_hosts: tuple[Phrase, ...] = ()
    allow_ports: tuple[Annotated[int, Field(ge=1, le=65535)], ...] = ()
    youtube: Youtube = Youtube()
