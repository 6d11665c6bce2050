"""Link: relevant articles → stories."""

from __future__ import annotations

from dataclasses import asdict

from pipelines.linking import Clone, article, stories
from pipelines.progress import Progress
from pipelines.result import StageResult
from pipelines.settings import Settings
from warehouse import Lake
from warehouse.store import articles_to_link, replace_clones, replace_stories


def run(lake: Lake, settings: Settings, progress: Progress) -> StageResult:
    """Group all articles into stories; unchanged stories are left as they are."""
    rows = articles_to_link(lake)
    progress.begin("Merangkai cerita", len(rows))
    articles = [article(row) for row in rows]
    configured = {source.id: source.clone_of for source in settings.config.sources if source.clone_of}
    heads, members, clones = stories(articles, configured)
    changed = replace_stories(lake, heads, members)
    replace_clones(lake, [asdict(clone) for clone in clones])
    progress.advance(len(rows))
    stored = sum(member["story_id"] in changed for member in members)
    return StageResult(
        "link",
        n_in=len(rows),
        n_stored=stored,
        n_new=stored,
        n_duplicate=len(rows) - stored,
        message=f"{len(rows)} artikel menjadi {len(heads)} cerita{_said(clones)}.",
    )


def _said(clones: list[Clone]) -> str:
    found = [f"{clone.source_id} (dari {clone.original_id})" for clone in clones if not clone.configured]
    return f"; tampaknya situs salinan: {', '.join(found)}" if found else ""
