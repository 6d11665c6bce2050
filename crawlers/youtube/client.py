"""A thin door to the YouTube Data API v3: pages, quota, errors by their reason."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import httplib2
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from crawlers.state import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from config import Youtube
    from crawlers.state import CrawlState

# YouTube's day begins at midnight Pacific time, 14:00 or 15:00 in Pati.
_PACIFIC = ZoneInfo("America/Los_Angeles")
_BOOKS = "youtube"  # key of the quota counter in the state, shared by all channels
_DAY_SPENT = {"quotaExceeded", "dailyLimitExceeded"}
_QUOTA = {*_DAY_SPENT, "rateLimitExceeded", "userRateLimitExceeded"}
_KEY = {"keyInvalid", "keyExpired", "API_KEY_SERVICE_BLOCKED", "API_KEY_INVALID", "forbidden",
        "accessNotConfigured", "ipRefererBlocked", "badRequest", "SERVICE_DISABLED"}  # fmt: skip

BAD_ANSWER = "badAnswer"  # our own word: what came is not what the API documents


class ApiProblemError(Exception):
    """The API refused; told by its reason, because one HTTP status has many meanings.

    Attributes:
        reason: the API's own word, e.g. ``quotaExceeded``.
        sentence: for people, in Indonesian, without the key.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def ends_run(self) -> bool:
        """Whether every further call would meet the same refusal."""
        return self.reason in _QUOTA or self.reason in _KEY

    @property
    def sentence(self) -> str:
        """What to tell people."""
        if self.reason in _QUOTA:
            return "Kuota YouTube hari ini habis; dilanjutkan setelah tengah malam waktu Pasifik."
        if self.reason in _KEY:
            return f"Kunci API YouTube ditolak ({self.reason}); periksa kuncinya di Google Cloud."
        if self.reason == "unreachable":
            return "API YouTube tidak dapat dihubungi."
        if self.reason == BAD_ANSWER:
            return "API YouTube menjawab dengan bentuk yang tidak dikenal."
        return f"YouTube menolak permintaan ({self.reason})."


class Api:
    """List calls with pages and a quota counter that survives the process.

    Args:
        key: the API key.
        settings: endpoint and limits.
        state: where the day's count is kept.
        now: the clock.
        timeout: seconds for one call.
    """

    def __init__(
        self,
        key: str,
        settings: Youtube,
        state: CrawlState,
        now: Callable[[], datetime],
        timeout: float,
    ) -> None:
        self._settings, self._state, self._now = settings, state, now
        self._key, self._timeout = key, timeout
        self._service: Any = None

    def pages(self, resource: str, most: int, **arguments: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
        """Yield up to `most` items of a list call, page by page.

        Raises:
            ApiProblemError: the API refused, or the day's quota is used up.
        """
        token: str | None = None
        while most > 0:
            if token:
                arguments["pageToken"] = token
            page = self._call(resource, **arguments)
            items = page.get("items", [])[:most]
            most -= len(items)
            yield from items
            token = page.get("nextPageToken")
            if not token or not items:
                return

    def _call(self, resource: str, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401
        self._charge()
        try:
            method = getattr(self._open(), resource)().list(**arguments)
            result: dict[str, Any] = method.execute(num_retries=1)
        except HttpError as error:
            # str(error) holds the address and with it the key: only the reason goes on
            reason = reason_of(error.content)
            if reason in _DAY_SPENT:
                self._note_units(self._settings.units_per_day)  # others may have used the same key
            raise ApiProblemError(reason) from None
        except (OSError, httplib2.HttpLib2Error):
            raise ApiProblemError("unreachable") from None
        except ValueError:
            raise ApiProblemError(BAD_ANSWER) from None
        if not isinstance(result, dict) or not isinstance(result.get("items", []), list):
            raise ApiProblemError(BAD_ANSWER)
        return result

    def _open(self) -> Any:  # noqa: ANN401 - built at run time from the discovery document
        if self._service is None:
            endpoint = self._settings.api_endpoint
            self._service = build(
                "youtube",
                "v3",
                developerKey=self._key,
                http=httplib2.Http(timeout=self._timeout),
                static_discovery=True,
                cache_discovery=False,
                client_options={"api_endpoint": endpoint} if endpoint else None,
            )
        return self._service

    def _charge(self) -> None:
        """Count one unit of YouTube's day before it is spent."""
        used = int(self._state.cursor(_BOOKS, self._today()) or 0)
        if used >= self._settings.units_per_day:
            raise ApiProblemError("quotaExceeded")
        self._note_units(used + 1)

    def _note_units(self, used: int) -> None:
        self._state.commit({_BOOKS: Change(cursors={self._today(): str(used)})})

    def _today(self) -> str:
        return f"units {self._now().astimezone(_PACIFIC).date().isoformat()}"


def reason_of(body: bytes) -> str:
    """Read the reason out of an error answer, in any of the shapes the API sends."""
    try:
        error = json.loads(body)["error"]
    except (ValueError, KeyError, TypeError):
        return "unknown"
    if isinstance(error, str):
        return error
    details = [d for d in error.get("details", []) if isinstance(d, dict) and d.get("reason")]
    if details:
        return str(details[0]["reason"])
    errors = error.get("errors") or [{}]
    return str(errors[0].get("reason") or error.get("status") or "unknown")
