"""Outlets that no configuration knows: what a person meets when a site has to be added."""

from __future__ import annotations

import html
from collections.abc import Iterator

import pytest

from samples.content_loader import Item
from samples.media import load_media
from samples.newsroom_config import newsroom_config
from samples.server import Newsroom
from samples.world import World

from .conftest import fetch

KNOWN = {outlet.id for outlet in load_media().outlets}
NEWCOMERS = [outlet for outlet in load_media(newcomers=True).outlets if outlet.id not in KNOWN]


@pytest.fixture(scope="module")
def room(items: tuple[Item, ...]) -> Iterator[Newsroom]:
    with Newsroom(World(items=items, scale=2.0, media=load_media(newcomers=True))) as running:
        yield running


def test_there_are_ten_systems_and_more_layouts() -> None:
    outlets = load_media(newcomers=True).outlets
    assert len({outlet.platform for outlet in outlets}) >= 10
    assert len({outlet.layout for outlet in outlets}) >= 13


def test_nobody_knows_them_unless_asked(items: tuple[Item, ...]) -> None:
    assert NEWCOMERS
    ids = {outlet.id for outlet in NEWCOMERS}
    assert not ids & {article.outlet for article in World(items=items, scale=2.0).articles}
    assert not [outlet for outlet in ids if f"id: {outlet}" in newsroom_config(1)["sources.yaml"]]


@pytest.mark.parametrize("outlet", [outlet.id for outlet in NEWCOMERS])
def test_their_articles_hold_the_whole_text_in_one_or_more_parts(room: Newsroom, outlet: str) -> None:
    articles = room.visible(outlet)
    assert articles
    for article in articles[:3]:
        url, page, part = room.url(article), "", 1
        while (answer := fetch(f"{url}?page={part}" if part > 1 else url)).status == 200 and part < 5:
            page += html.unescape(answer.text)
            part += 1
            if f"?page={part}" not in answer.text:
                break
        assert article.title in page
        assert all(paragraph in page for paragraph in article.paragraphs)


@pytest.mark.parametrize("outlet", [outlet.id for outlet in NEWCOMERS])
def test_their_lists_lead_to_their_articles(room: Newsroom, outlet: str) -> None:
    front = fetch(room.outlet_url(outlet))
    if front.status == 301:
        front = fetch(front.headers["Location"])
    newest = room.visible(outlet)[0]
    assert room.url(newest) in front.text
    assert fetch(room.outlet_url(outlet, "/tidak-ada-halaman-ini/x/y")).status == 404
