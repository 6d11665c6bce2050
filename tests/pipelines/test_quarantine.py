"""Rejected records are tried once more: real HTTP, real files, real stages; the counts add up."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from werkzeug import Request, Response

from config import load_config
from config.retry_ways import NoWayError, way_back
from config.sources import Discover
from crawlers.landing import Landing
from pipelines.progress import Silent
from pipelines.quarantine import line_up, outcomes, request, settle, try_again
from pipelines.run import run_stages
from pipelines.settings import Settings
from tests.crawlers.serving import serving
from tests.pipelines.small_life import article
from warehouse import Lake
from warehouse.access.audit import entries
from warehouse.queries.quarantine import Quarantined, quarantine, quarantine_counts
from warehouse.store.quarantine import Asked, ask_again

NOW = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)
STORY = "<p>" + "Warga Juwana di Kabupaten Pati mengeluhkan jalan rusak yang belum diperbaiki. " * 20 + "</p>"


class Site:
    """A small outlet: a feed with four stories; which of them can be read is for the test to say."""

    def __init__(self) -> None:
        self.answers = dict.fromkeys(("satu", "dua", "tiga", "empat"), 200)
        self.port = 0

    def __call__(self, request: Request) -> Response:
        name = request.path.strip("/")
        if name == "feed":
            items = "".join(
                f"<item><title>Jalan {one}</title><link>http://127.0.0.1:{self.port}/{one}</link>"
                "<pubDate>Sun, 15 Nov 2026 08:00:00 +0700</pubDate></item>"
                for one in self.answers
            )
            feed = f"<?xml version='1.0'?><rss version='2.0'><channel><title>U</title>{items}</channel></rss>"
            return Response(feed, mimetype="application/rss+xml")
        if name not in self.answers:
            return Response("", 404)
        status = self.answers[name]
        body = f"<html><head><title>Jalan {name}</title></head><body><article><h1>Jalan {name}</h1>{STORY}"
        return Response(
            f"{body}</article></body></html>" if status == 200 else "", status, mimetype="text/html"
        )


@pytest.fixture
def site() -> Iterator[Site]:
    one = Site()
    with serving(one) as port:
        one.port = port
        yield one


@pytest.fixture
def home(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    base = f"http://127.0.0.1:{site.port}"
    source: dict[str, Any] = {
        "id": "warta", "name": "Warta", "kind": "news", "url": base, "scope": "pati_only",
        "discover": [{"feed": f"{base}/feed"}], "permission": "robots_ok", "status": "active",
    }  # fmt: skip
    crawl = {
        "user_agent": "Uji/1.0", "contact": "https://example.org/uji", "delay_seconds": 0.0,
        "timeout_seconds": 5.0, "allow_hosts": ["127.0.0.1"], "allow_ports": [site.port],
    }  # fmt: skip
    folder = tmp_path / "home" / "config"
    folder.mkdir(parents=True)
    (folder / "sources.yaml").write_text(yaml.safe_dump({"sources": [source]}))
    (folder / "crawl.yaml").write_text(yaml.safe_dump(crawl))
    monkeypatch.setenv("PATI_FAST", "1")
    return folder.parent


def at(home: Path, days: int = 0) -> Settings:
    return Settings(home, home / "config", NOW + timedelta(days=days))


def left(home: Path) -> dict[str, Quarantined]:
    with Lake(home, now=NOW) as lake:
        return {one.record_key.rpartition("/")[2]: one for one in quarantine(lake)}


@pytest.mark.slow
def test_what_was_rejected_is_fetched_again_and_the_counts_add_up(home: Path, site: Site) -> None:
    site.answers |= {"dua": 404, "tiga": 404, "empat": 404}
    run_stages(at(home), ("collect", "load"))
    before = left(home)
    assert sorted(before) == ["dua", "empat", "tiga"]
    site.answers |= {"dua": 200, "tiga": 403}
    tried = try_again(at(home, 1), list(before.values()), "ana", Silent())
    assert tried.counts == {"n": 3, "settled": 1, "rejected": 2, "waiting": 0, "no_way": 0}
    after = left(home)
    assert sorted(after) == ["empat", "tiga"]
    assert len(before) == tried.settled + len(after)
    assert after["tiga"].reason != before["tiga"].reason == after["empat"].reason
    assert [after[name].n_times for name in ("tiga", "empat")] == [2, 2]
    with Lake(home, now=NOW) as lake:
        titles = {title for (title,) in lake.rows("SELECT title FROM document")}
        runs = lake.rows("SELECT n_in, n_stored + n_duplicate + n_rejected FROM run")
        assert sum(one.n for one in quarantine_counts(lake)) == len(after)
    assert titles == {"Jalan satu", "Jalan dua"}
    assert all(n_in == out for n_in, out in runs)
    [entry] = entries(home, 5, event="changed")
    assert (entry.user, entry.detail) == ("ana", "quarantine retry n=3")


@pytest.mark.proof
@pytest.mark.slow
def test_what_a_page_asks_for_is_tried_by_the_next_run(home: Path, site: Site) -> None:
    site.answers["dua"] = 404
    run_stages(at(home), ("collect", "load"))
    with Lake(home, now=NOW) as lake:
        [one] = quarantine(lake)
        assert ask_again(lake, [one.record_id, "tidak-ada"], "ana", NOW) == 1
        assert ask_again(lake, [one.record_id], "budi", NOW) == 0  # asked for already
        [waits] = quarantine(lake)
        assert (waits.asked_by, waits.lined_at) == ("ana", None)
    site.answers["dua"] = 200
    run_stages(at(home, 1), ("load",))  # lines it up; nobody has fetched it yet
    assert left(home)["dua"].lined_at is not None
    run_stages(at(home, 1), ("collect", "load"))
    assert left(home) == {}
    with Lake(home, now=NOW) as lake:
        assert lake.rows("SELECT outcome FROM quarantine_retry") == [("settled",)]


@pytest.mark.proof
@pytest.mark.slow
def test_a_batch_restored_from_a_backup_is_loaded_again(home: Path) -> None:
    landing = Landing(at(home).landing, "000000000001-aaaaaa")
    path = landing.write("warta", [article(n, NOW) for n in range(3)])
    whole = path.read_bytes()
    path.write_bytes(gzip.compress(b'{"record": '))
    run_stages(at(home), ("load",))
    [one] = left(home).values()
    assert one.reason == "damaged_batch"
    assert try_again(at(home, 1), [one], "ana", Silent()).counts["rejected"] == 1
    [again] = left(home).values()
    assert (again.record_id, again.n_times) == (one.record_id, 2)
    path.write_bytes(whole)
    assert try_again(at(home, 2), [again], "ana", Silent()).counts["settled"] == 1
    with Lake(home, now=NOW) as lake:
        assert lake.value("SELECT count(*) FROM document") == 3
        assert quarantine(lake) == []


@pytest.mark.proof
@pytest.mark.slow
def test_what_was_fetched_by_a_later_run_is_out_of_quarantine(home: Path, site: Site) -> None:
    site.answers["dua"] = 500
    run_stages(at(home), ("collect", "load"))
    assert list(left(home)) == ["dua"]
    site.answers["dua"] = 200
    run_stages(at(home, 3), ("collect", "load"))
    assert left(home) == {}


def test_what_has_no_way_back_is_said_and_stays(home: Path) -> None:
    run_stages(at(home), ("load",))
    with Lake(home, now=NOW) as lake:
        lake.write(lambda con: con.execute(
            "INSERT INTO rejected VALUES ('collect', 'r', 'impor', 'aduan.xlsx:7', 'bad_row', 'x', now())"
        ))  # fmt: skip
        records = quarantine(lake)
        found = request(lake, at(home), records, "ana")
        assert found.ways == {}
        assert "pati import" in found.refused[records[0].record_id]
        assert ask_again(lake, [records[0].record_id], "ana", NOW) == 1  # asked all the same
        assert line_up(lake, at(home)) == 0
        assert settle(lake, at(home)) == {}
        [still] = quarantine(lake)
        assert still.asked_at is None


SOURCES = {one.id: one for one in load_config().sources}
FEED = next(one for one in SOURCES.values() if one.discover[0].method == "feed").model_copy(
    update={"status": "active", "permission": "rss_public"}
)
VIDEO = FEED.model_copy(update={"discover": [Discover(youtube_channel="UC" + "a" * 22)]})
WAYS = [
    (FEED, "no_text", "https://contoh.example/a", "address"),
    (FEED, "not_discovery", FEED.discover[0].target, "entry"),
    (None, "damaged_batch", "0001/warta-000001.jsonl.gz", "batch"),
]
NO_WAYS = [
    (FEED, "erased", "1-abc", "subjek data"),
    (FEED, "no_text", "https://contoh.example/[NAMA]", "disamarkan"),
    (FEED.model_copy(update={"status": "quarantined"}), "no_text", "https://contoh.example/a", "Pengaturan"),
    (FEED.model_copy(update={"permission": "blocked"}), "no_text", "https://contoh.example/a", "Pengaturan"),
    (VIDEO, "video_gone", "abc123", "satu per satu"),
    (None, "bad_row", "aduan.csv:3", "pati import"),
]


@pytest.mark.parametrize(("source", "reason", "key", "way"), WAYS)
def test_ways_back(source: Any, reason: str, key: str, way: str) -> None:
    assert way_back(source, reason, key) == way


@pytest.mark.parametrize(("source", "reason", "key", "said"), NO_WAYS)
def test_no_way_back_is_one_sentence_that_says_what_to_do(
    source: Any, reason: str, key: str, said: str
) -> None:
    with pytest.raises(NoWayError, match=said) as caught:
        way_back(source, reason, key)
    assert str(caught.value).endswith(".")


def test_outcomes_of_what_stood_in_line() -> None:
    def one(name: str, *, in_line: bool, again: bool) -> Asked:
        return Asked(name, "warta", f"https://a.example/{name}", "no_text", in_line, again)

    asked = [
        one("not-in-line", in_line=False, again=False), one("again", in_line=True, again=True),
        one("gone", in_line=True, again=False), one("out", in_line=True, again=False),
    ]  # fmt: skip
    found = outcomes(asked, lambda record: record.record_id == "out")
    assert found == {"again": "rejected", "gone": "settled"}
