"""A small internet of misbehaving hosts on loopback, spoken to by raw sockets.

HTTP libraries refuse to misbehave: no header that never comes, no body shorter than promised, no
gzip that is none. So every answer is bytes written to a socket by a *player*, a coroutine that is
given the visit. Hosts are told apart by the Host header, all on one port.
"""

import asyncio
import contextlib
import ssl
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Self

INNER = "127.0.0.2"
"""Stands in for 169.254.169.254 and every other address that must not be reached."""


@dataclass(frozen=True)
class Visit:
    """One request.

    Attributes:
        host: name in the Host header, without port.
        path: path and query.
        headers: by lower-case name.
        at: when it came, in monotonic seconds.
        times: how often this path was asked for, this time included.
        night: 1 in the first crawl, 2 in the second.
    """

    host: str
    path: str
    headers: Mapping[str, str]
    at: float
    times: int
    night: int
    writer: asyncio.StreamWriter = field(repr=False)

    @property
    def root(self) -> str:
        """The address of the host's front page, without the last slash."""
        secure = self.writer.get_extra_info("ssl_object") is not None
        return f"{'https' if secure else 'http'}://{self.headers['host']}"

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()


Player = Callable[[Visit], Awaitable[None]]
Site = Mapping[str, Player]


class Web:
    """Serves sites until closed.

    Args:
        sites: host name to its paths; a path ending in ``*`` stands for all that begin so.
        certificate: serves HTTPS with it (certificate and key in one PEM file).
    """

    def __init__(self, sites: Mapping[str, Site], certificate: str | None = None) -> None:
        self.sites = dict(sites)
        self.visits: list[Visit] = []
        self.reached_inside = 0
        self.night = 1
        self.most_at_once: Counter[str] = Counter()
        self._now: Counter[str] = Counter()
        self._asked: Counter[tuple[str, str]] = Counter()
        self._certificate = certificate
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(10)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def of(self, host: str, night: int = 1) -> list[Visit]:
        """The visits of one host in one night, in order."""
        return [visit for visit in self.visits if (visit.host, visit.night) == (host, night)]

    async def _open(self) -> None:
        context = None
        if self._certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self._certificate)
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=context)
        self.port = self._server.sockets[0].getsockname()[1]
        self._inside = await asyncio.start_server(self._trap, INNER, self.port)

    async def _close(self) -> None:
        self._server.close()
        self._inside.close()
        rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    async def _trap(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reached_inside += 1
        writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            visit = await self._hear(reader, writer)
            self._now[visit.host] += 1
            self.most_at_once[visit.host] = max(self.most_at_once[visit.host], self._now[visit.host])
            try:
                await self._play(visit, reader)
            finally:
                self._now[visit.host] -= 1
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            writer.close()

    async def _hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Visit:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *rest = head.split("\r\n")
        headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in rest)}
        host, path = headers["host"].rpartition(":")[0], first.split(" ")[1]
        self._asked[host, path] += 1
        times = self._asked[host, path]
        visit = Visit(host, path, headers, time.monotonic(), times, self.night, writer)
        self.visits.append(visit)
        return visit

    async def _play(self, visit: Visit, reader: asyncio.StreamReader) -> None:
        """Let the player act until it is done or the visitor hangs up."""
        acting = asyncio.ensure_future(self._player(visit)(visit))
        gone = asyncio.ensure_future(reader.read(1))
        await asyncio.wait((acting, gone), return_when=asyncio.FIRST_COMPLETED)
        for task in (acting, gone):
            task.cancel()
        await asyncio.gather(acting, gone, return_exceptions=True)

    def _player(self, visit: Visit) -> Player:
        site = self.sites.get(visit.host, {})
        if visit.path in site:
            return site[visit.path]
        wild = [path for path in site if path.endswith("*") and visit.path.startswith(path[:-1])]
        return site[max(wild, key=len)] if wild else reply(b"<h1>404</h1>", status=404)


def head(status: int, headers: Mapping[str, str]) -> bytes:
    """The head of an answer, ready to be sent."""
    lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\nConnection: close\r\n\r\n").encode()


def reply(
    body: bytes, *, status: int = 200, kind: str | None = "text/html; charset=utf-8", **headers: str
) -> Player:
    """A proper answer; header names are written with underscores, `kind` None leaves it out."""

    async def play(visit: Visit) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if kind is not None:
            named["Content-Type"] = kind
        await visit.send(head(status, {"Content-Length": str(len(body)), **named}) + body)

    return play


def in_turn(*players: Player) -> Player:
    """One player after the other, visit by visit; the last one plays on."""

    async def play(visit: Visit) -> None:
        await players[min(visit.times, len(players)) - 1](visit)

    return play


def nights(first: Player, second: Player) -> Player:
    """One player in the first crawl, another one in the second."""

    async def play(visit: Visit) -> None:
        await (first if visit.night == 1 else second)(visit)

    return play
