"""A small HTTP server on loopback that answers as a function says."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from werkzeug import Request, Response
from werkzeug.serving import WSGIRequestHandler, make_server

Answer = Callable[[Request], Response]


class Quiet(WSGIRequestHandler):
    """Speaks HTTP/1.1 and keeps its log to itself."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def serving(answer: Answer, **options: Any) -> Iterator[int]:
    app = Request.application(answer)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet, **options)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
