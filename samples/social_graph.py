"""Facebook's and Instagram's Graph API: own posts, comments, mentions, hashtags."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from werkzeug import Request

from samples.social_town import Post, Remark, Town

_FAULTS: dict[str, tuple[int, dict[str, Any]]] = {
    "expired": (400, {"code": 190, "error_subcode": 463, "type": "OAuthException",
                      "message": "Error validating access token: Session has expired."}),
    "invalid": (400, {"code": 190, "type": "OAuthException", "message": "Invalid OAuth access token."}),
    "forbidden": (400, {"code": 10, "type": "OAuthException",
                        "message": "(#10) This endpoint requires the 'pages_read_engagement' permission."}),
    "missing": (400, {"code": 100, "error_subcode": 33, "type": "GraphMethodException",
                      "message": "Unsupported get request. Object with ID does not exist, cannot be loaded "
                                 "due to missing permissions, or does not support this operation."}),
    "rate": (400, {"code": 4, "type": "OAuthException", "message": "(#4) Application request limit reached"}),
    "server": (500, {"code": 2, "type": "OAuthException", "message": "An unexpected error has occurred."}),
    "capped": (400, {"code": 18, "error_subcode": 2207034, "type": "OAuthException",
                     "message": "(#18) This user can't query more hashtags this week."}),
}  # fmt: skip


def fault(name: str) -> tuple[int, Any]:
    """A scripted fault: nearly everything is a 400, the code tells what it is."""
    status, error = _FAULTS[name]
    return status, {"error": {**error, "fbtrace_id": "AContohJejak"}}


def pace(limit: int, left: int, reset: int) -> dict[str, str]:
    """Usage in per cent."""
    used = 100 if left == 0 else round(100 * (limit - left) / limit)
    hours = [{"type": "pages", "call_count": used, "total_cputime": 1, "total_time": 1,
              "estimated_time_to_regain_access": reset / 60 if left == 0 else 0}]  # fmt: skip
    return {
        "X-App-Usage": json.dumps({"call_count": used, "total_cputime": 1, "total_time": 1}),
        "X-Business-Use-Case-Usage": json.dumps({"330000000000018": hours}),
    }


def answer(town: Town, request: Request) -> tuple[Any, dict[str, str]] | None:
    """Answer one request."""
    parts = request.path.strip("/").split("/")[1:]
    if parts == ["ig_hashtag_search"]:
        return {"data": [{"id": hashtag_id(request.args["q"])}]}, {}
    if len(parts) != 2:
        return None
    key, edge = parts
    found = _found(town, key, edge)
    if found is None:
        return None
    items, shape, limit = found
    return _page(request, items, shape, limit), {}


def hashtag_id(name: str) -> str:
    """The number of a hashtag."""
    return f"1784{sum(ord(c) * 31**i for i, c in enumerate(name)) % 10**13:013d}"


def post_id(town: Town, post: Post) -> str:
    """The number of a post."""
    if post.platform == "facebook":
        return f"{town.page}_{1_220_000_000_000_000 + post.number}"
    return f"{18_000_000_000_000_000 + post.number}"


def _found(
    town: Town, key: str, edge: str
) -> tuple[Sequence[Any], Callable[[Any], dict[str, Any]], int] | None:
    facebook, instagram = town.newest("facebook"), town.newest("instagram")
    edges: dict[str, tuple[Sequence[Any], Callable[[Any], dict[str, Any]]]] = {
        "feed": ([p for p in facebook if not p.mention], lambda p: _facebook(town, p)),
        "tagged": ([p for p in facebook if p.mention], lambda p: _facebook(town, p)),
        "media": ([p for p in instagram if not p.author], lambda p: _instagram(town, p)),
        "tags": ([p for p in instagram if p.mention], lambda p: _instagram(town, p)),
    }
    if key == town.page and edge in edges:
        return *edges[edge], town.page_size
    if edge == "recent_media":
        tagged = [
            p for p in instagram if any(key == hashtag_id(w[1:]) for w in p.text.split() if w[0] == "#")
        ]
        return tagged, lambda p: _instagram(town, p, name=False), town.page_size
    post = next((p for p in (*facebook, *instagram) if post_id(town, p) == key), None)
    if edge != "comments" or post is None:
        return None
    if post.platform == "facebook":
        return post.remarks[::-1], lambda r: _facebook_comment(post, key, r), town.page_size
    tops = [r for r in reversed(post.remarks) if r.reply_to is None]
    return tops, lambda r: _instagram_comment(post, r), town.page_size


def _page(
    request: Request, items: Sequence[Any], shape: Callable[[Any], dict[str, Any]], most: int
) -> dict[str, Any]:
    start = int(base64.b64decode(request.args.get("after", "MA==")).decode())
    size = min(most, int(request.args.get("limit", "25")))
    shown = items[start : start + size]
    data: dict[str, Any] = {"data": [shape(one) for one in shown]}
    if shown:
        token = base64.b64encode(str(start + len(shown)).encode()).decode()
        data["paging"] = {"cursors": {"before": "QmVmb3Jl", "after": token}}
        if start + size < len(items):
            # the real API puts the token into this address; so does the emulator
            secret = request.headers.get("Authorization", "").partition(" ")[2]
            query = urlencode({"access_token": secret, "limit": size, "after": token})
            data["paging"]["next"] = f"https://graph.facebook.com{request.path}?{query}"
    return data


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}+0000"


def _facebook(town: Town, post: Post) -> dict[str, Any]:
    key = post_id(town, post)
    item = {
        "id": key,
        "message": post.text,
        "created_time": _stamp(post.at),
        "permalink_url": f"https://www.facebook.com/{town.page}/posts/{key.partition('_')[2]}",
        "from": {"id": post.author or town.page, "name": post.name},
        "comments": {
            "data": [],
            "summary": {"order": "ranked", "total_count": len(post.remarks), "can_comment": True},
        },
        "reactions": {"data": [], "summary": {"total_count": post.likes, "viewer_reaction": "NONE"}},
    }
    return item | ({"shares": {"count": post.shares}} if post.shares else {})


def _facebook_comment(post: Post, key: str, remark: Remark) -> dict[str, Any]:
    number = 1_330_000_000_000_000 + remark.number
    page, _, tail = key.partition("_")
    return {
        "id": f"{tail}_{number}",
        "message": remark.text,
        "created_time": _stamp(remark.at),
        "permalink_url": f"https://www.facebook.com/{page}/posts/{tail}/?comment_id={number}",
        "from": {"id": remark.author, "name": remark.name},
        "like_count": remark.likes,
        "comment_count": sum(r.reply_to == remark.number for r in post.remarks),
    }


def _instagram(town: Town, post: Post, *, name: bool = True) -> dict[str, Any]:
    item = {
        "id": post_id(town, post),
        "caption": post.text,
        "timestamp": _stamp(post.at),
        "permalink": f"https://www.instagram.com/p/C{post.number:010d}/",
        "media_type": "IMAGE",
        "like_count": post.likes,
        "comments_count": len(post.remarks),
    }
    return item | ({"username": post.name} if name else {})


def _instagram_comment(post: Post, remark: Remark) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": f"{17_900_000_000_000_000 + remark.number}",
        "text": remark.text,
        "timestamp": _stamp(remark.at),
        "like_count": remark.likes,
        "username": remark.name,
        "from": {"id": remark.author, "username": remark.name},
    }
    replies = [r for r in post.remarks if r.reply_to == remark.number]
    if replies:
        item["replies"] = {"data": [_instagram_comment(post, r) for r in replies]}
    return item
