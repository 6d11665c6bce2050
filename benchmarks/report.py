"""What every benchmark prints and writes."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number beside its goal.

    Attributes:
        value: what was measured.
        goal: what it has to reach; None when it is only said.
        higher_is_better: which way the goal points.
        note: what the number is of.
    """

    value: float
    goal: float | None = None
    higher_is_better: bool = True
    note: str = ""

    @property
    def ok(self) -> bool:
        """Whether the goal is met."""
        if self.goal is None:
            return True
        return self.value >= self.goal if self.higher_is_better else self.value <= self.goal


def arguments(description: str, argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Read ``--quick`` and ``--json FILE``."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--quick", action="store_true", help="under five minutes")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    return parser.parse_args(argv)


def publish(title: str, figures: dict[str, Figure], path: Path | None) -> int:
    """Print the table, write the JSON, and return the exit status: 1 if a goal was missed."""
    table = Table(title=title)
    for heading in ("figure", "value", "goal", "ok", "of"):
        table.add_column(heading)
    for name, one in figures.items():
        goal = "" if one.goal is None else f"{'≥' if one.higher_is_better else '≤'} {one.goal:g}"
        table.add_row(name, f"{one.value:.4g}", goal, "yes" if one.ok else "NO", one.note)
    Console(width=120).print(table)
    if path:
        values = {name: {**asdict(one), "ok": one.ok} for name, one in figures.items()}
        path.write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")
    return 0 if all(one.ok for one in figures.values()) else 1
