"""Reading only what is due, and filling in a range of days, against the newsroom."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from crawlers.items import Document
from crawlers.landing import batches, read_batch
from samples.newsroom_config import write_config
from samples.records import Article
from samples.server import Newsroom
from samples.world import World

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(World(weeks=3)) as room:
        yield room


def prepare(home: Path, room: Newsroom, *, cap: int | None = None) -> Path:
    """A home whose sources are only the newsroom's web sites that answer."""
    write_config(room.base_port, home / "config")
    path = home / "config/sources.yaml"
    sources = yaml.safe_load(path.read_text("utf-8"))["sources"]
    web = [s for s in sources if s["kind"] in {"news", "government"} and s["id"] != "kilaskendeng"]
    path.write_text(yaml.safe_dump({"sources": web}), "utf-8")
    if cap:
        crawl = home / "config/crawl.yaml"
        values = yaml.safe_load(crawl.read_text("utf-8"))
        crawl.write_text(yaml.safe_dump(values | {"per_host_cap": cap}), "utf-8")
    return home


def run(home: Path, now: datetime, *scope: str) -> dict[str, dict[str, Any]]:
    command = [sys.executable, "-m", "tests.crawlers.drive", str(home), now.isoformat(), *scope]
    assert subprocess.run(command, cwd=ROOT, timeout=240, check=False).returncode == 0
    reports = json.loads((home / "reports.json").read_text())
    for one in reports:
        assert one["n_in"] == one["n_stored"] + one["n_duplicate"] + one["n_rejected"]
    return {one["source_id"]: one for one in reports}


def addresses(home: Path) -> list[str | None]:
    records = [r for batch in batches(home / "landing") for r in read_batch(batch)]
    return [r.canonical_url for r in records if isinstance(r, Document)]


def wanted(room: Newsroom, since: datetime, until: datetime) -> set[str]:
    """Articles of the period on sites whose archive can be walked back, about Pati."""
    deep = {o.id: o.scope for o in room.world.media.outlets if {"wordpress", "sitemap"} & set(o.discover)}
    articles: list[Article] = [a for outlet in deep for a in room.visible(outlet)]
    return {
        room.url(a) for a in articles
        if since <= a.published_at < until
        and (deep[a.outlet] == "pati_only" or "Pati" in a.text or "PATI" in a.text)
    }  # fmt: skip


@pytest.mark.proof
@pytest.mark.slow
def test_scheduled_runs_leave_alone_what_is_not_due(newsroom: Newsroom, tmp_path: Path) -> None:
    home, now = prepare(tmp_path / "home", newsroom), newsroom.now
    first = run(home, now, "due")
    assert all(r["tried"] and not r["n_not_due"] for r in first.values())
    asked = len(newsroom.requests)
    second = run(home, now + timedelta(minutes=5), "due")
    assert not any(r["tried"] for r in second.values())
    assert all(r["n_not_due"] for r in second.values())
    assert len(newsroom.requests) == asked, "what is not due is not asked for"
    later = run(home, now + timedelta(minutes=31), "due")
    assert all(r["tried"] for r in later.values())
    silent = run(home, now + timedelta(minutes=65), "due")
    assert any(not r["tried"] for r in silent.values()), "a silent feed is read less often"


@pytest.mark.proof
@pytest.mark.slow
def test_a_range_of_days_is_filled_in_and_resumed(newsroom: Newsroom, tmp_path: Path) -> None:
    home = prepare(tmp_path / "home", newsroom, cap=12)
    until = newsroom.now - timedelta(days=5)
    since = until - timedelta(days=6)
    scope = (since.isoformat(), until.isoformat())
    goal, before = wanted(newsroom, since, until), -1
    assert len(goal) > 10
    for _ in range(12):
        run(home, newsroom.now, *scope)
        have = len(addresses(home))
        if have == before:
            break
        before = have
    got = addresses(home)
    assert goal <= set(got)
    assert len(got) == len(set(got)), "resuming stores nothing twice"
    everything = {a.published_at for o in newsroom.world.media.outlets for a in newsroom.visible(o.id)}
    assert len(got) < len(everything), "a range is not the whole archive"
