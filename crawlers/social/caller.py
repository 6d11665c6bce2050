"""One platform's telephone: token in a header, errors by reason, one more try when it may help."""

from __future__ import annotations

import json
import random
import time
from typing import TYPE_CHECKING, Any

from crawlers.net.breaker import pause
from crawlers.net.client import CallError
from crawlers.social.problems import SocialProblemError
from crawlers.social.rates import rate_of
from crawlers.tokens import why_missing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from crawlers.net.client import Client, Reply
    from crawlers.social.model import Rate

_ATTEMPTS = 2
_PAUSE = 1.0
_TROUBLES = {"refused": "refused", "moved": "refused", "too_large": "too_large"}


class Caller:
    """Asks one platform.

    Args:
        client: connects, and refuses to connect elsewhere.
        endpoint: address that all paths are relative to.
        secrets: where the token is looked up.
        env: name of the token; empty if the platform needs none.
        explain: turns status and JSON body of an error answer into a problem.
        now: the clock.
        parse: reads a body; None if it makes no sense.
        accept: what it asks for.
    """

    def __init__(
        self,
        client: Client,
        endpoint: str,
        secrets: Mapping[str, str],
        env: str,
        explain: Callable[[int, Any], SocialProblemError],
        now: Callable[[], datetime],
        *,
        parse: Callable[[bytes], Any] | None = None,
        accept: str = "application/json",
    ) -> None:
        self._parse, self._accept = parse or _json, accept
        self._client, self._base = client, endpoint.rstrip("/")
        self._secrets, self.env = secrets, env
        self._explain, self._now = explain, now

    @property
    def has_token(self) -> bool:
        """Whether there is a token to send."""
        return bool(self.env and self._secrets.get(self.env))

    def need_token(self) -> None:
        """Check that there is a token.

        Raises:
            SocialProblemError: there is none.
        """
        if not self.has_token:
            raise SocialProblemError("token_missing", detail=self.why_no_token())

    def why_no_token(self) -> str:
        """Say what to do about a token that is not there."""
        return why_missing(self._secrets, self.env)

    def get(self, path: str, fields: Mapping[str, str | None]) -> tuple[Any, Reply, Rate]:
        """Ask for a path; fields that are None are left out.

        Returns:
            The JSON body, the answer, and what it said about the pace.

        Raises:
            SocialProblemError: the platform refused, or answered nothing sensible, twice.
        """
        asked = {name: value for name, value in fields.items() if value is not None}
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._once(path, asked)
            except SocialProblemError as problem:
                if not problem.passing or attempt == _ATTEMPTS:
                    raise
            time.sleep(pause(attempt, _PAUSE, random.random()))  # noqa: S311 - jitter is no secret
        raise AssertionError("the last attempt returns or raises")

    def _once(self, path: str, fields: Mapping[str, str]) -> tuple[Any, Reply, Rate]:
        token = self._secrets.get(self.env) if self.env else None
        headers = {"Accept": self._accept}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        try:
            reply = self._client.get(f"{self._base}/{path.lstrip('/')}", fields, headers)
        except CallError as error:
            raise SocialProblemError(_TROUBLES.get(error.trouble, "unreachable")) from None  # type: ignore[arg-type]
        rate = rate_of(reply.headers, self._now())
        body = self._parse(reply.body)
        if reply.status >= 400 or (isinstance(body, dict) and body.get("error")):
            raise self._problem(reply.status, body, rate)
        if body is None:
            raise SocialProblemError("bad_answer")
        return body, reply, rate

    def _problem(self, status: int, body: Any, rate: Rate) -> SocialProblemError:  # noqa: ANN401
        problem = self._explain(status, body)
        if problem.reason == "rate_limited" and problem.wait is None:
            return SocialProblemError("rate_limited", wait=rate.wait, detail=problem.detail)
        return problem


def by_status(status: int) -> SocialProblemError:
    """Tell a problem by the HTTP status alone: what is left when the body says nothing."""
    if status == 429:
        return SocialProblemError("rate_limited")
    if status >= 500:
        return SocialProblemError("server_error")
    known = {401: "token_invalid", 403: "forbidden", 404: "not_found", 410: "not_found"}
    return SocialProblemError(known.get(status, "bad_request"))  # type: ignore[arg-type]


def _json(body: bytes) -> Any:  # noqa: ANN401 - JSON is any
    try:
        return json.loads(body)
    except ValueError:
        return None
