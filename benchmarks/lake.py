"""The lake at the size of years: every question of the dashboard, search, new documents, storage, and peers.

The largest lake holds made-up documents of 26 months, skewed like real ones; the smaller ones are as old as a
lake is that has got so far at the same pace: as many documents a day, fewer days. Then every question
behind a tile, chart or list of the dashboard is asked 20 times warm, 60 questions are put to the search
index, and 10,000 new documents go through the real stages load, index and link in a process of their own.
Beside it what a user would otherwise do: pandas over a CSV, ILIKE, DuckDB's FTS (``make peers-lake``),
datasketch for near-duplicates (``make peers-stories``). What was measured is printed, and written to the
files asked for, after each size.
``--quick`` takes small sizes; ``--sizes`` any others; ``--plot FILE`` draws the growth (SVG, PNG or HTML).
Run: ``python benchmarks/lake.py [--quick] [--json FILE] [--plot FILE] [--sizes N,N]``.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from rich.console import Console
from rich.table import Table

from benchmarks.lake.figures import figures, growth
from benchmarks.lake.growing import Size, measure
from benchmarks.lake.making import DAYS
from benchmarks.report import Figure, publish

FULL = (500_000, 1_000_000, 2_000_000, 5_000_000)
QUICK = (50_000, 100_000, 250_000)
RUNS, QUICK_RUNS = 20, 8
TEXTS, QUICK_TEXTS = 200, 60
"""Texts of which variants are made for datasketch and for us."""
_STARTED = time.monotonic()


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, draw."""
    options = _arguments(argv)
    sizes: list[Size] = []  # in the order of their size, whatever was asked for first
    status = 0
    wanted = options.sizes or (QUICK if options.quick else FULL)
    for count in wanted:
        sizes.append(
            measure(
                count,
                DAYS * count / max(wanted),
                lambda what, n=count: _say(f"{n:,}: {what}"),  # type: ignore[misc]
                QUICK_RUNS if options.quick else RUNS,
            )
        )
        sizes.sort(key=lambda size: size.count)
        status = _show(sizes, options, {})
    _say("near-duplicates, beside datasketch")
    return max(status, _show(sizes, options, _duplicates(QUICK_TEXTS if options.quick else TEXTS)))


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="under five minutes")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw the growth there")
    parser.add_argument("--sizes", type=lambda text: [int(part) for part in text.split(",")], metavar="N,N")
    return parser.parse_args(argv)


def _say(what: str) -> None:
    print(f"[{time.monotonic() - _STARTED:5.0f} s] {what}", file=sys.stderr, flush=True)


def _show(sizes: Sequence[Size], options: argparse.Namespace, more: dict[str, Figure]) -> int:
    questions = {name: [1000 * size.tiles[name].p95 for size in sizes] for name in sizes[0].tiles}
    _print("p95 in milliseconds, warm", sizes, questions, ".0f")
    _print("what grows", sizes, growth(sizes), ",.3g")
    for size in sizes:
        if size.full_text is None:
            print(f"DuckDB FTS, {size.count:,} documents: {size.without}")
    if options.plot:
        from benchmarks.lake.plotting import plot

        plot(sizes, options.plot)
    return publish("The lake", figures(sizes) | more, options.json)


def _print(
    title: str, sizes: Sequence[Size], rows: dict[str, list[float | None]] | dict[str, list[float]], form: str
) -> None:
    table = Table(title=title)
    table.add_column("")
    for size in sizes:
        table.add_column(f"{size.count:,}", justify="right")
    table.add_column("times", justify="right")
    for name, values in rows.items():
        known = [value for value in values if value]
        times = f"{known[-1] / known[0]:.2f}" if len(known) > 1 else ""
        table.add_row(name, *("" if value is None else format(value, form) for value in values), times)
    Console(width=130).print(table)


def _duplicates(n: int) -> dict[str, Figure]:
    # imported late: it sets how many threads numpy may use
    from benchmarks import stories

    made = stories.pool(random.Random(7), n)  # noqa: S311 - the same texts every time
    _, speed = stories.ours(made)
    peer = stories.datasketch(made)
    note = f"{len(made[0])} texts, text to links; recall by class: benchmarks/stories.py"
    if peer is None:
        _say("datasketch is not installed: make peers-stories")
        return {"near-duplicates, documents a second": Figure(speed, note=note)}
    return {
        "near-duplicates, documents a second": Figure(speed, note=note),
        "datasketch 0.7, documents a second": Figure(peer[1], note="128 permutations, runs of four words"),
        "near-duplicates, times datasketch": Figure(speed / peer[1], note="speed; it finds fewer"),
    }


if __name__ == "__main__":
    raise SystemExit(main())
