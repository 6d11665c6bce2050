from __future__ import annotations

import http.client
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from samples.content_loader import CONTENT, Item, load_items
from samples.media import load_media
from samples.server import Newsroom
from samples.world import World

ITEMS = Path(__file__).parent / "content"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


def fetch(url: str, headers: dict[str, str] | None = None, timeout: float = 10) -> Answer:
    """GET without following redirects; *.localhost is loopback whatever the resolver says."""
    parts = urlsplit(url)
    assert parts.port is not None
    connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=timeout)
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", path, headers={"Host": parts.netloc, **(headers or {})})
        response = connection.getresponse()
        return Answer(response.status, dict(response.getheaders()), response.read())
    finally:
        connection.close()


@pytest.fixture(scope="session")
def items() -> tuple[Item, ...]:
    """A few texts of our own, so that these tests do not hang on the demo's texts."""
    return load_items(ITEMS)


@pytest.fixture(scope="session")
def world(items: tuple[Item, ...]) -> World:
    return World(items=items, scale=0.2)


@pytest.fixture(scope="session")
def full_items() -> tuple[Item, ...]:
    found = load_items()
    kinds = {item.kind for item in found}
    missing = {"news", "video", "comment", "social", "complaint"} - kinds
    if len(found) < 400 or missing:
        pytest.skip(f"{CONTENT.name} is incomplete: {len(found)} texts, missing {missing or '-'}")
    return found


@pytest.fixture(scope="session")
def full_world(full_items: tuple[Item, ...]) -> World:
    return World(items=full_items)


@pytest.fixture
def newsroom(world: World) -> Iterator[Newsroom]:
    with Newsroom(world, stall_seconds=0.6) as running:
        yield running


@pytest.fixture(params=[outlet.id for outlet in load_media().outlets])
def outlet_id(request: pytest.FixtureRequest) -> str:
    return str(request.param)
