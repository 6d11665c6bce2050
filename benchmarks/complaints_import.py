"""What importing complaints costs: 100,000 rows with personal data in them, twice.

`pati import complaints` runs in a fresh process, on all cores it is given, on a CSV and on a
workbook of the same rows; the second import of the same file must add nothing. Memory is that
of the whole process tree, pages that processes share counted for each. ``--quick`` takes a fifth
of the rows; its times are scaled up and its memory is as measured.
Run: ``python benchmarks/complaints_import.py [--quick] [--json FILE]``.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.complaints.rows import write_csv, write_xlsx
from benchmarks.crawling.measure import Usage, run
from benchmarks.report import Figure, arguments, publish

ALL, QUICK = 100_000, 20_000
MOST_SECONDS, MOST_MEMORY = 60.0, 1024.0
NOW = "2026-11-28T07:00:00+07:00"


@dataclass(frozen=True, slots=True)
class Imported:
    """One import.

    Attributes:
        usage: what it took.
        new: documents that it added.
        lost: records in that are neither stored, duplicate nor rejected.
    """

    usage: Usage
    new: int
    lost: int


def main() -> int:
    """Measure and print."""
    options = arguments(__doc__ or "")
    count = QUICK if options.quick else ALL
    scale = ALL / count
    figures: dict[str, Figure] = {}
    with tempfile.TemporaryDirectory(prefix="pati-import-") as name:
        work = Path(name)
        for ending, write in ((".csv", write_csv), (".xlsx", write_xlsx)):
            path, home = work / f"aduan{ending}", work / f"home{ending}"
            write(path, count)
            size = path.stat().st_size / 1e6
            first, again = (_import(path, home, work / "log.txt") for _ in range(2))
            of = f"{count} rows, {size:.0f} MB {ending[1:]}"
            figures |= {
                f"{ending[1:]} seconds": Figure(
                    first.usage.wall * scale,
                    MOST_SECONDS,
                    higher_is_better=False,
                    note=f"{of}; wall, per {ALL} rows",
                ),
                f"{ending[1:]} cpu seconds": Figure(first.usage.cpu * scale, note=f"{of}; per {ALL} rows"),
                f"{ending[1:]} memory": Figure(
                    first.usage.tree,
                    MOST_MEMORY,
                    higher_is_better=False,
                    note="peak of the process tree, MiB",
                ),
                f"{ending[1:]} new": Figure(first.new, count, note="documents added by the first import"),
                f"{ending[1:]} again": Figure(
                    again.new, 0, higher_is_better=False, note="documents added by the second import"
                ),
                f"{ending[1:]} again seconds": Figure(
                    again.usage.wall * scale, note="wall of the second import"
                ),
                f"{ending[1:]} lost": Figure(
                    first.lost + again.lost, 0, higher_is_better=False, note="rows not accounted for"
                ),
            }
    return publish("Importing complaints", figures, options.json)


def _import(path: Path, home: Path, log: Path) -> Imported:
    pati = Path(sys.executable).parent / "pati"
    command = [str(pati), "--home", str(home), "import", "complaints", str(path), "--json"]
    usage = run(command, {**os.environ, "PATI_NOW": NOW}, None, log)
    if usage.status:
        raise SystemExit(f"the import failed: {usage.output}")
    said = log.read_text(encoding="utf-8")
    results = json.loads(said[said.index("{") :])["results"]
    load = next(one for one in results if one["stage"] == "load")
    lost = sum(one["n_in"] - one["n_stored"] - one["n_duplicate"] - one["n_rejected"] for one in results)
    return Imported(usage, load["n_new"], lost)


if __name__ == "__main__":
    raise SystemExit(main())
