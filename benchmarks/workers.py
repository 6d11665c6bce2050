"""Labelling with one worker and with two, side by side in one run, on lakes of made-up documents.

Each worker is a process with one thread, as a Celery worker's task is. Beside it, in the same rounds, the
same texts labelled without any lake: the most that a second worker can bring on this machine, whose two
cores may be two threads of one; and processes that do arithmetic without our code.
Run: ``python benchmarks/workers.py [--quick] [--json FILE]``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.lake.making import make
from benchmarks.report import Figure, arguments, publish

ROOT = Path(__file__).resolve().parent.parent
GOAL = 1.8
QUICK, FULL = (1_800, 1), (9_000, 3)
"""Documents and rounds."""


def seconds(jobs: Sequence[Sequence[str]]) -> float:
    """Start workers, let them begin at one moment; how long until the last is done."""
    environment = {
        **os.environ, "PATI_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.scaling.job", *job],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
        )
        for job in jobs
    ]  # fmt: skip
    for one in started:
        if one.stdout is None or one.stdout.readline() != "ready\n":
            raise SystemExit(f"a worker did not start: {one.args}")
    for one in started:
        if one.stdin:
            one.stdin.write("go\n")
            one.stdin.flush()
    return max(float(one.communicate()[0]) for one in started)


def labelled(template: Path, folder: Path, n: int, job: str = "label") -> float:
    """How long `n` workers take to label a copy of a lake, or (``analyse``) only to find the labels."""
    home = folder / f"home-{n}"
    shutil.copytree(template, home)
    try:
        return seconds([[job, str(home), str(k), str(n)] for k in range(n)])
    finally:
        shutil.rmtree(home)


def figures(count: int, rounds: int) -> dict[str, Figure]:
    """One worker, then two, and the same without our code, round after round."""
    label, pure, plain, one = [], [], [], []
    with tempfile.TemporaryDirectory(prefix="pati-workers-") as name:
        folder = Path(name)
        make(folder / "template", count).close()
        for _ in range(rounds):
            alone = labelled(folder / "template", folder, 1)
            label.append(alone / labelled(folder / "template", folder, 2))
            one.append(count / alone)
            pure.append(
                labelled(folder / "template", folder, 1, "analyse")
                / labelled(folder / "template", folder, 2, "analyse")
            )
            plain.append(2 * seconds([["spin"]]) / seconds([["spin"]] * 2))
    share = median(label) / median(pure)
    return {
        "label: two workers ÷ one": Figure(median(label), GOAL, note=f"{count} documents, {rounds} rounds"),
        "ceiling: two that only find labels ÷ one": Figure(
            median(pure), note="the same texts and processes, without a lake"
        ),
        "machine: two plain processes ÷ one": Figure(
            median(plain), note="the same machine, without our code"
        ),
        "label ÷ ceiling": Figure(share, 0.95, note="what is lost to the write lock and the lake"),
        "documents a second, one worker": Figure(median(one), note="absolute: of this machine only"),
    }


if __name__ == "__main__":
    options = arguments(__doc__ or "")
    chosen = QUICK if options.quick else FULL
    sys.exit(publish("Workers that label", figures(*chosen), options.json))
