"""Ours: the crawl as `pati run` makes it, into a landing zone. Nothing is masked: no peer does."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from benchmarks.crawling.job import LAG, LAG_VARIABLE, stay_inside, task


def configure(folder: Path, hosts: Iterable[str], port: int, sitemap: str) -> None:
    """Write the configuration: a source per host, no pause, everything else as delivered.

    Args:
        folder: the configuration's folder.
        hosts: loopback addresses.
        port: where they are served.
        sitemap: path of the sitemap to crawl.
    """
    hosts = sorted(set(hosts))
    sources = [
        {
            "id": f"hos_{host.replace('.', '_')}",
            "name": host,
            "kind": "news",
            "url": f"http://{host}:{port}",
            "scope": "pati_only",
            "discover": [{"sitemap": f"http://{host}:{port}{sitemap}"}],
            "permission": "robots_ok",
            "status": "active",
        }
        for host in hosts
    ]
    crawl = {
        "user_agent": "PatiMaju-tolok-ukur/1.0",
        "contact": "https://example.org/tolok-ukur",
        "delay_seconds": 0.0,
        "allow_hosts": [f"{host}:{port}" for host in hosts],
    }
    folder.mkdir()
    # JSON is YAML
    (folder / "sources.yaml").write_text(json.dumps({"sources": sources}), encoding="utf-8")
    (folder / "crawl.yaml").write_text(json.dumps(crawl), encoding="utf-8")


def main() -> int:
    """Crawl."""
    stay_inside()
    from config import load_config
    from crawlers.runner import CrawlContext, crawl

    folder = Path(sys.argv[1])
    os.environ[LAG_VARIABLE] = str(folder / LAG)
    now = datetime.fromisoformat(task(folder)["now"])
    config = load_config(folder / "config")
    context = CrawlContext(
        config=config,
        landing=folder / "landing",
        state=folder / "state.db",
        run_id="benchmark",
        now=lambda: now,
        scrub=lambda document: document,
        is_relevant=lambda _document: True,
        on_progress=lambda _report: None,
        secrets={},
        inbox=folder / "inbox",
    )
    crawl(config.sources, context, extensions=("benchmarks.crawling.lag.LagProbe",))
    return 0


if __name__ == "__main__":
    sys.exit(main())
