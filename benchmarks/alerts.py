"""Alerts within a budget: false alerts a month and rises found, beside the usual ways, the same weeks.

Beside ours: more than two or three standard deviations above eight weeks (what dashboards offer), and our
count model with Benjamini-Hochberg at 10 % instead of a budget.
Run: ``python benchmarks/alerts.py [--quick] [--json FILE]``.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.alerting.simulate import deaths, discovery, false_alerts, ours, rises_found, sigmas
from benchmarks.alerting.worlds import World
from benchmarks.report import Figure, arguments, publish
from config import Alerts, Budget

SEED = 20_261_116
WORLDS = {
    "ordinary": World(),
    "rough": World(spread=1.8, wave=0.5, drift=0.02, holiday=0.5),
    "Poisson": World(spread=1.0, wave=0.0, drift=0.0, holiday=1.0),
    "broken": World(broken=0.1),
}
FAMILIES = ("topic", "office", "topic in a kecamatan")
BUDGET, FOUND = 2.0, 0.8
OTHERS = {"2 sigma": sigmas(2), "3 sigma": sigmas(3), "Benjamini-Hochberg 10%": discovery(0.1)}


@dataclass(frozen=True)
class Sizes:
    """How much is simulated.

    Attributes:
        years: of ordinary weeks.
        others: years of each other kind of weeks.
        trials: rises.
    """

    years: int
    others: int
    trials: int


FULL, QUICK = Sizes(200, 100, 500), Sizes(20, 20, 100)


def budgets(size: Sizes) -> Iterator[tuple[str, Figure]]:
    """False alerts in every kind of weeks."""
    for name, world in WORLDS.items():
        years = size.years if name == "ordinary" else size.others
        # doubling and halving for good is an event, not a false alert: it is only said
        goal = None if name == "broken" else BUDGET
        n = false_alerts(ours(Alerts()), world, years, SEED)
        yield f"false alerts a month, {name}", Figure(n, goal, higher_is_better=False, note=f"{years} years")
    half = ours(Alerts(budget=Budget(false_per_month=0.5)))
    n = false_alerts(half, World(), size.others, SEED)
    yield (
        "false alerts a month, ordinary, budget 0.5",
        Figure(n, 0.5, higher_is_better=False, note=f"{size.others} years"),
    )


def rises(size: Sizes) -> Iterator[tuple[str, Figure]]:
    """Threefold rises found in every family."""
    for name, world in WORLDS.items():
        if name == "broken":
            continue
        found = rises_found(ours(Alerts()), world, size.trials, SEED, families=range(len(FAMILIES)))
        for family, one in zip(FAMILIES, found, strict=True):
            goal = FOUND if name != "rough" and family != FAMILIES[-1] else None
            note = f"{size.trials} rises; in the first week {one.first:.2f}"
            yield f"4 → 12 a week found within 2 weeks, {family}, {name}", Figure(one.second, goal, note=note)


def dead_sources(size: Sizes) -> Iterator[tuple[str, Figure]]:
    """Alerts about topics while sources are dead and after their return."""
    districts = f"{size.others} districts, 12 weeks each"
    n = deaths(Alerts(), World(), size.others, SEED)
    yield (
        "3 of 8 sources dead, alerts a month about topics",
        Figure(n, BUDGET, higher_is_better=False, note=districts),
    )
    few = max(size.others // 5, 5)
    for aware in (True, False):
        n = deaths(Alerts(), World(), few, SEED, n_dead=6, aware=aware)
        name = f"6 of 8 sources dead, {'knowing' if aware else 'not knowing'} which"
        yield name, Figure(n, note=f"{few} districts, 12 weeks each")


def usual_ways(size: Sizes) -> Iterator[tuple[str, Figure]]:
    """What others do, on the same ordinary weeks."""
    years = max(size.years // 5, 5)
    for name, detect in OTHERS.items():
        n = false_alerts(detect, World(), years, SEED)
        yield f"{name}: false alerts a month, ordinary", Figure(n, note=f"{years} years")
        (found,) = rises_found(detect, World(), size.trials, SEED)
        yield f"{name}: found within 2 weeks, topic", Figure(found.second, note=f"{size.trials} rises")


def main() -> int:
    """Measure and print."""
    asked = arguments(__doc__.splitlines()[0])
    size, begun = QUICK if asked.quick else FULL, time.process_time()
    shown, figures = Console(stderr=True, soft_wrap=True), {}
    for part in (budgets, rises, dead_sources, usual_ways):
        for name, figure in part(size):
            figures[name] = figure
            shown.print(
                f"{time.process_time() - begun:6.0f} s CPU  {name}: {figure.value:.3f} ({figure.note})"
            )
    return publish("Alerts", figures, asked.json)


if __name__ == "__main__":
    sys.exit(main())
