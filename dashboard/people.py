"""In whose name the pages write."""

from __future__ import annotations

from dashboard import data, recording
from warehouse.access import Action


def current(action: Action) -> str | None:
    """Who may do `action` here, or None for somebody who only reads.

    Returns:
        The account; where nobody signs in, the name this dashboard was opened with (`--recorder`).

    Raises:
        AccessError: nobody is signed in (any more).
    """
    where, who = data.settings(), data.viewer()
    if not recording.allowed(where, who, action):
        return None
    return who.user if where.access == "sign_in" else where.recorder
