"""The offline newsroom: a small internet on one port of 127.0.0.1.

Every outlet is a virtual host ``http://<outlet>.localhost:PORT/``; names under ``.localhost``
are loopback by RFC 6761, but the system resolver often does not know them: a client has to
connect to 127.0.0.1 and send the Host header. The video API emulator answers under
``http://127.0.0.1:PORT/youtube/v3/``.

    with Newsroom(World(weeks=2)) as newsroom:
        newsroom.url(newsroom.world.articles[0])
        newsroom.fail("suaramuria", "503", times=2)
        newsroom.now = some_earlier_moment

As a program, ``python -m samples.server --port 8765`` serves until interrupted; a script in
another process can set the clock and failures by ``POST /_newsroom/now`` and
``POST /_newsroom/fail`` with a JSON body on 127.0.0.1.
"""

from __future__ import annotations

import argparse
import json
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from werkzeug import Request, Response
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from samples import failures
from samples.files import write_inbox
from samples.media import load_media
from samples.newsroom_config import write_config
from samples.records import Article, Video
from samples.site import Site
from samples.world import World
from samples.youtube import Youtube

DEAD_PAGE = "<html><body><h1>Error establishing a database connection</h1></body></html>"


@dataclass(frozen=True, slots=True)
class Served:
    """One line of the access log.

    Attributes:
        at: real time, seconds since an arbitrary start (`time.monotonic`).
        host: outlet id, or ``api`` for the video API.
        method: HTTP method.
        path: path and query.
        status: 0 when no answer was sent.
        user_agent: as the client named itself.
        conditional: the request carried a validator (ETag or date).
        failure: the scripted failure it met.
    """

    at: float
    host: str
    method: str
    path: str
    status: int
    user_agent: str
    conditional: bool
    failure: str | None


class Newsroom:
    """Serves a world over real HTTP in a background thread.

    Args:
        world: what to serve.
        port: TCP port on 127.0.0.1; 0 picks a free one.
        stall_seconds: how long the failure modes ``timeout`` and ``slow`` last.
    """

    def __init__(self, world: World, port: int = 0, *, stall_seconds: float = 30.0) -> None:
        self.world = world
        self.requests: list[Served] = []
        self.youtube = Youtube(world)
        self._wanted_port = port
        self._now = world.now
        self._failures = failures.Failures(stall_seconds)
        self._outlets = {outlet.host: outlet for outlet in world.media.outlets}
        self._articles = {o.id: world.by_outlet(o.id)[::-1] for o in world.media.outlets}
        self._server: BaseWSGIServer | None = None
        self._thread: threading.Thread | None = None

    # --- life ---------------------------------------------------------------------------

    def start(self) -> Self:
        """Bind the port and serve in the background.

        Raises:
            OSError: the port is taken.
        """
        # werkzeug would end the process on a taken port: bind here, hand the socket over
        with socket.create_server(("127.0.0.1", self._wanted_port), backlog=128) as sock:
            self._server = make_server(
                "127.0.0.1", self._wanted_port, self, threaded=True,
                request_handler=_Handler, fd=sock.fileno(),
            )  # fmt: skip
        self._server.daemon_threads = True  # type: ignore[attr-defined]  # it is a threading server
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop serving and close the port."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
        if self._thread is not None:
            self._thread.join()
        self._server = self._thread = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def base_port(self) -> int:
        """The port it listens on.

        Raises:
            RuntimeError: it is not running.
        """
        if self._server is None:
            raise RuntimeError("the newsroom is not running: call start() or use it in a with")
        return self._server.port

    @property
    def api_endpoint(self) -> str:
        """Value for ``client_options.api_endpoint`` of the video API's client."""
        return f"http://127.0.0.1:{self.base_port}/"

    def url(self, article: Article) -> str:
        """Canonical address of an article."""
        return article.url(self.base_port)

    def outlet_url(self, outlet: str, path: str = "/") -> str:
        """An address on an outlet's site."""
        return f"http://{outlet}.localhost:{self.base_port}{path}"

    # --- script -------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        """The newsroom's time; what is published later is not served."""
        return self._now

    @now.setter
    def now(self, moment: datetime) -> None:
        if moment.tzinfo is None:
            raise ValueError(f"the newsroom's time needs a zone: {moment!r}")
        self._now = moment
        self.youtube.now = moment

    def fail(self, outlet: str, mode: failures.Mode, times: int | None = 1) -> None:
        """Let the next requests to an outlet (or ``api``) fail.

        Args:
            outlet: outlet id, or ``api``.
            mode: 500, 503, 429 (with Retry-After), 403, timeout, drop, slow or truncated.
            times: how many requests; None = until `heal`.

        Raises:
            ValueError: unknown outlet or mode.
        """
        if outlet != "api" and outlet not in self._articles:
            raise ValueError(f"there is no outlet {outlet!r}")
        self._failures.add(outlet, mode, times)

    def heal(self, outlet: str | None = None) -> None:
        """End the failures of one outlet, or of all."""
        self._failures.heal(outlet)

    def requests_to(self, outlet: str) -> list[Served]:
        """The access log of one outlet (or ``api``)."""
        return [served for served in self.requests if served.host == outlet]

    def visible(self, outlet: str) -> Sequence[Article]:
        """An outlet's articles that are out by now, newest first."""
        return [a for a in self._articles[outlet] if a.published_at <= self._now]

    def visible_videos(self) -> Sequence[Video]:
        """Videos that are out by now."""
        return [v for v in self.world.videos if v.published_at <= self._now]

    # --- HTTP ---------------------------------------------------------------------------

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """The WSGI application."""
        request = Request(environ)
        host = request.host.partition(":")[0].lower()
        outlet = self._outlets.get(host)
        name = outlet.id if outlet else "api" if request.path.startswith("/youtube/") else host
        mode = self._failures.next_for(name)
        response = self._answer(request, host, name)
        # Before the trouble itself: a client may see a cut connection, and ask again, at once.
        if not request.path.startswith("/_newsroom/"):
            self._log(request, name, failures.status(mode, response), mode)
        if mode is not None:
            sock = environ.get("werkzeug.socket")
            response = failures.apply(mode, response, sock, self._failures.stall_seconds)
        return response(environ, start_response)

    def _answer(self, request: Request, host: str, name: str) -> Response:
        outlet = self._outlets.get(host)
        if outlet is None:
            if host not in {"127.0.0.1", "localhost"}:
                return Response("Situs tidak dikenal.", 404, mimetype="text/plain")
            return self._api(request)
        broken = self.world.silent_since(name)
        if broken is not None and self._now >= broken:
            return Response(DEAD_PAGE, 500, mimetype="text/html")
        if request.method not in {"GET", "HEAD"}:
            return Response("Metode tidak diizinkan.", 405, mimetype="text/plain")
        base = f"http://{outlet.host}:{self.base_port}"
        site = Site(outlet, self.world.media, self.visible(outlet.id), self._now, base)
        return site.respond(request)

    def _api(self, request: Request) -> Response:
        if request.path.startswith("/youtube/v3/"):
            return self.youtube.respond(request)
        if request.path.startswith("/_newsroom/"):
            return self._control(request)
        return Response("Tidak ada apa-apa di sini.", 404, mimetype="text/plain")

    def _control(self, request: Request) -> Response:
        body = request.get_json(silent=True) or {}
        try:
            if request.path == "/_newsroom/now" and "now" in body:
                self.now = datetime.fromisoformat(body["now"])
            elif request.path == "/_newsroom/fail":
                self.fail(body["outlet"], body["mode"], body.get("times", 1))
            elif request.path == "/_newsroom/heal":
                self.heal(body.get("outlet"))
        except (KeyError, ValueError) as error:
            return Response(json.dumps({"error": str(error)}), 400, mimetype="application/json")
        state = {"now": self._now.isoformat(), "requests": len(self.requests)}
        return Response(json.dumps(state), mimetype="application/json")

    def _log(self, request: Request, name: str, status: int, mode: str | None) -> None:
        headers = request.headers
        self.requests.append(
            Served(
                at=time.monotonic(),
                host=name,
                method=request.method,
                path=request.full_path.rstrip("?"),
                status=status,
                user_agent=headers.get("User-Agent", ""),
                conditional="If-None-Match" in headers or "If-Modified-Since" in headers,
                failure=mode,
            )
        )


class _Handler(WSGIRequestHandler):
    """Speaks HTTP/1.1 and keeps its log to itself: `Newsroom.requests` is the log."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002, ANN401 - overrides
        """Say nothing."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the world until interrupted.

    Args:
        arguments: command line without the program's name.

    Returns:
        Exit status.
    """
    parser = argparse.ArgumentParser(prog="python -m samples.server", description=__doc__)
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--weeks", type=int, default=26)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--newcomers", action="store_true", help="with outlets that no config knows yet")
    parser.add_argument("--inbox", type=Path, help="write complaint and social files here")
    parser.add_argument("--config", type=Path, help="write sources.yaml and crawl.yaml here")
    options = parser.parse_args(arguments)
    media = load_media(newcomers=options.newcomers)
    world = World(weeks=options.weeks, scale=options.scale, media=media)
    with Newsroom(world, options.port) as newsroom:
        if options.inbox:
            write_inbox(world, options.inbox)
        if options.config:
            write_config(newsroom.base_port, options.config)
        sys.stdout.write(
            f"Ruang redaksi contoh: {len(world.documents)} dokumen, "
            f"http://suaramuria.localhost:{newsroom.base_port}/ (Ctrl+C untuk berhenti)\n"
        )
        sys.stdout.flush()
        stopped = threading.Event()
        # Set by hand: a program started in the background inherits an interrupt that is ignored.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        stopped.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
