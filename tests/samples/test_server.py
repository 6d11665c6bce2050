"""The newsroom as a machine: failures, clock, access log, the program."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from config import load_config
from samples.dates import WIB
from samples.failures import Mode
from samples.newsroom_config import newsroom_config, write_config
from samples.server import Newsroom
from samples.world import World

from .conftest import fetch

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("mode", ["500", "503", "429", "403"])
def test_status_failures_pass_after_the_given_times(newsroom: Newsroom, mode: Mode) -> None:
    url = newsroom.outlet_url("suaramuria", "/feed/")
    newsroom.fail("suaramuria", mode, times=2)
    answers = [fetch(url) for _ in range(3)]
    assert [a.status for a in answers] == [int(mode), int(mode), 200]
    assert ("Retry-After" in answers[0].headers) == (mode in {"429", "503"})
    assert fetch(newsroom.outlet_url("kabarmina", "/feed/")).status == 200


@pytest.mark.parametrize("mode", ["drop", "timeout"])
def test_no_answer_at_all(newsroom: Newsroom, mode: Mode) -> None:
    newsroom.fail("suaramuria", mode)
    started = time.monotonic()
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        fetch(newsroom.outlet_url("suaramuria"))
    assert (time.monotonic() - started > 0.5) == (mode == "timeout")
    assert fetch(newsroom.outlet_url("suaramuria")).status == 200


def test_a_truncated_answer(newsroom: Newsroom) -> None:
    newsroom.fail("suaramuria", "truncated")
    with pytest.raises(http.client.IncompleteRead) as caught:
        fetch(newsroom.outlet_url("suaramuria"))
    assert len(caught.value.partial) > 0


def test_a_slow_answer_is_complete(newsroom: Newsroom) -> None:
    fast = fetch(newsroom.outlet_url("suaramuria", "/robots.txt"))
    newsroom.fail("suaramuria", "slow")
    started = time.monotonic()
    slow = fetch(newsroom.outlet_url("suaramuria", "/robots.txt"))
    assert time.monotonic() - started > 0.4
    assert slow.body == fast.body


def test_a_lasting_failure_ends_when_healed(newsroom: Newsroom) -> None:
    newsroom.fail("api", "503", times=None)
    url = f"{newsroom.api_endpoint}youtube/v3/videos?part=id&id=x&key=k"
    assert [fetch(url).status for _ in range(3)] == [503, 503, 503]
    newsroom.heal("api")
    assert fetch(url).status == 200


@pytest.mark.parametrize(("outlet", "mode"), [("entah", "500"), ("suaramuria", "meledak")])
def test_unknown_outlets_and_modes_are_refused(newsroom: Newsroom, outlet: str, mode: Mode) -> None:
    with pytest.raises(ValueError, match=f"{outlet}|{mode}"):
        newsroom.fail(outlet, mode)


def test_the_dead_outlet_answers_500_from_its_end_on(newsroom: Newsroom) -> None:
    broken = newsroom.world.silent_since("kilaskendeng")
    assert broken is not None
    for path in ("/", "/robots.txt", "/feed/"):
        assert fetch(newsroom.outlet_url("kilaskendeng", path)).status == 500
    newsroom.now = broken - timedelta(hours=1)
    assert fetch(newsroom.outlet_url("kilaskendeng", "/feed/")).status == 200


def test_the_access_log_tells_who_asked_what(newsroom: Newsroom) -> None:
    url = newsroom.outlet_url("suaramuria", "/feed/?paged=1")
    first = fetch(url, {"User-Agent": "Uji/1.0"})
    newsroom.fail("suaramuria", "drop")
    with contextlib.suppress(http.client.RemoteDisconnected, ConnectionResetError):
        fetch(url)
    fetch(url, {"If-None-Match": first.headers["ETag"]})
    log = newsroom.requests_to("suaramuria")
    assert [(s.path, s.status, s.failure, s.conditional) for s in log] == [
        ("/feed/?paged=1", 200, None, False),
        ("/feed/?paged=1", 0, "drop", False),
        ("/feed/?paged=1", 304, None, True),
    ]
    assert log[0].user_agent == "Uji/1.0"
    assert log[0].at <= log[-1].at


def test_the_clock_needs_a_zone_and_the_port_a_running_server(world: World) -> None:
    newsroom = Newsroom(world)
    with pytest.raises(RuntimeError, match="not running"):
        _ = newsroom.base_port
    with pytest.raises(ValueError, match="zone"):
        newsroom.now = datetime(2026, 11, 1)  # noqa: DTZ001 - the mistake under test


def test_two_newsrooms_at_once(world: World) -> None:
    with Newsroom(world) as one, Newsroom(world) as two:
        assert one.base_port != two.base_port
        fetch(one.outlet_url("suaramuria"))
        assert (len(one.requests), len(two.requests)) == (1, 0)


def test_a_taken_port_is_an_error_not_an_exit(world: World) -> None:
    with Newsroom(world) as one, pytest.raises(OSError, match="in use"):
        Newsroom(world, one.base_port).start()


def test_the_config_points_at_every_outlet_channel_and_file(world: World, tmp_path: Path) -> None:
    write_config(8765, tmp_path)
    config = load_config(tmp_path)
    ids = {source.id for source in config.sources}
    assert {outlet.id for outlet in world.media.outlets} < ids
    assert {channel.id for channel in world.media.channels} < ids
    methods = {d.method for source in config.sources for d in source.discover}
    assert methods == {"feed", "sitemap", "wordpress", "listing", "youtube_channel", "folder"}
    assert config.crawl.delay_seconds == 0
    assert config.crawl.allow_ports == (8765,)
    assert newsroom_config(1).keys() == {"sources.yaml", "crawl.yaml"}


def test_every_discovery_address_answers(newsroom: Newsroom, tmp_path: Path) -> None:
    write_config(newsroom.base_port, tmp_path)
    for source in load_config(tmp_path).sources:
        for discover in source.discover:
            if discover.method in {"feed", "sitemap", "listing", "wordpress"}:
                wanted = 500 if source.id == "kilaskendeng" else 200
                assert (
                    fetch(discover.target + ("/" if discover.method == "wordpress" else "")).status == wanted
                )


def test_the_program_serves_and_takes_orders(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "samples.server", "--port", "0", "--weeks", "1",
               "--inbox", str(tmp_path / "masuk"), "--config", str(tmp_path / "cfg")]  # fmt: skip
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            match = re.search(r":(\d+)/", line)
            assert match, line
            port = int(match.group(1))
            assert fetch(f"http://suaramuria.localhost:{port}/").status == 200
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            moment = datetime(2026, 11, 10, tzinfo=WIB).isoformat()
            connection.request("POST", "/_newsroom/now", json.dumps({"now": moment}),
                               {"Content-Type": "application/json"})  # fmt: skip
            assert json.loads(connection.getresponse().read())["now"] == moment
            connection.close()
            assert "10 November 2026" in fetch(f"http://suaramuria.localhost:{port}/").text
            assert (tmp_path / "cfg" / "sources.yaml").exists()
            assert list((tmp_path / "masuk").rglob("*.xlsx"))
            process.terminate()
            assert process.wait(10) == 0
        finally:
            process.kill()
