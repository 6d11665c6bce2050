"""Link: relevant articles → stories."""

from __future__ import annotations

from pipelines.linking import article, stories
from pipelines.progress import Progress
from pipelines.result import StageResult
from warehouse import Lake
from warehouse.store import articles_to_link, replace_stories


def run(lake: Lake, progress: Progress) -> StageResult:
    """Group all articles into stories; unchanged stories are left as they are."""
    rows = articles_to_link(lake)
    progress.begin("Merangkai cerita", len(rows))
    articles = [article(row) for row in rows]
    heads, members = stories(articles)
    changed = replace_stories(lake, heads, members)
    progress.advance(len(rows))
    stored = sum(member["story_id"] in changed for member in members)
    return StageResult(
        "link",
        n_in=len(rows),
        n_stored=stored,
        n_new=stored,
        n_duplicate=len(rows) - stored,
        message=f"{len(rows)} artikel menjadi {len(heads)} cerita.",
    )
