"""The emulators speak as the real platforms do: their fields are those of recorded answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug import Request
from werkzeug.test import EnvironBuilder

from samples import social_bluesky, social_graph, social_mastodon, social_x
from samples.social_server import SocialApis
from samples.social_town import PAGE, Town, Trouble, Window

from .conftest import fetch

BEARER = {"Authorization": "Bearer kunci"}


def ask(answer: Callable[[Town, Request], Any], town: Town, path: str) -> Any:
    found = answer(town, Request(EnvironBuilder(path).get_environ()))
    assert found is not None
    return found[0]


def keys(node: Any, at: str = "") -> Iterator[str]:
    """Every path of keys in an answer; lists do not count as a step."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield f"{at}/{key}"
            yield from keys(value, f"{at}/{key}")
    elif isinstance(node, list):
        for value in node:
            yield from keys(value, at)


@pytest.fixture
def town() -> Town:
    town = Town()
    for platform in ("facebook", "instagram", "x", "mastodon", "bluesky"):
        first = town.post(platform, "kabar #pati", own=platform in {"facebook", "instagram"}, shares=2)
        town.remark(first, "komentar")
        if platform in {"x", "mastodon", "bluesky"}:
            town.post(platform, "balasan #pati", reply_to=first.number)
    return town


CASES = [
    ("x", social_x.answer, "/2/tweets/search/recent?query=pati", "x_api_v2"),
    ("facebook", social_graph.answer, f"/v24.0/{PAGE}/feed", "facebook_graph"),
    ("instagram", social_graph.answer, f"/v24.0/{PAGE}/media", "instagram_graph"),
    ("mastodon", social_mastodon.answer, "/api/v1/timelines/tag/pati", "mastodon"),
    ("bluesky", social_bluesky.answer, "/xrpc/app.bsky.feed.searchPosts?q=pati", "bluesky"),
]
UNRECORDED = {
    # counts that X added after the recordings were made
    "x": {"impression_count", "bookmark_count"},
    # no search, reply or hashtag was recorded: these follow the published lexicon (app.bsky.feed)
    "bluesky": {
        "posts", "hitsTotal", "quoteCount", "reply", "root", "parent", "facets", "features", "index",
        "byteStart", "byteEnd", "tag",
    },
}  # fmt: skip


@pytest.mark.parametrize(("name", "answer", "path", "folder"), CASES, ids=[case[0] for case in CASES])
def test_fields_are_those_of_the_real_platform(
    shared: Path, town: Town, name: str, answer: Any, path: str, folder: str
) -> None:
    real = {
        key.rpartition("/")[2]
        for file in (shared / "real" / folder).rglob("*.json")
        for key in keys(json.loads(file.read_text("utf-8")))
    }
    said = {key.rpartition("/")[2] for key in keys(ask(answer, town, path))}
    assert len(said) > 5
    assert said - real <= UNRECORDED.get(name, set())


def test_faults_look_like_the_recorded_ones(shared: Path) -> None:
    folder = shared / "real/facebook_graph/testdata"
    real = json.loads((folder / "error.json").read_text("utf-8"))
    _, made = social_graph.fault("forbidden")
    assert set(made["error"]) == set(real["error"])


def test_every_record_is_reached_page_by_page() -> None:
    town = Town(page_size=7)
    for number in range(20):
        town.post("x", f"kabar {number}")
    seen: list[str] = []
    token = ""
    while True:
        body = ask(social_x.answer, town, f"/2/tweets/search/recent?query=kabar&max_results=10{token}")
        seen += [item["id"] for item in body["data"]]
        if "next_token" not in body["meta"]:
            break
        token = f"&next_token={body['meta']['next_token']}"
    assert len(seen) == len(set(seen)) == 20
    assert seen == sorted(seen, reverse=True)


def test_tokens_windows_and_faults() -> None:
    town = Town(tokens=frozenset({"kunci"}))
    town.post("x", "pati")
    with SocialApis(town) as apis:
        url = f"{apis.endpoint}/2/tweets/search/recent?query=pati"
        assert fetch(url).status == 401
        assert fetch(url, {"Authorization": "Bearer salah"}).status == 401
        assert fetch(url, BEARER).status == 200
        assert fetch(f"{apis.endpoint}/entah", BEARER).status == 404
        town.troubles = [Trouble("rate", times=1, wait=9)]
        refused = fetch(url, BEARER)
        assert (refused.status, refused.headers["Retry-After"]) == (429, "9")
        town.window = Window(1, 60)
        first, second = fetch(url, BEARER), fetch(url, BEARER)
        assert (first.status, first.headers["x-rate-limit-remaining"]) == (200, "0")
        assert (second.status, town.window.refused) == (429, 1)


def test_the_page_after_has_the_token_in_its_address_as_in_real_life() -> None:
    town = Town(page_size=1)
    for number in range(2):
        town.post("facebook", f"kabar {number}", own=True)
    with SocialApis(town) as apis:
        body = json.loads(fetch(f"{apis.endpoint}/v24.0/{PAGE}/feed", BEARER).body)
    assert "access_token=kunci" in body["paging"]["next"]
