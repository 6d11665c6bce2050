"""The process that crawls: it has the Twisted reactor, and memory, to itself.

Started by the collect stage as `python -m pipelines.crawl_process`. The settings come from
the environment, the rest as one JSON line on standard input; progress goes out as JSON lines
on standard output. When the parent dies its end of standard input closes and this process
stops too, so that no orphan goes on crawling.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from dataclasses import asdict
from datetime import datetime
from typing import Any

from filelock import FileLock

from crawlers.context import Period
from crawlers.runner import CrawlContext, SourceReport, crawl
from pipelines.logs import to_file
from pipelines.privacy import key_masker, relevance, scrubber
from pipelines.settings import Settings

ORPHANED = 70


def main() -> None:
    """Crawl the sources named on standard input and report on standard output."""
    order = json.loads(sys.stdin.readline())
    threading.Thread(target=_stop_with_parent, daemon=True).start()
    settings = Settings.load()
    mask = key_masker(settings.config)
    to_file(settings.logs, "collect", mask)
    out = sys.stdout
    sys.stdout = sys.stderr  # nothing but progress may reach the parent's pipe

    def report(one: SourceReport) -> None:
        out.write(json.dumps(_plain(asdict(one))) + "\n")
        out.flush()

    context = CrawlContext(
        config=settings.config,
        landing=settings.landing,
        state=settings.state,
        run_id=order["run_id"],
        now=settings.now,
        scrub=scrubber(settings.config, settings.pseudonym_key()),
        is_relevant=relevance(settings.config),
        on_progress=report,
        secrets=os.environ,
        inbox=settings.inbox,
        mask_key=mask,
        due_only=order["due_only"],
        period=Period(*map(datetime.fromisoformat, order["period"])) if order["period"] else None,
    )
    settings.state.parent.mkdir(parents=True, exist_ok=True)
    wanted = set(order["sources"])
    with FileLock(settings.state.with_suffix(".lock")):
        for one in crawl([s for s in settings.config.sources if s.id in wanted], context):
            report(one)


def _stop_with_parent() -> None:
    while sys.stdin.readline():
        pass
    os._exit(ORPHANED)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in values.items()}


if __name__ == "__main__":
    main()
