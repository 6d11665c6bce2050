"""Workers that can be killed, and the API's JSON."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.pool import ReadArticle, ReaderPool, ReadingFailedError
from crawlers.youtube.client import reason_of
from crawlers.youtube.parse import comment_of, replies_missing, thread_comments, video_of
from tests.crawlers.jobs import Bomb, Stall

NOW = datetime(2024, 9, 11, 3, tzinfo=UTC)
PAGE = (
    b"<html><body><article><h1>Judul kabar desa</h1><p>"
    + b"Kalimat panjang tentang desa. " * 20
    + b"</p></article>"
)


def job(kind: type[ReadArticle]) -> ReadArticle:
    return kind(PAGE, "https://a.example/berita/1", None, NOW, None, None, "Asia/Jakarta")


def test_a_page_that_stalls_or_breaks_costs_only_itself() -> None:
    async def read() -> tuple[str, list[str]]:
        pool = ReaderPool(limit_seconds=5.0)
        troubles = []
        try:
            for kind in (Bomb, Stall):
                with pytest.raises(ReadingFailedError) as caught:
                    await pool.article(job(kind))
                troubles.append(str(caught.value))
            return (await pool.article(job(ReadArticle))).title, troubles
        finally:
            pool.close()

    title, troubles = asyncio.run(read())
    assert title == "Judul kabar desa"
    assert "RuntimeError" in troubles[0]
    assert len(troubles) == 2


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"error": {"code": 403, "errors": [{"reason": "quotaExceeded"}]}}, "quotaExceeded"),
        ({"error": {"code": 403, "errors": [{"reason": "commentsDisabled"}]}}, "commentsDisabled"),
        (
            {
                "error": {
                    "errors": [{"reason": "forbidden"}],
                    "details": [{"reason": "API_KEY_SERVICE_BLOCKED"}],
                }
            },
            "API_KEY_SERVICE_BLOCKED",
        ),
        ({"error": "invalid_grant"}, "invalid_grant"),
        ({"error": {"status": "NOT_FOUND"}}, "NOT_FOUND"),
        ([], "unknown"),
    ],
)
def test_refusals_are_told_by_reason(body: object, reason: str) -> None:
    assert reason_of(json.dumps(body).encode()) == reason


def test_real_answers_become_records(shared: Path) -> None:
    folder = shared / "real/youtube_api/testdata"
    files = {path.name: json.loads(path.read_text("utf-8")) for path in folder.rglob("*.json")}
    items = [
        i for f in files.values() if isinstance(f, dict) for i in f.get("items", []) if isinstance(i, dict)
    ]
    videos = [i for i in items if i.get("kind") == "youtube#video" and "snippet" in i]
    threads = [i for i in items if i.get("kind") == "youtube#commentThread" and "snippet" in i]
    assert videos
    assert threads
    for item in videos:
        video = video_of(item, "kanal", NOW)
        assert (video.kind, video.author) == ("video", None)
        assert video.published_at is not None
    for thread in threads:
        comments = [comment_of(c, "v", "parent", "kanal", NOW) for c in thread_comments(thread)]
        assert all(c.parent_id == "parent" and c.author for c in comments)
        assert isinstance(replies_missing(thread), bool)
