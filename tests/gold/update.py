"""Raise the floors of extraction: ``python -m tests.gold.update [--lower "REASON"]``.

Floors are today's figures, rounded down to three decimals. A figure below its floor stops the
command, unless a reason is given; the reason is kept in the file with the figures it lowered.
Without the real pages (``PATI_SHARED``) the floors that rest on them stay as they are.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.extraction import benchmark_pages
from benchmarks.metrics import body_f1
from config import ratchet
from tests.gold.score import LOWER_IS_BETTER, measured

BASELINE = Path(__file__).parent / "baseline.json"
ROOT = BASELINE.parents[2]


def floors() -> dict[str, float]:
    """The committed floors."""
    return dict(ratchet.read(BASELINE)["floors"])


def on_real_pages(aeb: Path) -> dict[str, float]:
    """Figures on the article extraction benchmark.

    Args:
        aeb: its folder.
    """
    return {"aeb.body_f1": body_f1(benchmark_pages(aeb, None))[2]}


def rounded(figures: Mapping[str, float]) -> dict[str, float]:
    """Figures to three decimals, rounded to the worse side."""
    found = {}
    for name, figure in figures.items():
        thousandths = round(figure * 1000, 6)
        found[name] = (math.ceil if name in LOWER_IS_BETTER else math.floor)(thousandths) / 1000
    return found


def updated(
    old: Mapping[str, float], now: Mapping[str, float], *, reason: str | None
) -> tuple[dict[str, float], dict[str, list[float]]]:
    """New floors, and what was lowered as name to [old, new].

    Args:
        old: the committed floors.
        now: today's figures; floors of figures that were not measured stay.
        reason: why a floor may be lowered.

    Raises:
        ValueError: a figure is below its floor and there is no reason.
    """
    return ratchet.renewed(old, rounded(now), reason=reason, lower_is_better=LOWER_IS_BETTER)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and write new floors."""
    parser = argparse.ArgumentParser(description="Naikkan batas mutu pembacaan halaman.")
    parser.add_argument("--lower", metavar="ALASAN", help="boleh menurunkan batas; alasannya dicatat")
    options = parser.parse_args(argv)
    now = measured()
    aeb = Path(os.environ.get("PATI_SHARED") or ROOT.parent / "shared") / "real" / "aeb"
    if aeb.is_dir():
        now |= on_real_pages(aeb)
    else:
        print(f"Halaman nyata tidak ada di {aeb}; batasnya tidak diubah.")  # noqa: T201 - a command
    kept = ratchet.read(BASELINE)
    try:
        new, lowered = updated(kept["floors"], now, reason=options.lower)
    except ValueError as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command
        return 1
    history = list(kept.get("lowered", []))
    if lowered:
        history.append({"reason": options.lower, "figures": lowered})
    ratchet.write(BASELINE, new, lowered=history)
    print(f"{len(new)} batas ditulis ke {BASELINE.name}")  # noqa: T201 - a command
    return 0


if __name__ == "__main__":
    sys.exit(main())
