"""A fast web server for a folder of pages, on loopback addresses, gzip only.

Every answer is built before the first request. ``python -m benchmarks.crawling.server FOLDER PORT``
reads ``FOLDER/served.json`` (host to path to file name), says "ready" and serves until its
standard input closes.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

SERVED = "served.json"
_HEAD = "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\n{more}\r\n"
_TYPES = {".html": "text/html; charset=utf-8", ".xml": "application/xml", ".txt": "text/plain"}
_MISSING = _HEAD.format(status="404 Not Found", kind="text/plain", size=0, more="").encode()

Answers = dict[tuple[str, str], bytes]


class Pages(asyncio.Protocol):
    """One connection."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._left = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - TCP gives one
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every complete request."""
        *requests, self._left = (self._left + data).split(b"\r\n\r\n")
        for request in requests:
            self._transport.write(self._answers.get(_wanted(request), _MISSING))


def _wanted(request: bytes) -> tuple[str, str]:
    first, *headers = request.decode("latin-1").split("\r\n")
    host = next((line[5:].strip() for line in headers if line[:5].lower() == "host:"), "")
    return host.rpartition(":")[0] or host, first.split(" ")[1]


def load(folder: Path) -> Answers:
    """Build all answers; files are stored compressed."""
    answers: Answers = {}
    for host, paths in json.loads((folder / SERVED).read_text(encoding="utf-8")).items():
        for path, name in paths.items():
            body = (folder / name).read_bytes()
            kind = _TYPES[Path(name.removesuffix(".gz")).suffix]
            head = _HEAD.format(status="200 OK", kind=kind, size=len(body), more="Content-Encoding: gzip\r\n")
            answers[host, path] = head.encode() + body
    return answers


async def serve(folder: Path, port: int) -> None:
    """Serve until standard input closes."""
    answers = load(folder)
    hosts = sorted({host for host, _ in answers})
    loop = asyncio.get_running_loop()
    for host in hosts:
        await loop.create_server(lambda: Pages(answers), host, port, backlog=256)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2])))
