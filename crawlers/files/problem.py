"""Why a file as a whole cannot be read."""

from __future__ import annotations


class FileProblemError(Exception):
    """The file as a whole cannot be read; the message is one Indonesian sentence."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
