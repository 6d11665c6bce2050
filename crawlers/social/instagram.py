"""Instagram: accounts of our own with their comments and mentions, and hashtags."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from config.zones import WIB
from crawlers.items import Document, document_id
from crawlers.markup import hashtags, tidy
from crawlers.social.budgets import in_window, may_search, next_free
from crawlers.social.graph import after, moment, onward
from crawlers.social.model import Ask, Budget, Cursor, Page, Platform, Post
from crawlers.social.problems import SocialProblemError
from crawlers.state import Change

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from config import Source
    from config.social import Instagram as Settings
    from crawlers.social.caller import Caller
    from crawlers.state import CrawlState

_LIMIT = "50"
_BOOKS = "api instagram"  # key of the hashtags' log in the state
_FIELDS = "id,caption,timestamp,permalink,media_type,like_count,comments_count"
_COMMENT_FIELDS = (
    "id,text,timestamp,like_count,username,from,replies{id,text,timestamp,like_count,username,from}"
)


class Instagram(Platform):
    """Reads accounts with their own token, and what is public under a hashtag."""

    name, label, methods = "instagram", "Instagram", ("instagram", "hashtag")

    def __init__(
        self, caller: Caller, settings: Settings, state: CrawlState, now: Callable[[], datetime]
    ) -> None:
        super().__init__(caller, now)
        self._settings, self._state = settings, state

    def roots(self, method: str, target: str, /) -> tuple[Ask, ...]:
        """Return an account's posts and the posts that tag it, or the newest under a hashtag."""
        if method == "hashtag":
            return (Ask("hashtag", target),)
        return Ask("posts", target), Ask("mentions", target)

    def budget(self, ask: Ask, /) -> Budget:
        """Book a hashtag in its seven days; everything else costs nothing but the pace."""
        if ask.stream == "hashtag":
            if not self._settings.user_id:
                raise SocialProblemError("bad_request", detail=" (instagram.user_id kosong di social.yaml)")
            self._book(ask.key)
        return Budget()

    def pull(self, source: Source, ask: Ask, cursor: Cursor, _budget: Budget, /) -> Page:
        """Read one page of posts, or of the comments under one."""
        fields = {"fields": _FIELDS, "limit": _LIMIT, **onward(cursor.token)}
        if ask.stream == "comments":
            return self._comments(source, ask, fields)
        if ask.stream == "hashtag":
            path = f"{self._hashtag_id(ask.key)}/recent_media"
            fields["user_id"] = self._settings.user_id
        else:
            path = f"{ask.key}/{'media' if ask.stream == 'posts' else 'tags'}"
            fields["fields"] = f"{_FIELDS},username"
        body, _, rate = self._caller.get(path, fields)
        own = ask.stream == "posts"
        posts = [post_of(item, source.id, self._now(), own=own) for item in body.get("data", [])]
        follow = tuple(
            Ask("comments", post.external_id, str(post.metrics["comments"]), whole=True)
            for post in posts
            if own and post.external_id and post.metrics.get("comments")
        )
        return Page(tuple(map(Post, posts)), after(body), rate, follow)

    def _comments(self, source: Source, ask: Ask, fields: dict[str, str | None]) -> Page:
        body, _, rate = self._caller.get(f"{ask.key}/comments", fields | {"fields": _COMMENT_FIELDS})
        items = [one for item in body.get("data", []) for one in (item, *_replies(item))]
        found = [comment_of(item, ask.key, source.id, self._now()) for item in items]
        return Page(tuple(Post(one, ask.key) for one in found), after(body), rate)

    def _hashtag_id(self, hashtag: str) -> str:
        """Look a hashtag's number up, once: it never changes."""
        known = self._state.cursor(_BOOKS, f"hashtag {hashtag}")
        if known:
            return known
        fields = {"user_id": self._settings.user_id, "q": hashtag}
        body, _, _ = self._caller.get("ig_hashtag_search", fields)
        found = [str(item["id"]) for item in body.get("data", [])]
        if not found:
            raise SocialProblemError("not_found")
        self._state.commit({_BOOKS: Change(cursors={f"hashtag {hashtag}": found[0]})})
        return found[0]

    def _book(self, hashtag: str) -> None:
        now = self._now()
        log: dict[str, str] = in_window(json.loads(self._state.cursor(_BOOKS, "hashtags") or "{}"), now)
        limit = self._settings.hashtags_per_week
        if not may_search(log, hashtag, now, limit):
            free = f"{next_free(log, now).astimezone(WIB):%d/%m/%Y %H.%M} WIB"
            raise SocialProblemError("hashtag_budget", detail=f"{len(log)} dari {limit}, bebas lagi {free}")
        if hashtag not in log:
            log[hashtag] = now.isoformat()
            self._state.commit({_BOOKS: Change(cursors={"hashtags": json.dumps(log)})})


def post_of(item: dict[str, Any], source_id: str, now: datetime, *, own: bool = False) -> Document:
    """Build the record of a media object. Pure.

    Args:
        item: a media object, with whatever fields it was asked for.
        source_id: the source.
        now: aware.
        own: it is the account's own: it has no author, it is the source's.
    """
    text = item.get("caption") or ""
    counts = {"likes": item.get("like_count"), "comments": item.get("comments_count")}
    published = moment(item.get("timestamp"))
    name = item.get("username")
    writer = (item.get("owner") or {}).get("id") or name
    return Document(
        kind="social",
        source_id=source_id,
        title="",
        text=tidy(text),
        fetched_at=now,
        external_id=item["id"],
        url=item.get("permalink"),
        author=None if own else writer,
        known_as=(name,) if name and name != writer and not own else (),
        published_at=published,
        published_from="api" if published else None,
        section="instagram",
        tags=hashtags(text),
        metrics={key: count for key, count in counts.items() if count is not None},
    )


def comment_of(item: dict[str, Any], media: str, source_id: str, now: datetime) -> Document:
    """Build the record of a comment or reply. Pure.

    Args:
        item: a comment object, with whatever fields it was asked for.
        media: id of the media object it stands under.
        source_id: the source.
        now: aware.
    """
    text = item.get("text") or ""
    published = moment(item.get("timestamp"))
    name = item.get("username") or (item.get("from") or {}).get("username")
    writer = (item.get("from") or item.get("user") or {}).get("id") or name
    metrics = {} if item.get("like_count") is None else {"likes": item["like_count"]}
    return Document(
        kind="comment",
        source_id=source_id,
        title="",
        text=tidy(text),
        fetched_at=now,
        external_id=item["id"],
        author=writer,
        known_as=(name,) if name and name != writer else (),
        published_at=published,
        published_from="api" if published else None,
        parent_id=document_id("social", source_id, media, None),
        section="instagram",
        tags=hashtags(text),
        metrics=metrics,
    )


def _replies(item: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (item.get("replies") or {}).get("data", [])
    return found
