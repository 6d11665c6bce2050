"""Recorded bodies of the real APIs become records without loss."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawlers.items import Document, document_id
from crawlers.markup import hashtags, tidy
from crawlers.social import bluesky, facebook, instagram, mastodon, x
from crawlers.social.caller import by_status
from crawlers.social.graph import after, explain, onward
from crawlers.social.rates import rate_of

NOW = datetime(2026, 11, 16, tzinfo=UTC)
POST = "1_2"


class Watched(dict[str, Any]):
    """A record that notes which of its fields were looked at."""

    def __init__(self, record: dict[str, Any]) -> None:
        super().__init__(record)
        self.looked: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.looked.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:  # type: ignore[override]
        self.looked.add(key)
        return super().get(key, default)


@dataclass(frozen=True)
class Shape:
    """One kind of record in the recorded bodies.

    Attributes:
        folder: where they lie, below ``real/``.
        is_one: whether a JSON object is such a record.
        parse: the adapter's parser.
        least: fewest records expected: fewer means that they were not found.
        ignored: fields that are known and not wanted.
        only: glob of the files.
    """

    folder: str
    is_one: Callable[[dict[str, Any]], bool]
    parse: Callable[[dict[str, Any]], Document]
    least: int
    ignored: frozenset[str]
    only: str = "*.json"


def fields(names: str) -> frozenset[str]:
    return frozenset(names.split())


def _is_status(record: dict[str, Any]) -> bool:
    return "content" in record and "account" in record


def _is_skeet(record: dict[str, Any]) -> bool:
    inner = record.get("record") or record.get("value")
    return "cid" in record and "uri" in record and isinstance(inner, dict) and "text" in inner


def _is_fb_post(record: dict[str, Any]) -> bool:
    return "created_time" in record and re.fullmatch(r"\d+_\d+", str(record.get("id"))) is not None


SHAPES = {
    "x": Shape(
        "x_api_v2",
        lambda r: "text" in r and str(r.get("id", "")).isdigit() and "position" not in r,
        lambda r: x.post_of(r, "s", NOW),
        95,
        fields(
            "attachments context_annotations conversation_id edit_history_tweet_ids geo "
            "in_reply_to_user_id lang possibly_sensitive source"
        ),
    ),
    "facebook": Shape(
        "facebook_graph/testdata/facebook",
        lambda r: _is_fb_post(r) and "comment_count" not in r and "can_comment" not in r,
        lambda r: facebook.post_of(r, "s", NOW),
        39,
        fields(
            "angry attachments full_picture haha icon like love message_tags picture sad "
            "status_type thankful updated_time wow"
        ),
    ),
    "facebook comments": Shape(
        "facebook_graph/testdata/facebook",
        lambda r: "comment_count" in r and "message" in r,
        lambda r: facebook.comment_of(r, POST, "s", NOW),
        19,
        fields(
            "attachment can_comment can_hide can_like can_remove can_reply_privately "
            "is_hidden is_private"
        ),
    ),
    "instagram": Shape(
        "instagram_graph",
        lambda r: str(r.get("id", "")).isdigit() and ("media_type" in r or "caption" in r),
        lambda r: instagram.post_of(r, "s", NOW),
        121,
        fields(
            "children ig_id is_comment_enabled media_product_type media_type media_url "
            "shortcode thumbnail_url"
        ),
    ),
    "instagram comments": Shape(
        "instagram_graph",
        lambda r: str(r.get("id", "")).isdigit() and "text" in r,
        lambda r: instagram.comment_of(r, "m", "s", NOW),
        12,
        fields(
            "hidden media replies"
        ),
    ),
    "mastodon": Shape(
        "mastodon",
        _is_status,
        lambda r: mastodon.post_of(r, "s", NOW),
        12,
        fields(
            "application bookmarked card edited_at emojis favourited filtered "
            "in_reply_to_account_id language media_attachments mentions muted pinned poll "
            "quote quote_approval quotes_count reblogged sensitive tagged_collections uri "
            "visibility"
        ),
    ),
    "bluesky": Shape(
        "bluesky",
        _is_skeet,
        lambda r: bluesky.post_of(r, "s", NOW),
        5,
        fields(
            "$type embed embeds labels viewer"
        ),
    ),
}  # fmt: skip


def bodies(folder: Path) -> Iterator[tuple[Path, Any]]:
    for path in sorted(folder.rglob("*.json")):
        yield path, json.loads(path.read_text("utf-8"))


def found(node: Any, is_one: Callable[[dict[str, Any]], bool]) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if is_one(node):
            yield node
        for value in node.values():
            yield from found(value, is_one)
    elif isinstance(node, list):
        for value in node:
            yield from found(value, is_one)


def records(shared: Path, shape: Shape) -> list[dict[str, Any]]:
    folder = shared / "real" / shape.folder
    return [record for _, body in bodies(folder) for record in found(body, shape.is_one)]


@pytest.mark.parametrize("name", SHAPES)
def test_every_field_is_read_or_known_to_be_ignored(shared: Path, name: str) -> None:
    shape = SHAPES[name]
    watched = [Watched(record) for record in records(shared, shape)]
    assert len(watched) >= shape.least
    for record in watched:
        shape.parse(record)
    ignored = Counter(key for record in watched for key in record if key not in record.looked)
    assert set(ignored) == shape.ignored


def moment(text: str) -> datetime:
    text = re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", text)
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def test_posts_of_x_lose_nothing(shared: Path) -> None:
    for item in records(shared, SHAPES["x"]):
        post = x.post_of(item, "s", NOW)
        counts = item.get("public_metrics", {})
        assert post.text == tidy(html.unescape(item["text"]))
        assert post.author == item.get("author_id")
        assert post.published_at == (moment(item["created_at"]) if "created_at" in item else None)
        assert (post.url or "").endswith(item["id"])
        assert post.metrics.get("likes") == counts.get("like_count")
        assert post.metrics.get("comments") == counts.get("reply_count")
        if counts:
            assert post.metrics["shares"] == counts["retweet_count"] + counts.get("quote_count", 0)
        tags = [one["tag"].lower() for one in item.get("entities", {}).get("hashtags", [])]
        assert list(post.tags) == list(dict.fromkeys(tags))
        ids = {document_id("social", "s", ref["id"], None) for ref in item.get("referenced_tweets", [])}
        assert (post.parent_id in ids) if ids else post.parent_id is None


def test_posts_of_facebook_lose_nothing(shared: Path) -> None:
    for item in records(shared, SHAPES["facebook"]):
        post = facebook.post_of(item, "s", NOW)
        text = item.get("message") or item.get("story")
        assert post.text == tidy(text) if text else True
        assert post.published_at == moment(item["created_time"])
        assert post.url == item.get("permalink_url")
        assert post.author == item.get("from", {}).get("id")
        totals = {"likes": item.get("reactions"), "comments": item.get("comments")}
        for name, part in totals.items():
            if part and "summary" in part:
                assert post.metrics[name] == part["summary"]["total_count"]
        assert post.metrics.get("shares") == item.get("shares", {}).get("count")
        assert set(post.tags) == set(hashtags(text or post.text))


def test_comments_of_facebook_lose_nothing(shared: Path) -> None:
    for item in records(shared, SHAPES["facebook comments"]):
        comment = facebook.comment_of(item, POST, "s", NOW)
        assert comment.text == tidy(item["message"])
        assert comment.published_at == moment(item["created_time"])
        assert comment.metrics == {"likes": item["like_count"], "comments": item["comment_count"]}
        assert comment.parent_id == document_id("social", "s", POST, None)
        assert comment.author == item.get("from", {}).get("id")
        number = re.findall(r"comment_id=(\d+)", item["permalink_url"])[-1]
        assert (comment.external_id or "").endswith(number)  # also where the id was not asked for


def test_media_of_instagram_lose_nothing(shared: Path) -> None:
    for item in records(shared, SHAPES["instagram"]):
        post = instagram.post_of(item, "s", NOW)
        assert post.text == tidy(item.get("caption", ""))
        assert post.published_at == (moment(item["timestamp"]) if "timestamp" in item else None)
        assert post.url == item.get("permalink")
        assert post.metrics.get("likes") == item.get("like_count")
        assert post.metrics.get("comments") == item.get("comments_count")
        assert post.author == (item.get("owner", {}).get("id") or item.get("username"))
        assert all(f"#{tag}" in post.text.lower() for tag in post.tags)
        assert bool(post.tags) == (re.search(r"(?<![\w&])#\w*[^\W\d]", post.text) is not None)


def test_comments_of_instagram_lose_nothing(shared: Path) -> None:
    for item in records(shared, SHAPES["instagram comments"]):
        comment = instagram.comment_of(item, "m", "s", NOW)
        assert comment.text == tidy(item["text"])
        assert comment.published_at == moment(item["timestamp"])
        assert comment.metrics.get("likes") == item.get("like_count")
        assert comment.author == (item.get("user", {}).get("id") or item.get("username"))
        assert comment.known_as in {(), (item.get("username"),)}


def test_statuses_of_mastodon_lose_nothing(shared: Path) -> None:
    for item in records(shared, SHAPES["mastodon"]):
        post = mastodon.post_of(item, "s", NOW)
        item = item.get("reblog") or item  # noqa: PLW2901 - a boost stands for what it boosts
        bare = html.unescape(re.sub(r"<[^>]+>", "", item["content"]))
        assert "".join(post.text.split()) == "".join(bare.split())
        assert post.published_at == moment(item["created_at"])
        assert post.author == item["account"]["id"]
        assert item["account"]["username"] in post.known_as
        assert post.url == item["url"]
        counts = ("favourites_count", "replies_count", "reblogs_count")
        assert sorted(post.metrics.values()) == sorted(item[name] for name in counts)
        assert list(post.tags) == [tag["name"].lower() for tag in item["tags"]]
        assert (post.parent_id is None) == (item["in_reply_to_id"] is None)


def test_posts_of_bluesky_lose_nothing(shared: Path) -> None:
    for item in records(shared, SHAPES["bluesky"]):
        post = bluesky.post_of(item, "s", NOW)
        inner = item.get("record") or item["value"]
        assert post.text == tidy(inner["text"])
        assert post.author == item["uri"].split("/")[2]
        assert post.published_at == moment(inner["createdAt"])
        assert (post.url or "").rpartition("/")[2] == item["uri"].rpartition("/")[2]
        if "likeCount" in item:
            assert (post.metrics["likes"], post.metrics["comments"]) == (
                item["likeCount"],
                item["replyCount"],
            )


def test_pages_are_walked_without_the_token_in_their_addresses(shared: Path) -> None:
    tokens = set()
    for folder in ("facebook_graph", "instagram_graph"):
        for path, body in bodies(shared / "real" / folder):
            if isinstance(body, dict) and "paging" in body:
                token = after(body)
                assert (token is None) == ("next" not in body["paging"]), path
                assert "access_token" not in str(token)
                assert "REDACTED" not in str(token)
                tokens.add(json.dumps(onward(token)))
    assert '{"after": "after"}' in tokens
    assert any("until" in token for token in tokens)  # lists that are paged by time


def test_real_refusals_are_understood(shared: Path) -> None:
    folder = shared / "real/facebook_graph/testdata"
    said = {
        name: explain(400, json.loads((folder / name).read_text("utf-8"))).reason
        for name in ("error.json", "base/error_data.json")
    }
    assert set(said.values()) == {"forbidden"}


def test_real_headers_tell_the_pace(shared: Path) -> None:
    seen = 0
    for _, cassette in bodies(shared / "real/mastodon"):
        for answer in cassette:
            headers = {name: values[0] for name, values in answer["headers"].items()}
            if "x-ratelimit-remaining" in headers:
                rate = rate_of(headers, datetime(2026, 8, 1, 13, tzinfo=UTC))
                assert rate.remaining == int(headers["x-ratelimit-remaining"])
                assert 0 < (rate.wait or 0) <= 3 * 3600
                seen += 1
    assert seen >= 20
    assert by_status(429).reason == "rate_limited"
