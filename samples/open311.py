"""An Open311 server (GeoReport v2) on loopback; everything it says can be scripted.

with Open311Server() as server:
    server.report("Jalan rusak di Juwana", at)
    server.address  # .../georeport/v2/requests.json
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from typing import Any

from werkzeug import Request, Response

from samples.loopback import LoopbackServer
from samples.social_town import Fault, Trouble, Window

BASE = "/georeport/v2"
_STATUS: dict[str, int] = {
    "expired": 401, "invalid": 401, "forbidden": 403, "missing": 404, "rate": 429, "server": 503,
}  # fmt: skip


@dataclass
class Open311Server(LoopbackServer):
    """Serves requests over real HTTP in a background thread.

    Attributes:
        form: ``json`` or ``xml``.
        requests: as the standard names their fields, in any order.
        services: kinds of request.
        most: how many requests one answer holds; it says nothing about the others.
        delay_seconds: how long every answer takes.
        window: a rate limit, or None.
        troubles: scripted faults, the first that meets a request wins.
        asked: paths and queries of all questions.
    """

    form: str = "json"
    requests: list[dict[str, Any]] = field(default_factory=list)
    services: list[dict[str, Any]] = field(default_factory=list)
    most: int = 1000
    delay_seconds: float = 0.0
    window: Window | None = None
    troubles: list[Trouble] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The address of its requests."""
        return f"{self.endpoint}{BASE}/requests.{self.form}?jurisdiction_id=pati.example"

    def report(self, text: str, at: datetime, **more: object) -> dict[str, Any]:
        """Add a request; it is returned, and may be changed."""
        one: dict[str, Any] = {
            "service_request_id": str(7000 + len(self.requests)), "status": "open", "service_name": "Jalan",
            "service_code": "jalan", "description": text, "requested_datetime": at.isoformat(),
            "updated_datetime": at.isoformat(), "lat": -6.7512345, "long": 111.0387654, **more,
        }  # fmt: skip
        self.requests.append(one)
        return one

    def fault(self, name: Fault | None, wait: int | None = None) -> None:
        """Go wrong from now on, or be well again."""
        self.troubles = [Trouble(name, wait=wait)] if name else []

    def respond(self, request: Request) -> Response:
        """Answer one question."""
        self.asked.append(request.full_path)
        time.sleep(self.delay_seconds)
        headers: dict[str, str] = {}
        if self.window is not None:
            left, reset = self.window.take()
            headers = {
                "RateLimit-Remaining": str(max(0, left)),
                "RateLimit-Reset": str(int(time.time()) + reset),
            }
            if left < 0:
                return self._refuse(Trouble("rate"), headers)
        if self.troubles:
            return self._refuse(self.troubles[0], headers)
        if request.args.get("jurisdiction_id") != "pati.example":
            return self._say("errors", [{"code": "400", "description": "jurisdiction_id"}], 400, headers)
        if request.path == f"{BASE}/services.{self.form}":
            return self._say("services", self.services, 200, headers)
        if request.path == f"{BASE}/requests.{self.form}":
            return self._say("service_requests", self._range(request), 200, headers)
        return self._refuse(Trouble("missing"), headers)

    def _range(self, request: Request) -> list[dict[str, Any]]:
        since, until = _moment(request.args["start_date"]), _moment(request.args["end_date"])
        found = [one for one in self.requests if since <= _moment(one["requested_datetime"]) <= until]
        newest = sorted(found, key=lambda one: _moment(one["requested_datetime"]), reverse=True)
        return newest[: self.most]

    def _refuse(self, trouble: Trouble, headers: dict[str, str]) -> Response:
        if trouble.wait is not None:
            headers = headers | {"Retry-After": str(trouble.wait)}
        if trouble.fault == "garbage":
            return Response("<html><body>Sebentar ya</body></html>", 200, headers, content_type="text/html")
        if trouble.fault == "odd":
            return Response('{"data": [7]}', 200, headers, content_type="application/json")
        status = _STATUS[trouble.fault]
        return self._say("errors", [{"code": str(status), "description": trouble.fault}], status, headers)

    def _say(self, root: str, items: list[dict[str, Any]], status: int, headers: dict[str, str]) -> Response:
        if self.form == "json":
            return Response(
                json.dumps(items), status, headers, content_type="application/json; charset=utf-8"
            )
        inner = "".join(f"<{root[:-1]}>{_xml(one)}</{root[:-1]}>" for one in items)
        body = f'<?xml version="1.0" encoding="utf-8"?>\n<{root}>{inner}</{root}>'
        return Response(body, status, headers, content_type="text/xml; charset=utf-8")


def _xml(item: dict[str, Any]) -> str:
    return "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in item.items())


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
