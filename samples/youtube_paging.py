"""What all list methods of the emulator share: errors, pages, parts."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from samples.townsfolk import token

Arguments = Mapping[str, str]


class ApiProblem(Exception):  # noqa: N818 - it is an answer, not a fault of the program
    """An error answer of the API.

    Attributes:
        code: HTTP status.
        body: the JSON body.
    """

    def __init__(self, code: int, reason: str, message: str, domain: str) -> None:
        super().__init__(message)
        self.code = code
        detail = {"message": message, "domain": domain, "reason": reason}
        self.body: dict[str, Any] = {"error": {"code": code, "message": message, "errors": [detail]}}


def stamp(moment: datetime) -> str:
    """``2026-11-12T12:40:00Z``."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def page_of(
    kind: str, found: Sequence[Any], args: Arguments, limits: tuple[int, int],
    shape: Callable[[Any], dict[str, Any]],
) -> dict[str, Any]:  # fmt: skip
    """One page of a list with ``pageInfo`` and page tokens.

    Args:
        kind: ``youtube#…ListResponse``.
        found: the whole list.
        args: the request's parameters.
        limits: default and greatest page size.
        shape: record to JSON resource.

    Returns:
        The response without its etag.

    Raises:
        ApiProblem: ``maxResults`` or ``pageToken`` is not acceptable.
    """
    default, most = limits
    raw = args.get("maxResults", str(default))
    if not raw.isdigit() or not 0 <= int(raw) <= most:
        text = f"Invalid value '{raw}'. Values must be within the range: [0, {most}]"
        raise ApiProblem(400, "invalidValue", text, "youtube.parameter")
    size = int(raw) or default
    start = _start(args.get("pageToken"))
    shown = found[start : start + size]
    data: dict[str, Any] = {"kind": kind, "etag": ""}
    if start + size < len(found):
        data["nextPageToken"] = _token(start + size)
    if start:
        data["prevPageToken"] = _token(max(0, start - size))
    data["pageInfo"] = {"totalResults": len(found), "resultsPerPage": len(shown)}
    data["items"] = [with_etag(shape(one)) for one in shown]
    return data


def with_etag(resource: dict[str, Any]) -> dict[str, Any]:
    """Put kind and a stable etag first."""
    head = {"kind": resource.pop("kind"), "etag": token(27, repr(resource))}
    return head | resource


def _token(start: int) -> str:
    return base64.urlsafe_b64encode(f"CA:{start}".encode()).decode().rstrip("=")


def _start(page_token: str | None) -> int:
    if not page_token:
        return 0
    try:
        padded = page_token + "=" * (-len(page_token) % 4)
        return int(base64.urlsafe_b64decode(padded).decode().removeprefix("CA:"))
    except ValueError:
        text = "The request specifies an invalid page token."
        raise ApiProblem(400, "invalidPageToken", text, "youtube.parameter") from None


def parts_of(args: Arguments) -> set[str]:
    """The names in ``part``."""
    return {part for value in many(args, "part") for part in value.split(",")}


def many(args: Arguments, name: str) -> list[str]:
    """A repeated or comma-separated parameter."""
    values = args.getlist(name) if hasattr(args, "getlist") else [args.get(name, "")]
    return [one for value in values for one in value.split(",") if one]


def only(resource: dict[str, Any], parts: set[str]) -> dict[str, Any]:
    """A resource reduced to kind, etag, id and the parts asked for."""
    return {k: v for k, v in resource.items() if k in {"kind", "etag", "id"} or k in parts}
