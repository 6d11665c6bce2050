"""The real google-api-python-client against the emulator."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from googleapiclient.discovery import Resource, build
from googleapiclient.errors import HttpError

from samples.server import Newsroom
from samples.townsfolk import channel_id
from samples.world import World
from samples.youtube_fields import parse

from .conftest import fetch


def client_of(newsroom: Newsroom, key: str = "kunci-uji") -> Resource:
    return build(
        "youtube", "v3", developerKey=key, static_discovery=True, cache_discovery=False,
        client_options={"api_endpoint": newsroom.api_endpoint},
    )  # fmt: skip


@pytest.fixture
def client(newsroom: Newsroom) -> Iterator[Any]:
    service = client_of(newsroom)
    yield service
    service.close()


def everything(collection: Resource, **parameters: str | int) -> list[dict[str, Any]]:
    request, found = collection.list(**parameters), []
    while request is not None:
        response = request.execute()
        found += response["items"]
        request = collection.list_next(request, response)
    return found


def reason(error: HttpError) -> str:
    return str(json.loads(error.content)["error"]["errors"][0]["reason"])


def test_from_channel_to_every_comment(client: Resource, newsroom: Newsroom) -> None:
    world = newsroom.world
    channel = client.channels().list(
        part="snippet,contentDetails,statistics", id=channel_id("kanalpati")
    ).execute()["items"][0]  # fmt: skip
    assert channel["snippet"]["title"] == "Kanal Pati"
    own = [v for v in world.videos if v.channel == "kanalpati"]
    assert channel["statistics"]["videoCount"] == str(len(own))

    uploads = channel["contentDetails"]["relatedPlaylists"]["uploads"]
    items = everything(
        client.playlistItems(), part="snippet,contentDetails", playlistId=uploads, maxResults=2
    )
    ids = [item["contentDetails"]["videoId"] for item in items]
    assert ids == [v.video_id for v in reversed(own)]
    assert items[0]["snippet"]["position"] == 0

    videos = client.videos().list(part="snippet,statistics", id=",".join(ids)).execute()["items"]
    assert [v["snippet"]["title"] for v in videos] == [v.title for v in reversed(own)]
    assert all(isinstance(v["statistics"]["viewCount"], str) for v in videos)

    busy = next(v for v in world.videos if v.item_id == "uji-video")
    threads = everything(
        client.commentThreads(), part="snippet,replies", videoId=busy.video_id, maxResults=7,
        textFormat="plainText",
    )  # fmt: skip
    found = {}
    for thread in threads:
        top = thread["snippet"]["topLevelComment"]
        found[top["id"]] = top["snippet"]["textDisplay"]
        replies = thread.get("replies", {}).get("comments", [])
        if thread["snippet"]["totalReplyCount"] > len(replies):
            replies = everything(
                client.comments(), part="snippet", parentId=thread["id"], textFormat="plainText"
            )
        found |= {reply["id"]: reply["snippet"]["textDisplay"] for reply in replies}
    expected = {c.comment_id: c.text for c in world.comments if c.video_id == busy.video_id}
    assert found == expected
    assert len(expected) == 60


def test_replies_are_found_by_their_thread(client: Resource, newsroom: Newsroom) -> None:
    parents = {c.reply_to for c in newsroom.world.comments if c.reply_to}
    parent = min(parents)
    replies = client.comments().list(part="snippet", parentId=parent).execute()["items"]
    assert {r["snippet"]["parentId"] for r in replies} == {parent}
    assert {r["id"] for r in replies} == {
        c.comment_id for c in newsroom.world.comments if c.reply_to == parent
    }


def test_text_is_html_unless_asked_otherwise(client: Resource, newsroom: Newsroom) -> None:
    video = next(v for v in newsroom.world.videos if v.item_id == "uji-video")
    ask = {"part": "snippet", "videoId": video.video_id, "maxResults": 1}
    item = client.commentThreads().list(**ask).execute()["items"][0]
    snippet = item["snippet"]["topLevelComment"]["snippet"]
    assert "&lt;piye&gt; leh &amp; sapa" in snippet["textDisplay"]
    assert "<piye> leh & sapa" in snippet["textOriginal"]


def test_disabled_comments_missing_videos_and_bad_tokens(client: Resource, newsroom: Newsroom) -> None:
    closed = next(v for v in newsroom.world.videos if v.comments_disabled)
    some = next(v for v in newsroom.world.videos if not v.comments_disabled)
    threads = client.commentThreads()
    cases: list[tuple[dict[str, str | int], int, str]] = [
        ({"videoId": closed.video_id}, 403, "commentsDisabled"),
        ({"videoId": "tidakada000"}, 404, "videoNotFound"),
        ({"videoId": some.video_id, "pageToken": "ngawur"}, 400, "invalidPageToken"),
        ({"videoId": some.video_id, "maxResults": 101}, 400, "invalidValue"),
    ]
    for parameters, status, word in cases:
        with pytest.raises(HttpError) as caught:
            threads.list(part="snippet", **parameters).execute()
        assert (caught.value.resp.status, reason(caught.value)) == (status, word)
    with pytest.raises(HttpError) as caught:
        client.playlistItems().list(part="snippet", playlistId="UUtidakada").execute()
    assert reason(caught.value) == "playlistNotFound"
    statistics = client.videos().list(part="statistics", id=closed.video_id).execute()
    assert "commentCount" not in statistics["items"][0]["statistics"]


def test_a_removed_video_is_simply_missing(client: Resource, newsroom: Newsroom) -> None:
    gone = newsroom.world.videos[0].video_id
    newsroom.world.removed_videos = frozenset({gone})
    try:
        listed = client.videos().list(part="id", id=f"{gone},{newsroom.world.videos[1].video_id}")
        assert [v["id"] for v in listed.execute()["items"]] == [newsroom.world.videos[1].video_id]
    finally:
        newsroom.world.removed_videos = frozenset()


def test_keys(newsroom: Newsroom) -> None:
    newsroom.youtube.keys = frozenset({"benar"})
    service = client_of(newsroom, "salah")
    with pytest.raises(HttpError) as caught:
        service.videos().list(part="id", id="x").execute()
    assert (caught.value.resp.status, reason(caught.value)) == (400, "keyInvalid")
    service.close()
    bare = fetch(f"{newsroom.api_endpoint}youtube/v3/videos?part=id&id=x")
    assert bare.status == 403


def test_quota_has_two_buckets_that_refill_at_midnight_pacific(client: Resource, newsroom: Newsroom) -> None:
    newsroom.youtube.units_per_day = 2
    newsroom.youtube.searches_per_day = 1
    listing = client.videos().list(part="id", id="x")
    searching = client.search().list(part="snippet", q="rob", type="video")
    listing.execute()
    listing.execute()
    with pytest.raises(HttpError) as caught:
        listing.execute()
    assert (caught.value.resp.status, reason(caught.value)) == (403, "quotaExceeded")
    assert searching.execute()["items"]
    with pytest.raises(HttpError):
        searching.execute()
    assert (newsroom.youtube.units_used, newsroom.youtube.searches_used) == (2, 1)
    newsroom.now += timedelta(hours=7, minutes=59)  # 23:59 of the 15th, Pacific time
    with pytest.raises(HttpError):
        listing.execute()
    newsroom.now += timedelta(minutes=2)
    listing.execute()
    assert newsroom.youtube.units_used == 1


def test_search_by_words_and_time(client: Resource, newsroom: Newsroom) -> None:
    found = client.search().list(part="snippet", q="rob juwana", type="video").execute()
    titles = {item["snippet"]["title"] for item in found["items"]}
    assert titles == {"Rob Juwana dari Udara"}
    late = client.search().list(part="snippet", publishedAfter="2027-01-01T00:00:00Z").execute()
    assert late["items"] == []


def test_etag_and_fields(newsroom: Newsroom) -> None:
    video = newsroom.world.videos[0]
    url = f"{newsroom.api_endpoint}youtube/v3/videos?part=snippet,statistics&id={video.video_id}&key=k"
    first = fetch(url)
    assert json.loads(first.body)["etag"] == first.headers["ETag"].strip('"')
    assert fetch(url, {"If-None-Match": first.headers["ETag"]}).status == 304
    slim = json.loads(fetch(f"{url}&fields=items(id,snippet/title)").body)
    assert slim == {"items": [{"id": video.video_id, "snippet": {"title": video.title}}]}


def test_videos_appear_in_their_time(client: Resource, newsroom: Newsroom) -> None:
    first, second = newsroom.world.videos[:2]
    newsroom.now = first.published_at
    listed = client.videos().list(part="id", id=f"{first.video_id},{second.video_id}").execute()
    assert [v["id"] for v in listed["items"]] == [first.video_id]


def test_fields_grammar() -> None:
    assert parse("a,b/c,items(id,snippet(title,tags)/x)")["b"] == {"c": {}}
    assert parse("items(id,snippet(title,tags))") == {
        "items": {"id": {}, "snippet": {"title": {}, "tags": {}}}
    }


def test_the_demo_has_videos_with_many_comments(full_world: World) -> None:
    counts: dict[str, int] = {}
    for comment in full_world.comments:
        counts[comment.video_id] = counts.get(comment.video_id, 0) + 1
    assert max(counts.values()) > 50
    assert sum(v.comments_disabled for v in full_world.videos) == 1
