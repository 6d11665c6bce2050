"""The official client against the emulator: what is asked, what is kept, what goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from samples.youtube import Youtube
from samples.youtube_problems import Refusal
from tests.crawlers.apis import AGENT, LOOPBACK, Desk, source
from tests.crawlers.studio import CHANNEL_ID, START, Studio, broadcasting

KEY = "kunci-rahasia-9f8e"


@pytest.fixture
def studio() -> Studio:
    return Studio()


@pytest.fixture
def air(studio: Studio) -> Iterator[tuple[Youtube, str]]:
    with broadcasting(studio) as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path, air: tuple[Youtube, str]) -> Desk:
    made = Desk(tmp_path, START + timedelta(days=1), {"YOUTUBE_API_KEY": KEY})
    configure(made, air)
    return made


def configure(desk: Desk, air: tuple[Youtube, str], *more: dict[str, Any], **youtube: Any) -> None:
    crawl = {**AGENT, **LOOPBACK, "youtube": {"api_endpoint": air[1], **youtube}}
    desk.configure([source("kanal", {"youtube_channel": CHANNEL_ID}, kind="video"), *more], crawl=crawl)


def later(desk: Desk, air: tuple[Youtube, str], **span: float) -> None:
    desk.now += timedelta(**span)
    air[0].now = desk.now


def ids(documents: list[Any]) -> set[str]:
    return {d.external_id for d in documents}


def test_only_what_is_new_is_asked_for(desk: Desk, air: tuple[Youtube, str], studio: Studio) -> None:
    first = studio.video(1)
    for number in range(3):
        studio.say(first, number)
    thread = studio.comments[0]
    for number in range(10, 18):  # more than come with their thread
        studio.say(first, number, reply_to=thread.comment_id)
    desk.run()
    assert ids(desk.documents()) == {first.video_id, *(c.comment_id for c in studio.comments)}
    used = air[0].units_used
    assert used == 5  # channel, uploads, videos, threads, replies

    desk.run()
    assert desk.records(2) == []
    assert air[0].units_used - used == 3  # nothing grew: no comment is asked for

    second, reply = studio.video(2), studio.say(first, 30, reply_to=studio.comments[1].comment_id)
    air[0].growth[first.video_id] = 7
    used = air[0].units_used
    desk.run()
    assert ids(desk.documents(3)) == {second.video_id, reply.comment_id}
    by_views = [c.metrics["views"] for c in desk.counts(3) if "views" in c.metrics]
    assert by_views == [107]
    assert air[0].units_used - used == 4  # the reply came with its thread


def test_reading_stops_at_known_comments_but_finds_late_replies(
    desk: Desk, air: tuple[Youtube, str], studio: Studio
) -> None:
    video = studio.video(1)
    old = [studio.say(video, number) for number in range(250)]
    configure(desk, air, comments_per_video=1000)
    desk.run()
    assert len(desk.documents()) == 251
    used = air[0].units_used
    studio.say(video, 300)
    desk.run()
    assert len(desk.documents(2)) == 1
    assert air[0].units_used - used == 5  # two pages: the first one was not all known
    used = air[0].units_used
    late = studio.say(video, 400, reply_to=old[0].comment_id)  # on the last page
    desk.run()
    assert ids(desk.documents(3)) == {late.comment_id}
    assert air[0].units_used - used == 6


def test_the_quota_stops_and_goes_on_after_midnight_pacific(
    desk: Desk, air: tuple[Youtube, str], studio: Studio
) -> None:
    video = studio.video(1)
    for number in range(350):
        studio.say(video, number)
    configure(desk, air, units_per_day=5, comments_per_video=1000)
    report = desk.run()["kanal"]
    assert air[0].units_used == 5  # our own account stopped it, not YouTube
    assert "Kuota YouTube hari ini habis" in (report.last_error or "")
    assert "15.00 WIB" in (report.last_error or "")
    assert report.reachable
    assert len(desk.documents()) == 1 + 200

    report = desk.run()["kanal"]  # the same day: nothing is asked
    assert (air[0].units_used, report.n_in) == (5, 0)

    later(desk, air, days=1)
    report = desk.run()["kanal"]
    assert len(desk.documents()) == 1 + 350
    assert air[0].units_used == 5  # channel, uploads, videos, and the two pages that were left
    assert desk.documents(3)[0].external_id == "Ug00000149"  # it went on where it stopped
    assert report.last_error is None


def test_a_foreign_use_of_the_key_empties_the_account(
    desk: Desk, air: tuple[Youtube, str], studio: Studio
) -> None:
    studio.video(1)
    air[0].refusals.append(Refusal("quotaExceeded"))
    configure(desk, air, source("dua", {"youtube_channel": "UC" + "x" * 22}, kind="video"))
    reports = desk.run()
    assert all("Kuota" in (r.last_error or "") and not r.reachable for r in reports.values())
    assert [r.tried for r in reports.values()] == [True, False]
    air[0].refusals.clear()
    desk.run()
    assert desk.records() == []
    later(desk, air, days=1)
    desk.run()
    assert ids(desk.documents()) == {"video000001"}


@pytest.mark.parametrize(
    ("refusal", "says"),
    [
        (Refusal("keyInvalid"), "Kunci API YouTube tidak sah"),
        (Refusal("API_KEY_SERVICE_BLOCKED"), "(API_KEY_SERVICE_BLOCKED)"),
        (Refusal("forbidden", "channels"), "tidak boleh memakai YouTube Data API"),
        (Refusal("playlistNotFound", "playlistItems"), "Daftar unggahan kanal tidak ditemukan"),
        (Refusal("sesuatu", bare=True), "(sesuatu)"),
        (Refusal("backendError"), "Server YouTube sedang bermasalah"),
    ],
    ids=lambda value: value.reason if isinstance(value, Refusal) else "",
)
def test_refusals_reach_people_without_the_key(
    desk: Desk, air: tuple[Youtube, str], studio: Studio, refusal: Refusal, says: str
) -> None:
    studio.video(1)
    air[0].refusals.append(refusal)
    report = desk.run()["kanal"]
    assert says in (report.last_error or "")
    assert KEY not in str(report)
    assert not report.reachable or refusal.resource == "playlistItems"


def test_a_hiccup_is_tried_again(desk: Desk, air: tuple[Youtube, str], studio: Studio) -> None:
    studio.video(1)
    air[0].refusals.append(Refusal("backendError", times=1))
    air[0].refusals.append(Refusal("rateLimitExceeded", "videos", times=1))
    assert desk.run()["kanal"].last_error is None
    assert ids(desk.documents()) == {"video000001"}
    assert '"units": 5' in (desk.cursor("youtube", "account") or "")  # the failed calls cost too


def test_no_key_is_said_and_nothing_is_asked(desk: Desk, air: tuple[Youtube, str]) -> None:
    desk.secrets = {}
    report = desk.run()["kanal"]
    assert "isi variabel lingkungan YOUTUBE_API_KEY" in (report.last_error or "")
    assert not report.reachable


def test_comments_switched_off_are_no_trouble(desk: Desk, air: tuple[Youtube, str], studio: Studio) -> None:
    studio.video(1, comments_disabled=True)
    held = studio.video(2)
    studio.say(held, 1)
    air[0].refusals.append(Refusal("commentsDisabled", "commentThreads"))
    assert desk.run()["kanal"].last_error is None
    used = air[0].units_used
    desk.run()
    assert air[0].units_used - used == 3  # it is not asked again until the number changes


def test_a_place_that_youtube_forgot_is_read_again(
    desk: Desk, air: tuple[Youtube, str], studio: Studio
) -> None:
    video = studio.video(1)
    for number in range(150):
        studio.say(video, number)
    air[0].refusals.append(Refusal("backendError", "commentThreads", times=None))
    configure(desk, air, units_per_day=4)
    desk.run()
    air[0].refusals.clear()
    later(desk, air, days=1)
    desk.run()  # one page of comments, then the quota
    later(desk, air, days=1)
    air[0].refusals.append(Refusal("invalidPageToken", "commentThreads", times=1))
    configure(desk, air)
    desk.run()
    assert len({d.external_id for d in desk.documents() if d.kind == "comment"}) == 150


def test_what_is_gone_is_buried_and_may_come_back(
    desk: Desk, air: tuple[Youtube, str], studio: Studio
) -> None:
    video = studio.video(1)
    desk.run()
    air[0].hidden.add(video.video_id)
    desk.run()
    assert [(t.doc_id, t.reason) for t in desk.tombstones()] == [(desk.documents(1)[0].doc_id, "deleted")]
    air[0].hidden.clear()
    desk.run()
    assert ids(desk.documents(3)) == {video.video_id}


def test_a_video_that_was_never_there_is_rejected(
    desk: Desk, air: tuple[Youtube, str], studio: Studio
) -> None:
    air[0].hidden.add(studio.video(1).video_id)
    assert desk.run()["kanal"].reasons == {"video_gone": 1}


def test_stored_data_is_refreshed_in_time(desk: Desk, air: tuple[Youtube, str], studio: Studio) -> None:
    old = [studio.video(number) for number in range(60)]
    spoken = [studio.say(old[0], number) for number in range(3)]
    configure(desk, air, videos_per_channel=50)
    desk.run()
    known = {d.external_id: d.doc_id for d in desk.documents()}
    assert len(known) == 50  # the newest; the comments stand under the oldest
    configure(desk, air, videos_per_channel=60)
    later(desk, air, hours=1)
    desk.run()
    newer = [studio.video(number) for number in range(100, 150)]
    configure(desk, air, videos_per_channel=50)
    later(desk, air, days=22)
    air[0].hidden |= {old[5].video_id, spoken[1].comment_id}
    air[0].growth[old[7].video_id] = 1000
    studio.comments[2] = replace(spoken[2], text="Sudah disunting")
    used = air[0].units_used
    run = desk.runs + 1
    desk.run()
    buried = {t.doc_id for t in desk.tombstones(run)}
    all_ids = {d.external_id: d.doc_id for d in desk.documents()}
    assert buried == {all_ids[old[5].video_id], all_ids[spoken[1].comment_id]}
    assert [c.metrics["views"] for c in desk.counts(run) if c.doc_id == all_ids[old[7].video_id]] == [1100]
    changed = [d for d in desk.documents(run) if d.external_id == spoken[2].comment_id]
    assert [d.text for d in changed] == ["Sudah disunting"]
    assert changed[0].parent_id == all_ids[old[0].video_id]
    assert (changed[0].url or "").startswith(f"https://www.youtube.com/watch?v={old[0].video_id}&lc=")
    assert {v.video_id for v in newer} <= ids(desk.documents(run))
    assert air[0].units_used - used <= 8  # 60 videos in two calls, the comments in one
    used = air[0].units_used
    desk.run()
    assert air[0].units_used - used <= 4  # and then it is fresh


def test_what_cannot_be_refreshed_is_deleted(desk: Desk, air: tuple[Youtube, str], studio: Studio) -> None:
    video = studio.video(1)
    studio.say(video, 1)
    desk.run()
    desk.secrets = {}
    later(desk, air, days=29)
    desk.run()
    assert desk.tombstones() == []
    later(desk, air, days=2)
    report = desk.run()["kanal"]
    assert {(t.doc_id, t.reason) for t in desk.tombstones()} == {
        (d.doc_id, "expired") for d in desk.documents()
    }
    assert "2 data YouTube dihapus" in (report.last_error or "")
    desk.run()
    assert len(desk.tombstones()) == 2


def test_searching_is_off_until_asked_for(desk: Desk, air: tuple[Youtube, str], studio: Studio) -> None:
    studio.video(1, channel="lain", text="Banjir di Pati")
    studio.media.channels.append(type(studio.media.channels[0])(id="lain", name="Lain", subscribers=1))
    wanted = source("cari", {"youtube_search": "banjir"}, kind="video", scope="general")
    configure(desk, air, wanted)
    assert "searches_per_day" in (desk.run()["cari"].last_error or "")
    assert air[0].searches_used == 0

    other = studio.video(2, channel="lain", text="Banjir di Kudus")
    mine = studio.video(3, text="Banjir di Pati lagi")
    studio.say(mine, 1)
    studio.say(studio.videos[0], 2, text="Airnya sudah surut")
    configure(desk, air, wanted, searches_per_day=1)
    reports = desk.run()
    assert air[0].searches_used == 1
    found = {d.external_id for d in desk.documents() if d.source_id == "cari"}
    assert found == {"video000001", "Ug00000002"}  # a comment is kept with its video
    assert reports["cari"].reasons == {"not_about_pati": 1}
    assert other.video_id not in found
    assert [d.source_id for d in desk.documents() if d.external_id == mine.video_id] == ["kanal"]

    reports = desk.run()
    assert air[0].searches_used == 1
    assert "Kuota" in (reports["cari"].last_error or "")
    assert reports["kanal"].last_error is None


def test_a_long_channel_is_cut_and_that_is_said(desk: Desk, air: tuple[Youtube, str], studio: Studio) -> None:
    for number in range(70):
        studio.video(number)
    configure(desk, air, videos_per_channel=10)
    report = desk.run()["kanal"]
    assert len(desk.documents()) == 10
    assert "10 yang terbaru" in (report.last_error or "")
    for number in range(100, 130):  # more news than are looked at every time
        studio.video(number)
    later(desk, air, hours=1)
    desk.run()
    assert len([d for d in desk.documents(2) if (d.external_id or "") >= "video000100"]) == 30
