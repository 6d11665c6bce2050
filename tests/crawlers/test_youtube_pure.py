"""YouTube without a network: quota, reasons, how far to read, and the real API's JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from config.crawl import Youtube
from crawlers.youtube.comments import Reading
from crawlers.youtube.parse import comment_of, inline_replies, reply_count, video_of
from crawlers.youtube.problems import MEANINGS, ApiProblemError, reason_of
from crawlers.youtube.quota import Account, bucket_of, refresh_share, reset_at

NOW = datetime(2024, 9, 11, 3, tzinfo=UTC)
LIMITS = Youtube(units_per_day=3, searches_per_day=2)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "reset"),
    [
        ("2026-11-16T00:00", "2026-11-16T08:00"),  # winter: 15.00 WIB
        ("2026-11-16T07:59", "2026-11-16T08:00"),
        ("2026-11-16T08:00", "2026-11-17T08:00"),
        ("2026-07-01T06:59", "2026-07-01T07:00"),  # summer: 14.00 WIB
        ("2026-07-01T07:00", "2026-07-02T07:00"),
        ("2026-03-08T08:30", "2026-03-09T07:00"),  # the clocks go forward: a day of 23 hours
        ("2026-11-01T07:30", "2026-11-02T08:00"),  # and back: a day of 25
    ],
)
def test_the_buckets_are_filled_at_midnight_pacific(now: str, reset: str) -> None:
    assert reset_at(utc(now)) == utc(reset)


def test_an_account_lasts_until_the_reset() -> None:
    account = Account.read(None, utc("2026-11-16T00:00")).spend("units").spend("searches")
    same = Account.read(account.text(), utc("2026-11-16T07:59"))
    assert (same.units, same.searches) == (1, 1)
    fresh = Account.read(account.text(), utc("2026-11-16T08:00"))
    assert (fresh.units, fresh.searches) == (0, 0)


@pytest.mark.parametrize(
    ("resource", "before", "left"),
    [
        ("search", Account("d", units=3, searches=0), 2),  # searches have a bucket of their own
        ("search", Account("d", units=0, searches=2), 0),
        ("videos", Account("d", units=0, searches=2), 3),
        ("commentThreads", Account("d", units=2, searches=0), 1),
        ("playlistItems", Account("d", units=9, searches=0), 0),
    ],
)
def test_each_call_is_taken_from_its_bucket(resource: str, before: Account, left: int) -> None:
    assert before.left(LIMITS, bucket_of(resource)) == left


def test_youtube_is_believed_when_it_says_that_a_bucket_is_empty() -> None:
    account = Account("d", units=1, searches=1).empty(LIMITS, "units")
    assert (account.left(LIMITS, "units"), account.left(LIMITS, "searches")) == (0, 1)
    assert Account("d").empty(LIMITS, "searches").left(LIMITS, "searches") == 0


@pytest.mark.parametrize(("left", "wanted", "share"), [(100, 7, 7), (100, 80, 50), (1, 5, 0), (0, 5, 0)])
def test_looking_after_what_is_stored_takes_half_at_most(left: int, wanted: int, share: int) -> None:
    assert refresh_share(left, wanted) == share


def error(reason: str, **more: Any) -> dict[str, Any]:
    return {"error": {"code": 403, "errors": [{"reason": reason, "domain": "global"}], **more}}


def info(reason: str, **metadata: str) -> dict[str, Any]:
    return {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason, "metadata": metadata}


def limited(by: str) -> dict[str, Any]:
    return error("rateLimitExceeded", details=[info("RATE_LIMIT_EXCEEDED", quota_limit=by)])


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (error("quotaExceeded"), 403, "quotaExceeded"),
        (error("commentsDisabled"), 403, "commentsDisabled"),
        (error("forbidden", details=[info("API_KEY_SERVICE_BLOCKED")]), 403, "API_KEY_SERVICE_BLOCKED"),
        (limited("SearchPerDayPerProject"), 429, "dailyLimitExceeded"),
        (limited("QueriesPerMinutePerUser"), 429, "rateLimitExceeded"),
        ({"error": "invalid_grant"}, 400, "invalid_grant"),
        ({"error": {"status": "NOT_FOUND"}}, 404, "NOT_FOUND"),
        ({"error": {"errors": "rusak", "details": None}}, 400, "unknown"),
        ({"error": None}, 400, "unknown"),
        ([], 400, "unknown"),
        ("<html>502</html>", 502, "backendError"),
    ],
)  # fmt: skip
def test_refusals_are_told_by_reason(body: object, status: int, reason: str) -> None:
    assert reason_of(json.dumps(body).encode(), status) == reason


@pytest.mark.parametrize(
    ("reason", "resource", "reach", "waits", "says"),
    [
        ("quotaExceeded", "videos", "day", True, "setelah pukul 15.00 WIB"),
        ("dailyLimitExceeded", "videos", "day", True, "Kuota YouTube hari ini habis"),
        ("rateLimitExceeded", "videos", "run", True, "meminta jeda"),
        ("commentsDisabled", "commentThreads", "video", False, "dimatikan"),
        ("keyInvalid", "videos", "run", False, "tidak sah"),
        ("API_KEY_SERVICE_BLOCKED", "videos", "run", False, "tidak boleh memakai YouTube Data API"),
        ("forbidden", "channels", "run", False, "tidak boleh memakai YouTube Data API"),
        ("forbidden", "commentThreads", "video", False, "tidak terbuka untuk umum"),
        ("videoNotFound", "commentThreads", "video", False, "sudah dihapus atau dikunci"),
        ("playlistNotFound", "playlistItems", "source", False, "Daftar unggahan"),
        ("channelNotFound", "channels", "source", False, "periksa id-nya"),
        ("API_KEY_ANDROID_APP_BLOCKED", "videos", "run", False, "Google Cloud"),
        ("entahApa", "videos", "source", False, "(entahApa)"),
    ],
)
def test_each_reason_has_a_reach_and_a_sentence(
    reason: str, resource: str, reach: str, waits: bool, says: str
) -> None:
    problem = ApiProblemError(reason, resource, "15.00")
    assert (problem.reach, problem.waits) == (reach, waits)
    assert says in problem.sentence
    assert "{" not in problem.sentence


def test_no_two_kinds_of_trouble_share_a_sentence_by_accident() -> None:
    by_sentence: dict[str, set[str]] = {}
    for reason, meaning in MEANINGS.items():
        by_sentence.setdefault(meaning.sentence, set()).add(meaning.reach)
        assert meaning.sentence.endswith(".")
        assert reason.isidentifier()
    assert all(len(reaches) == 1 for reaches in by_sentence.values())


@pytest.mark.parametrize(
    ("reading", "all_known", "token", "over"),
    [
        (Reading(None, 300, taken=100), True, "p2", False),  # never read before: all of it
        (Reading(None, 300, taken=100), True, None, True),
        (Reading(200, 203, taken=100, fresh=3), True, "p2", True),  # what grew was found
        (Reading(200, 203, taken=100, fresh=2), True, "p2", False),  # one is under an old thread
        (Reading(200, 203, taken=100, fresh=3), False, "p2", False),
        (Reading(203, 200, taken=100, fresh=0), True, "p2", True),  # some were deleted
        (Reading(None, 900, taken=500), False, "p6", True),  # the cap
    ],
)
def test_how_far_to_read(reading: Reading, all_known: bool, token: str | None, over: bool) -> None:
    assert reading.over(all_known=all_known, next_token=token, most=500) is over


def test_a_reading_goes_on_where_it_stopped() -> None:
    place = Reading(5, 9, "p3", 200, 4)
    assert Reading.read(place.text()).begin(30) == place
    assert Reading.read(Reading(known=9).text()).begin(30) == Reading(9, 30)
    assert Reading.read("12") == Reading(known=12)  # as earlier versions wrote it
    assert Reading.read(None) == Reading()


def resources(folder: Path, kind: str) -> list[dict[str, Any]]:
    """Every resource of a kind with a snippet in the recorded bodies, wherever it stands."""
    found: list[dict[str, Any]] = []

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if node.get("kind") == kind and "snippet" in node:
                found.append(node)
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    for path in sorted(folder.rglob("*.json")):
        walk(json.loads(path.read_text("utf-8")))
    return found


def test_real_videos_lose_nothing(shared: Path) -> None:
    videos = resources(shared / "real/youtube_api/testdata", "youtube#video")
    assert len(videos) >= 17
    for item in videos:
        snippet, counts = item["snippet"], item.get("statistics", {})
        video = video_of(item, "kanal", NOW)
        assert video.external_id == item["id"]
        assert video.title == snippet["title"].strip()
        assert (video.text == "") == (snippet.get("description", "") == "")
        assert video.published_at == datetime.fromisoformat(snippet["publishedAt"])
        assert video.tags == tuple(snippet.get("tags", ()))
        assert (video.url or "").endswith(item["id"])
        names = {"viewCount": "views", "likeCount": "likes", "commentCount": "comments"}
        assert video.metrics == {names[key]: int(value) for key, value in counts.items() if key in names}


def test_real_comments_lose_nothing(shared: Path) -> None:
    folder = shared / "real/youtube_api/testdata"
    comments = resources(folder, "youtube#comment")
    threads = resources(folder, "youtube#commentThread")
    assert len(comments) >= 30
    for item in comments:
        snippet = item["snippet"]
        comment = comment_of(item, "v", "parent", "kanal", NOW)
        assert comment.external_id == item["id"]
        assert comment.author == snippet["authorChannelId"]["value"]
        assert comment.known_as == (snippet["authorDisplayName"],)
        assert comment.text == snippet["textOriginal"].strip() if "textOriginal" in snippet else comment.text
        assert comment.published_at == datetime.fromisoformat(snippet["publishedAt"])
        assert comment.metrics == {"likes": snippet["likeCount"]}
        assert comment.parent_id == "parent"
    assert threads
    for thread in threads:
        assert reply_count(thread) == thread["snippet"]["totalReplyCount"]
        assert len(inline_replies(thread)) <= reply_count(thread)


def test_real_errors_have_reasons(shared: Path) -> None:
    folder = shared / "real/youtube_api/testdata"
    said = {
        path.name: reason_of(path.read_bytes(), 403)
        for path in [*folder.glob("error*.json"), folder / "apidata/error_permission_resp.json"]
    }
    assert said == {
        "error_response.json": "keyInvalid",
        "error_response_simple.json": "error message",
        "error_permission_resp.json": "SERVICE_UNAVAILABLE",
    }


def test_display_text_is_html_and_control_characters_go() -> None:
    snippet = {"textDisplay": "a &amp; b<br>c\x00d<script>x</script>", "publishedAt": "kapan-kapan"}
    comment = comment_of({"id": "c", "snippet": snippet}, "v", "p", "kanal", NOW)
    assert comment.text == "a & b\ncdx"
    assert (comment.published_at, comment.published_from, comment.author) == (None, None, None)
