"""YouTube: new videos of known channels and of searches, and what people write under them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawlers.net.client import Client
from crawlers.settings import agent_of, policy_of
from crawlers.tokens import why_missing
from crawlers.youtube.client import HOSTS, Api
from crawlers.youtube.collect import Job, collect_channel, collect_search
from crawlers.youtube.problems import BAD_ANSWER, ApiProblemError
from crawlers.youtube.refresh import expire, refresh

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from config import Source
    from crawlers.context import CrawlContext
    from crawlers.intake import Intake
    from crawlers.state import CrawlState

__all__ = ["METHODS", "import_channels"]

log = logging.getLogger(__name__)

METHODS: dict[str, Callable[[Job, str], None]] = {
    "youtube_channel": collect_channel,
    "youtube_search": collect_search,
}
_DONE = "youtube read"


def import_channels(sources: Sequence[Source], ctx: CrawlContext, intake: Intake, state: CrawlState) -> None:
    """Collect every YouTube source; a spent quota or a bad key ends it for all of them.

    Whoever waited longest comes first: a quota that runs out every day starves nobody. Channels
    come before searches, so that a video belongs to its channel and not to who found it.
    """
    wanted = [s for s in sources if any(d.method in METHODS for d in s.discover)]
    if not wanted:
        return
    settings = ctx.config.crawl.youtube
    key = ctx.secrets.get(settings.api_key_env)
    stop: ApiProblemError | None = None
    client = _client(ctx)
    api = Api(key or "", client, settings, state, ctx.now)
    for source in sorted(wanted, key=lambda s: (not _channels(s), state.cursor(s.id, _DONE) or "")):
        job = Job.of(api, source, ctx, intake, state)
        if not key:
            sentence = f"Kunci API YouTube belum ada: {why_missing(ctx.secrets, settings.api_key_env)}."
            intake.trouble(source.id, sentence, entry=True)
        elif stop is None:
            stop = _collect(job)
        else:
            _leave(job, stop)
        expire(job)
        intake.save(source.id)
    client.close()


def _channels(source: Source) -> bool:
    return any(entry.method == "youtube_channel" for entry in source.discover)


def _client(ctx: CrawlContext) -> Client:
    crawl = ctx.config.crawl
    endpoint = crawl.youtube.api_endpoint
    named = urlsplit(endpoint).hostname if endpoint else None
    hosts = (*HOSTS, named) if named else HOSTS
    return Client(hosts, policy_of(ctx.config), agent_of(ctx.config), crawl.timeout_seconds)


def _collect(job: Job) -> ApiProblemError | None:
    """Collect one source; returns why all further calls are useless, or None."""
    for step in _steps(job):
        problem = _attempt(step)
        if problem is None:
            continue
        log.warning("%s: YouTube says %s", job.source.id, problem.reason)
        job.intake.trouble(job.source.id, problem.sentence, entry=True)
        if problem.ends_run:
            return problem
        key = next(d.target for d in job.source.discover if d.method in METHODS)
        job.intake.reject(job.source.id, key, f"youtube_{problem.reason}", problem.sentence, forget=True)
    job.intake.note(job.source.id, _DONE, job.ctx.now().isoformat())
    return None


def _attempt(step: Callable[[], None]) -> ApiProblemError | None:
    try:
        step()
    except ApiProblemError as problem:
        return problem
    except (KeyError, TypeError, ValueError):
        return ApiProblemError(BAD_ANSWER)  # a field is missing or is something else
    return None


def _steps(job: Job) -> list[Callable[[], None]]:
    def step(work: Callable[[Job, str], None], target: str) -> Callable[[], None]:
        return lambda: work(job, target)

    found: list[Callable[[], None]] = [lambda: refresh(job)]
    for entry in job.source.discover:
        if entry.method == "youtube_search" and not job.settings.searches_per_day:
            job.say("Pencarian YouTube dimatikan: isi youtube.searches_per_day di crawl.yaml.")
        elif entry.method in METHODS:
            found.append(step(METHODS[entry.method], entry.target))
    return found


def _leave(job: Job, stop: ApiProblemError) -> None:
    """Leave a source alone because of what another one met."""
    job.intake.trouble(job.source.id, stop.sentence, entry=True)
    if stop.waits:
        job.intake.left_alone(job.source.id, 1, idle=True)
