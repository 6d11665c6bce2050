"""A process of its own for work with Twisted's reactor: how both ends talk.

The parent sends one JSON line on standard input and reads JSON lines from standard output;
settings travel in the environment. When the parent dies, its end of standard input closes and
the child stops too, so that no orphan goes on crawling.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from pipelines.settings import Settings

ORPHANED = 70


class ChildError(Exception):
    """The child ended badly.

    Attributes:
        code: its exit status, negative for a signal.
        log: what it said on standard error.
        said: the end of that.
    """

    def __init__(self, code: int, log: Path) -> None:
        self.code, self.log, self.said = code, log, tail(log)
        super().__init__(f"exit status {code}")


def tail(log: Path, size: int = 4000) -> str:
    """The last characters of a log file; empty if it cannot be read."""
    try:
        return log.read_text(encoding="utf-8", errors="replace")[-size:]
    except OSError:
        return ""


@contextmanager
def child(
    settings: Settings,
    module: str,
    order: dict[str, Any],
    log: str,
    started: Callable[[subprocess.Popen[str]], None] = lambda _: None,
) -> Iterator[Iterator[str]]:
    """Start ``python -m module`` and hand out its lines; it never outlives the block.

    Args:
        settings: what the child must see too.
        module: to run.
        order: what it is to do.
        log: name of the file in the log folder that takes its standard error.
        started: is given the process, to end it from elsewhere.

    Raises:
        ChildError: it ended badly.
    """
    settings.logs.mkdir(parents=True, exist_ok=True)
    errors = settings.logs / log
    with errors.open("w", encoding="utf-8") as stderr:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            env=settings.environment(),
        )
        assert process.stdin is not None  # noqa: S101 - both are pipes, this tells the type checker
        assert process.stdout is not None  # noqa: S101 - same
        started(process)
        try:
            with suppress(BrokenPipeError):  # it is dead already: its exit status says so
                process.stdin.write(json.dumps(order) + "\n")
                process.stdin.flush()
            yield iter(process.stdout)
            code = process.wait()
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            with suppress(BrokenPipeError):
                process.stdin.close()
            process.stdout.close()
    if code:
        raise ChildError(code, errors)


def answer_parent() -> tuple[dict[str, Any], Callable[[dict[str, Any]], None]]:
    """In the child: read the order and get a function that sends one line back.

    Returns:
        (order, send).
    """
    order: dict[str, Any] = json.loads(sys.stdin.readline())
    threading.Thread(target=_stop_with_parent, daemon=True).start()
    out = sys.stdout
    sys.stdout = sys.stderr  # nothing but our lines may reach the parent's pipe

    def send(values: dict[str, Any]) -> None:
        out.write(json.dumps(values) + "\n")
        out.flush()

    return order, send


def _stop_with_parent() -> None:
    while sys.stdin.readline():
        pass
    os._exit(ORPHANED)
