"""The emulator's list methods: from the world's records to the API's JSON."""

from __future__ import annotations

import html
from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from samples.media import VideoChannel
from samples.records import Comment, Video
from samples.townsfolk import channel_id, token, uploads_id
from samples.world import World
from samples.youtube_paging import (
    ApiProblem,
    Arguments,
    many,
    only,
    page_of,
    parts_of,
    stamp,
    with_etag,
)

COMMENT_PAGE, COMMENT_MOST = 20, 100
OTHER_PAGE, OTHER_MOST = 5, 50
INLINE_REPLIES = 5


@dataclass(frozen=True, slots=True)
class Library:
    """The world's videos and comments at one moment.

    Attributes:
        world: where they come from.
        now: the moment.
        hidden: ids of what is not shown any more; an uploads playlist still names it.
        growth: views added to videos, by id.
    """

    world: World
    now: datetime
    hidden: AbstractSet[str] = frozenset()
    growth: Mapping[str, int] = field(default_factory=dict)

    @property
    def channels(self) -> dict[str, VideoChannel]:
        """Channels by channel id."""
        return {channel_id(channel): channel for channel in self.world.media.channels}

    def videos(self, channel: str | None = None) -> list[Video]:
        """Published videos, newest first, of one channel (by its short id) or of all."""
        out = [v for v in self.world.videos if v.published_at <= self.now]
        return [v for v in reversed(out) if channel in {None, v.channel}]

    def comments(self, video: str) -> list[Comment]:
        """Published comments under a video, newest first, replies included."""
        out = (c for c in self.world.comments if c.video_id == video and c.comment_id not in self.hidden)
        return sorted(
            (c for c in out if c.published_at <= self.now),
            key=lambda c: (c.published_at, c.id),
            reverse=True,
        )

    def channel_title(self, short_id: str) -> str:
        """A channel's name."""
        return {c.id: c.name for c in self.world.media.channels}[short_id]


def _thumbnails(video_id: str) -> dict[str, Any]:
    sizes = {"default": (120, 90), "medium": (320, 180), "high": (480, 360)}
    return {
        name: {"url": f"https://i.ytimg.com/vi/{video_id}/{name}.jpg", "width": w, "height": h}
        for name, (w, h) in sizes.items()
    }


def channels(library: Library, args: Arguments) -> dict[str, Any]:
    """``channels.list`` by ``id``, ``forHandle`` or ``forUsername``."""
    wanted = set(many(args, "id"))
    handle = (args.get("forHandle") or args.get("forUsername") or "").lstrip("@").lower()
    found = [
        (key, channel) for key, channel in library.channels.items() if key in wanted or channel.id == handle
    ]

    def shape(pair: tuple[str, VideoChannel]) -> dict[str, Any]:
        key, channel = pair
        videos = library.videos(channel.id)
        resource = {
            "kind": "youtube#channel",
            "id": key,
            "snippet": {
                "title": channel.name,
                "description": f"Kanal {channel.name}",
                "customUrl": f"@{channel.id}",
                "publishedAt": "2019-03-01T03:00:00Z",
                "country": "ID",
                "thumbnails": _thumbnails(key),
            },
            "contentDetails": {"relatedPlaylists": {"likes": "", "uploads": uploads_id(channel)}},
            "statistics": {
                "viewCount": str(sum(video.views for video in videos)),
                "subscriberCount": str(channel.subscribers),
                "hiddenSubscriberCount": False,
                "videoCount": str(len(videos)),
            },
        }
        return only(resource, parts_of(args))

    return page_of("youtube#channelListResponse", found, args, (OTHER_PAGE, OTHER_MOST), shape)


def playlist_items(library: Library, args: Arguments) -> dict[str, Any]:
    """``playlistItems.list`` of an uploads playlist, newest first."""
    playlist = args.get("playlistId", "")
    channel = {uploads_id(c): c for c in library.world.media.channels}.get(playlist)
    if channel is None:
        text = "The playlist identified with the request's playlistId parameter cannot be found."
        raise ApiProblem(404, "playlistNotFound", text, "youtube.playlistItem")
    found = list(enumerate(library.videos(channel.id)))

    def shape(pair: tuple[int, Video]) -> dict[str, Any]:
        position, video = pair
        resource = {
            "kind": "youtube#playlistItem",
            "id": token(40, "item", video.video_id),
            "snippet": {
                "publishedAt": stamp(video.published_at),
                "channelId": channel_id(channel),
                "title": video.title,
                "description": video.text,
                "thumbnails": _thumbnails(video.video_id),
                "channelTitle": channel.name,
                "playlistId": playlist,
                "position": position,
                "resourceId": {"kind": "youtube#video", "videoId": video.video_id},
            },
            "contentDetails": {
                "videoId": video.video_id,
                "videoPublishedAt": stamp(video.published_at),
            },
            "status": {"privacyStatus": "public"},
        }
        return only(resource, parts_of(args))

    return page_of("youtube#playlistItemListResponse", found, args, (OTHER_PAGE, OTHER_MOST), shape)


def videos(library: Library, args: Arguments) -> dict[str, Any]:
    """``videos.list`` by ``id``; ids that do not exist are left out, as in the real API."""
    wanted = many(args, "id")
    if not wanted:
        text = "No filter selected. Expected one of: id, chart, myRating"
        raise ApiProblem(400, "missingRequiredParameter", text, "youtube.parameter")
    _few(wanted)
    by_id = {video.video_id: video for video in library.videos()}
    gone = library.world.removed_videos | library.hidden
    found = [by_id[key] for key in wanted if key in by_id and key not in gone]

    def shape(video: Video) -> dict[str, Any]:
        return only(_video(library, video), parts_of(args))

    return page_of("youtube#videoListResponse", found, args, (OTHER_MOST, OTHER_MOST), shape)


def _few(wanted: Collection[str]) -> None:
    if len(wanted) > OTHER_MOST:
        text = "The request specifies an invalid filter parameter."
        raise ApiProblem(400, "invalidParameter", text, "youtube.parameter")


def _video(library: Library, video: Video) -> dict[str, Any]:
    count = len(library.comments(video.video_id))
    statistics = {
        "viewCount": str(video.views + library.growth.get(video.video_id, 0)),
        "likeCount": str(video.views // 40),
        "favoriteCount": "0",
    }
    if not video.comments_disabled:
        statistics["commentCount"] = str(count)
    return {
        "kind": "youtube#video",
        "id": video.video_id,
        "snippet": {
            "publishedAt": stamp(video.published_at),
            "channelId": channel_id(video.channel),
            "title": video.title,
            "description": video.text,
            "thumbnails": _thumbnails(video.video_id),
            "channelTitle": library.channel_title(video.channel),
            "tags": list(video.tags),
            "categoryId": "25",
            "liveBroadcastContent": "none",
            "defaultLanguage": "id",
            "localized": {"title": video.title, "description": video.text},
        },
        "contentDetails": {"duration": "PT4M13S", "dimension": "2d", "definition": "hd"},
        "status": {"uploadStatus": "processed", "privacyStatus": "public"},
        "statistics": statistics,
    }


def comment_threads(library: Library, args: Arguments) -> dict[str, Any]:
    """``commentThreads.list`` of a video, newest thread first."""
    video_id = args.get("videoId", "")
    video = {v.video_id: v for v in library.videos()}.get(video_id)
    if video is None or video_id in library.hidden:
        text = (
            'The video identified by the <code><a href="/youtube/v3/docs/commentThreads/list'
            '#videoId">videoId</a></code> parameter could not be found.'
        )
        raise ApiProblem(404, "videoNotFound", text, "youtube.commentThread")
    if video.comments_disabled:
        text = (
            'The video identified by the <code><a href="/youtube/v3/docs/commentThreads/list'
            '#videoId">videoId</a></code> parameter has disabled comments.'
        )
        raise ApiProblem(403, "commentsDisabled", text, "youtube.commentThread")
    everything = library.comments(video_id)
    found = [comment for comment in everything if comment.reply_to is None]

    def shape(top: Comment) -> dict[str, Any]:
        replies = [c for c in everything if c.reply_to == top.comment_id]
        resource: dict[str, Any] = {
            "kind": "youtube#commentThread",
            "id": top.comment_id,
            "snippet": {
                "channelId": channel_id(video.channel),
                "videoId": video_id,
                "topLevelComment": with_etag(_comment(top, video, args)),
                "canReply": True,
                "totalReplyCount": len(replies),
                "isPublic": True,
            },
        }
        if replies:
            shown = replies[:INLINE_REPLIES]
            resource["replies"] = {"comments": [with_etag(_comment(c, video, args)) for c in shown]}
        return only(resource, parts_of(args))

    kind = "youtube#commentThreadListResponse"
    return page_of(kind, found, args, (COMMENT_PAGE, COMMENT_MOST), shape)


def comments(library: Library, args: Arguments) -> dict[str, Any]:
    """``comments.list`` by ``parentId`` (all replies of a thread) or ``id``."""
    parent, wanted = args.get("parentId"), set(many(args, "id"))
    _few(wanted)
    by_id = {v.video_id: v for v in library.videos()}
    out = [c for c in library.world.comments if c.published_at <= library.now]
    found = [
        c for c in reversed(out)
        if c.video_id in by_id and c.comment_id not in library.hidden
        and (c.reply_to == parent if parent else c.comment_id in wanted)
    ]  # fmt: skip

    def shape(comment: Comment) -> dict[str, Any]:
        return only(_comment(comment, by_id[comment.video_id], args), parts_of(args))

    kind = "youtube#commentListResponse"
    return page_of(kind, found, args, (COMMENT_PAGE, COMMENT_MOST), shape)


def _comment(comment: Comment, video: Video, args: Arguments) -> dict[str, Any]:
    plain = args.get("textFormat") == "plainText"
    display = comment.text if plain else html.escape(comment.text).replace("\n", "<br>")
    author = channel_id(f"author:{comment.author}")
    snippet: dict[str, Any] = {
        "channelId": channel_id(video.channel),
        "videoId": comment.video_id,
        "textDisplay": display,
        "textOriginal": comment.text,
        "authorDisplayName": comment.author,
        "authorProfileImageUrl": f"https://yt3.ggpht.com/ytc/{author}=s48",
        "authorChannelUrl": f"http://www.youtube.com/channel/{author}",
        "authorChannelId": {"value": author},
        "canRate": True,
        "viewerRating": "none",
        "likeCount": comment.likes,
        "publishedAt": stamp(comment.published_at),
        "updatedAt": stamp(comment.published_at),
    }
    if comment.reply_to:
        snippet["parentId"] = comment.reply_to
    return {"kind": "youtube#comment", "id": comment.comment_id, "snippet": snippet}


def search(library: Library, args: Arguments) -> dict[str, Any]:
    """``search.list`` for videos by words, channel and time."""
    words = args.get("q", "").lower().split()
    after, before = args.get("publishedAfter", ""), args.get("publishedBefore", "9")
    found = [
        video
        for video in library.videos()
        if all(word in f"{video.title} {video.text}".lower() for word in words)
        and args.get("channelId") in {None, channel_id(video.channel)}
        and after <= stamp(video.published_at) < before
    ]

    def shape(video: Video) -> dict[str, Any]:
        full = _video(library, video)["snippet"]
        keys = ("publishedAt", "channelId", "title", "description", "thumbnails", "channelTitle")
        resource = {
            "kind": "youtube#searchResult",
            "id": {"kind": "youtube#video", "videoId": video.video_id},
            "snippet": {key: full[key] for key in keys} | {"liveBroadcastContent": "none"},
        }
        return only(resource, parts_of(args))

    data = page_of("youtube#searchListResponse", found, args, (OTHER_PAGE, OTHER_MOST), shape)
    return data | {"regionCode": "ID"}


LISTINGS: dict[str, Callable[[Library, Any], dict[str, Any]]] = {
    "channels": channels,
    "playlistItems": playlist_items,
    "videos": videos,
    "commentThreads": comment_threads,
    "comments": comments,
    "search": search,
}
