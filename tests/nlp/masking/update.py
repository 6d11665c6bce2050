"""Raise the floors of masking: ``python -m tests.nlp.masking.update [--lower "REASON"]``.

A figure below its floor stops the command, unless a reason is given; the reason is kept in the
file. Shares of lines that were changed and should not have been are better when lower.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from config import ratchet
from tests.nlp.masking.corpus import PARTS, read
from tests.nlp.masking.measure import masker, measure

BASELINE = Path(__file__).parent / "baseline.json"
RECALL, SPOILT = 0.995, 0.005
"""What is asked for over the whole corpus: recall of each type, share of lines wrongly changed."""


def figures() -> dict[str, float]:
    """Recall by type and share of lines wrongly changed, per part of the corpus and of the whole."""
    mask, found = masker(), {}
    lines = {part: read(part) for part in PARTS}
    lines["whole"] = [line for part in PARTS for line in lines[part]]
    for part, own in lines.items():
        measured = measure(own, mask)
        found |= {f"{part}.recall.{token}": measured.recall(token) for token in measured.total}
        found[f"{part}.spoilt"] = measured.false_rate
    return {name: round(figure, 4) for name, figure in found.items()}


def ceilings(names: Sequence[str]) -> list[str]:
    """Names of the figures that are better when lower."""
    return [name for name in names if name.endswith(".spoilt")]


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and write new floors."""
    parser = argparse.ArgumentParser(description="Naikkan batas mutu penyamaran.")
    parser.add_argument("--lower", metavar="ALASAN", help="boleh menurunkan batas; alasannya dicatat")
    options = parser.parse_args(argv)
    now, kept = figures(), ratchet.read(BASELINE)
    try:
        new, lowered = ratchet.renewed(
            kept["floors"], now, reason=options.lower, lower_is_better=ceilings(list(now))
        )
    except ValueError as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command
        return 1
    history = list(kept.get("lowered", []))
    if lowered:
        history.append({"reason": options.lower, "figures": lowered})
    ratchet.write(BASELINE, new, lowered=history)
    return 0


if __name__ == "__main__":
    sys.exit(main())
