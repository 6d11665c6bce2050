"""YouTube: new videos of known channels, and what people write under them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from crawlers.youtube.client import BAD_ANSWER, Api, ApiProblemError
from crawlers.youtube.collect import collect_channel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config import Source
    from crawlers.context import CrawlContext
    from crawlers.intake import Intake
    from crawlers.state import CrawlState

__all__ = ["import_channels"]

log = logging.getLogger(__name__)


def import_channels(sources: Sequence[Source], ctx: CrawlContext, intake: Intake, state: CrawlState) -> None:
    """Collect every channel source; a spent quota or a bad key ends it for all of them."""
    wanted = [
        (source, entry.target)
        for source in sources
        for entry in source.discover
        if entry.method == "youtube_channel"
    ]
    if not wanted:
        return
    settings = ctx.config.crawl.youtube
    key = ctx.secrets.get(settings.api_key_env)
    stop: str | None = None
    if not key:
        stop = f"Kunci API YouTube belum ada: isi variabel lingkungan {settings.api_key_env}."
    api = Api(key or "", settings, state, ctx.now, ctx.config.crawl.timeout_seconds)
    for source, channel in wanted:
        if stop is None:
            stop = _collect(api, source, channel, ctx, intake, state)
        else:
            intake.trouble(source.id, stop, entry=True)


def _collect(
    api: Api, source: Source, channel: str, ctx: CrawlContext, intake: Intake, state: CrawlState
) -> str | None:
    """Collect one channel; returns why all further calls are useless, or None."""
    problem: ApiProblemError | None = None
    try:
        collect_channel(api, source, channel, ctx, intake, state)
    except ApiProblemError as refused:
        problem = refused
    except (KeyError, TypeError, ValueError):
        problem = ApiProblemError(BAD_ANSWER)  # a field is missing or is something else
    if problem is None:
        return None
    log.warning("%s: YouTube says %s", source.id, problem.reason)
    intake.trouble(source.id, problem.sentence, entry=True)
    if problem.ends_run:
        return problem.sentence
    intake.reject(source.id, channel, f"youtube_{problem.reason}", problem.sentence, forget=True)
    return None
