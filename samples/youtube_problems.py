"""Error answers in the shapes the real API sends them, by their reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from samples.youtube_paging import ApiProblem

STATUS = {
    "keyInvalid": 400, "API_KEY_INVALID": 400, "invalidPageToken": 400, "processingFailure": 400,
    "backendError": 503, "internalError": 500, "channelNotFound": 404, "playlistNotFound": 404,
    "videoNotFound": 404, "commentThreadNotFound": 404, "rateLimitExceeded": 429,
}  # fmt: skip
"""HTTP status by reason; 403 for all others."""
MESSAGES = {
    "keyInvalid": "API key not valid. Please pass a valid API key.",
    "quotaExceeded": "The request cannot be completed because you have exceeded your quota.",
    "dailyLimitExceeded": "Daily Limit Exceeded.",
}
_IN_DETAILS = {"API_KEY_SERVICE_BLOCKED": "forbidden", "API_KEY_INVALID": "badRequest"}
"""Reasons that stand in ``details`` while ``errors`` holds a vaguer one."""


@dataclass(slots=True)
class Refusal:
    """A scripted error.

    Attributes:
        reason: the API's word for it.
        resource: only calls on this resource; None for all.
        times: how often it is still to be met; None for always.
        bare: the whole error is a string, as some front ends send it.
    """

    reason: str
    resource: str | None = None
    times: int | None = None
    bare: bool = False

    def meets(self, resource: str) -> bool:
        """Say whether a call on a resource meets it, and count that."""
        if self.resource not in {None, resource} or self.times == 0:
            return False
        if self.times is not None:
            self.times -= 1
        return True

    def problem(self) -> ApiProblem:
        """Build the answer."""
        message = MESSAGES.get(self.reason, f"The request was refused: {self.reason}.")
        status = STATUS.get(self.reason, 403)
        if self.bare:
            return _with_body(status, {"error": self.reason})
        shown = _IN_DETAILS.get(self.reason, self.reason)
        problem = ApiProblem(status, shown, message, "global")
        if shown != self.reason:
            info = {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": self.reason,
                "domain": "googleapis.com",
                "metadata": {"service": "youtube.googleapis.com"},
            }
            problem.body["error"] |= {"status": "PERMISSION_DENIED", "details": [info]}
        return problem


def _with_body(status: int, body: dict[str, Any]) -> ApiProblem:
    problem = ApiProblem(status, "", "", "")
    problem.body = body
    return problem
