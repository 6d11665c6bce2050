"""One real crawl against the hostile web, in a process of its own, and what came of it."""

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from crawlers.discovery import Found
from crawlers.items import Alias, Document, Record, Rejection
from crawlers.landing import batches, read_batch
from crawlers.state import CrawlState
from tests.hostile.model import DOMAIN, Case
from tests.hostile.web import Visit, Web

ROOT = Path(__file__).resolve().parents[2]
AGENT = "PatiMaju-uji/1.0"
CONTACT = "https://example.org/uji"
PATTERN_CAP = 20


@dataclass(frozen=True)
class Run:
    """What one crawl left behind.

    Attributes:
        seconds: wall time.
        peak_mb: largest resident memory of the crawl process, and of the largest of its readers.
        reports: by source id.
        records: everything in the landing zone.
        waiting: source id to the addresses that wait for the next run.
    """

    seconds: float
    peak_mb: tuple[float, float]
    reports: Mapping[str, Mapping[str, Any]]
    records: Sequence[Record]
    waiting: Mapping[str, set[str]]

    def document(self, source: str, url: str) -> Document | None:
        """The document that an address led to, by whichever of its names."""
        ids = {r.doc_id for r in self.records if isinstance(r, Alias) and r.url == url}
        own = [r for r in self.records if isinstance(r, Document) and r.source_id == source]
        found = [d for d in own if url in {d.url, d.canonical_url, *d.aliases} or d.doc_id in ids]
        return found[-1] if found else None

    def rejection(self, source: str, url: str) -> Rejection | None:
        """The rejection that an address ended in."""
        own = (r for r in self.records if isinstance(r, Rejection) and r.source_id == source)
        return next((r for r in own if r.key == url), None)

    def names(self, document: Document) -> set[str]:
        """All further addresses of a document."""
        later = {r.url for r in self.records if isinstance(r, Alias) and r.doc_id == document.doc_id}
        return later | set(document.aliases)

    def aliases(self, source: str) -> set[str]:
        """Addresses that turned out to lead to a document that was known already."""
        return {r.url for r in self.records if isinstance(r, Alias) and r.source_id == source}


def write_config(home: Path, web: Web, cases: Sequence[Case], more: Sequence[dict[str, Any]] = ()) -> None:
    """Write `sources.yaml` and `crawl.yaml` for a crawl of these cases."""
    folder = home / "config"
    folder.mkdir(parents=True)
    sources = [source_of(case, web.port) for case in cases] + list(more)
    crawl = {
        "user_agent": AGENT,
        "contact": CONTACT,
        "delay_seconds": 0.0,
        "timeout_seconds": 4.0,
        "longest_wait_seconds": 6.0,
        "max_bytes": 10_000_000,
        "per_pattern_cap": PATTERN_CAP,
        "allow_hosts": [f"*.{DOMAIN}"],
        "allow_ports": [web.port],
        "youtube": {"api_endpoint": f"http://api.{DOMAIN}:{web.port}", "api_key_env": "UJI_KEY"},
    }
    (folder / "sources.yaml").write_text(yaml.safe_dump({"sources": sources}, allow_unicode=True))
    (folder / "crawl.yaml").write_text(yaml.safe_dump(crawl))


def source_of(case: Case, port: int) -> dict[str, Any]:
    """The source that a case's host is."""
    root = f"http://{case.name}:{port}"
    entry: dict[str, Any] = {case.method: root + case.entry}
    if case.method == "listing":
        entry["link_pattern"] = "/(?:baik|cerita|putar|acara)"
    return {
        "id": case.id, "name": case.what, "kind": "news", "url": root, "scope": "pati_only",
        "discover": [entry], "permission": "robots_ok", "status": "active",
    }  # fmt: skip


def crawl(home: Path, now: datetime, program: str = "tests.crawlers.drive") -> Run:
    """Crawl in a process of its own and read what it left."""
    started = time.monotonic()
    command = [sys.executable, "-m", program, str(home), now.isoformat()]
    done = subprocess.run(command, cwd=ROOT, timeout=240, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    seconds = time.monotonic() - started
    usage = json.loads((home / "usage.json").read_text())
    reports = {r["source_id"]: r for r in json.loads((home / "reports.json").read_text())}
    with CrawlState(home / "state.db") as state:
        waiting = {s: {Found.from_json(payload).url for payload, _ in state.waiting(s)} for s in reports}
    records = [record for batch in batches(home / "landing") for record in read_batch(batch)]
    return Run(seconds, (usage["self_mb"], usage["readers_mb"]), reports, records, waiting)


@dataclass(frozen=True)
class Trial:
    """A night and the night after it, against one web.

    Attributes:
        web: the hosts, with what they saw.
        first: the first crawl.
        second: the second one; its records include the first one's.
    """

    web: Web
    first: Run
    second: Run

    @property
    def pattern_cap(self) -> int:
        """How many addresses that differ only in their parameters are fetched."""
        return PATTERN_CAP

    def visits(self, case: Case) -> list[Visit]:
        """What a case's host saw in the first night."""
        return self.web.of(case.name)

    def url(self, case: Case, path: str) -> str:
        """An absolute address on a case's host."""
        port = str(self.web.port)
        return path.replace("PORT", port) if "//" in path else f"http://{case.name}:{port}{path}"
