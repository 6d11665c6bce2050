"""Runs crawls of API sources in this process: no reactor is needed, so as many as a test likes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from config import load_config
from crawlers.context import CrawlContext, SourceReport
from crawlers.items import Counts, Document, Record, Rejection, Tombstone
from crawlers.landing import batches, read_batch
from crawlers.runner import crawl
from crawlers.state import CrawlState

AGENT = {
    "user_agent": "uji/1",
    "contact": "https://example.org",
    "delay_seconds": 0.0,
    "timeout_seconds": 5.0,
}
LOOPBACK = {"allow_hosts": ["127.0.0.1"]}


def source(name: str, *discover: Mapping[str, str], **more: Any) -> dict[str, Any]:
    return {
        "id": name, "name": name.title(), "kind": "social", "scope": "pati_only", "discover": list(discover),
        "permission": "agreement", "status": "active", **more,
    }  # fmt: skip


def as_it_is(document: Document) -> Document:
    return document


@dataclass
class Desk:
    """A home folder and a clock."""

    home: Path
    now: datetime
    secrets: Mapping[str, str] = field(default_factory=dict)
    scrub: Callable[[Document], Document] = as_it_is
    runs: int = 0

    def configure(self, sources: list[dict[str, Any]], **files: Mapping[str, Any]) -> None:
        """Write sources.yaml and, by their names, further files."""
        folder = self.home / "config"
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in {"sources": {"sources": sources}, **files}.items():
            (folder / f"{name}.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")

    def run(self, *, due_only: bool = False) -> dict[str, SourceReport]:
        """Crawl once."""
        self.runs += 1
        config = load_config(self.home / "config")
        context = CrawlContext(
            config=config, landing=self.home / "landing", state=self.state, run_id=f"run-{self.runs:03d}",
            now=lambda: self.now, scrub=self.scrub, is_relevant=lambda d: "pati" in d.text.lower(),
            on_progress=lambda _: None, secrets=self.secrets, inbox=self.home / "inbox", due_only=due_only,
        )  # fmt: skip
        reports = {report.source_id: report for report in crawl(config.sources, context)}
        for report in reports.values():
            assert report.n_in == report.n_stored + report.n_duplicate + report.n_rejected
        return reports

    @property
    def state(self) -> Path:
        return self.home / "state.db"

    def records(self, run: int | None = None) -> list[Record]:
        """Everything in the landing zone, or what one run put there."""
        wanted = None if run is None else f"run-{run:03d}"
        paths = [p for p in batches(self.home / "landing") if wanted in (None, p.parent.name)]
        return [record for path in paths for record in read_batch(path)]

    def documents(self, run: int | None = None) -> list[Document]:
        return [r for r in self.records(run) if isinstance(r, Document)]

    def counts(self, run: int | None = None) -> list[Counts]:
        return [r for r in self.records(run) if isinstance(r, Counts)]

    def tombstones(self, run: int | None = None) -> list[Tombstone]:
        return [r for r in self.records(run) if isinstance(r, Tombstone)]

    def rejections(self, run: int | None = None) -> list[Rejection]:
        return [r for r in self.records(run) if isinstance(r, Rejection)]

    def cursor(self, source_id: str, name: str) -> str | None:
        with CrawlState(self.state) as state:
            return state.cursor(source_id, name)
