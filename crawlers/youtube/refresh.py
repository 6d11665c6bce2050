"""Stored API data is asked for again before it is too old, or deleted (YouTube's policies: 30 days)."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from crawlers.items import document_id
from crawlers.youtube.parse import comment_of, video_of
from crawlers.youtube.quota import refresh_share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawlers.items import Document
    from crawlers.state import Item
    from crawlers.youtube.collect import Job

log = logging.getLogger(__name__)

BATCH = 50
_KINDS = {"video": ("videos", "snippet,statistics"), "comment": ("comments", "snippet")}


def refresh(job: Job) -> None:
    """Ask for what was not seen for a while: what changed is updated, what is gone is deleted.

    Raises:
        ApiProblemError: the API refused; what was asked for until then stays settled.
    """
    for kind in _KINDS:
        before = job.ctx.now() - timedelta(days=job.settings.refresh_after_days)
        stale = job.state.items_before(job.source.id, kind, before)
        share = refresh_share(job.api.left("units"), -(-len(stale) // BATCH))
        for number in range(share):
            _ask(job, kind, stale[number * BATCH : (number + 1) * BATCH])
            job.intake.flush_due()
        if len(stale) > share * BATCH:
            log.warning(
                "%s: %d of %d stale items wait", job.source.id, len(stale) - share * BATCH, len(stale)
            )


def expire(job: Job) -> None:
    """Delete what could not be seen again within the time for which it may be kept."""
    before = job.ctx.now() - timedelta(days=job.settings.delete_after_days)
    count = 0
    for kind in _KINDS:
        for item in job.state.items_before(job.source.id, kind, before):
            if job.shelf.known(kind, item.external_id) == item:  # not seen in this run either
                job.shelf.gone(item, "expired")
                count += 1
    if count:
        job.say(
            f"{count} data YouTube dihapus: {job.settings.delete_after_days} hari tidak dapat diperbarui."
        )


def _ask(job: Job, kind: str, items: Sequence[Item]) -> None:
    resource, part = _KINDS[kind]
    more = {"textFormat": "plainText"} if kind == "comment" else {}
    ids = ",".join(item.external_id for item in items)
    page = job.api.page(resource, part=part, id=ids, maxResults=BATCH, **more)
    job.intake.answered(job.source.id)
    shown = {one["id"]: one for one in page.get("items", [])}
    for item in items:
        answer = shown.get(item.external_id)
        if answer is None:
            job.shelf.gone(item, "deleted")
        else:
            job.shelf.settle(_MAKERS[kind](job, item, answer))


def _video(job: Job, _: Item, answer: dict[str, Any]) -> Document:
    return video_of(answer, job.source.id, job.ctx.now())


def _comment(job: Job, item: Item, answer: dict[str, Any]) -> Document:
    video = item.parent or ""
    parent = document_id("video", job.source.id, video, None)
    # how many replies it has is not said here: what is known of it stays
    replies = json.loads(item.counts).get("comments")
    return comment_of(answer, video, parent, job.source.id, job.ctx.now(), replies)


_MAKERS: dict[str, Callable[[Job, Item, dict[str, Any]], Document]] = {"video": _video, "comment": _comment}
