"""One worker of the benchmark: waits for the others, does its part, says how long it took.

``job.py label HOME K N`` labels a part of a lake; ``job.py analyse HOME K N`` labels the same texts without
storing anything (it has read them before it is ready); ``job.py spin`` does arithmetic without our code. The
last two say what two processes can reach on this machine at all.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

MOST = 1_000_000
"""Documents of a benchmark's lake, at most."""


def spin() -> None:
    """Plain Python and small matrices, about half of the time each: what labelling is made of."""
    rng = np.random.default_rng(7)
    square = rng.random((160, 160))
    for _ in range(60):
        words: dict[str, int] = {}
        for number in range(60_000):
            key = str(number % 997)
            words[key] = words.get(key, 0) + 1
        for _ in range(25):
            square = square @ square
            square /= np.abs(square).max()


def main(arguments: list[str]) -> None:
    """Get ready, say so, wait for a line, work, say how long."""
    if arguments[0] in ("label", "analyse"):
        home, k, n = Path(arguments[1]), int(arguments[2]), int(arguments[3])
        from pipelines.learning import load_analyzer
        from pipelines.progress import Silent
        from pipelines.scope import Part
        from pipelines.settings import Settings
        from pipelines.stages import enrich
        from warehouse import Lake
        from warehouse.store import documents_to_enrich

        settings = Settings.load(home)
        analyzer = load_analyzer(settings)
        analyzer.analyze(["Lampu jalan di Pati padam."], ["news"], ["general"], titles=[None])
        lake = Lake(settings.home, now=settings.now())
        rows = documents_to_enrich(lake, analyzer.version, MOST, (k, n)) if arguments[0] == "analyse" else []

        def work() -> None:
            if arguments[0] == "label":
                enrich.run(lake, settings, Silent(), analyzer, Part(k, n))
            for start in range(0, len(rows), enrich.CHUNK):
                enrich.label(analyzer, rows[start : start + enrich.CHUNK])
    else:
        work = spin
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    began = time.perf_counter()
    work()
    sys.stdout.write(f"{time.perf_counter() - began}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
