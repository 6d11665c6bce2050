"""Frames as plain rows, for callers that do not draw or compute with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import pandas as pd


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame, each as a dict from column name to value."""
    return cast("list[dict[str, Any]]", frame.to_dict("records"))
