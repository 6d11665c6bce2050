"""A thin door to the YouTube Data API v3: the official client, pages, quota."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Any

from config.zones import WIB
from crawlers.net.breaker import pause
from crawlers.net.client import CallError, Client
from crawlers.state import Change
from crawlers.youtube.problems import BAD_ANSWER, ApiProblemError, reason_of
from crawlers.youtube.quota import Account, bucket_of, reset_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from config import Youtube
    from crawlers.state import CrawlState
    from crawlers.youtube.quota import Bucket

BOOKS = "youtube"  # key of the quota account in the state, shared by all channels
HOSTS = ("youtube.googleapis.com", "www.googleapis.com")
_ATTEMPTS = 3
_PAUSE = 0.5  # seconds before the second attempt, twice as much before the third


class Api:
    """List calls, each on the account of the day before it is made.

    Args:
        key: the API key.
        client: connects, and refuses to connect elsewhere.
        settings: endpoint and limits.
        state: where the account is kept.
        now: the clock.
    """

    def __init__(
        self, key: str, client: Client, settings: Youtube, state: CrawlState, now: Callable[[], datetime]
    ) -> None:
        self._key, self._client, self._settings = key, client, settings
        self._state, self._now = state, now
        self._service: Any = None

    def left(self, bucket: Bucket) -> int:
        """Return how many calls of a bucket are left today."""
        return self._account().left(self._settings, bucket)

    def page(self, resource: str, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401
        """Make one list call.

        Raises:
            ApiProblemError: the API refused, or the day's quota is used up.
        """
        for attempt in range(1, _ATTEMPTS + 1):
            self._charge(resource)
            try:
                return self._ask(resource, arguments)
            except ApiProblemError as problem:
                if problem.reach == "day":
                    self._note(self._account().empty(self._settings, bucket_of(resource)))
                if not problem.passing or attempt == _ATTEMPTS:
                    raise
            time.sleep(pause(attempt, _PAUSE, random.random()))  # noqa: S311 - jitter is no secret
        raise AssertionError("the last attempt returns or raises")

    def pages(self, resource: str, **arguments: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
        """Make list calls to the end of a list, or until nobody asks for more.

        Raises:
            ApiProblemError: as `page`.
        """
        while True:
            page = self.page(resource, **arguments)
            yield page
            token = page.get("nextPageToken")
            if not token:
                return
            arguments["pageToken"] = token

    def _ask(self, resource: str, arguments: dict[str, Any]) -> dict[str, Any]:
        from googleapiclient.errors import HttpError

        try:
            result = getattr(self._open(), resource)().list(**arguments).execute(num_retries=0)
        except HttpError as error:
            # str(error) holds the address: only the reason goes on
            raise self._problem(reason_of(error.content, int(error.resp.status)), resource) from None
        except CallError as error:
            reason = "refused" if error.trouble in {"refused", "moved"} else "unreachable"
            raise self._problem(reason, resource) from None
        except ValueError:
            raise self._problem(BAD_ANSWER, resource) from None
        if not isinstance(result, dict) or not isinstance(result.get("items", []), list):
            raise self._problem(BAD_ANSWER, resource)
        return result

    def _open(self) -> Any:  # noqa: ANN401 - built at run time from the discovery document
        if self._service is None:
            from googleapiclient.discovery import build

            endpoint = self._settings.api_endpoint
            self._service = build(
                "youtube",
                "v3",
                http=_Wire(self._client, self._key),
                static_discovery=True,
                cache_discovery=False,
                client_options={"api_endpoint": endpoint} if endpoint else None,
            )
        return self._service

    def _account(self) -> Account:
        return Account.read(self._state.cursor(BOOKS, "account"), self._now())

    def _note(self, account: Account) -> None:
        self._state.commit({BOOKS: Change(cursors={"account": account.text()})})

    def _charge(self, resource: str) -> None:
        """Book a call before it is made: a crash in between costs one unit, never the limit."""
        account, bucket = self._account(), bucket_of(resource)
        if not account.left(self._settings, bucket):
            raise self._problem("quotaExceeded", resource)
        self._note(account.spend(bucket))

    def _problem(self, reason: str, resource: str) -> ApiProblemError:
        reset = reset_at(self._now()).astimezone(WIB)
        return ApiProblemError(reason, resource, f"{reset:%H.%M}")


class _Wire:
    """What the official client sends its requests through: our guarded client.

    The key goes into a header: in an address it would end up in logs and error texts.
    """

    def __init__(self, client: Client, key: str) -> None:
        self._client, self._key = client, key

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        **_: object,
    ) -> tuple[Any, bytes]:
        """Send one request, as `httplib2.Http.request` would."""
        import httplib2

        sent = {**(headers or {}), "X-Goog-Api-Key": self._key}
        reply = self._client.request(method, uri, sent, body)
        known = {k: v for k, v in reply.headers.items() if k not in {"content-encoding", "content-length"}}
        return httplib2.Response({**known, "status": str(reply.status)}), reply.body

    def close(self) -> None:
        """Nothing to close: the client belongs to whoever made it."""
