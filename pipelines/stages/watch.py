"""Watch: marts → alerts of the last complete week."""

from __future__ import annotations

from pipelines.alerting import silent_sources, surges, widespread
from pipelines.progress import Progress
from pipelines.result import StageResult
from pipelines.settings import Settings
from warehouse import Lake
from warehouse.queries import last_complete_week, records, sources
from warehouse.queries.watch import topic_series, widespread_stories
from warehouse.store import reconcile_alerts


def run(lake: Lake, settings: Settings, progress: Progress) -> StageResult:
    """Evaluate every rule and reconcile the alerts with what it found."""
    rules = settings.config.alerts
    week = last_complete_week(settings.now())
    progress.begin("Memeriksa tanda bahaya", 3)
    series = topic_series(lake, week, rules.surge.baseline_weeks + 1)
    series["week"] = series["week"].dt.date
    found = surges(records(series), week, rules.surge)
    progress.advance()
    spread = widespread_stories(lake, week, rules.widespread.window_hours, rules.widespread.min_outlets)
    found += widespread(records(spread), week, rules.widespread)
    progress.advance()
    found += silent_sources(records(sources(lake)), week, rules.silent_source)
    progress.advance()
    counts = reconcile_alerts(lake, found, settings.now())
    return StageResult(
        "watch",
        n_in=len(found),
        n_stored=counts.n_opened,
        n_new=counts.n_opened,
        n_duplicate=len(found) - counts.n_opened,
        message=f"{counts.n_opened} peringatan baru, {counts.n_closed} ditutup, {counts.n_open} berlaku.",
    )
