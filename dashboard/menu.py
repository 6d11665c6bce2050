"""Which pages stand in the navigation of whom; what people see on a page is up to the query layer."""

from __future__ import annotations

from typing import Final, Literal

from config import ConfigError
from dashboard import data
from dashboard.settings import SettingsError
from warehouse.access import AccessError, Action, may

NEEDS: Final[dict[str, Action]] = {
    "laporan": "report",
    "koreksi": "correct",
    "pengaturan": "settings",
}
"""What one must be allowed to see a page at all, by its address."""


def place(page: str) -> Literal["visible", "hidden"]:
    """Whether a page stands in the navigation of whoever is signed in.

    A hidden page still has its address: who types it gets a sentence, and that is booked.
    """
    if page not in NEEDS:
        return "visible"
    try:
        return "visible" if may(data.viewer(), NEEDS[page]) else "hidden"
    except (
        AccessError,
        ConfigError,
        SettingsError,
    ):  # the door, or the problem, is shown in the page's place
        return "hidden"
