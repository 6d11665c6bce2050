"""Emulators of the platforms' APIs on one port of loopback, told apart by their paths."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug import Request, Response

from samples import social_bluesky, social_graph, social_mastodon, social_x
from samples.loopback import LoopbackServer
from samples.social_town import Town, Trouble


@dataclass(frozen=True, slots=True)
class Api:
    """One platform's emulator.

    Attributes:
        name: the platform.
        answer: the JSON body and further headers of an answer, or None if the path is unknown.
        fault: status and JSON body of a scripted fault.
        pace: headers about the rate limit: requests left, seconds until the next window.
        needs_token: whether it answers only with one.
    """

    name: str
    answer: Callable[[Town, Request], tuple[Any, dict[str, str]] | None]
    fault: Callable[[str], tuple[int, Any]]
    pace: Callable[[int, int, int], dict[str, str]]
    needs_token: bool = True


APIS: Mapping[str, Api] = {
    "/2/": Api("x", social_x.answer, social_x.fault, social_x.pace),
    "/xrpc/": Api("bluesky", social_bluesky.answer, social_bluesky.fault, social_bluesky.pace, False),  # noqa: FBT003
    "/api/": Api("mastodon", social_mastodon.answer, social_mastodon.fault, social_mastodon.pace, False),  # noqa: FBT003
    "/v": Api("graph", social_graph.answer, social_graph.fault, social_graph.pace),
}
"""Emulators by the beginning of their paths."""


@dataclass
class SocialApis(LoopbackServer):
    """Serves a town over real HTTP in a background thread.

    Attributes:
        town: what is served; it may be changed meanwhile.
    """

    town: Town

    def settings(self) -> dict[str, Any]:
        """What `social.yaml` says to point at the emulators."""
        base = self.endpoint
        return {
            "hosts": ["127.0.0.1"],
            "facebook": {"endpoint": f"{base}/v24.0"},
            "instagram": {"endpoint": f"{base}/v24.0", "user_id": self.town.page},
            "x": {"endpoint": f"{base}/2"},
            "mastodon": {"endpoint": base},
            "bluesky": {"endpoint": base},
        }

    def respond(self, request: Request) -> Response:
        """Answer one request."""
        town = self.town
        town.asked.append(request.full_path)
        time.sleep(town.delay_seconds)
        api = next((api for start, api in APIS.items() if request.path.startswith(start)), None)
        if api is None:
            return Response("Not found", 404)
        headers: dict[str, str] = {}
        if town.window is not None:
            left, reset = town.window.take()
            headers = api.pace(town.window.limit, max(0, left), reset)
            if left < 0:
                return _refuse(api, Trouble("rate"), headers)
        trouble = town.trouble(request.path)
        if trouble is not None:
            return _refuse(api, trouble, headers)
        if not _known(api, town, request):
            return _refuse(api, Trouble("invalid"), headers)
        found = api.answer(town, request)
        if found is None:
            return _refuse(api, Trouble("missing"), headers)
        return _reply(200, found[0], headers | found[1])


def _known(api: Api, town: Town, request: Request) -> bool:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if not given:
        return not api.needs_token
    return scheme == "Bearer" and (town.tokens is None or given in town.tokens)


def _refuse(api: Api, trouble: Trouble, headers: dict[str, str]) -> Response:
    if trouble.wait is not None:
        headers = headers | {"Retry-After": str(trouble.wait)}
    if trouble.fault == "garbage":
        return Response("<html><body>Sebentar ya</body></html>", 200, headers, content_type="text/html")
    if trouble.fault == "odd":
        return _reply(200, {"data": [{"nama": "lain"}], "posts": 7, "statuses": [[]]}, headers)
    status, body = api.fault(trouble.fault)
    return _reply(status, body, headers)


def _reply(status: int, body: Any, headers: Mapping[str, str]) -> Response:  # noqa: ANN401 - JSON is any
    text = json.dumps(body, ensure_ascii=False)
    return Response(text, status, dict(headers), content_type="application/json; charset=utf-8")
