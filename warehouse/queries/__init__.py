"""Every question the dashboard, the report and the command line may ask the lake.

Each function reads one mart and returns a frame or a small frozen record. Nothing outside
this package contains SQL, and nothing above it does arithmetic on what it returns.
"""

from warehouse.queries.complaints import (
    ComplaintFilter,
    ComplaintWeek,
    agencies,
    agencies_week,
    complaints,
    queue_totals,
    week_complaints,
)
from warehouse.queries.documents import DocumentFilter, Page, document, documents
from warehouse.queries.health import (
    Status,
    kind_totals,
    last_runs,
    rejected,
    rejected_reasons,
    report_sha256,
    reports,
    runs,
    sources,
    status,
)
from warehouse.queries.report import (
    Coverage,
    Moment,
    coverage,
    history,
    moment,
    story_steps,
    week_alerts,
    week_dimensions,
    week_outlets,
    week_stories,
)
from warehouse.queries.rows import records
from warehouse.queries.stories import Story, alerts, stories, story, story_total
from warehouse.queries.trends import (
    WeekTotal,
    choices,
    kecamatan_volume,
    opd_tone,
    quick_wins,
    sentiment_by_week,
    topics,
    volume_by_week,
    week_total,
)
from warehouse.queries.videos import video_comments, videos
from warehouse.queries.weeks import Week, last_complete_week, week_of, weeks_before

__all__ = [
    "ComplaintFilter",
    "ComplaintWeek",
    "Coverage",
    "DocumentFilter",
    "Moment",
    "Page",
    "Status",
    "Story",
    "Week",
    "WeekTotal",
    "agencies",
    "agencies_week",
    "alerts",
    "choices",
    "complaints",
    "coverage",
    "document",
    "documents",
    "history",
    "kecamatan_volume",
    "kind_totals",
    "last_complete_week",
    "last_runs",
    "moment",
    "opd_tone",
    "queue_totals",
    "quick_wins",
    "records",
    "rejected",
    "rejected_reasons",
    "report_sha256",
    "reports",
    "runs",
    "sentiment_by_week",
    "sources",
    "status",
    "stories",
    "story",
    "story_steps",
    "story_total",
    "topics",
    "video_comments",
    "videos",
    "volume_by_week",
    "week_alerts",
    "week_complaints",
    "week_dimensions",
    "week_of",
    "week_outlets",
    "week_stories",
    "week_total",
    "weeks_before",
]
