"""Runs one crawl in a process of its own: `python -m tests.crawlers.drive HOME NOW [due | SINCE UNTIL]`.

Reads HOME/config and HOME/inbox; writes HOME/landing, HOME/state.db and, at the end,
HOME/reports.json and HOME/usage.json (peak memory). A reactor runs once in a process, and a
killed crawl must be a real process.
"""

import json
import logging
import os
import re
import resource
import sys
import time
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from config import load_config
from crawlers.context import Period
from crawlers.runner import CrawlContext, crawl


def main() -> None:
    home, now = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
    scope = sys.argv[3:]
    period = Period(*map(datetime.fromisoformat, scope)) if len(scope) == 2 else None
    logging.basicConfig(filename=home / "log.txt", level=logging.INFO)
    config = load_config(home / "config")
    context = CrawlContext(
        config=config,
        landing=home / "landing",
        state=home / "state.db",
        run_id=f"run-{time.time_ns()}",
        now=lambda: now,
        scrub=lambda document: document,
        is_relevant=lambda document: "Pati" in document.text or "PATI" in document.text,
        on_progress=lambda _report: None,
        secrets={config.crawl.youtube.api_key_env: "demo", **os.environ},
        inbox=home / "inbox",
        due_only=scope == ["due"],
        period=period,
    )
    reports = crawl(config.sources, context)
    (home / "reports.json").write_text(json.dumps([asdict(r) for r in reports], default=str))
    # kilobytes on Linux; the kernel's figure for this process would begin with the size of the one that
    # started it, however little of that it keeps
    high = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    readers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    own = int(high.group(1)) if high else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    usage = {"self_mb": own / 1024, "readers_mb": readers / 1024}
    (home / "usage.json").write_text(json.dumps(usage))


if __name__ == "__main__":
    main()
