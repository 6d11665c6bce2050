"""What every job shares: its folder, its results, and no way out of this machine.

A job's folder holds ``task.json`` (addresses in order, and for ours the configuration); the
job writes ``found.jsonl`` there, one line per page. Standard library only.
"""

from __future__ import annotations

import ipaddress
import json
import socket
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

FOUND = "found.jsonl"
LAG = "lag.json"
LAG_VARIABLE = "PATI_BENCHMARK_LAG"
TASK = "task.json"


class OutsideError(OSError):
    """Something tried to leave this machine."""


def stay_inside() -> None:
    """Refuse every connection and every name look-up that is not loopback. Call before importing.

    Extractors look for image sizes, favicons and lists of domain suffixes on the web.
    """
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def inside(host: object) -> bool:
        try:
            return ipaddress.ip_address(str(host)).is_loopback
        except ValueError:
            return False

    def check(sock: socket.socket, address: Any) -> None:  # noqa: ANN401 - as socket has it
        if sock.family in {socket.AF_INET, socket.AF_INET6} and not inside(address[0]):
            raise OutsideError(f"not on this machine: {address[0]}")

    def guarded_connect(self: socket.socket, address: Any) -> None:  # noqa: ANN401 - same
        check(self, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:  # noqa: ANN401 - same
        check(self, address)
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - same
        if not inside(host.decode() if isinstance(host, bytes) else host):
            raise OutsideError(f"not on this machine: {host}")
        return look_up(host, *args, **kwargs)

    socket.socket.connect = guarded_connect  # type: ignore[method-assign, assignment]
    socket.socket.connect_ex = guarded_connect_ex  # type: ignore[method-assign, assignment]
    socket.getaddrinfo = guarded_look_up


def task(folder: Path) -> dict[str, Any]:
    """Read what there is to do."""
    found: dict[str, Any] = json.loads((folder / TASK).read_text(encoding="utf-8"))
    return found


def fields(url: str, title: object, text: object, published: object, author: object) -> dict[str, Any]:
    """One result line; whatever is not there is None."""
    names = author if isinstance(author, list | tuple) else [author] if author else []
    return {
        "url": url,
        "title": str(title) if title else None,
        "text": str(text) if text else None,
        "published": str(published) if published else None,
        "author": ", ".join(map(str, names)) or None,
    }


def one_by_one(read: Callable[[str], dict[str, Any]]) -> int:
    """Run a job that reads one address after the other; an error costs its page only."""
    folder = Path(sys.argv[1])
    write(folder, (_guarded(read, url) for url in task(folder)["urls"]))
    return 0


def write(folder: Path, results: Iterable[dict[str, Any]]) -> None:
    """Write the results of a job."""
    with (folder / FOUND).open("w", encoding="utf-8", errors="replace") as out:
        for found in results:
            out.write(json.dumps(found, ensure_ascii=False) + "\n")


def _guarded(read: Callable[[str], dict[str, Any]], url: str) -> dict[str, Any]:
    try:
        return read(url)
    except Exception as error:  # noqa: BLE001 - peers raise anything, ImportError included
        return {"url": url, "error": type(error).__name__}
