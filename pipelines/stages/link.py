"""Link: relevant articles → stories."""

from __future__ import annotations

from dataclasses import asdict

from pipelines.linking.clones import Clone, clones
from pipelines.linking.incremental import link
from pipelines.progress import Progress
from pipelines.result import StageResult
from pipelines.settings import Settings
from warehouse import Lake
from warehouse.queries.stories import story_total
from warehouse.store import replace_clones
from warehouse.store.linking import sources_and_copies


def run(lake: Lake, settings: Settings, progress: Progress) -> StageResult:
    """Link articles that are new or changed; unchanged stories are left as they are."""
    outcome = link(lake, progress)
    configured = {source.id: source.clone_of for source in settings.config.sources if source.clone_of}
    found = clones(*sources_and_copies(lake), configured)
    replace_clones(lake, [asdict(clone) for clone in found])
    stored = len(outcome.changed - outcome.gone)
    return StageResult(
        "link",
        n_in=outcome.total,
        n_stored=stored,
        n_new=stored,
        n_duplicate=outcome.total - stored,
        message=f"{outcome.fresh} artikel baru atau berubah dari {outcome.total}; "
        f"semuanya menjadi {story_total(lake)} cerita{_said(found)}.",
    )


def _said(found: list[Clone]) -> str:
    names = [f"{clone.source_id} (dari {clone.original_id})" for clone in found if not clone.configured]
    return f"; tampaknya situs salinan: {', '.join(names)}" if names else ""
