"""One contract for every platform: increments, idempotence, refusals, pace, resume, secrets, pseudonyms.

Each platform is seen only through its emulator's switches and through what lands on disk.
"""

from __future__ import annotations

import gzip
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from config import load_config
from crawlers.context import SourceReport
from crawlers.items import Document
from pipelines.privacy import scrubber
from samples.social_town import Fault
from tests.crawlers.apis import Desk, source
from tests.crawlers.stages import ALL, AUTHOR, Open311Stage, YoutubeStage, kind_of, staged
from tests.crawlers.studio import START

TOKEN = "rahasia-EAAB9f8e7d6c"  # noqa: S105 - a synthetic one, hunted for below
KEY = b"k" * 32


@pytest.fixture(params=ALL)
def platform(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def stage(platform: str) -> Iterator[Any]:
    with staged(platform) as one:
        yield one


@cache
def real_scrub() -> Callable[[Document], Document]:
    return scrubber(load_config(), KEY)


@pytest.fixture
def desk(stage: Any, tmp_path: Path) -> Desk:
    made = Desk(tmp_path, START + timedelta(days=1), {stage.env: TOKEN}, scrub=real_scrub())
    made.configure([source("warga", stage.entry) | kind_of(stage)], **stage.files())
    return made


def report(desk: Desk) -> SourceReport:
    return desk.run()["warga"]


def words(desk: Desk, run: int | None = None) -> set[str]:
    """The texts of posts and comments, without hashtags."""
    return {d.text.removesuffix(" #pati") for d in desk.documents(run) if "kabar" in d.text}


def test_a_second_run_adds_only_what_is_new(stage: Any, desk: Desk) -> None:
    for number in range(3):
        stage.say(f"kabar {number}")
    first = report(desk)
    assert first.last_error is None
    assert {f"kabar {n}" for n in range(3)} <= words(desk)
    assert first.n_stored == len(desk.documents())
    asked = stage.asked()
    second = report(desk)
    assert (second.n_stored, desk.documents(2)) == (0, [])
    assert stage.asked() > asked
    stage.say("kabar baru")
    report(desk)
    assert "kabar baru" in words(desk, 3)
    assert not {f"kabar {n}" for n in range(3)} & words(desk, 3)


def test_the_same_world_gives_the_same_records(stage: Any, desk: Desk, tmp_path: Path) -> None:
    for number in range(4):
        stage.say(f"kabar {number}")
    report(desk)
    twin = Desk(tmp_path / "twin", desk.now, desk.secrets, desk.scrub)
    twin.configure([source("warga", stage.entry) | kind_of(stage)], **stage.files())
    report(twin)
    assert {d.doc_id: d for d in desk.documents()} == {d.doc_id: d for d in twin.documents()}
    assert len({d.doc_id for d in desk.documents()}) == len(desk.documents()) >= 4
    ids = {d.doc_id for d in desk.documents()}
    assert all(d.parent_id in ids for d in desk.documents() if d.kind == "comment")


SAYS: dict[Fault, tuple[str, str]] = {
    "expired": ("kedaluwarsa|ditolak|tidak sah", "token"),
    "invalid": ("ditolak|tidak sah", "token"),
    "forbidden": ("tidak memberi izin|tidak boleh memakai", "izin"),
    "missing": ("tidak mengenal|tidak ditemukan", "sources.yaml"),
    "server": ("sedang bermasalah", "lagi"),
    "garbage": ("tidak dapat dibaca", "berubah"),
    "odd": ("tidak dapat dibaca", "berubah"),
}


# what the official client makes of garbage is case 46 of tests/hostile
LACKS = {"youtube": {"garbage", "odd"}, "open311-json": {"expired"}, "open311-xml": {"expired"}}  # no tokens
REFUSALS = [(p, f) for p in ALL for f in SAYS if f not in LACKS.get(p, set())]


@pytest.mark.parametrize(("platform", "fault"), REFUSALS)
def test_refusals_become_sentences_and_nothing_is_lost(
    stage: Any, desk: Desk, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawlers.social.caller._PAUSE", 0.05)
    monkeypatch.setattr("crawlers.youtube.client._PAUSE", 0.05)
    stage.say("kabar pertama")
    stage.fault(fault)
    refused = report(desk)
    said = refused.last_error or ""
    assert any(part in said for part in SAYS[fault][0].split("|"))
    assert said.endswith(".")
    assert (refused.reachable, refused.n_stored) == (False, 0)
    assert TOKEN not in str(refused)
    stage.fault(None)
    healed = report(desk)
    assert (healed.last_error, healed.reachable) == (None, True)
    assert "kabar pertama" in words(desk)


def test_a_short_pause_is_waited_for(stage: Any, desk: Desk) -> None:
    for number in range(18):
        stage.say(f"kabar {number}")
    stage.pages_of(3)
    stage.limit(4, 1)
    assert report(desk).last_error is None
    assert {f"kabar {n}" for n in range(18)} <= words(desk)
    if not isinstance(stage, YoutubeStage):  # which says nothing of its pace
        assert stage.asked() > 4
        assert stage.window.refused == 0  # it kept the pace it was told


def test_a_long_pause_ends_the_run_and_the_next_one_goes_on(stage: Any, desk: Desk) -> None:
    stage.say("kabar pertama")
    stage.fault("rate", wait=3600)
    refused = report(desk)
    assert "dilanjutkan setelah pukul" in (refused.last_error or "")
    assert (refused.reachable, refused.n_rejected) == (False, 0)  # not read, and nothing is wrong with it
    stage.fault(None)
    asked = stage.asked()
    assert "dilanjutkan setelah pukul" in (report(desk).last_error or "")
    assert stage.asked() == asked  # it was asked for patience, and has it
    desk.now += timedelta(days=1, hours=2)
    if isinstance(stage, YoutubeStage):
        stage.emulator.now = desk.now
    assert report(desk).last_error is None
    assert "kabar pertama" in words(desk)


def remembered(state: Path) -> int:
    """How many documents the crawl state holds, looked at from outside."""
    try:
        with closing(sqlite3.connect(f"file:{state}?mode=ro", uri=True)) as db:
            return int(db.execute("SELECT count(*) FROM item").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def test_a_killed_run_is_taken_up_where_it_stopped(stage: Any, desk: Desk, tmp_path: Path) -> None:
    for number in range(30):
        stage.say(f"kabar {number}")
    stage.pages_of(10)
    stage.slow(0.15)
    environment = {**os.environ, stage.env or "NIHIL": TOKEN}
    command = [sys.executable, "-m", "tests.crawlers.drive", str(tmp_path), desk.now.isoformat()]
    process = subprocess.Popen(command, env=environment, cwd=Path(__file__).parents[2])
    deadline = time.monotonic() + 60
    while not remembered(desk.state) and time.monotonic() < deadline:
        assert process.poll() is None, "it ended before anything was remembered"
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    killed = [d.doc_id for d in desk.documents()]
    stage.slow(0.0)
    asked = stage.asked()
    assert report(desk).last_error is None
    found = [d.doc_id for d in desk.documents()]
    everything = 60 if stage.own else 30
    assert 0 < len(set(killed)) < everything
    assert len(set(found)) == everything
    if not isinstance(stage, YoutubeStage):
        before, after = stage.questions[:asked], stage.questions[asked:]
        assert len(set(before) & set(after)) <= 1  # the page in flight
        assert len(found) - everything <= 10  # what was on it
    else:
        assert stage.asked() - asked < 3 + 30  # less than a whole reading costs


def test_tokens_are_nowhere_and_authors_are_pseudonyms(
    stage: Any, desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    for number in range(30):
        stage.say(f"kabar {number}")
    desk.run()
    stage.fault("expired")
    desk.run()
    stage.fault("server")
    desk.run()
    stage.fault(None)
    for path in (p for p in tmp_path.rglob("*") if p.is_file()):
        data = path.read_bytes()
        data += gzip.decompress(data) if path.suffix == ".gz" else b""
        assert TOKEN.encode() not in data, path
        if path.suffix == ".gz":
            for name in (AUTHOR, "Sarpi Contohwati", "Contohwati"):
                assert name.encode() not in data, path
    assert TOKEN not in caplog.text
    assert not any(TOKEN in asked for asked in getattr(getattr(stage, "town", None), "asked", []))
    people = [d for d in desk.documents() if d.author]
    assert people or stage.env == "INSTAGRAM_TOKEN" or isinstance(stage, Open311Stage)
    assert all((d.author or "").startswith("u-") for d in people)
    assert all(d.known_as == () for d in desk.documents())
    assert len({d.author for d in people}) <= 1  # one writer, one pseudonym
