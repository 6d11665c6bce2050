"""How a DAG's tasks do their work: the same functions that `pati run` calls.

Importable without Airflow; the DAG files themselves need it. Everything heavy is imported inside a task.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.result import StageResult
    from pipelines.settings import Settings

PARTS = int(os.environ.get("PATI_ENRICH_PARTS") or 4)
"""Classes of documents that are labelled side by side: as many as there are workers to do it."""
RETRY_SECONDS = float(os.environ.get("PATI_RETRY_SECONDS") or 60)
"""Before the first repetition of a task; doubled each time."""
Counts = dict[str, int | str]
"""What a task leaves in its log and as its return value."""


def deployments() -> list[str | None]:
    """The tenants of this deployment; ``[None]``: one regency, in the home folder itself."""
    from pipelines.settings import DEFAULT_HOME, HOME_VAR
    from pipelines.tenants import tenants

    return [*tenants(Path(os.environ.get(HOME_VAR) or DEFAULT_HOME))] or [None]


def minute(tenant: str | None) -> int:
    """Minute of the hour at which a regency's hourly run begins: tenants are spread over the hour."""
    return 5 if tenant is None else int(hashlib.sha256(tenant.encode()).hexdigest(), 16) % 60


def lanes(tenant: str | None = None) -> dict[str, list[str]]:
    """Sources to collect, by lane (what they share: a host or a platform)."""
    from crawlers.lanes import lanes as lanes_of

    return lanes_of([one for one in _settings(tenant).config.sources if one.status == "active"])


def run_stage(name: str, tenant: str | None = None) -> Counts:
    """Run one whole stage with the settings of the environment (PATI_HOME, PATI_CONFIG)."""
    from pipelines.run import run_stages
    from pipelines.scope import Scope

    return _told(run_stages(_settings(tenant), (name,), scope=Scope(due_only=True))[0])


def begin(tenant: str | None = None) -> None:
    """What comes before a run's first stage."""
    from pipelines import beside

    beside.begin(_settings(tenant))


def collect(lane: str, source: str, tenant: str | None = None) -> Counts:
    """Collect one source of a lane, if one of its feeds is due."""
    from pipelines.beside import collect_part
    from pipelines.scope import Scope

    return _told(collect_part(_settings(tenant), lane, [source], Scope(due_only=True)))


def enrich(k: int, n: int, tenant: str | None = None) -> Counts:
    """Label class `k` of `n` of the documents without labels."""
    from pipelines.beside import enrich_part
    from pipelines.scope import Part

    return _told(enrich_part(_settings(tenant), Part(k, n)))


def refresh_index(tenant: str | None = None) -> None:
    """Bring the search index up to date."""
    from pipelines import beside

    beside.refresh_index(_settings(tenant))


def maintain(tenant: str | None = None) -> Counts:
    """Let old versions go, put small files together, delete what nothing needs."""
    from pipelines.progress import Silent
    from pipelines.upkeep import maintain as work

    done = work(_settings(tenant), Silent())
    return {"versions": done.n_snapshots, "merged": done.n_merged, "notes": " ".join(done.notes)}


def train(tenant: str | None = None) -> Counts:
    """Train models anew from what people corrected, and adopt them if no figure drops."""
    from pipelines import learning

    settings = _settings(tenant)
    challenger = settings.models / learning.CHALLENGER
    _, learned = learning.train_here(settings, None, challenger)
    found = learning.compare(settings.config, learning.models_in_force(settings), challenger)
    if not found.drops:
        learning.adopt(settings)
    return {"corrected": learned, "adopted": int(not found.drops), "dropped": ", ".join(found.drops)}


def send_report(tenant: str | None = None) -> str:
    """Send the weekly report if its hour has come, somebody approved it and it was not sent yet.

    Returns:
        What happened, in one line.
    """
    from pipelines.report_sending import send_due
    from pipelines.run import open_lake

    settings = _settings(tenant)
    with open_lake(settings) as lake:
        return send_due(lake, settings).message


def pools() -> dict[str, dict[str, object]]:
    """Every pool the DAGs use, as ``airflow pools import`` reads it.

    One request at a time per host or platform, counted over all tenants; labelling takes a core each.
    """
    named = {pool_of(lane) for tenant in deployments() for lane in lanes(tenant)}
    found = {name: _pool(1, "one source of this host or platform at a time") for name in sorted(named)}
    return found | {"pati_enrich": _pool(PARTS, "documents are labelled"), "pati_lake": _pool(8, "the lake")}


def pool_of(lane: str) -> str:
    """Name of the pool of a lane."""
    return f"pati_host_{lane}"


def _pool(slots: int, said: str) -> dict[str, object]:
    return {"slots": slots, "description": said, "include_deferred": False}


def _settings(tenant: str | None) -> Settings:
    from pipelines.settings import Settings

    return Settings.load(tenant=tenant)


def _told(result: StageResult) -> Counts:
    return {
        "stage": result.stage,
        "n_in": result.n_in,
        "n_stored": result.n_stored,
        "n_duplicate": result.n_duplicate,
        "n_rejected": result.n_rejected,
        "message": result.message,
    }
