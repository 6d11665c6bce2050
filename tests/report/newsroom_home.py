"""The newsroom with all of its 26 weeks, as `pati demo` leaves it; copied by whoever changes it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from report_seed import World

from config import Config
from warehouse import Lake, queries, store
from warehouse.queries import Week
from warehouse.store.documents import Batch

NOW = datetime.fromisoformat("2026-11-16T07:00:00+07:00")
"""Of `samples.world`."""
LATER = NOW + timedelta(hours=1)
"""When the sources that `fail` names were tried once more after the crawl."""
LAST = Week.parse("2026-W46")
WEEKS = [LAST.shift(-back) for back in range(26)]


def make(home: Path) -> Path:
    """Crawl the newsroom from end to end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    pati = Path(sys.executable).parent / "pati"
    subprocess.run(
        [pati, "--home", home, "demo", "--no-serve", "--newsroom-port", str(port)],
        env={**os.environ, "PATI_FAST": "1"}, check=True, capture_output=True, timeout=850,
    )  # fmt: skip
    return home


def copied(home: Path, to: Path, now: datetime = NOW) -> Lake:
    """The lake once more, to be changed."""
    shutil.copytree(home / "lake", to / "lake")
    return Lake(to, now=now)


def outlets(lake: Lake) -> list[str]:
    """Ids of the active outlets."""
    found = queries.records(queries.sources(lake))
    return [row["source_id"] for row in found if row["kind"] == "news" and row["verdict"] == "baik"]


def put(lake: Lake, config: Config, world: World) -> None:
    """Add the documents of a world, with its stories in place of all others."""
    version = queries.status(lake).model_version
    store.store_batch(
        lake,
        Batch({"tambahan": len(world.documents)}, "r9", world.documents, world.complaints, [], []),
        NOW,
    )
    store.add_enrichment(lake, [{**row, "model_version": version} for row in world.labels])
    store.replace_stories(lake, list(world.stories.values()), world.members)
    store.add_alert_events(lake, lambda: world.alerts)


def fail(lake: Lake, sources: Sequence[str]) -> None:
    """Let some sources be out of reach since the beginning of the last complete week, until `LATER`."""
    start = datetime.fromisoformat(f"{LAST.monday}T03:00:00+07:00")
    tried = [*(start + timedelta(hours=12 * n) for n in range(14)), LATER]
    store.record_sources(lake, [
        store.SourceRow(f"putus-{n}", key, moment, reachable=False, n_in=0,
                        n_stored=0, n_duplicate=0, n_rejected=0, last_error="timeout")
        for n, moment in enumerate(tried) for key in sources
    ])  # fmt: skip
