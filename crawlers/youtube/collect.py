"""One channel: its uploads, then the comment threads of the videos that have new comments."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from crawlers.intake import Poll
from crawlers.items import document_id
from crawlers.youtube.client import ApiProblemError
from crawlers.youtube.parse import comment_of, replies_missing, thread_comments, video_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from config import Source
    from crawlers.context import CrawlContext
    from crawlers.intake import Intake
    from crawlers.items import Document
    from crawlers.state import CrawlState
    from crawlers.youtube.client import Api

_MOST_REPLIES = 500
# the video is gone or closed to us; nothing to retry
_NO_COMMENTS = {"commentsDisabled", "videoNotFound", "processingFailure"}


def collect_channel(
    api: Api, source: Source, channel: str, ctx: CrawlContext, intake: Intake, state: CrawlState
) -> None:
    """Collect one channel.

    Raises:
        ApiProblemError: the API refused something that stops this channel.
    """
    settings = ctx.config.crawl.youtube
    uploads = _uploads(api, channel)
    intake.answered(source.id)
    items = api.pages(
        "playlistItems", settings.videos_per_channel, part="contentDetails",
        playlistId=uploads, maxResults=50,
    )  # fmt: skip
    ids = [item["contentDetails"]["videoId"] for item in items]
    for start in range(0, len(ids), 50):
        batch = ids[start : start + 50]
        videos = list(api.pages("videos", 50, part="snippet,statistics", id=",".join(batch), maxResults=50))
        answered = {video["id"] for video in videos}
        for missing in (i for i in batch if i not in answered):
            _bury(intake, source, missing)
        for video in videos:
            _offer(intake, source, video_of(video, source.id, ctx.now()), None)
            _collect_comments(api, source, video, ctx, intake, state)


def _bury(intake: Intake, source: Source, video: str) -> None:
    """Say once that a video is gone; the channel may name it for years."""
    key = f"video_gone {video}"
    if intake.fresh(source.id, [key]):
        detail = "Video ada di daftar unggahan, tetapi sudah dihapus atau dikunci."
        intake.reject(source.id, video, "video_gone", detail, keys=[key])
    else:
        intake.duplicate(source.id)


def _uploads(api: Api, channel: str) -> str:
    for item in api.pages("channels", 1, part="contentDetails", id=channel):
        return str(item["contentDetails"]["relatedPlaylists"]["uploads"])
    raise ApiProblemError("channelNotFound")


def _collect_comments(
    api: Api,
    source: Source,
    video: dict[str, Any],
    ctx: CrawlContext,
    intake: Intake,
    state: CrawlState,
) -> None:
    """Read a video's threads if its number of comments has changed since they were read."""
    count = video.get("statistics", {}).get("commentCount")
    name = f"comments {video['id']}"
    if count is None or count in {"0", state.cursor(source.id, name)}:
        return  # switched off, none, or nothing new: no unit is spent
    poll = Poll(name, cursors={name: count})
    intake.poll(source.id, poll)
    parent = document_id("video", source.id, video["id"], None)
    try:
        for raw in _comments(api, video["id"], ctx.config.crawl.youtube.comments_per_video):
            _offer(intake, source, comment_of(raw, video["id"], parent, source.id, ctx.now()), poll)
    except ApiProblemError as problem:
        if problem.reason not in _NO_COMMENTS:
            raise
    poll.complete = True


def _comments(api: Api, video: str, most: int) -> Iterator[dict[str, Any]]:
    threads = api.pages(
        "commentThreads", most, part="snippet,replies", videoId=video, order="time",
        maxResults=100, textFormat="plainText",
    )  # fmt: skip
    for thread in threads:
        if replies_missing(thread):
            yield thread["snippet"]["topLevelComment"]
            yield from api.pages(
                "comments", _MOST_REPLIES, part="snippet", parentId=thread["id"],
                maxResults=100, textFormat="plainText",
            )  # fmt: skip
        else:
            yield from thread_comments(thread)


def _offer(intake: Intake, source: Source, document: Document, poll: Poll | None) -> None:
    """Settle a video or comment; one whose words did not change is a duplicate."""
    words = hashlib.blake2b(f"{document.title}\x1f{document.text}".encode(), digest_size=8)
    key = f"{document.kind} {document.external_id} {words.hexdigest()}"
    if intake.fresh(source.id, [key]):
        if poll is not None:
            poll.open.add(key)
        intake.offer(source.id, document, [key], revised=True)
    else:
        intake.duplicate(source.id)
