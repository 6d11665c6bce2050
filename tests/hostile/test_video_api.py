"""Case 46: a video API that refuses, in each of the shapes it has for that."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config import Config, Source, load_config
from crawlers.context import CrawlContext, SourceReport
from crawlers.intake import Intake
from crawlers.items import Document, Record
from crawlers.landing import batches, read_batch
from crawlers.state import CrawlState
from crawlers.youtube import import_channels
from samples.content_loader import load_items
from samples.server import Newsroom
from samples.townsfolk import channel_id
from samples.world import World
from tests.hostile.stories import NOW
from tests.hostile.web import Player, Visit, Web, reply

CHANNEL = "UC" + "x" * 22
KEY = "kunci-rahasia"


def refusal(code: int, reason: str, **more: object) -> Player:
    """An error as the API words it."""
    error = {"code": code, "message": reason, "errors": [{"reason": reason, "domain": "youtube"}], **more}
    return reply(json.dumps({"error": error}).encode(), status=code, kind="application/json")


def answer(*items: dict[str, Any]) -> Player:
    """A page of a list."""
    return reply(json.dumps({"items": items}).encode(), kind="application/json")


def video(name: str, comments: str | None = "1") -> dict[str, Any]:
    counts = {"viewCount": "5"} | ({"commentCount": comments} if comments else {})
    snippet = {"title": f"Video {name}", "publishedAt": "2024-09-10T01:00:00Z"}
    return {"id": name, "snippet": snippet, "statistics": counts}


def thread(name: str) -> dict[str, Any]:
    words = {
        "textOriginal": f"Komentar {name}",
        "authorDisplayName": "Warga",
        "publishedAt": "2024-09-10T02:00:00Z",
    }
    return {"id": name, "snippet": {"topLevelComment": {"id": name, "snippet": words}, "totalReplyCount": 0}}


BLOCKED = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_SERVICE_BLOCKED"}]
KEY_INVALID = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}]


async def threads(visit: Visit) -> None:
    """Comments of a video by its name: switched off, gone, or there."""
    if "tertutup" in visit.path:
        await refusal(403, "commentsDisabled")(visit)
    elif "lenyap" in visit.path:
        await refusal(404, "videoNotFound")(visit)
    else:
        await answer(thread("satu"))(visit)


@dataclass
class Desk:
    """Imports channels run after run against one state."""

    home: Path
    config: Config
    web: Web
    channels: tuple[str, ...] = (CHANNEL,)
    now: datetime = NOW
    runs: int = 0
    endpoint: str = ""
    sources: list[Source] = field(default_factory=list)

    def run(self) -> list[SourceReport]:
        endpoint = self.endpoint or f"http://127.0.0.1:{self.web.port}"
        crawl = self.config.crawl.model_copy(
            update={
                "youtube": self.config.crawl.youtube.model_copy(update={"api_endpoint": endpoint}),
                "allow_hosts": ("127.0.0.1",),
            }
        )
        config = self.config.model_copy(update={"crawl": crawl})
        self.sources = [
            Source(id=f"kanal{n}", name="Kanal", kind="video", scope="pati_only", permission="robots_ok",
                   status="active", discover=({"youtube_channel": channel},))  # type: ignore[arg-type]
            for n, channel in enumerate(self.channels)
        ]  # fmt: skip
        self.runs += 1
        context = CrawlContext(
            config, self.home / "landing", self.home / "state.db", f"r{self.runs}", lambda: self.now,
            lambda d: d, lambda _: True, lambda _: None, {crawl.youtube.api_key_env: KEY}, self.home,
        )  # fmt: skip
        with CrawlState(context.state) as state:
            intake = Intake(self.sources, context, state)
            import_channels(self.sources, context, intake, state)
            return [intake.finish(source.id) for source in self.sources]

    def records(self) -> list[Record]:
        return [record for batch in batches(self.home / "landing") for record in read_batch(batch)]

    def asked(self, resource: str) -> int:
        return len([v for v in self.web.visits if v.path.startswith(f"/youtube/v3/{resource}")])


@pytest.fixture(scope="module")
def config() -> Config:
    return load_config()


@pytest.fixture
def api() -> Iterator[tuple[Web, dict[str, Player]]]:
    uploads = {"contentDetails": {"relatedPlaylists": {"uploads": "UU1"}}}
    plays: dict[str, Player] = {"/youtube/v3/channels*": answer(uploads)}
    with Web({"127.0.0.1": plays}) as web:
        yield web, plays


def names(*ids: str) -> Player:
    return answer(*({"contentDetails": {"videoId": one}} for one in ids))


def test_what_is_closed_or_gone_costs_only_itself(
    tmp_path: Path, config: Config, api: tuple[Web, dict[str, Player]]
) -> None:
    web, plays = api
    ids = ("terbuka", "tertutup", "lenyap", "dihapus")
    plays["/youtube/v3/playlistItems*"] = names(*ids)
    plays["/youtube/v3/videos*"] = answer(*(video(one) for one in ids if one != "dihapus"))
    plays["/youtube/v3/commentThreads*"] = threads
    desk = Desk(tmp_path, config, web)
    (first,) = desk.run()
    assert (first.n_stored, first.reasons, first.reachable) == (4, {"video_gone": 1}, True)
    stored = {r.external_id for r in desk.records() if isinstance(r, Document)}
    assert stored == {"terbuka", "tertutup", "lenyap", "satu"}
    assert desk.asked("commentThreads") == 3
    (second,) = desk.run()
    assert (second.n_stored, second.n_rejected, second.n_duplicate) == (0, 0, 4)
    assert desk.asked("commentThreads") == 3, "what is switched off is not asked for again"
    assert KEY not in repr(desk.records()) + repr(second)


@pytest.mark.parametrize(
    ("player", "words", "ends_run"),
    [
        (refusal(403, "quotaExceeded"), "Kuota YouTube hari ini habis", True),
        (refusal(403, "forbidden", details=BLOCKED), "API_KEY_SERVICE_BLOCKED", True),
        (refusal(400, "badRequest", details=KEY_INVALID), "API_KEY_INVALID", True),
        (refusal(400, "keyInvalid"), "keyInvalid", True),
        (refusal(404, "channelNotFound"), "channelNotFound", False),
        (reply(b'{"error": "invalid_grant"}', status=400, kind="application/json"), "invalid_grant", False),
        (reply(b"<html>Bad gateway</html>", status=404), "YouTube menolak", False),
        (reply(b"<html>Selamat datang</html>"), "bentuk yang tidak dikenal", False),
        (reply(b'{"items": 7}', kind="application/json"), "bentuk yang tidak dikenal", False),
        (reply(b'{"items": [{"id": 1}]}', kind="application/json"), "bentuk yang tidak dikenal", False),
    ],
    ids=("quota", "blocked", "invalid", "old invalid", "no channel", "a string", "HTML 404", "HTML 200",
         "no list", "no field"),
)  # fmt: skip
def test_refusals_are_told_by_their_reason(
    tmp_path: Path, config: Config, api: tuple[Web, dict[str, Player]],
    player: Player, words: str, ends_run: bool,
) -> None:  # fmt: skip
    web, plays = api
    plays["/youtube/v3/channels*"] = player
    desk = Desk(tmp_path, config, web, (CHANNEL, "UC" + "y" * 22))
    for report in desk.run():
        assert report.reachable is False
        assert words in (report.last_error or "")
        assert report.n_in == report.n_rejected == (0 if ends_run else 1)
    assert desk.asked("channels") == (1 if ends_run else 2)


def test_a_spent_quota_waits_for_midnight_in_california(
    tmp_path: Path, config: Config, api: tuple[Web, dict[str, Player]]
) -> None:
    web, plays = api
    good, plays["/youtube/v3/channels*"] = plays["/youtube/v3/channels*"], refusal(403, "quotaExceeded")
    plays["/youtube/v3/playlistItems*"] = names()
    desk = Desk(tmp_path, config, web, now=datetime(2024, 9, 11, 3, tzinfo=UTC))
    desk.run()
    plays["/youtube/v3/channels*"] = good
    desk.now = datetime(2024, 9, 11, 6, 59, tzinfo=UTC)  # 23:59 of the day before in California
    assert desk.run()[0].reachable is False
    assert desk.asked("channels") == 1
    desk.now = datetime(2024, 9, 11, 7, 1, tzinfo=UTC)
    assert desk.run()[0].reachable is True
    assert desk.asked("channels") == 2


@pytest.mark.slow
def test_quota_and_key_against_the_emulator(tmp_path: Path, config: Config) -> None:
    folder = Path(__file__).parents[1] / "samples/content"
    with Newsroom(World(items=load_items(folder), scale=0.2)) as room, Web({}) as web:
        channels = tuple(channel_id(c) for c in room.world.media.channels)
        desk = Desk(tmp_path, config, web, channels, now=room.now, endpoint=room.api_endpoint)
        room.youtube.keys = frozenset({"lain"})
        assert all("keyInvalid" in (r.last_error or "") for r in desk.run())
        room.youtube.keys = None
        room.youtube.units_per_day = room.youtube.units_used + 3
        cut = desk.run()
        assert "Kuota" in (cut[-1].last_error or "")
        room.youtube.units_per_day = 10_000
        room.now = desk.now = room.now + timedelta(days=1)
        desk.run()
        got = {r.external_id for r in desk.records() if isinstance(r, Document) and r.kind == "video"}
        assert got == {v.video_id for v in room.world.videos}
