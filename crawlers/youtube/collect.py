"""One channel: its uploads with their counts, then the comments of the videos that have new ones."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawlers.shelf import Shelf
from crawlers.youtube.comments import read_comments
from crawlers.youtube.parse import video_of
from crawlers.youtube.problems import ApiProblemError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from config import Source, Youtube
    from crawlers.context import CrawlContext
    from crawlers.intake import Intake
    from crawlers.state import CrawlState
    from crawlers.youtube.client import Api

log = logging.getLogger(__name__)

PAGE = 50
_VIDEO = "snippet,statistics"


@dataclass(frozen=True, slots=True)
class Job:
    """Everything that reading one source's videos needs.

    Attributes:
        api: the API.
        source: whose videos they are.
        ctx: clock and configuration.
        intake: the desk.
        state: what is known from before.
        shelf: settles the source's documents.
    """

    api: Api
    source: Source
    ctx: CrawlContext
    intake: Intake
    state: CrawlState
    shelf: Shelf

    @classmethod
    def of(cls, api: Api, source: Source, ctx: CrawlContext, intake: Intake, state: CrawlState) -> Job:
        """Put the parts together."""
        return cls(api, source, ctx, intake, state, Shelf(intake, source.id, ctx.now))

    @property
    def settings(self) -> Youtube:
        """The configuration of the API."""
        return self.ctx.config.crawl.youtube

    def say(self, sentence: str) -> None:
        """Tell people something about this source that is not a failure."""
        log.warning("%s: %s", self.source.id, sentence)
        self.intake.trouble(self.source.id, sentence)


def collect_channel(job: Job, channel: str) -> None:
    """Collect one channel.

    Raises:
        ApiProblemError: the API refused something that stops this channel.
    """
    uploads = _uploads(job.api, channel)
    job.intake.answered(job.source.id)
    for batch in _newest(job, uploads):
        settle_videos(job, batch)


def collect_search(job: Job, query: str) -> None:
    """Collect the newest videos that a search finds: one call, one page.

    Raises:
        ApiProblemError: the API refused something that stops this search.
    """
    since = job.state.cursor(job.source.id, f"search {query}")
    more = {"publishedAfter": since} if since else {}
    page = job.api.page(
        "search", part="id", q=query, type="video", order="date", regionCode="ID",
        relevanceLanguage="id", maxResults=PAGE, **more,
    )  # fmt: skip
    job.intake.answered(job.source.id)
    found = [item["id"]["videoId"] for item in page.get("items", []) if item.get("id", {}).get("videoId")]
    # a video of a channel that is a source already is that source's
    strange = [one for one in found if not set(job.state.owners("video", one)) - {job.source.id}]
    job.intake.duplicate(job.source.id, count=len(found) - len(strange))
    settle_videos(job, strange)
    if page.get("nextPageToken"):
        job.say(f"Pencarian '{query}' menemukan lebih dari {PAGE} video baru; hanya yang terbaru diambil.")
    job.intake.note(job.source.id, f"search {query}", f"{job.ctx.now():%Y-%m-%dT%H:%M:%SZ}")


def settle_videos(job: Job, ids: Sequence[str]) -> None:
    """Settle up to 50 videos and the comments under them.

    Raises:
        ApiProblemError: the API refused something that stops this source.
    """
    if not ids:
        return
    page = job.api.page("videos", part=_VIDEO, id=",".join(ids), maxResults=PAGE)
    videos = {video["id"]: video for video in page.get("items", [])}
    for missing in (one for one in ids if one not in videos):
        _bury(job, missing)
    for video in videos.values():
        job.shelf.settle(video_of(video, job.source.id, job.ctx.now()))
    job.intake.flush_due()
    for video in videos.values():
        if job.shelf.known("video", video["id"]):  # its comments are wanted only where it is
            read_comments(job, video)


def _uploads(api: Api, channel: str) -> str:
    for item in api.page("channels", part="contentDetails", id=channel).get("items", []):
        return str(item["contentDetails"]["relatedPlaylists"]["uploads"])
    raise ApiProblemError("channelNotFound")


def _newest(job: Job, uploads: str) -> Iterator[list[str]]:
    """Yield ids of uploads, newest first: those looked at in every run, and all that are new."""
    wanted, seen = job.settings.videos_per_channel, 0
    first = job.state.cursor(job.source.id, f"uploads {uploads}") is None
    pages = job.api.pages("playlistItems", part="contentDetails", playlistId=uploads, maxResults=PAGE)
    for page in pages:
        ids = [item["contentDetails"]["videoId"] for item in page.get("items", [])]
        more = ids if seen + len(ids) <= wanted else ids[: max(0, wanted - seen)]
        if not first:  # more new videos than are looked at every time must not be missed
            more += [one for one in ids[len(more) :] if not job.shelf.known("video", one)]
        seen += len(ids)
        yield more
        if seen >= wanted and (first or len(more) < len(ids)):
            if first and page.get("nextPageToken", seen > wanted):
                job.say(f"Kanal ini punya video yang lebih lama; {wanted} yang terbaru diambil.")
            break
    job.intake.note(job.source.id, f"uploads {uploads}", job.ctx.now().isoformat())


def _bury(job: Job, video: str) -> None:
    """Settle a video that its playlist names and the API does not show: deleted or private."""
    item = job.shelf.known("video", video)
    if item is not None:
        job.shelf.gone(item, "deleted")
        return
    # said once: the channel may name it for years
    key = f"video_gone {video}"
    if job.intake.fresh(job.source.id, [key]):
        detail = "Video ada di daftar unggahan, tetapi sudah dihapus atau dikunci."
        job.intake.reject(job.source.id, video, "video_gone", detail, keys=[key])
    else:
        job.intake.duplicate(job.source.id)
