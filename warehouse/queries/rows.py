"""Frames as plain rows, for callers that do not draw or compute with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import pandas as pd


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame, each as a dict from column name to value; what is missing is None."""
    # As objects first: in a column of numbers or times None would turn back into NaN or NaT.
    whole = frame.astype(object)
    return cast("list[dict[str, Any]]", whole.where(whole.notna(), None).to_dict("records"))
