"""The comments of one video, newest thread first, until known; a reading can be taken up again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from crawlers.items import document_id
from crawlers.youtube.parse import comment_of, inline_replies, reply_count
from crawlers.youtube.problems import ApiProblemError

if TYPE_CHECKING:
    from crawlers.youtube.collect import Job

PAGE = 100
_MOST_REPLIES = 500
# this video gives nothing to retry; what it said is remembered until its number of comments changes
_CLOSED = {"commentsDisabled", "forbidden", "videoNotFound", "commentNotFound", "commentThreadNotFound"}


@dataclass(frozen=True, slots=True)
class Reading:
    """How far the comments of a video were read.

    Attributes:
        known: their number when they were last read to the end; None if they never were.
        count: their number when the reading that is under way began.
        token: page at which it goes on; None if none is under way.
        taken: how many it has taken so far.
        fresh: how many of them were new.
    """

    known: int | None = None
    count: int = 0
    token: str | None = None
    taken: int = 0
    fresh: int = 0

    @classmethod
    def read(cls, text: str | None) -> Reading:
        """Read what `text` wrote, or a bare number as earlier versions did."""
        found = json.loads(text) if text else {}
        return cls(known=found) if isinstance(found, int) else cls(**found)

    def text(self) -> str:
        """Write it down."""
        return json.dumps(asdict(self))

    def begin(self, count: int) -> Reading:
        """Start a reading, or go on with the one that was interrupted."""
        return self if self.token else Reading(self.known, count)

    def over(self, *, all_known: bool, next_token: str | None, most: int) -> bool:
        """Say whether to stop after a page.

        A page of known threads is the end only if the new comments found so far explain how
        their number grew: a new reply may stand under an old thread further down.

        Args:
            all_known: every thread of the page was known, with as many replies as before.
            next_token: the page after it.
            most: most comments to take in one run.
        """
        if not next_token or self.taken >= most:
            return True
        return self.known is not None and all_known and self.fresh >= self.count - self.known


def read_comments(job: Job, video: dict[str, Any]) -> None:
    """Read a video's threads if their number has changed since they were read.

    Raises:
        ApiProblemError: the API refused something that reaches further than this video.
    """
    count = video.get("statistics", {}).get("commentCount")
    name = f"comments {video['id']}"
    before = Reading.read(job.state.cursor(job.source.id, name))
    if count is None or (before.token is None and before.known == int(count)):
        return  # switched off, or nothing new: no unit is spent
    reading = before.begin(int(count))
    if (reading.count or reading.token) and not _walk(job, video["id"], name, reading):
        return
    job.intake.note(job.source.id, name, Reading(known=reading.count).text())
    job.intake.flush_due()


def _walk(job: Job, video: str, name: str, reading: Reading) -> bool:
    """Read page after page, noting the place after each; says whether the end was reached."""
    most = job.settings.comments_per_video
    while True:
        try:
            page = _threads(job, video, reading.token)
            taken, fresh, all_known = _settle_page(job, video, page.get("items", []))
        except ApiProblemError as problem:
            if problem.reason == "invalidPageToken" and reading.token:
                reading = Reading(None, reading.count)  # the place is lost: all of it again
                continue
            if problem.reach != "video":
                raise
            if problem.reason not in _CLOSED:
                job.say(f"Video {video}: {problem.sentence}")
            return problem.reason in _CLOSED
        token = page.get("nextPageToken")
        reading = replace(reading, taken=reading.taken + taken, fresh=reading.fresh + fresh, token=token)
        if reading.over(all_known=all_known, next_token=token, most=most):
            if token and reading.taken >= most:
                job.say(f"Video {video}: hanya {reading.taken} komentar terbaru yang diambil (batas {most}).")
            return True
        job.intake.note(job.source.id, name, reading.text())
        job.intake.flush_due()


def _threads(job: Job, video: str, token: str | None) -> dict[str, Any]:
    more = {"pageToken": token} if token else {}
    return job.api.page(
        "commentThreads", part="snippet,replies", videoId=video, order="time", maxResults=PAGE,
        textFormat="plainText", **more,
    )  # fmt: skip


def _settle_page(job: Job, video: str, threads: list[dict[str, Any]]) -> tuple[int, int, bool]:
    """Settle the threads of a page; returns comments taken, new ones, and whether all were known."""
    taken = fresh = 0
    all_known = True
    for thread in threads:
        replies = reply_count(thread)
        known = job.shelf.known("comment", thread["id"])
        # a thread is known when it has as many replies as when its comment was last seen
        same = known is not None and json.loads(known.counts).get("comments") == replies
        all_known = all_known and same
        found = [] if same else _replies(job, thread, replies)
        # its own comment comes last: seen with this number of replies, it stands for all of them
        for comment, answers in [
            *((one, None) for one in found),
            (thread["snippet"]["topLevelComment"], replies),
        ]:
            fresh += _settle(job, comment, video, answers) == "new"
            taken += 1
    return taken, fresh, all_known


def _replies(job: Job, thread: dict[str, Any], replies: int) -> list[dict[str, Any]]:
    inline = inline_replies(thread)
    if replies <= len(inline):
        return inline
    found: list[dict[str, Any]] = []
    pages = job.api.pages(
        "comments", part="snippet", parentId=thread["id"], maxResults=PAGE, textFormat="plainText"
    )
    for page in pages:
        found += page.get("items", [])
        if len(found) >= _MOST_REPLIES and page.get("nextPageToken"):
            job.say(f"Komentar {thread['id']}: hanya {len(found)} balasan yang diambil.")
            break
    return found


def _settle(job: Job, comment: dict[str, Any], video: str, replies: int | None) -> str:
    parent = document_id("video", job.source.id, video, None)
    document = comment_of(comment, video, parent, job.source.id, job.ctx.now(), replies)
    return job.shelf.settle(document, video)
