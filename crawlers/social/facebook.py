"""Facebook pages of our own: what stands on them, the comments under it, and where they are named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from crawlers.items import Document, document_id
from crawlers.markup import hashtags, tidy
from crawlers.social.graph import after, explain, moment, onward, total
from crawlers.social.model import Ask, Budget, Cursor, Page, Platform, Post

if TYPE_CHECKING:
    from datetime import datetime

    from config import Source

__all__ = ["Facebook", "comment_of", "explain", "post_of"]

_LIMIT = "50"
_COMMENT_LIMIT = "100"
_POST_FIELDS = (
    "id,message,story,created_time,permalink_url,from,shares,attachments{title,description},"
    "comments.filter(stream).limit(0).summary(true),reactions.limit(0).summary(true)"
)
_COMMENT_FIELDS = "id,message,created_time,permalink_url,from,like_count,comment_count"
_COMMENT_ID = re.compile(r"[?&](?:reply_)?comment_id=(\d+)")


class Facebook(Platform):
    """Reads pages with their own token; other people's pages are not read."""

    name, label, methods = "facebook", "Facebook", ("facebook",)

    def roots(self, _method: str, target: str, /) -> tuple[Ask, ...]:
        """Return the page's own feed (visitors' posts included) and the posts that name it."""
        return Ask("posts", target), Ask("mentions", target)

    def pull(self, source: Source, ask: Ask, cursor: Cursor, _budget: Budget, /) -> Page:
        """Read one page of posts, or of the comments under one."""
        if ask.stream == "comments":
            return self._comments(source, ask, cursor)
        edge = "feed" if ask.stream == "posts" else "tagged"
        fields = {"fields": _POST_FIELDS, "limit": _LIMIT, **onward(cursor.token)}
        body, _, rate = self._caller.get(f"{ask.key}/{edge}", fields)
        posts = [post_of(item, source.id, self._now(), ask.key) for item in body.get("data", [])]
        follow = tuple(
            Ask("comments", post.external_id, str(post.metrics["comments"]))
            for post in posts
            if post.metrics.get("comments") and post.external_id and ask.stream == "posts"
        )
        return Page(tuple(map(Post, posts)), after(body), rate, follow)

    def _comments(self, source: Source, ask: Ask, cursor: Cursor) -> Page:
        fields = {
            "fields": _COMMENT_FIELDS, "limit": _COMMENT_LIMIT, "filter": "stream",
            "order": "reverse_chronological", **onward(cursor.token),
        }  # fmt: skip
        body, _, rate = self._caller.get(f"{ask.key}/comments", fields)
        found = [comment_of(item, ask.key, source.id, self._now()) for item in body.get("data", [])]
        return Page(tuple(Post(one, ask.key) for one in found), after(body), rate)


def post_of(item: dict[str, Any], source_id: str, now: datetime, page: str = "") -> Document:
    """Build the record of a post. Pure.

    Args:
        item: a post of the Graph API, with whatever fields it was asked for.
        source_id: the source.
        now: aware.
        page: number of the page itself: its own posts have no author, they are the source's.
    """
    writer = item.get("from") or {}
    own = bool(page) and writer.get("id") == page
    text = item.get("message") or item.get("story") or _attached(item)
    reactions = total(item.get("reactions"))
    counts = {
        "likes": reactions if reactions is not None else total(item.get("likes") or item.get("like")),
        "comments": total(item.get("comments")),
        "shares": (item.get("shares") or {}).get("count"),
    }
    published = moment(item.get("created_time"))
    return Document(
        kind="social",
        source_id=source_id,
        title="",
        text=tidy(text),
        fetched_at=now,
        external_id=item["id"],
        url=item.get("permalink_url"),
        author=None if own else writer.get("id"),
        known_as=(writer["name"],) if writer.get("name") and not own else (),
        published_at=published,
        published_from="api" if published else None,
        section="facebook",
        tags=hashtags(text),
        metrics={name: count for name, count in counts.items() if count is not None},
    )


def comment_of(item: dict[str, Any], post: str, source_id: str, now: datetime) -> Document:
    """Build the record of a comment or reply. Pure.

    Args:
        item: a comment of the Graph API; one that was asked for without its id has it in its
            address all the same.
        post: id of the post it stands under.
        source_id: the source.
        now: aware.
    """
    writer = item.get("from") or {}
    text = item.get("message") or ""
    published = moment(item.get("created_time"))
    url = item.get("permalink_url")
    counts = {"likes": item.get("like_count"), "comments": item.get("comment_count")}
    return Document(
        kind="comment",
        source_id=source_id,
        title="",
        text=tidy(text),
        fetched_at=now,
        external_id=item.get("id") or _id_in(url, post),
        url=url,
        author=writer.get("id"),
        known_as=(writer["name"],) if writer.get("name") else (),
        published_at=published,
        published_from="api" if published else None,
        parent_id=document_id("social", source_id, post, None),
        section="facebook",
        tags=hashtags(text),
        metrics={name: count for name, count in counts.items() if count is not None},
    )


def _id_in(url: str | None, post: str) -> str | None:
    """Return a comment's id as the API writes it: the post's last part and the comment's number."""
    numbers = _COMMENT_ID.findall(url or "")
    return f"{post.rpartition('_')[2]}_{numbers[-1]}" if numbers else None


def _attached(item: dict[str, Any]) -> str:
    """Return the words of a post that has none of its own."""
    for one in (item.get("attachments") or {}).get("data", []):
        words = [str(one[name]) for name in ("title", "description") if one.get(name)]
        if words:
            return "\n".join(words)
    return ""
