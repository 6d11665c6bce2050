"""Bluesky's public application view: the search."""

from __future__ import annotations

import time
from typing import Any

from werkzeug import Request

from samples.social_town import Post, Town
from samples.townsfolk import token

_OPEN = 100  # as many hits as are shown without an account
_FAULTS: dict[str, tuple[int, str, str]] = {
    "expired": (400, "ExpiredToken", "Token has expired"),
    "invalid": (401, "AuthMissing", "Authentication Required"),
    "forbidden": (403, "Forbidden", "Forbidden"),
    "missing": (404, "NotFound", "Not Found"),
    "rate": (429, "RateLimitExceeded", "Rate Limit Exceeded"),
    "server": (502, "UpstreamFailure", "Upstream Failure"),
    "capped": (429, "RateLimitExceeded", "Rate Limit Exceeded"),
    "stale": (400, "InvalidRequest", "Invalid cursor"),
}


def fault(name: str) -> tuple[int, Any]:
    """A scripted fault."""
    status, word, text = _FAULTS[name]
    return status, {"error": word, "message": text}


def pace(limit: int, left: int, reset: int) -> dict[str, str]:
    """The rate limit: the next window as seconds since 1970."""
    return {
        "ratelimit-limit": str(limit),
        "ratelimit-remaining": str(left),
        "ratelimit-reset": str(int(time.time()) + reset),
        "ratelimit-policy": f"{limit};w=300",
    }


def cid(number: int) -> str:
    """The hash of a post's record."""
    return "bafyrei" + token(43, "cid", number).lower().replace("-", "a").replace("_", "b")


def answer(town: Town, request: Request) -> tuple[Any, dict[str, str]] | None:
    """Answer one request."""
    if request.path != "/xrpc/app.bsky.feed.searchPosts":
        return None
    words = request.args["q"].lower().split()
    since = request.args.get("since", "")
    hits = [p for p in town.newest("bluesky") if all(w in p.text.lower() for w in words)]
    hits = [p for p in hits if _stamp(p) >= since]
    start = int(request.args.get("cursor", "0"))
    size = min(100, int(request.args.get("limit", "25")), town.page_size, _OPEN - start)
    shown = hits[start : start + size]
    body: dict[str, Any] = {"hitsTotal": len(hits), "posts": [_post(p) for p in shown]}
    if start + len(shown) < min(len(hits), _OPEN):
        body["cursor"] = str(start + len(shown))
    return body, {}


def _stamp(post: Post) -> str:
    return f"{post.at:%Y-%m-%dT%H:%M:%S}.000Z"


def _ref(did: str, number: int) -> dict[str, str]:
    return {"cid": cid(number), "uri": f"at://{did}/app.bsky.feed.post/3k{number:011d}"}


def _post(post: Post) -> dict[str, Any]:
    did = f"did:plc:{post.author}abcdefghi"
    record: dict[str, Any] = {
        "$type": "app.bsky.feed.post", "createdAt": _stamp(post), "langs": ["id"], "text": post.text,
    }  # fmt: skip
    facets = [
        {
            "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": word[1:]}],
            "index": {"byteStart": 0, "byteEnd": len(word.encode())},
        }
        for word in post.text.split()
        if word.startswith("#")
    ]
    if facets:
        record["facets"] = facets
    if post.reply_to is not None:
        record["reply"] = {"root": _ref(did, post.reply_to), "parent": _ref(did, post.reply_to)}
    return {
        **_ref(did, post.number),
        "author": {"did": did, "handle": f"{post.name}.bsky.example", "displayName": post.name.title()},
        "record": record,
        "replyCount": len(post.remarks),
        "repostCount": post.shares,
        "likeCount": post.likes,
        "quoteCount": 0,
        "indexedAt": _stamp(post),
        "labels": [],
    }
