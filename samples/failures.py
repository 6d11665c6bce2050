"""Scripted trouble: what a host does instead of answering properly."""

from __future__ import annotations

import socket
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, get_args

from werkzeug import Response

Mode = Literal["500", "503", "429", "403", "timeout", "drop", "slow", "truncated"]
MODES: tuple[str, ...] = get_args(Mode)
RETRY_AFTER = 1


@dataclass(slots=True)
class Failures:
    """Which hosts misbehave, how and how often; safe to use from several threads.

    Attributes:
        stall_seconds: how long ``timeout`` says nothing and ``slow`` stretches a page.
    """

    stall_seconds: float = 30.0
    _queued: dict[str, deque[Mode]] = field(default_factory=dict)
    _lasting: dict[str, Mode] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, host: str, mode: Mode, times: int | None) -> None:
        """Let the next `times` requests to a host fail, or all of them when None.

        Raises:
            ValueError: the mode does not exist.
        """
        if mode not in MODES:
            raise ValueError(f"{mode!r} is not a failure mode; choose one of {', '.join(MODES)}")
        with self._lock:
            if times is None:
                self._lasting[host] = mode
            else:
                self._queued.setdefault(host, deque()).extend([mode] * times)

    def heal(self, host: str | None = None) -> None:
        """End the trouble of one host, or of all."""
        with self._lock:
            for table in (self._queued, self._lasting):
                if host is None:
                    table.clear()
                else:
                    table.pop(host, None)

    def next_for(self, host: str) -> Mode | None:
        """The failure that this request meets, if any."""
        with self._lock:
            queue = self._queued.get(host)
            if queue:
                return queue.popleft()
            return self._lasting.get(host)


def status(mode: Mode | None, good: Response) -> int:
    """The HTTP status that a request in this trouble is answered with; 0 when none is sent."""
    if mode in {"timeout", "drop"}:
        return 0
    return int(mode) if mode is not None and mode.isdigit() else good.status_code


def apply(mode: Mode, good: Response, sock: socket.socket | None, stall_seconds: float) -> Response:
    """Turn a good response into trouble.

    Args:
        mode: what goes wrong.
        good: what the site would have answered.
        sock: the connection, to cut it.
        stall_seconds: how long to stall.

    Returns:
        The response to send instead.

    Raises:
        ConnectionAbortedError: the connection was cut without an answer; the server takes
            this as the client's going away and says nothing.
    """
    if mode == "timeout":
        time.sleep(stall_seconds)
    if mode in {"timeout", "drop"}:
        _cut(sock)
        raise ConnectionAbortedError
    if mode == "slow":
        good.response = _drip(good.get_data(), stall_seconds)
        return good
    if mode == "truncated":
        body = good.get_data()
        good.response = _half(body, sock)
        good.headers["Content-Length"] = str(len(body))
        return good
    code = status(mode, good)
    headers = {"Retry-After": str(RETRY_AFTER)} if code in {429, 503} else {}
    return Response(f"<html><body><h1>{code}</h1></body></html>", code, headers, "text/html")


def _drip(body: bytes, seconds: float) -> Iterator[bytes]:
    pieces = 10
    size = -(-len(body) // pieces) or 1
    for start in range(0, len(body), size):
        yield body[start : start + size]
        time.sleep(seconds / pieces)


def _half(body: bytes, sock: socket.socket | None) -> Iterator[bytes]:
    yield body[: len(body) // 2]
    _cut(sock)
    raise ConnectionAbortedError


def _cut(sock: socket.socket | None) -> None:
    if sock is not None:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # the client was faster
