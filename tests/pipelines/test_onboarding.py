"""`pati sources add`: sites of ten different systems onboarded by the real command, no hand edit."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from config import load_config
from crawlers.items import Document
from crawlers.landing import batches, read_batch
from crawlers.state import CrawlState, Rest
from pipelines.privacy import scrubber
from samples.media import load_media
from samples.newsroom_config import newsroom_config
from samples.server import Newsroom
from samples.world import World
from tests.pipelines.conftest import PATI

pytestmark = pytest.mark.proof

WIB = ZoneInfo("Asia/Jakarta")
# one outlet of each platform, in a layout of its own: what must be found on it
WANTED = {
    "radioswara": ("wordpress", ["feed", "wordpress"]),
    "panturapos": ("blogger", ["feed", "sitemap"]),
    "lenteramuria": ("tribun", ["feed", "listing"]),
    "detakjateng": ("detik", ["feed", "listing"]),
    "portalpemkab": ("codeigniter", ["listing"]),
    "jurnalpesisir": ("custom", ["sitemap"]),
    "patikini": ("custom", ["listing"]),
    "terkinipantura": ("promedia", ["listing"]),
    "radarkendeng": ("jawapos", ["feed", "listing"]),
    "kabarlereng": ("custom", ["listing"]),
    "kominfobumimina": ("laravel", ["listing"]),
}
DAY_ONLY = "portalpemkab"  # "Posted on 05 Sep 2019": no time of day and no author on the page


@dataclass(frozen=True)
class Office:
    """A home folder, and how somebody without an engineer beside them uses it."""

    path: Path
    room: Newsroom
    environment: dict[str, str]

    def pati(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [PATI, "--home", self.path, *arguments],
            env=self.environment, text=True, capture_output=True, timeout=120, check=False,
        )  # fmt: skip
        if check:
            assert done.returncode == 0, done.stderr + done.stdout
        return done

    def site(self, outlet: str, path: str = "/") -> str:
        return self.room.outlet_url(outlet, path)


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    media = load_media(newcomers=True)
    layouts = {media.outlet(outlet).layout for outlet in WANTED}
    platforms = {media.outlet(outlet).platform for outlet in WANTED}
    assert min(len(layouts), len(platforms)) >= 10
    with Newsroom(World(weeks=6, media=media)) as running:
        yield running


def office(home: Path, room: Newsroom) -> Office:
    """A fresh installation: the bundled list of sources, and permission to reach the newsroom."""
    folder = home / "config"
    folder.mkdir(parents=True)
    crawl = yaml.safe_load(newsroom_config(room.base_port)["crawl.yaml"])
    crawl["lookback_days"] = 30
    (folder / "crawl.yaml").write_text(yaml.safe_dump(crawl))
    now = {"PATI_NOW": room.world.now.astimezone(UTC).isoformat(), "COLUMNS": "120"}
    return Office(home, room, {**os.environ, **now})


@pytest.fixture(scope="module")
def onboarded(
    room: Newsroom, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Office, dict[str, dict[str, Any]]]:
    here = office(tmp_path_factory.mktemp("onboarded") / "home", room)
    options = ("--yes", "--activate", "--json")
    reports = {
        outlet: json.loads(here.pati("sources", "add", here.site(outlet), *options).stdout)
        for outlet in WANTED
    }
    here.pati("run", "--only", "collect", "--only", "load")
    return here, reports


Onboarded = tuple[Office, dict[str, dict[str, Any]]]


def test_each_system_is_recognised_and_its_ways_in_are_found(onboarded: Onboarded) -> None:
    here, reports = onboarded
    found = {outlet: (one["report"]["family"], one["source_id"]) for outlet, one in reports.items()}
    assert found == {outlet: (family, outlet) for outlet, (family, _) in WANTED.items()}
    config = load_config(here.path / "config")
    for outlet, (_, methods) in WANTED.items():
        source = config.source(outlet)
        truth = here.room.world.media.outlet(outlet)
        assert (source.name, source.kind, source.scope) == (truth.name, truth.kind, truth.scope)
        assert [entry.method for entry in source.discover] == methods
        assert source.status == "active"


def test_the_next_run_stores_each_outlets_articles_as_it_wrote_them(onboarded: Onboarded) -> None:
    here, _ = onboarded
    stored = [r for batch in batches(here.path / "landing") for r in read_batch(batch)]
    news = {one.canonical_url: one for one in stored if isinstance(one, Document)}
    since = here.room.world.now - timedelta(days=30)
    scrub = scrubber(load_config(here.path / "config"), b"key")  # private names leave the texts
    n = other_text = 0
    for outlet in WANTED:
        truth = [a for a in here.room.visible(outlet) if a.published_at > since and a.labels.relevant]
        assert len(truth) >= 3, outlet
        for article in truth:
            got = news[here.room.url(article)]
            wrote = scrub(Document("news", outlet, article.title, article.text, here.room.now))
            assert got.title == wrote.title
            n += 1
            other_text += " ".join(got.text.split()) != " ".join(wrote.text.split())
            assert got.author == (None if outlet == DAY_ONLY else article.author)
            assert got.published_at is not None
            if outlet == DAY_ONLY:
                days = {m.astimezone(WIB).date() for m in (got.published_at, article.published_at)}
                assert len(days) == 1
            else:
                assert abs(got.published_at - article.published_at) < timedelta(minutes=1)
    assert n > 80
    assert other_text <= n // 50  # as much as a crawl of the configured outlets may miss


def test_what_was_promised_is_what_the_lake_says(onboarded: Onboarded) -> None:
    here, reports = onboarded
    rows = {row["source_id"]: row for row in json.loads(here.pati("sources", "health", "--json").stdout)}
    for outlet, one in reports.items():
        row = rows[outlet]
        assert row["verdict"] == "baik", (outlet, row)
        assert row["norm_per_week"] == one["report"]["proposal"]["per_week"]
        assert row["n_waiting"] == 0
        if row["n_new_28"] >= 10:
            assert row["share_dated"] == row["share_text"] == 1.0
            assert row["share_author"] == 1.0
    table = here.pati("sources", "health").stdout
    assert "Kelengkapan" in table
    assert "patikini" in table


def test_a_look_counts_as_a_visit_and_a_resting_host_is_left_alone(onboarded: Onboarded) -> None:
    here, _ = onboarded
    now, host = here.room.world.now, f"kabarlereng.localhost:{here.room.base_port}"
    day = now.astimezone(WIB).date()
    with CrawlState(here.path / "state" / "crawl.sqlite") as state:
        before = state.spent_today(host, day)
        looked = json.loads(here.pati("sources", "check", "kabarlereng", "--json").stdout)
        assert state.spent_today(host, day) - before == looked["report"]["requests"] > 10
        state.set_rest(host, Rest(now + timedelta(hours=1), 1))
        asked = len(here.room.requests)
        refused = here.pati("sources", "check", "kabarlereng", check=False)
        state.set_rest(host, None)
    assert refused.returncode == 1
    assert "diistirahatkan" in refused.stderr
    assert len(here.room.requests) == asked


def test_kept_pages_give_what_they_gave_until_something_changes(onboarded: Onboarded) -> None:
    here, _ = onboarded
    tested = json.loads(here.pati("sources", "test", "--json").stdout)
    assert set(tested) == set(WANTED)
    assert all(1 <= one["pages"] <= 5 and not one["differences"] for one in tested.values())
    expected = here.path / "fixtures" / "patikini" / "expected.json"
    kept = json.loads(expected.read_text())
    kept["pages"][0]["expected"]["title"] = "Judul lama"
    expected.write_text(json.dumps(kept))
    changed = here.pati("sources", "test", "patikini", check=False)
    assert changed.returncode == 1
    assert "title: 'Judul lama' →" in changed.stdout
    here.pati("sources", "test", "patikini", "--accept")
    assert here.pati("sources", "test", "patikini").returncode == 0
    (expected.parent / "02.html.gz").unlink()
    damaged = here.pati("sources", "test", "patikini", check=False)
    assert damaged.returncode == 1
    assert "02.html.gz" in damaged.stderr


def written(here: Office) -> str:
    return (here.path / "config" / "sources.yaml").read_text()


def test_a_known_site_is_replaced_in_its_place_and_keeps_what_a_person_wrote(
    room: Newsroom, tmp_path: Path
) -> None:
    here = office(tmp_path / "home", room)
    before = f"""sources:
  # ---- lokal
  - id: kini
    name: Pati Kini (lama)
    kind: news
    url: {here.site("patikini", "")}
    scope: general
    discover:
      - listing: {here.site("patikini", "/tag/pati")}
    permission: agreement
    status: investigating
    note: Izin lewat surat.
  # ---- lain
  - id: lain
    name: Lain
    kind: news
    scope: general
    permission: robots_ok
    status: investigating
"""
    (here.path / "config" / "sources.yaml").write_text(before)
    here.pati("sources", "add", "kini", "--replace", "--activate", "--yes")
    kini, lain = load_config(here.path / "config").sources
    assert (kini.id, kini.name, kini.permission) == ("kini", "Pati Kini (lama)", "agreement")
    assert (kini.status, kini.scope) == ("active", "pati_only")
    (way,) = kini.discover  # what a person chose works, so it stays; its pattern is new
    assert way.listing == here.site("patikini", "/tag/pati")
    assert way.link_pattern
    assert kini.note.startswith("Izin lewat surat. Diperiksa otomatis 16-11-2026")
    assert lain.id == "lain"
    assert "# ---- lokal" in written(here)
    assert "# ---- lain" in written(here)


REFUSED = [
    pytest.param(["https://mitrapost.com"], "sudah ada di sources.yaml sebagai 'mitrapost'", id="same host"),
    pytest.param(["www.mitrapost.com/pati"], "pakai --replace", id="same host in another dress"),
    pytest.param(["https://baru.example", "--id", "mitrapost"], "sudah dipakai", id="id in use"),
    pytest.param(["https://baru.example", "--id", "Media Baru"], "tidak sah", id="no id"),
    pytest.param(["baru"], "bukan alamat web", id="no address"),
]


@pytest.mark.parametrize(("arguments", "words"), REFUSED)
def test_what_cannot_be_added_is_one_sentence_and_changes_nothing(
    tmp_path: Path, arguments: list[str], words: str
) -> None:
    done = subprocess.run(
        [PATI, "--home", tmp_path / "home", "sources", "add", "--yes", *arguments],
        text=True, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "home" / "config").exists()


def test_nothing_is_written_where_nobody_can_be_asked(tmp_path: Path) -> None:
    done = subprocess.run(
        [PATI, "--home", tmp_path / "home", "sources", "add", "https://baru.example"],
        text=True, capture_output=True, timeout=60, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 1
    assert "--yes" in done.stderr


def test_a_site_that_refuses_ends_in_one_sentence(room: Newsroom, tmp_path: Path) -> None:
    here = office(tmp_path / "home", room)
    room.fail("viralpantura", "403", times=None)
    try:
        done = here.pati("sources", "check", here.site("viralpantura"), check=False)
    finally:
        room.heal("viralpantura")
    assert done.returncode == 1
    assert done.stderr.startswith("Situs menolak permintaan kita (HTTP 403)")
    assert not (here.path / "fixtures").exists()


def test_a_source_without_kept_pages_is_told_how_to_get_them(tmp_path: Path) -> None:
    for arguments, status, words in (([], 0, "pati sources add"), (["mitrapost"], 1, "--replace")):
        done = subprocess.run(
            [PATI, "--home", tmp_path, "sources", "test", *arguments],
            text=True, capture_output=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == status
        assert words in done.stdout + done.stderr
