"""A small server on loopback in a background thread: what every emulator here stands on."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from types import TracebackType
from typing import Any, Self

from werkzeug import Request, Response
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server


class LoopbackServer(ABC):
    """Answers over real HTTP while it is used in a ``with``, each question in a thread of its own."""

    _server: BaseWSGIServer | None = None
    _thread: threading.Thread | None = None

    @abstractmethod
    def respond(self, request: Request) -> Response:
        """Answer one question."""

    def __enter__(self) -> Self:
        self._server = make_server(
            "127.0.0.1", 0, Request.application(self.respond), threaded=True, request_handler=QuietHandler
        )
        self._server.daemon_threads = True  # type: ignore[attr-defined]  # it is a threading server
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()

    @property
    def endpoint(self) -> str:
        """Its address, without a path.

        Raises:
            RuntimeError: it is not running.
        """
        if self._server is None:
            raise RuntimeError(f"{type(self).__name__} is not running: use it in a with")
        return f"http://127.0.0.1:{self._server.port}"


class QuietHandler(WSGIRequestHandler):
    """Speaks HTTP/1.1 and keeps its log to itself."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002, ANN401 - overrides
        """Say nothing."""
