"""A YouTube Data API v3 emulator good enough for the real google-api-python-client.

    build("youtube", "v3", developerKey="demo", static_discovery=True,
          client_options={"api_endpoint": newsroom.api_endpoint})

Answers channels, playlistItems, videos, commentThreads, comments and search (``list`` only),
counts quota in the two buckets of 2026 (list calls one unit each; searches a bucket of their
own; both reset at midnight Pacific time) and reports errors in the real shape.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from werkzeug import Request, Response

from samples.townsfolk import token
from samples.world import World
from samples.youtube_fields import select
from samples.youtube_listing import LISTINGS, Library
from samples.youtube_paging import ApiProblem
from samples.youtube_problems import Refusal

PACIFIC = ZoneInfo("America/Los_Angeles")
PREFIX = "/youtube/v3/"


@dataclass(slots=True)
class Youtube:
    """The emulator; scriptable like the rest of the newsroom.

    Attributes:
        world: where videos and comments come from.
        keys: accepted API keys; None accepts any non-empty key.
        units_per_day: quota for list calls.
        searches_per_day: quota for searches.
        units_used: list calls since the last reset.
        searches_used: searches since the last reset.
        hidden: ids of videos and comments that were deleted or made private.
        growth: views added to a video since the world was made, by its id.
        refusals: scripted errors, the first that meets a call wins.
        delay_seconds: how long every answer takes.
    """

    world: World
    keys: frozenset[str] | None = None
    units_per_day: int = 10_000
    searches_per_day: int = 100
    units_used: int = 0
    searches_used: int = 0
    hidden: set[str] = field(default_factory=set)
    growth: dict[str, int] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    delay_seconds: float = 0.0
    _now: datetime = field(init=False)
    _day: date = field(init=False)

    def __post_init__(self) -> None:
        self._now = self.world.now
        self._day = self._pacific_day()

    @property
    def now(self) -> datetime:
        """The newsroom's time; setting it to another Pacific day resets the quota."""
        return self._now

    @now.setter
    def now(self, moment: datetime) -> None:
        self._now = moment
        if self._pacific_day() != self._day:
            self._day = self._pacific_day()
            self.units_used = self.searches_used = 0

    def respond(self, request: Request) -> Response:
        """Answer one API request."""
        time.sleep(self.delay_seconds)
        try:
            data = self._answer(request)
        except ApiProblem as problem:
            return _response(problem.body, problem.code)
        fields = request.args.get("fields")
        if fields:
            data = select(data, fields)
        response = _response(data, 200)
        response.set_etag(str(data.get("etag", "")))
        response.make_conditional(request)
        return response

    def _answer(self, request: Request) -> dict[str, Any]:
        self._check_key(request.args.get("key") or request.headers.get("X-Goog-Api-Key", ""))
        resource = request.path.removeprefix(PREFIX)
        for refusal in self.refusals:
            if refusal.meets(resource):
                raise refusal.problem()
        listing: Callable[[Library, Any], dict[str, Any]] | None = LISTINGS.get(resource)
        if listing is None or request.method != "GET":
            raise ApiProblem(404, "notFound", "Not Found", "global")
        self._charge(resource)
        if not request.args.get("part"):
            text = "No filter selected. Required parameter: part"
            raise ApiProblem(400, "missingRequiredParameter", text, "youtube.part")
        data = listing(Library(self.world, self._now, self.hidden, self.growth), request.args)
        data["etag"] = token(27, json.dumps(data, sort_keys=True))
        return data

    def _check_key(self, key: str) -> None:
        if not key:
            text = (
                "Method doesn't allow unregistered callers (callers without established "
                "identity). Please use API Key or other form of API consumer identity."
            )
            raise ApiProblem(403, "forbidden", text, "global")
        if self.keys is not None and key not in self.keys:
            text = "API key not valid. Please pass a valid API key."
            raise ApiProblem(400, "keyInvalid", text, "usageLimits")

    def _charge(self, resource: str) -> None:
        searching = resource == "search"
        used = self.searches_used if searching else self.units_used
        limit = self.searches_per_day if searching else self.units_per_day
        if used >= limit:
            text = "The request cannot be completed because you have exceeded your quota."
            raise ApiProblem(403, "quotaExceeded", text, "youtube.quota")
        if searching:
            self.searches_used += 1
        else:
            self.units_used += 1

    def _pacific_day(self) -> date:
        return self._now.astimezone(PACIFIC).date()


def _response(data: dict[str, Any], status: int) -> Response:
    body = json.dumps(data, ensure_ascii=False, indent=2)
    return Response(body, status, content_type="application/json; charset=UTF-8")
