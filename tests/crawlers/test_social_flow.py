"""What only one platform does: money, hashtags, marks, comments of posts that went away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from samples.social_graph import post_id
from samples.social_server import SocialApis
from samples.social_town import PAGE, Town, Trouble
from tests.crawlers.apis import AGENT, LOOPBACK, Desk, source
from tests.crawlers.studio import START

SECRETS = {"FACEBOOK_PAGE_TOKEN": "f", "INSTAGRAM_TOKEN": "i", "X_BEARER_TOKEN": "x"}
PRICE = [{"usd": 0.005, "valid_from": "2026-02-06"}]


@pytest.fixture
def town() -> Town:
    return Town(start=START)


@pytest.fixture
def apis(town: Town) -> Iterator[SocialApis]:
    with SocialApis(town) as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, START + timedelta(days=1), SECRETS)


def configure(
    desk: Desk, apis: SocialApis, entry: dict[str, str], *more: dict[str, str], **social: Any
) -> None:
    settings = apis.settings()
    for name, part in social.items():
        settings[name] = settings.get(name, {}) | part if isinstance(part, dict) else part
    sources = [source(f"s{n}", one) for n, one in enumerate((entry, *more))]
    desk.configure(sources, crawl={**AGENT, **LOOPBACK}, social=settings)


def said(desk: Desk, **options: Any) -> str:
    return desk.run(**options)["s0"].last_error or ""


def test_x_is_off_until_somebody_turns_it_on(desk: Desk, apis: SocialApis, town: Town) -> None:
    town.post("x", "pati")
    configure(desk, apis, {"x_search": "pati"})
    assert "tidak diaktifkan" in said(desk)
    assert town.asked == []
    configure(desk, apis, {"x_search": "pati"}, x={"enabled": True, "monthly_cap_usd": 1})
    assert "price_per_read" in said(desk)
    assert town.asked == []


def test_x_stops_at_its_monthly_cap_and_goes_on_next_month(desk: Desk, apis: SocialApis, town: Town) -> None:
    for number in range(120):
        town.post("x", f"pati {number}")
    town.page_size = 40
    x = {"enabled": True, "monthly_cap_usd": 0.5, "price_per_read": PRICE, "posts_per_page": 40}
    configure(desk, apis, {"x_search": "pati"}, x=x)
    assert "Batas biaya X bulan ini tercapai (0,50 dari 0,50 dolar AS)" in said(desk)
    assert json.loads(desk.cursor("api x", "spent") or "") == {"month": "2026-11", "reads": 100, "usd": 0.5}
    assert len(desk.documents()) == 100  # 40, 40, and the 20 that were left to pay for
    asked = len(town.asked)
    said(desk)
    assert len(town.asked) == asked
    desk.now += timedelta(days=30)
    assert said(desk) == ""
    assert len({d.external_id for d in desk.documents()}) == 120
    town.post("x", "pati lagi")
    said(desk)
    assert [d.text for d in desk.documents(4)] == ["pati lagi"]
    assert "since_id" in town.asked[-1]
    assert json.loads(desk.cursor("api x", "spent") or "")["reads"] == 21  # only what came was paid for


def test_x_forgets_a_mark_after_seven_days(desk: Desk, apis: SocialApis, town: Town) -> None:
    town.post("x", "pati satu")
    configure(
        desk, apis, {"x_search": "pati"}, x={"enabled": True, "monthly_cap_usd": 9, "price_per_read": PRICE}
    )
    said(desk)
    town.post("x", "pati dua")
    town.troubles = [Trouble("stale", times=1)]
    assert said(desk) == ""
    assert [d.text for d in desk.documents(2)] == ["pati dua"]
    assert "since_id" not in town.asked[-1]


def test_an_empty_account_at_x_is_told_apart_from_haste(desk: Desk, apis: SocialApis, town: Town) -> None:
    town.troubles = [Trouble("capped")]
    configure(
        desk, apis, {"x_search": "pati"}, x={"enabled": True, "monthly_cap_usd": 9, "price_per_read": PRICE}
    )
    assert "batas pemakaian pada akun pengembang X" in said(desk)
    assert json.loads(desk.cursor("api x", "spent") or "")["reads"] == 0  # nothing came, nothing is booked


def test_hashtags_have_seven_days(desk: Desk, apis: SocialApis, town: Town) -> None:
    for tag in ("satu", "dua", "tiga"):
        town.post("instagram", f"kabar #{tag}")
    tags = [{"hashtag": "#Satu"}, {"hashtag": "dua"}, {"hashtag": "tiga"}]
    configure(desk, apis, *tags, instagram={"hashtags_per_week": 2})
    reports = desk.run()
    assert [bool(r.last_error) for r in reports.values()] == [False, False, True]
    assert "Jatah tagar Instagram 7 hari ini habis (2 dari 2" in (reports["s2"].last_error or "")
    assert not reports["s2"].reachable
    assert {d.tags for d in desk.documents()} == {("satu",), ("dua",)}
    lookups = sum("ig_hashtag_search" in asked for asked in town.asked)
    desk.run()
    assert sum("ig_hashtag_search" in asked for asked in town.asked) == lookups == 2  # looked up once
    desk.now += timedelta(days=7, hours=1)
    assert desk.run()["s2"].last_error is None or desk.run()["s0"].last_error is None
    assert len(in_log := json.loads(desk.cursor("api instagram", "hashtags") or "")) == 2, in_log


def test_hashtags_need_an_account(desk: Desk, apis: SocialApis) -> None:
    configure(desk, apis, {"hashtag": "pati"}, instagram={"user_id": ""})
    assert "instagram.user_id kosong" in said(desk)


def test_own_posts_are_looked_at_again_for_counts_and_comments(
    desk: Desk, apis: SocialApis, town: Town
) -> None:
    old = town.post("facebook", "lama", own=True)
    desk.now += timedelta(days=9)
    town.said += 60 * 24 * 8
    fresh = town.post("facebook", "segar", own=True)
    town.remark(fresh, "komentar pertama")
    configure(desk, apis, {"facebook": PAGE})
    said(desk)
    old.likes = fresh.likes = 5
    town.remark(fresh, "komentar kedua")
    town.page_size = 1
    asked = len(town.asked)
    said(desk)
    assert [d.text for d in desk.documents(2)] == ["komentar kedua"]
    ids = {d.text: d.doc_id for d in desk.documents()}
    counts = {c.doc_id: c.metrics for c in desk.counts(2)}
    assert counts[ids["segar"]] == {"likes": 5, "comments": 2}
    assert len(town.asked) - asked <= 6
    comments = [one for one in town.asked[asked:] if "/comments" in one]
    assert len(comments) == 2  # a page with the new one, and one that was all known


def test_visitors_and_mentions_have_authors_and_the_page_has_none(
    desk: Desk, apis: SocialApis, town: Town
) -> None:
    town.post("facebook", "pengumuman", own=True)
    town.post("facebook", "tulisan warga")
    town.post("facebook", "menyebut kita", mention=True)
    configure(desk, apis, {"facebook": PAGE})
    said(desk)
    assert {d.text: bool(d.author) for d in desk.documents()} == {
        "pengumuman": False, "tulisan warga": True, "menyebut kita": True,
    }  # fmt: skip


def test_late_replies_under_old_comments_are_found(desk: Desk, apis: SocialApis, town: Town) -> None:
    post = town.post("instagram", "foto", own=True)
    first = town.remark(post, "pertama")
    for number in range(6):
        town.remark(post, f"komentar {number}")
    town.page_size = 3
    configure(desk, apis, {"instagram": PAGE})
    said(desk)
    town.remark(post, "jawaban belakangan", reply_to=first.number)
    said(desk)
    assert [d.text for d in desk.documents(2)] == ["jawaban belakangan"]


def test_a_post_that_went_away_between_two_requests_is_buried(
    desk: Desk, apis: SocialApis, town: Town
) -> None:
    gone, there = town.post("facebook", "hilang", own=True), town.post("facebook", "ada", own=True)
    for post in (gone, there):
        town.remark(post, f"di bawah {post.text}")
    town.troubles = [Trouble("missing", part=post_id(town, gone))]
    configure(desk, apis, {"facebook": PAGE})
    assert said(desk) == ""
    ids = {d.text: d.doc_id for d in desk.documents()}
    assert [t.doc_id for t in desk.tombstones()] == [ids["hilang"]]
    assert "di bawah ada" in ids


def test_a_long_list_goes_on_in_the_next_run(desk: Desk, apis: SocialApis, town: Town) -> None:
    for number in range(10):
        town.post("bluesky", f"pati {number}")
    town.page_size = 2
    configure(desk, apis, {"bluesky": "pati"}, pages_per_list=3)
    assert "3 halaman dibaca" in said(desk)
    assert len(desk.documents()) == 6
    assert said(desk) == ""
    assert len(desk.documents()) == 10
    town.post("bluesky", "pati baru")
    said(desk)
    assert [d.text for d in desk.documents(3)] == ["pati baru"]


def test_bluesky_says_when_it_held_something_back(desk: Desk, apis: SocialApis, town: Town) -> None:
    for number in range(101):
        town.post("bluesky", f"pati {number}")
    town.page_size = 200
    configure(desk, apis, {"bluesky": "pati"})
    assert "hanya 100 terbaru" in said(desk)
    assert len(desk.documents()) == 100


def test_words_on_mastodon_need_a_token_and_hashtags_do_not(desk: Desk, apis: SocialApis, town: Town) -> None:
    town.post("mastodon", "kabar #pati")
    configure(desk, apis, {"mastodon": "kabar"}, {"mastodon": "#pati"})
    reports = desk.run()
    assert "MASTODON_TOKEN" in (reports["s0"].last_error or "")
    assert reports["s1"].last_error is None
    assert len(desk.documents()) == 1


def test_a_wrong_token_is_asked_for_once(desk: Desk, apis: SocialApis, town: Town) -> None:
    town.tokens = frozenset({"benar"})
    configure(desk, apis, {"facebook": PAGE}, {"facebook": "123456"})
    reports = desk.run()
    assert all("FACEBOOK_PAGE_TOKEN" in (r.last_error or "") for r in reports.values())
    assert len(town.asked) == 1


@pytest.mark.parametrize(
    ("entry", "says"), [({"facebook": PAGE}, "FACEBOOK_PAGE_TOKEN"), ({"instagram": PAGE}, "INSTAGRAM_TOKEN")]
)
def test_no_token_is_said_with_what_to_do(
    desk: Desk, apis: SocialApis, town: Town, entry: dict[str, str], says: str
) -> None:
    desk.secrets = {}
    configure(desk, apis, entry)
    report = desk.run()["s0"]
    assert f"isi variabel lingkungan {says}" in (report.last_error or "")
    assert not report.reachable
    assert town.asked == []


def test_scheduled_runs_read_when_it_is_time(desk: Desk, apis: SocialApis, town: Town) -> None:
    town.post("bluesky", "pati")
    configure(desk, apis, {"bluesky": "pati"})
    desk.run(due_only=True)
    asked = len(town.asked)
    report = desk.run(due_only=True)["s0"]
    assert (len(town.asked), report.tried, report.n_not_due) == (asked, False, 1)
    desk.now += timedelta(hours=2)
    assert desk.run(due_only=True)["s0"].tried
    assert len(town.asked) > asked


def test_a_general_source_keeps_what_is_about_pati_and_judges_it_once(
    desk: Desk, apis: SocialApis, town: Town
) -> None:
    town.post("bluesky", "banjir di pati")
    town.post("bluesky", "banjir di kudus")
    configure(desk, apis, {"bluesky": "banjir"})
    sources = [source("s0", {"bluesky": "banjir"}, scope="general")]
    desk.configure(sources, crawl={**AGENT, **LOOPBACK}, social=apis.settings())
    assert desk.run()["s0"].reasons == {"not_about_pati": 1}
    assert desk.run()["s0"].reasons == {}
    assert [d.text for d in desk.documents()] == ["banjir di pati"]


def test_a_dead_platform_is_said(desk: Desk, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawlers.social.caller._PAUSE", 0.01)
    with SocialApis(town) as apis:
        configure(desk, apis, {"bluesky": "pati"})
    assert "tidak dapat dihubungi" in said(desk)


def test_answers_may_be_too_large(desk: Desk, apis: SocialApis, town: Town) -> None:
    for number in range(30):
        town.post("bluesky", f"pati {number}" + " panjang" * 20)
    configure(desk, apis, {"bluesky": "pati"}, max_bytes=2048)
    assert "max_bytes" in said(desk)
