"""The dashboard at 0.1 and 1 million documents: in a real browser, and with twenty people at once.

For each size a lake of made-up documents is written and served. Chromium measures a first visit, switching
pages and changing a filter, beside an empty Streamlit app in the same run: what that takes is not ours. Then
20 sessions (websocket clients, not browsers) click for two minutes, 2 to 6 seconds between a page that
stands and the next click, while 10,000 new documents go through the real stages load, index and link.
``--quick`` takes smaller lakes, fewer visits and half a minute; ``--sizes`` any others.
Run: ``python benchmarks/dashboard.py [--quick] [--json FILE] [--sizes N,N]``. Needs Chromium.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from rich.console import Console
from rich.table import Table

from benchmarks.browsing import serving
from benchmarks.browsing.sessions import Clicked, clicking
from benchmarks.browsing.visits import PAGES, browser, filters, first_visits, opened, switches
from benchmarks.lake import loading
from benchmarks.lake.making import make
from benchmarks.report import Figure, publish
from config import load_config
from pipelines.scheduling.work import BEHIND
from pipelines.searching import search_words
from warehouse.search import refresh

FULL, QUICK = (100_000, 1_000_000), (20_000, 50_000)
SESSIONS = 20
_STARTED = time.monotonic()


@dataclass(frozen=True)
class Size:
    """What was measured at one size, in seconds.

    Attributes:
        count: documents.
        visits: first visits.
        pages: switching to each page of the menu.
        filters: changing each filter.
        clicked: what came of many sessions at once.
        load: how long the load took that ran beside them; None: it was not over before them.
    """

    count: int
    visits: list[float]
    pages: dict[str, list[float]]
    filters: dict[str, list[float]]
    clicked: Clicked
    load: float | None


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print."""
    options = _arguments(argv)
    n, rounds, seconds = (5, 2, 30) if options.quick else (15, 4, 120)
    with browser() as chromium, serving.empty() as url:
        empty_visits = first_visits(chromium, url, n)
        page = opened(chromium, url)
        empty_switches = [
            one for taken in switches(page, ("Dua", "Satu"), 2 * rounds).values() for one in taken
        ]
        page.close()
    sizes = []
    for count in options.sizes or (QUICK if options.quick else FULL):
        sizes.append(measure(count, n, rounds, seconds))
        _table(sizes, empty_visits, empty_switches)
    return publish("The dashboard", figures(sizes, empty_visits, empty_switches), options.json)


def measure(count: int, n: int, rounds: int, seconds: float) -> Size:
    """Everything at one size."""
    with tempfile.TemporaryDirectory(prefix="pati-dashboard-") as folder:
        home = Path(folder)
        with make(home, count) as lake:
            refresh(lake, search_words(load_config()), rebuild=True)
        _say(f"{count:,}: lake and search index made")
        with serving.dashboard(home) as url:
            with browser() as chromium:
                visits = first_visits(chromium, url, n)
                page = opened(chromium, url)
                pages = switches(page, PAGES, rounds)
                changed = filters(page, url)
            _say(f"{count:,}: browser done")
            clicked, load = _crowd(home, url, seconds)
        _say(f"{count:,}: {len(clicked.seconds)} clicks, {len(clicked.errors)} errors")
        return Size(count, visits, pages, changed, clicked, load)


def _crowd(home: Path, url: str, seconds: float) -> tuple[Clicked, float | None]:
    """Many sessions, while a load runs; a load that fails fails the benchmark."""
    loading.land(home, "ramai")
    took: list[float] = []
    failed: list[BaseException] = []

    def loads() -> None:
        began = time.monotonic()
        try:
            loading.measure(home, "ramai", BEHIND)
        except RuntimeError as err:
            failed.append(err)
        took.append(time.monotonic() - began)

    beside = threading.Thread(target=loads)
    beside.start()
    clicked = clicking(url, SESSIONS, seconds)
    still = beside.is_alive()
    beside.join()
    if failed:
        raise failed[0]
    return clicked, None if still else took[0]


def figures(sizes: Sequence[Size], visits: list[float], switched: list[float]) -> dict[str, Figure]:
    """The largest size beside the goals, and the growth from the smallest."""
    small, large = sizes[0], sizes[-1]
    first, other = statistics.median(visits), statistics.median(switched)
    slow = max(large.filters, key=lambda name: statistics.median(large.filters[name]))
    of = f"{large.count:,} documents, median"
    return {
        "first visit, seconds more than empty": _most(
            statistics.median(large.visits) - first, 1.0, f"{of}; empty {first:.2f} s"
        ),
        "switching pages, seconds more than empty": _most(
            statistics.median(_all(large.pages)) - other, 0.7, f"{of}; empty {other:.2f} s"
        ),
        "filter change, seconds": _most(
            statistics.median(_all(large.filters)), 0.5,
            f"{of}; slowest {slow}: {statistics.median(large.filters[slow]):.2f} s",
        ),
        f"{SESSIONS} sessions, p95 seconds": _most(
            _p95(large.clicked.seconds), 2.0, f"{len(large.clicked.seconds)} clicks while a load runs"
        ),
        f"{SESSIONS} sessions, errors": _most(
            sum(len(size.clicked.errors) for size in sizes), 0, "; ".join(large.clicked.errors[:2])
        ),
        "switching pages, times the smaller lake": Figure(
            statistics.median(_all(large.pages)) / statistics.median(_all(small.pages)),
            note=f"{small.count:,} to {large.count:,} documents",
        ),
    }  # fmt: skip


def _most(value: float, goal: float, note: str) -> Figure:
    return Figure(value, goal, higher_is_better=False, note=note)


def _all(taken: dict[str, list[float]]) -> list[float]:
    return [one for values in taken.values() for one in values]


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else float("inf")


def _table(sizes: Sequence[Size], visits: list[float], switched: list[float]) -> None:
    table = Table(title="seconds, medians")
    for heading in ("", "empty app", *(f"{size.count:,}" for size in sizes)):
        table.add_column(heading, justify="right" if heading else "left")
    rows = {"first visit": ([size.visits for size in sizes], visits)}
    rows |= {f"to {name}": ([size.pages[name] for size in sizes], switched) for name in PAGES}
    rows |= {name: ([size.filters[name] for size in sizes], []) for name in sizes[0].filters}
    for name, (values, beside) in rows.items():
        cells = [f"{statistics.median(one):.2f}" for one in values]
        table.add_row(name, f"{statistics.median(beside):.2f}" if beside else "", *cells)
    table.add_row("20 sessions, median", "", *(f"{statistics.median(s.clicked.seconds):.2f}" for s in sizes))
    table.add_row("20 sessions, p95", "", *(f"{_p95(s.clicked.seconds):.2f}" for s in sizes))
    table.add_row(
        "the load beside them", "", *("longer" if s.load is None else f"{s.load:.0f}" for s in sizes)
    )
    Console(width=120).print(table)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="under five minutes")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--sizes", type=lambda text: [int(part) for part in text.split(",")], metavar="N,N")
    return parser.parse_args(argv)


def _say(what: str) -> None:
    print(f"[{time.monotonic() - _STARTED:5.0f} s] {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
