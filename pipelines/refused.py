"""The rows of an imported file that were refused, as a table that a spreadsheet can open."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from crawlers.items import Rejection
from warehouse.spreadsheet import guarded

HEADER = ("tempat", "alasan", "penjelasan")


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
        writer.writerows(map(guarded, (one.key, one.reason, one.detail)) for one in rejected)
