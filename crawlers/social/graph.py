"""What Facebook's and Instagram's Graph API share: errors, pages, times."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawlers.social.caller import by_status
from crawlers.social.problems import Reason, SocialProblemError

# https://developers.facebook.com/docs/graph-api/guides/error-handling
_CODES: dict[int, Reason] = {
    1: "server_error", 2: "server_error", 3: "forbidden", 4: "rate_limited", 10: "forbidden",
    17: "rate_limited", 18: "hashtag_budget", 32: "rate_limited", 80001: "rate_limited",
    80002: "rate_limited", 100: "bad_request", 102: "token_invalid", 190: "token_invalid",
    341: "rate_limited", 368: "rate_limited", 613: "rate_limited", 803: "not_found",
}  # fmt: skip
_EXPIRED = {463, 467}  # subcodes of 190
_SUBCODES: dict[int, Reason] = {33: "not_found", 2207034: "hashtag_budget", 2207024: "not_found"}
_PERMISSIONS = range(200, 300)
_NOT_ALLOWED = re.compile(r"permission|(?:content|metadata) access|app review", re.IGNORECASE)
_OFFSET = re.compile(r"([+-]\d{2})(\d{2})$")


def explain(status: int, body: Any) -> SocialProblemError:  # noqa: ANN401 - JSON is any
    """Turn an error answer into a problem, by its code and not its status (which is mostly 400)."""
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return by_status(status)
    code, subcode = _number(error.get("code")), _number(error.get("error_subcode"))
    if code == 190 and subcode in _EXPIRED:
        return SocialProblemError("token_expired")
    if subcode in _SUBCODES:
        return SocialProblemError(_SUBCODES[subcode], detail=_detail(code, subcode))
    if code in _PERMISSIONS or _NOT_ALLOWED.search(str(error.get("message", ""))):
        # code 100 too, when the app lacks a permission: only the message says so
        return SocialProblemError("forbidden", detail=_detail(code, subcode))
    reason = _CODES.get(code)
    if reason is None:
        return by_status(status) if status >= 500 else SocialProblemError("bad_request", detail=_detail(code))
    return SocialProblemError(reason, detail=_detail(code, subcode) if reason != "hashtag_budget" else "")


def after(body: dict[str, Any]) -> str | None:
    """Return the token of the page after this one.

    The addresses that come with a page hold the access token: only the page's own token is kept.
    """
    paging = body.get("paging") or {}
    if not paging.get("next"):
        return None
    token = (paging.get("cursors") or {}).get("after")
    if token:
        return str(token)
    # lists that are paged by time carry their place in the address only
    query = parse_qs(urlsplit(str(paging["next"])).query)
    place = {name: query[name][0] for name in ("after", "until", "__paging_token") if query.get(name)}
    return "&".join(f"{name}={value}" for name, value in sorted(place.items())) or None


def onward(token: str | None) -> dict[str, str | None]:
    """Return the fields that ask for the page of a token made by `after`."""
    if token is None or "=" not in token or not token.startswith(("after=", "until=", "__paging_token=")):
        return {"after": token}
    return dict(part.partition("=")[::2] for part in token.split("&"))


def moment(text: Any) -> datetime | None:  # noqa: ANN401 - JSON is any
    """Read ``2021-07-09T19:09:52+0000``."""
    if not isinstance(text, str):
        return None
    try:
        return datetime.fromisoformat(_OFFSET.sub(r"\1:\2", text)).astimezone(UTC)
    except ValueError:
        return None


def total(part: Any) -> int | None:  # noqa: ANN401 - JSON is any
    """Read the total of an edge's summary."""
    summary = part.get("summary") if isinstance(part, dict) else None
    return summary.get("total_count") if isinstance(summary, dict) else None


def _detail(code: int, subcode: int = 0) -> str:
    return f" (kode {code}/{subcode})" if subcode else f" (kode {code})"


def _number(value: Any) -> int:  # noqa: ANN401 - JSON is any
    return value if isinstance(value, int) else 0
