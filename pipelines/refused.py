"""The rows of an imported file that were refused, as a table that a spreadsheet can open."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from crawlers.items import Rejection

HEADER = ("tempat", "alasan", "penjelasan")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_refused(path: Path, rejected: Sequence[Rejection]) -> None:
    """Write refused rows: place (file and line), reason, explanation; masked as they come in.

    Args:
        path: the CSV file; its folder is made if needed.
        rejected: masked.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(map(neutral, (one.key, one.reason, one.detail)) for one in rejected)


def neutral(cell: str) -> str:
    """Make sure that no spreadsheet runs a cell as a formula. Pure."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
