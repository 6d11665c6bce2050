"""How long a weekly report takes on a large lake, and how much memory.

    python -m benchmarks.weekly [--quick] [--json FILE]

The lake is made up (`benchmarks.lake.making`): 1,000,000 documents, 90,000 with ``--quick``. The report is
written by a process of its own, so that memory is that of the report alone; goals: 20 s and 1 GB.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.lake.making import NOW, make
from benchmarks.report import Figure, arguments, publish

SECONDS, MEGABYTES = 20.0, 1000.0
WHOLE, QUICK = 999_900, 90_000

CHILD = """
import json, re, sys, time
from datetime import datetime
from pathlib import Path
from config import load_config
from dashboard.report import build_weekly
from warehouse import Lake
from warehouse.queries import last_complete_week
home, out, now = Path(sys.argv[1]), Path(sys.argv[2]), datetime.fromisoformat(sys.argv[3])
start = time.perf_counter()
with Lake(home, now=now) as lake:
    report = build_weekly(lake, load_config(), last_complete_week(now), out)
seconds = time.perf_counter() - start
# Not ru_maxrss: a new process begins with that of the one that started it, which made the lake.
peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) * 1.024 / 1000
print(json.dumps({"seconds": seconds, "peak": peak, "pages": report.pages}))
"""


def main() -> int:
    """Make the lake, write the report, print the figures."""
    wanted = arguments(__doc__ or "")
    count = QUICK if wanted.quick else WHOLE
    with tempfile.TemporaryDirectory(prefix="pati-weekly-") as folder:
        home, out = Path(folder) / "home", Path(folder) / "out"
        make(home, count).close()
        written = subprocess.run(
            [sys.executable, "-c", CHILD, str(home), str(out), NOW.isoformat()],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
    found = json.loads(written.stdout)
    return publish(
        f"A weekly report of {count:,} documents",
        {
            "seconds": Figure(
                found["seconds"], SECONDS, higher_is_better=False, note="lake opened to files written"
            ),
            "peak MB": Figure(found["peak"], MEGABYTES, higher_is_better=False, note="resident memory"),
            "pages": Figure(found["pages"], note="of the PDF, annex included"),
        },
        wanted.json,
    )


if __name__ == "__main__":
    sys.exit(main())
