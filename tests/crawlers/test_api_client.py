"""The client of platforms' APIs against real servers on loopback."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from werkzeug import Request, Response

from crawlers.net.address import AddressPolicy
from crawlers.net.client import CallError, Client
from tests.crawlers.serving import serving

LOOPBACK = AddressPolicy(allow_hosts=("127.0.0.1", "*.localhost"))


@contextmanager
def raw(send: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that says what it is told, without manners."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    peer, _ = listening.accept()
                except OSError:
                    return
                with peer:
                    peer.recv(65536)
                    try:
                        send(peer)
                    except OSError:
                        continue

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)


@contextmanager
def client(
    policy: AddressPolicy = LOOPBACK,
    hosts: tuple[str, ...] = ("127.0.0.1", "api.localhost"),
    timeout: float = 5.0,
    **options: Any,
) -> Iterator[Client]:
    made = Client(hosts, policy, "uji/1", timeout, **options)
    try:
        yield made
    finally:
        made.close()


def trouble(url: str, **options: Any) -> str:
    with client(**options) as asked, pytest.raises(CallError) as caught:
        asked.get(url)
    assert "rahasia" not in repr(caught.value)
    assert caught.value.__cause__ is None
    return caught.value.trouble


def test_an_answer_is_read_and_decompressed() -> None:
    def answer(request: Request) -> Response:
        body = gzip.compress(f"{request.args['q']} {request.headers['Authorization']}".encode())
        return Response(body, headers={"Content-Encoding": "gzip", "X-Sisa": "3"})

    with serving(answer) as port, client() as asked:
        for host in ("127.0.0.1", "api.localhost"):
            reply = asked.get(f"http://{host}:{port}/x", {"q": "rob & banjir"}, {"Authorization": "Bearer t"})
            assert (reply.status, reply.body) == (200, b"rob & banjir Bearer t")
            assert reply.headers["x-sisa"] == "3"


def test_inside_addresses_are_refused_unless_listed() -> None:
    asked: list[str] = []

    def answer(request: Request) -> Response:
        asked.append(request.path)
        return Response("rahasia")

    with serving(answer) as port:
        inside = f"http://127.0.0.1:{port}/rahasia"
        assert trouble(inside, policy=AddressPolicy(allow_ports=(port,))) == "refused"
        named = f"https://api.localhost:{port}/rahasia"
        assert trouble(named, policy=AddressPolicy(allow_ports=(port,))) == "refused"
        assert trouble(inside, hosts=("graph.facebook.com",)) == "refused"
    assert asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example/rahasia",  # a token would cross the network in the open
        "https://lain.example/rahasia",
        "https://pengguna:sandi@api.example/rahasia",
        "https://api.example:8443/rahasia",
        "file:///etc/hostname",
    ],
)
def test_only_named_hosts_over_tls(url: str) -> None:
    assert trouble(url, policy=AddressPolicy(), hosts=("api.example",)) == "refused"


def test_a_redirect_is_not_followed() -> None:
    with serving(lambda _: Response(status=302, headers={"Location": "/rahasia"})) as port:
        assert trouble(f"http://127.0.0.1:{port}/") == "moved"


def test_a_certificate_is_verified() -> None:
    with serving(lambda _: Response("rahasia"), ssl_context="adhoc") as port:
        assert trouble(f"https://127.0.0.1:{port}/") == "tls"


def test_a_large_answer_is_cut_off_also_when_it_was_small_on_the_wire() -> None:
    bomb = gzip.compress(b"0" * 5_000_000)
    with serving(lambda _: Response(bomb, headers={"Content-Encoding": "gzip"})) as port:
        assert trouble(f"http://127.0.0.1:{port}/", most_bytes=100_000) == "too_large"
        with client(most_bytes=6_000_000) as asked:
            assert len(asked.get(f"http://127.0.0.1:{port}/").body) == 5_000_000


def test_a_trickle_does_not_hold_us() -> None:
    def drip(peer: socket.socket) -> None:
        peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(100):
            peer.sendall(b".")
            time.sleep(0.1)

    started = time.monotonic()
    with raw(drip) as port:
        assert trouble(f"http://127.0.0.1:{port}/", timeout=0.5) == "too_slow"
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    "said", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nseparuh", b"bukan http sama sekali\r\n\r\n"]
)
def test_half_answers_are_no_answers(said: bytes) -> None:
    with raw(lambda peer: peer.sendall(said)) as port:
        assert trouble(f"http://127.0.0.1:{port}/") == "unreachable"


def test_silence_ends() -> None:
    with raw(lambda _: time.sleep(1.0)) as port:
        assert trouble(f"http://127.0.0.1:{port}/", timeout=0.3) == "unreachable"


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert trouble(f"http://127.0.0.1:{port}/") == "unreachable"
